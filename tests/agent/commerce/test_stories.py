"""Remedies from the wish to the end, with what the warehouse and the carrier do in between; on both shops."""

from dataclasses import replace
from functools import partial

import pytest

from agent.commerce.remedies import parcels, warehouse
from agent.commerce.remedies.procedures import PROCEDURES, advance
from agent.commerce.remedies.procedures.inspection import Grade
from agent.domain.commerce import OrderState, Payment, ReturnState
from agent.domain.decision import RemedyKind
from agent.domain.effect import EffectState, PlannedEffect
from agent.domain.money import Money
from agent.domain.procedure import MoveNotAllowed
from agent.errors import NotFound

EARBUDS = [{"sku": "EAR-110", "quantity": 1}]
SMALLER = [{"sku": "EAR-120", "quantity": 1}]


def walk(kind: RemedyKind, *events: str) -> str:
    """Where these events lead in the remedy's procedure."""
    step = PROCEDURES[kind].start
    for event in events:
        step = advance(PROCEDURES[kind], step, event)
    return step


async def test_an_exchange_all_the_way(stage) -> None:
    before, shelf = await stage.committed("EAR-120", "RTM"), await stage.on_hand("EAR-110", "RTM")
    made = await stage.do("exchange", "1045", lines=EARBUDS, others=SMALLER)
    assert made.state is EffectState.CONFIRMED
    number, new = made.data["return"], made.data["new_order"]
    assert (made.data["city"], made.data["days"], made.data["title"]) == ("Rotterdam", [3, 6], "Murmette Mini Earbuds, pearl")
    assert made.data["difference"] == {"minor": 4190 - 3390, "currency": "GBP"} and made.data["given"] == {"EAR-110": 3390}
    assert (await stage.effects.document(made.data["document"])).startswith(b"%PDF-")
    assert await stage.committed("EAR-120", "RTM") == before + 1
    assert (await stage.order("1045")).open_return == number
    sent = await stage.reads.find(new, "john@example.com")
    assert sent and sent.state is OrderState.PAID and sent.total.minor == sent.paid.minor == 0
    with pytest.raises(MoveNotAllowed, match="waits for return"):
        await stage.told(partial(parcels.ship, number=new))
    events = await stage.told(partial(warehouse.receive, number=number))
    events += await stage.told(partial(warehouse.inspect, number=number, grade=Grade.AS_NEW))
    events += await stage.told(partial(parcels.ship, number=new))
    (parcel,) = (await stage.order(new)).shipments
    events += await stage.told(partial(parcels.deliver, number=new, tracking=parcel.tracking))
    assert events == [f"exchange {event}" for event in ("received", "inspected", "accepted", "shipped", "delivered")]
    assert walk(RemedyKind.EXCHANGE, "confirmed", *(event.partition(" ")[2] for event in events)) == "closed"
    old, sent = await stage.order("1045"), await stage.order(new)
    assert (old.state, old.open_return, old.returns[0].state) == (OrderState.PART_RETURNED, None, ReturnState.CLOSED)
    assert [line.returned for line in old.lines] == [0, 1] and sent.state is OrderState.DELIVERED
    assert await stage.committed("EAR-120", "RTM") == before and await stage.on_hand("EAR-110", "RTM") == shelf + 1


async def test_what_was_exchanged_is_settled_but_for_the_difference(stage) -> None:
    made = await stage.do("exchange", "1045", lines=EARBUDS, others=SMALLER)
    await stage.told(partial(warehouse.receive, number=made.data["return"]))
    await stage.told(partial(warehouse.inspect, number=made.data["return"], grade=Grade.OPENED))
    assert (await stage.do("exchange", "1045", lines=EARBUDS, others=SMALLER)).error == "already_settled"
    assert (await stage.do("reship", "1045", lines=EARBUDS)).error == "already_settled"
    assert (await stage.do("return", "1045", lines=EARBUDS)).error == "nothing_to_return"
    assert (await stage.do("refund", "1045", lines=EARBUDS, minor=801, currency="GBP")).error == "over_paid"
    assert (await stage.do("refund", "1045", lines=EARBUDS)).data["amount"] == {"minor": 800, "currency": "GBP"}
    child = made.data["new_order"]
    assert (await stage.do("refund", child)).error == "not_charged"
    assert (await stage.do("change_items", child, lines=SMALLER, others=EARBUDS)).error == "replaced_before"


