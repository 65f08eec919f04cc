"""What befalls a remedy moves it by itself: the money goes back within the policy, and a person is asked for the rest. Each once."""

import asyncio

import pytest

from agent.desk import approvals, happenings
from agent.desk.following import follow, follow_all
from agent.desk.settle import carry_out
from agent.domain.authority import Role
from agent.domain.decision import RemedyKind
from agent.domain.effect import EffectState, PlannedEffect
from agent.domain.money import Money


async def test_a_return_in_order_is_paid_for_by_itself_and_closes_with_the_confirmation(floor):
    await floor.begun()
    assert await happenings.tell(floor.on(generous=True), [floor.told("received"), floor.inspected("A")]) == 2
    assert await floor.step() == "refunding"
    (row,) = await floor.scene.rows("select key, state, authority, amount, currency from effect where kind = 'refund'")
    assert (row["state"], row["authority"], row["amount"], row["currency"]) == ("planned", "procedure", 7990 - 690, "EUR")
    assert "carry_out" in await floor.scene.jobs()
    await carry_out(floor.scene.engine, floor.source, row["key"])
    assert await floor.step() == "closed"
    assert await floor.cases() == []


async def test_what_the_pack_gives_to_no_machine_waits_for_a_person_with_everything_ready(floor):
    await floor.begun()
    await happenings.tell(floor.on(), [floor.told("received"), floor.inspected("B")])
    assert await floor.step() == "refunding"
    async with floor.scene.engine.connect() as connection:
        (asked,) = await approvals.listing(connection)
    assert (asked["requested_by"], asked["needs"], asked["amount"]["minor"]) == ("procedure", "operator", 7300)
    await approvals.approve(floor.scene.engine, floor.scene.queue, asked["id"], "mia", Role.OPERATOR)
    await carry_out(floor.scene.engine, floor.source, asked["effect"])
    assert await floor.step() == "closed"


async def test_told_again_and_again_and_all_at_once_it_happens_once(floor):
    await floor.begun()
    following = floor.on(generous=True)
    await asyncio.gather(*(happenings.tell(following, [floor.told("received"), floor.inspected("A")]) for _ in range(6)))
    await asyncio.gather(*(follow_all(following) for _ in range(3)), *(follow(following, floor.RETURN.key) for _ in range(3)))
    assert len(await floor.scene.rows("select 1 from effect where kind = 'refund'")) == 1
    assert len(await floor.news()) == 1
    assert await floor.cases() == []
    assert await follow_all(following) == 0


async def test_a_run_that_was_killed_is_made_good_by_the_next(floor, monkeypatch):
    await floor.begun()

    async def killed(*args):
        raise asyncio.CancelledError

    following = floor.on(generous=True)
    monkeypatch.setattr(happenings, "follow", killed)
    for each in (floor.told("received"), floor.inspected("A")):
        with pytest.raises(asyncio.CancelledError):
            await happenings.tell(following, [each])
    assert (await floor.step(), await floor.news()) == ("inspected", [])
    assert await follow_all(following) == 1
    assert (await floor.step(), len(await floor.news())) == ("refunding", 1)
    assert await follow_all(following) == 0


@pytest.mark.parametrize("grade", ["C", "D", "E"])
async def test_other_grades_are_for_a_person_and_asked_once(floor, grade):
    thread = await floor.begun()
    for _ in range(3):
        await happenings.tell(floor.on(generous=True), [floor.told("received"), floor.inspected(grade, note="scratched")])
        await follow_all(floor.on(generous=True))
    assert await floor.step() == "inspected"
    assert await floor.scene.rows("select 1 from effect where kind = 'refund'") == []
    (case,) = await floor.cases()
    assert case["summary"].startswith("Return RL-ABC123 of order #1042.\nInspected. Grade " + grade)
    assert "scratched" in case["summary"]
    assert await floor.scene.rows("select owner from conversation where id = :id", id=thread) == [{"owner": "bot"}]


