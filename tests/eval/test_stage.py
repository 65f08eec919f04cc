"""Conversations on the real graph: what is done in the shop is seen, what breaks is told from what is wrong."""

from collections.abc import Callable

from eval import world
from eval.case import Case
from eval.stage import Stage, play

CASES = Callable[..., Case]


def _texts(*texts: str) -> list[dict[str, object]]:
    return [{"text": text} for text in texts]


async def test_a_conversation_remembers_what_was_proven(stage: Stage, case: CASES, own: tuple[str, str]) -> None:
    number, mail = own
    records = await play(stage, case(turns=_texts(f"order_status: {number}", f"{mail}", f"order_status: again {number}")))
    assert [record.outcome for record in records] == ["ask", "resolve", "resolve"]
    shipment = world.orders()[number].shipment
    assert shipment and shipment.tracking in records[1].reply and shipment.tracking in records[2].reply


async def test_an_effect_is_carried_out_on_a_shop_of_its_own(stage: Stage, case: CASES) -> None:
    number = world.number("en", "paid", 0)
    mail = world.orders()[number].customer.email
    for _ in range(2):  # the second run finds the shop as it was
        (record,) = await play(stage, case(f"cancel_order: {number} {mail}"))
        assert [(done.kind, done.state) for done in record.effects] == [("cancel", "confirmed")]
        assert record.after[number].state == "cancelled"
    assert world.orders()[number].state == "paid"


async def test_slots_are_filled_with_what_the_shop_answered(stage: Stage, case: CASES) -> None:
    number = world.number("en", "delivered5", 0)
    (record,) = await play(stage, case(f"return_request: {number} {world.orders()[number].customer.email}"))
    assert record.after[number].returned
    assert "⟦" not in record.reply and record.effects[0].data["return"] in record.reply


async def test_an_effect_that_fails_ends_at_a_person(stage: Stage, case: CASES) -> None:
    number = world.number("en", "paid", 0)
    text = f"cancel_order: {number} {world.orders()[number].customer.email}"
    for fault in ("effect_refused", "effect_unknown"):
        (record,) = await play(stage, case(text, faults=[fault]))
        assert (record.outcome, "effect_failed" in record.reasons, record.after) == ("handoff", True, {})


async def test_a_shop_that_is_down_is_told_to_a_person(stage: Stage, case: CASES, own: tuple[str, str]) -> None:
    (record,) = await play(stage, case(f"order_status: {own[0]} {own[1]}", faults=["shop_down"]))
    assert (record.outcome, record.reasons) == ("handoff", ("source_down",))


async def test_after_a_handoff_nothing_is_sent(stage: Stage, case: CASES) -> None:
    records = await play(stage, case(turns=_texts("safety: it burns", "order_status: and where is it")))
    assert [record.outcome for record in records] == ["handoff", "handoff"]
    assert records[0].reply and not records[1].reply
    assert records[0].desk == "crisis"


async def test_a_crash_is_recorded_as_one_and_ends_the_conversation(stage: Stage, case: CASES) -> None:
    records = await play(stage, case(turns=_texts("greeting: hi", "crash now", "greeting: hi")))
    assert [bool(record.crash) for record in records] == [False, True]
    assert "RuntimeError" in records[1].crash and not records[1].outcome


async def test_an_order_of_the_case_is_found(stage: Stage, case: CASES, own: tuple[str, str]) -> None:
    order = {"number": "77123", "like": own[0], "email": "new@example.com"}
    (record,) = await play(stage, case("order_status: 77123 new@example.com", orders=[order]))
    assert record.outcome == "resolve" and "77123" in record.reply


def test_the_world_is_the_same_every_time() -> None:
    order = world.orders()[world.number("de", "late6", 1)]
    assert order.shipment and (world.TODAY - order.shipment.promised).days == 6
    assert world.shop().orders[order.number] == order
    assert len(world.orders()) == (len(world.LANGUAGES) + 1) * len(world.states()) * world.PEOPLE