async def test_an_exchange_by_cheap_pieces_is_one_a_piece(stage) -> None:
    lipstick = [{"sku": "LIP-560", "quantity": 1}]
    first = await stage.do("exchange", "1045", lines=[{"sku": "DUV-410", "quantity": 1}], others=lipstick)
    number = first.data["return"]
    await stage.told(partial(warehouse.receive, number=number))
    await stage.told(partial(warehouse.inspect, number=number, grade=Grade.AS_NEW))
    second = await stage.do("exchange", "1045", lines=[{"sku": "DUV-410", "quantity": 1}], others=lipstick)
    assert second.error == "already_settled"


async def test_an_old_piece_that_is_refused_frees_the_new_one(stage) -> None:
    before = await stage.committed("EAR-120", "RTM")
    made = await stage.do("exchange", "1045", lines=EARBUDS, others=SMALLER)
    number, new = made.data["return"], made.data["new_order"]
    await stage.told(partial(warehouse.receive, number=number))
    await stage.told(partial(warehouse.inspect, number=number, grade=Grade.NOT_OURS, note="another maker's"))
    with pytest.raises(MoveNotAllowed):
        await stage.told(partial(warehouse.accept, number=number))
    assert await stage.told(partial(warehouse.send_back, number=number)) == ["exchange send_back"]
    assert await stage.told(partial(warehouse.send_back, number=number)) == ["exchange send_back"]
    assert (await stage.order(new)).state is OrderState.CANCELLED and await stage.committed("EAR-120", "RTM") == before
    order = await stage.order("1045")
    assert (order.open_return, order.returns[0].state, order.state) == (None, ReturnState.REFUSED, OrderState.DELIVERED)


async def test_a_return_is_paid_once_it_was_inspected(stage) -> None:
    number = (await stage.do("return", "1050", lines=[{"sku": "CRM-550", "quantity": 1}])).data["return"]
    with pytest.raises(MoveNotAllowed):
        await stage.told(partial(warehouse.inspect, number=number, grade=Grade.WORN))
    for _ in range(2):
        assert await stage.told(partial(warehouse.receive, number=number)) == ["return received"]
    await stage.told(partial(warehouse.inspect, number=number, grade=Grade.WORN))
    paid = await stage.do("refund", "1050", lines=[{"sku": "CRM-550", "quantity": 1}])
    assert paid.data["amount"] == {"minor": 4540 - 1125, "currency": "JPY"} and paid.data["return"] == number
    order = await stage.order("1050")
    assert (order.state, order.open_return, order.lines[0].returned) == (OrderState.PART_RETURNED, None, 1)
    with pytest.raises(MoveNotAllowed):
        await stage.told(partial(warehouse.receive, number=number))


async def test_an_inspected_return_may_become_an_exchange(stage) -> None:
    number = (await stage.do("return", "1045", lines=EARBUDS)).data["return"]
    assert (await stage.do("exchange", "1045", lines=EARBUDS, others=SMALLER)).error == "return_open"
    await stage.told(partial(warehouse.receive, number=number))
    await stage.told(partial(warehouse.inspect, number=number, grade=Grade.AS_NEW))
    made = await stage.do("exchange", "1045", lines=EARBUDS, others=SMALLER)
    assert made.data["return"] == number and len((await stage.order("1045")).returns) == 1
    assert await stage.told(partial(parcels.ship, number=made.data["new_order"])) == ["exchange shipped"]


async def test_a_label_that_is_never_used_lapses(stage) -> None:
    made = await stage.do("exchange", "1045", lines=EARBUDS, others=SMALLER)
    assert await stage.told(partial(warehouse.lapse, number=made.data["return"])) == ["exchange lapsed"]
    assert (await stage.order(made.data["new_order"])).state is OrderState.CANCELLED
    assert (await stage.do("return", "1045", lines=EARBUDS)).state is EffectState.CONFIRMED