async def test_a_later_question_comes_into_the_same_case(floor):
    await floor.begun()
    await happenings.tell(floor.on(), [floor.told("received"), floor.inspected("C"), floor.told("delivered")])
    (case,) = await floor.cases()
    assert len(case["packet"]["facts"]) == 2
    assert 'tells "delivered", which cannot happen' in case["packet"]["facts"][0]["value"]


async def test_a_refund_that_failed_comes_to_a_person_and_is_not_tried_again(floor):
    await floor.begun()
    await happenings.tell(floor.on(generous=True), [floor.told("received"), floor.inspected("A")])
    (row,) = await floor.scene.rows("select key from effect where kind = 'refund'")
    floor.source.says = EffectState.FAILED
    await carry_out(floor.scene.engine, floor.source, row["key"])
    for _ in range(2):
        await follow_all(floor.on(generous=True))
    (case,) = await floor.cases()
    assert (case["reasons"], await floor.step()) == (["effect_failed"], "inspected")
    assert len(await floor.scene.rows("select 1 from effect where kind = 'refund'")) == 1


async def test_when_the_shop_is_down_the_refund_waits_for_it(floor):
    await floor.begun()
    floor.source.down = True
    await happenings.tell(floor.on(generous=True), [floor.told("received"), floor.inspected("A")])
    assert (await floor.step(), await floor.cases()) == ("inspected", [])
    floor.source.down = False
    await follow_all(floor.on(generous=True))
    assert await floor.step() == "refunding"


async def test_who_asked_for_another_piece_is_not_paid_off(floor):
    await floor.begun(PlannedEffect(key=floor.RETURN.key, kind="return", order="1042", payload={"reason": "exchange"}))
    await happenings.tell(floor.on(generous=True), [floor.told("received"), floor.inspected("A")])
    assert (await floor.step(), len(await floor.cases())) == ("inspected", 1)


async def test_what_nobody_knows_is_kept_and_stops_nothing(floor):
    await floor.begun()
    strange = [floor.told("received", reference="RL-OTHER"), floor.told("shipped", kind=RemedyKind.RESHIP, reference="9", order="9")]
    for _ in range(2):
        await happenings.tell(floor.on(), [*strange, floor.told("received")])
    assert await floor.step() == "received"
    kept = await floor.scene.rows("select detail ->> 'key' as key from audit where action = 'happening.unknown' order by id")
    assert [row["key"] for row in kept] == ["RL-OTHER:received", "9:shipped"]
    (case,) = await floor.cases()
    assert "RL-OTHER of order #1042" in case["summary"]


async def test_one_that_breaks_does_not_stop_the_others_and_is_told_to_whoever_called(floor, monkeypatch):
    await floor.begun()
    broken = floor.told("received", reference="\x00")
    with pytest.raises(Exception, match=r"NUL|0x00"):
        await happenings.tell(floor.on(), [broken, floor.told("received")])
    assert await floor.step() == "received"


async def test_an_exchange_that_is_accepted_at_once_needs_nobody(floor):
    await floor.begun(PlannedEffect(key="x", kind="exchange", order="1042", payload={}, amount=Money(7990, "EUR"), paid=Money(7990, "EUR")))
    told = [
        floor.told(event, kind=RemedyKind.EXCHANGE, reference="RL-XYZ999", **more)
        for event, more in (("received", {}), ("inspected", {"grade": "A"}), ("accepted", {}))
    ]
    assert await happenings.tell(floor.on(), told) == 3
    assert (await floor.step("x"), await floor.cases()) == ("packing", [])


async def test_an_amount_that_cannot_be_is_for_a_person(floor):
    await floor.begun()
    await floor.scene.run("update procedure set detail = jsonb_set(detail, '{result,fee,minor}', '7990')")
    for _ in range(2):
        await happenings.tell(floor.on(generous=True), [floor.told("received"), floor.inspected("A")])
    (case,) = await floor.cases()
    assert "nothing is left to pay back" in case["summary"]
    assert await floor.step() == "inspected"