async def test_a_lost_parcel_is_sent_again_once(stage) -> None:
    made = await stage.do("reship", "1051")
    assert (made.data["warehouse"], made.data["lines"]) == ("SZX", [{"sku": "JKT-640", "quantity": 1}])
    assert (await stage.do("reship", "1051")).error == "already_settled"
    assert (await stage.do("refund", "1051")).error == "over_paid"
    new, shelf = made.data["new_order"], await stage.on_hand("JKT-640", "SZX")
    for _ in range(2):
        assert await stage.told(partial(parcels.ship, number=new)) == ["reship shipped"]
    assert await stage.on_hand("JKT-640", "SZX") == shelf - 1
    sent = await stage.order(new)
    assert sent.state is OrderState.IN_TRANSIT and sent.shipment.tracking.endswith("CN") and sent.shipment.promised > stage.at.date()
    assert (await stage.do("reship", new)).error == "replaced_before"
    assert (await stage.do("resend_tracking", new)).data["tracking"] == sent.shipment.tracking


async def test_a_replacement_that_is_cancelled_leaves_the_choice_open(stage) -> None:
    made = await stage.do("reship", "1051")
    assert (await stage.do("cancel", made.data["new_order"])).state is EffectState.CONFIRMED
    paid = await stage.do("refund", "1051")
    assert paid.data["amount"] == {"minor": 12890, "currency": "USD"} and paid.data["state"] == "refunded"
    assert (await stage.do("reship", "1051")).error == "already_settled"


async def test_a_warehouse_may_be_named(stage) -> None:
    assert (await stage.do("reship", "1051", warehouse="XXX")).error == "warehouse_unknown"
    assert (await stage.do("reship", "1051", warehouse="LAX")).data["city"] == "Los Angeles"


async def test_refunds_in_parts_end_where_the_payment_ends(stage) -> None:
    parts = [await stage.do("refund", "1052", minor=minor, currency="USD") for minor in (10_000, 20_000, 2_271, 2_270, 1)]
    assert [part.error for part in parts] == ["", "", "over_paid", "", "over_paid"]
    order = await stage.order("1052")
    assert order.refunded == order.paid and order.state is OrderState.REFUNDED and parts[3].data["state"] == "refunded"
    assert [refund.id for refund in order.refunds] == ["RF-1052-1", "RF-1052-2", "RF-1052-3"]


async def test_a_split_payment_is_paid_back_one_after_another(stage) -> None:
    async def split(books, at) -> None:
        (card,) = (await books.order("1052")).payments
        await books.put_payment("1052", replace(card, amount=Money(30_000, "USD")))
        await books.put_payment("1052", Payment(id="PAY-1052-2", method="gift_card", amount=Money(2_270, "USD"), at=at))

    await stage.effects.happen(split)
    assert (await stage.do("refund", "1052", minor=2_271, currency="USD", payment="PAY-1052-2")).error == "over_paid"
    assert (await stage.do("refund", "1052", minor=100, currency="USD", payment="PAY-1")).error == "payment_unknown"
    assert (await stage.do("refund", "1052", minor=270, currency="USD", payment="PAY-1052-2")).data["methods"] == ["gift_card"]
    rest = await stage.do("refund", "1052")
    assert rest.data["methods"] == ["card", "gift_card"] and rest.data["amount"]["minor"] == 32_000
    assert [(each.payment, each.amount.minor) for each in (await stage.order("1052")).refunds] == [
        ("PAY-1052-2", 270),
        ("PAY-1052", 30_000),
        ("PAY-1052-2", 2_000),
    ]


async def test_store_credit_counts_like_any_other_way(stage) -> None:
    assert (await stage.do("refund", "1045", payment="store_credit", minor=11_881, currency="GBP")).error == "over_paid"
    credit = await stage.do("refund", "1045", payment="store_credit", minor=5_000, currency="GBP")
    assert credit.data["methods"] == ["store_credit"]
    assert (await stage.do("refund", "1045", payment="store_credit", minor=6_881, currency="GBP")).error == "over_paid"
    assert (await stage.do("refund", "1045")).data["amount"]["minor"] == 6_880
    assert (await stage.order("1045")).state is OrderState.REFUNDED


async def test_cancelling_pays_back_only_what_was_taken(stage) -> None:
    assert "refunds" not in (await stage.do("cancel", "1044")).data
    held = await stage.order("1044")
    assert held.refunds == () and held.paid.minor == 0
    assert (await stage.do("change_payment", "1054", payment="paypal")).data["method"] == "paypal"
    cancelled = await stage.do("cancel", "1054")
    taken = await stage.order("1054")
    assert cancelled.data["refunds"] == ["RF-1054-1"] and taken.refunded == taken.paid == Money(5990, "GBP")


async def test_other_articles_before_packing(stage) -> None:
    old, new = await stage.committed("SER-510", "RTM"), await stage.committed("SER-520", "RTM")
    made = await stage.do("change_items", "1044", lines=[{"sku": "SER-510", "quantity": 1}], others=[{"sku": "SER-520", "quantity": 1}])
    assert made.data["total"] == {"minor": 4770, "currency": "EUR"} and made.data["difference"]["minor"] == 500
    order = await stage.order("1044")
    assert [line.sku for line in order.lines] == ["CRM-540", "SER-520"] and order.paid == order.total == Money(4770, "EUR")
    assert await stage.committed("SER-510", "RTM") == old - 1 and await stage.committed("SER-520", "RTM") == new + 1
    assert [line.sku for line in await stage.reads.traced("1044")] == ["CRM-540", "SER-520"]


async def test_faster_and_back_again(stage) -> None:
    assert (await stage.do("change_shipping", "1044", service="express")).data["cost"] == {"minor": 800, "currency": "EUR"}
    assert (await stage.order("1044")).paid == Money(6070, "EUR")
    assert (await stage.do("change_shipping", "1044", service="express")).error == "same_service"
    assert (await stage.do("change_shipping", "1044", service="green")).data["total"] == {"minor": 5270, "currency": "EUR"}


async def test_a_visit_is_booked_and_told_of(stage) -> None:
    wish = {"lines": [{"sku": "SPK-310", "quantity": 1}], "day": "2026-05-26", "part_of_day": "morning"}
    made = await stage.do("repair", "1052", **wish)
    assert (made.data["day"], made.data["title"]) == ("2026-05-26", "Cobble Shelf Speaker, oat")
    assert (await stage.do("repair", "1052", **wish)).error == "repair_booked"
    assert await stage.told(partial(parcels.visit, repair=made.data["repair"], outcome="missed")) == ["repair missed"]
    assert (await stage.do("repair", "1052", **wish)).state is EffectState.CONFIRMED


async def test_one_claim_a_parcel_and_the_carriers_answer(stage) -> None:
    made = await stage.do("claim", "1051")
    assert made.data["carrier"] and made.data["amount"] == {"minor": 12890, "currency": "USD"} and made.data["days"] == 5
    again = await stage.do("claim", "1051")
    assert (again.error, again.data["claim"]) == ("claim_filed", made.data["claim"])
    claim = made.data["claim"]
    assert await stage.told(partial(parcels.answer_claim, claim=claim, answer="found")) == ["claim found"]
    for _ in range(2):
        assert await stage.told(partial(parcels.answer_claim, claim=claim, answer="lost")) == ["claim lost"]
    with pytest.raises(MoveNotAllowed):
        await stage.told(partial(parcels.answer_claim, claim=claim, answer="found"))


async def test_waiting_earns_the_code_that_a_coupon_would(stage) -> None:
    assert (await stage.do("wait", "1046", percent=10)).data["percent"] == 10
    assert (await stage.do("coupon", "1046", percent=5)).error == "coupon_given"


async def test_what_became_of_a_key_is_looked_up(stage) -> None:
    effect = PlannedEffect(key="once", kind="reship", order="1051", payload={})
    assert await stage.effects.look_up(effect) is None
    made = await stage.effects.carry_out(effect)
    assert await stage.effects.look_up(effect) == made == await stage.effects.carry_out(effect)
    assert (await stage.effects.look_up(replace(effect, kind="refund"))).error == "key_reused"


async def test_nobody_knows_that_number(stage) -> None:
    for event in (
        partial(warehouse.receive, number="RL-NONE"),
        partial(parcels.ship, number="999999"),
        partial(parcels.deliver, number="1042", tracking="PH1"),
        partial(parcels.answer_claim, claim="CL-NONE", answer="lost"),
        partial(parcels.visit, repair="RP-NONE", outcome="repaired"),
    ):
        with pytest.raises(NotFound):
            await stage.told(event)
