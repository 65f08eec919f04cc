"""Procedures in the tables: moved by the ledger, by warehouses and carriers, and by people; each event once."""

import asyncio
from datetime import UTC, datetime

import pytest

from agent.commerce.connectors.mapped import Inspection
from agent.commerce.remedies.procedures.inspection import Grade
from agent.desk import approvals, procedures, steps
from agent.desk.granting import Standing
from agent.desk.inspected import hear
from agent.desk.ledger import plan_effects
from agent.desk.ordering import Shop
from agent.desk.settle import carry_out
from agent.desk.sweep import sweep
from agent.domain.authority import Role
from agent.domain.commerce import OrderState
from agent.domain.decision import RemedyKind
from agent.domain.effect import EffectResult, EffectState, PlannedEffect
from agent.domain.money import Money
from agent.domain.procedure import Happening, MoveNotAllowed
from agent.errors import BadInput, NotFound

RETURN = PlannedEffect(key="return-1042-k", kind="return", order="1042", payload={"reason": "defective"})
LABEL = {"return": "RL-ABC123", "lines": [{"sku": "EAR-130", "quantity": 1}], "fee": {"minor": 690, "currency": "EUR"}}


class Source:
    """A shop with one order of EUR 799, whose effects say what they are told to."""

    def __init__(self, order):
        self.order, self.says = order, EffectState.CONFIRMED

    async def by_number(self, number):
        return self.order

    async def availability(self, skus):
        return ()

    async def products(self, skus):
        return ()

    async def carry_out(self, effect):
        return EffectResult(state=self.says, data=LABEL if effect.kind == "return" else {}, error="" if self.says == "confirmed" else "no")

    async def look_up(self, effect):
        return None


@pytest.fixture
def source(make):
    return Source(make.order(OrderState.DELIVERED, total=Money(79_900, "EUR")))


@pytest.fixture
async def thread(scene, source):
    """A conversation whose return has been labelled."""
    received = await scene.receive("I want to send it back")
    async with scene.engine.begin() as connection:
        await plan_effects(connection, received.conversation, f"{received.conversation}:1", (RETURN,), "bot")
    await carry_out(scene.engine, source, RETURN.key)
    return received.conversation


@pytest.fixture
def tell(scene, source):
    """What somebody at the desk tells."""

    async def told(event, grade=None, note="", who="mia", role=Role.LEAD, of=RETURN.key):
        shop = Shop(orders=source, catalogue=source, stock=source)
        return await steps.by_operator(
            scene.engine, scene.queue, of, event, note, grade, who=who, role=role, shop=shop, now=datetime.now(UTC)
        )

    return told


async def happen(scene, event, key="e1", reference="RL-ABC123", kind=RemedyKind.RETURN):
    async with scene.engine.begin() as connection:
        happening = Happening(key=key, event=event, order="1042", kind=kind, reference=reference)
        return await procedures.tell(connection, happening, "warehouse")


async def now(scene, of=RETURN.key):
    (row,) = await scene.rows("select step, closed_at is not null as over, due_at is not null as due from procedure where id = :id", id=of)
    return row["step"], row["over"], row["due"]


async def test_it_begins_with_its_effect_and_goes_on_with_its_confirmation(scene, thread):
    assert await now(scene) == ("labelled", False, True)
    assert await scene.rows("select procedure from effect") == [{"procedure": RETURN.key}]
    (line,) = await scene.rows("select actor, detail from audit where action = 'procedure.confirmed'")
    assert (line["actor"], line["detail"]["step"]) == ("bot", "labelled")


async def test_the_warehouse_tells_once_however_often_it_comes(scene, thread):
    told = await asyncio.gather(*(happen(scene, "received") for _ in range(10)))
    assert sorted(told) == [False] * 9 + [True]
    assert await now(scene) == ("received", False, True)
    assert not await happen(scene, "received", key="e2")  # cannot happen now
    assert not await happen(scene, "inspected", key="e3", reference="RL-OTHER")
    ignored = await scene.rows("select detail ->> 'event' as event from audit where action = 'procedure.ignored'")
    assert [row["event"] for row in ignored] == ["received"]
    assert len(await scene.rows("select 1 from procedure_step")) == 2


async def inspected(tell, grade="B"):
    await tell("received")
    await tell("inspected", grade=grade)


async def test_an_inspection_has_a_grade_and_the_grade_decides_what_may_follow(scene, thread, tell):
    await tell("received", note="parcel is wet")
    for wrong in (None, "F"):
        with pytest.raises(BadInput, match="grade"):
            await tell("inspected", grade=wrong)
    with pytest.raises(BadInput, match="grade"):
        await tell("lapsed", grade="A")
    await tell("inspected", grade="E")
    with pytest.raises(MoveNotAllowed, match="Not the article"):
        await tell("refund")
    await tell("send_back")
    await tell("delivered")
    assert await now(scene) == ("closed", True, False)
    with pytest.raises(MoveNotAllowed, match="it is over"):
        await tell("received")
    told = await scene.rows("select detail from procedure_step where event = 'received'")
    assert told[0]["detail"]["note"] == "parcel is wet"


async def test_the_money_goes_back_less_the_label_and_closes_the_return(scene, thread, tell, source):
    await inspected(tell)
    (entry,) = await tell("refund")
    assert (entry.state, entry.effect.amount) == (EffectState.PLANNED, Money(7990 - 690, "EUR"))
    assert (await now(scene))[0] == "refunding"
    assert "carry_out" in await scene.jobs()
    await carry_out(scene.engine, source, entry.effect.key)
    assert await now(scene) == ("closed", True, False)
    assert (await now(scene, entry.effect.key))[0] == "ordered"
    await tell("settled", of=entry.effect.key)
    assert (await now(scene, entry.effect.key))[1]


async def test_a_refund_the_shop_refuses_comes_back_to_the_operator_and_can_be_tried_again(scene, thread, tell, source):
    await inspected(tell)
    (first,) = await tell("refund")
    source.says = EffectState.FAILED
    await carry_out(scene.engine, source, first.effect.key)
    assert (await now(scene))[0] == "inspected"
    (second,) = await tell("refund")
    assert second.effect.key != first.effect.key and second.state is EffectState.PLANNED


async def test_beyond_the_limit_the_refund_of_a_return_waits_for_a_second_person(scene, thread, tell, source, make):
    line = make.order().lines[0]
    source.order = make.order(OrderState.DELIVERED, total=Money(79_900, "EUR"), lines=(line.__class__(**_fields(line, 60_000)),))
    await inspected(tell)
    (entry,) = await tell("refund", who="mia", role=Role.OPERATOR)
    assert entry.state is EffectState.WAITING
    assert "carry_out" not in await scene.jobs()
    async with scene.engine.connect() as connection:
        (asked,) = await approvals.listing(connection)
    await approvals.refuse(scene.engine, scene.queue, asked["id"], "fay", Role.FINANCE, "Wrong grade.")
    assert (await now(scene))[0] == "inspected"
    (entry,) = await tell("refund", who="mia", role=Role.OPERATOR)
    async with scene.engine.connect() as connection:
        (asked,) = await approvals.listing(connection)
    await approvals.approve(scene.engine, scene.queue, asked["id"], "fay", Role.FINANCE)
    assert "carry_out" in await scene.jobs()
    await scene.run("delete from procrastinate_jobs; update effect set updated_at = now() - interval '2 minutes'")
    assert await sweep(scene.engine, scene.queue) == 1
    assert await scene.jobs() == ["carry_out"]


def _fields(line, minor):
    return {name: getattr(line, name) for name in line.__dataclass_fields__} | {"price": Money(minor, "EUR")}


class Warehouse:
    """Reports pieces with these grades."""

    def __init__(self, *grades, number="RL-ABC123", error=None):
        self.grades, self.number, self.error = grades, number, error

    async def inspections(self, since):
        if self.error:
            raise self.error
        return tuple(self._one(at, grade) for at, grade in enumerate(self.grades))

    def _one(self, at, grade):
        known = Grade(grade) if grade else None
        return Inspection(
            key=f"wms:{at}", source="wms", number=self.number, order="1042", sku="EAR-130", quantity=1, grade=known, said=grade or "?",
            note="", at=datetime.now(UTC),
        )  # fmt: skip


@pytest.mark.parametrize(
    ("warehouse", "step", "grade"),
    [
        (Warehouse("A"), "inspected", "A"),
        (Warehouse("A", "D", "B"), "inspected", "D"),
        (Warehouse(None), "labelled", None),
        (Warehouse("A", number="RL-OTHER"), "labelled", None),
        (Warehouse(error=ConnectionError()), "labelled", None),
    ],
    ids=["one", "the worst decides", "no grade", "another return", "down"],
)
async def test_what_the_warehouse_reports_moves_the_return_once(scene, thread, warehouse, step, grade):
    moved = [await hear(scene.engine, [warehouse], datetime.now(UTC)) for _ in range(3)]
    assert moved == [int(grade is not None), 0, 0]
    (row,) = await scene.rows("select step, detail ->> 'grade' as grade from procedure")
    assert row == {"step": step, "grade": grade}
    assert await scene.rows("select 1 from audit where action = 'procedure.ignored'") == []


async def test_nobody_tells_by_hand_what_the_ledger_knows(scene, thread, tell):
    for event in ("confirmed", "refunded", "refund_failed"):
        with pytest.raises(BadInput, match="ledger alone"):
            await tell(event)
    with pytest.raises(NotFound):
        await tell("received", of="none")
    with pytest.raises(MoveNotAllowed, match="Possible now"):
        await tell("inspected", grade="A")


async def test_two_people_at_once_move_it_once(scene, thread, tell):
    told = await asyncio.gather(*(tell("received", who=f"w{n}") for n in range(8)), return_exceptions=True)
    assert [each for each in told if not isinstance(each, MoveNotAllowed)] == [()]


async def test_an_effect_that_fails_at_once_has_no_procedure(scene, thread):
    async with scene.engine.begin() as connection:
        refund = PlannedEffect(key="r", kind="refund", order="1", payload={}, amount=Money(1, "EUR"))
        await plan_effects(connection, thread, "t", (refund,), "mia", Standing(who="mia", role=Role.FINANCE))
    assert await scene.rows("select 1 from procedure where kind = 'refund'") == []


async def test_staff_sees_all_steps_with_their_standard_and_what_may_happen(scene, thread, tell):
    await tell("received")
    async with scene.engine.connect() as connection:
        (found,) = await procedures.listing(connection, order="1042")
        assert await procedures.listing(connection, conversation="other") == []
        assert await procedures.one(connection, RETURN.key) == found
    states = {step["name"]: step["state"] for step in found["steps"]}
    assert (states["requested"], states["labelled"], states["received"], states["inspected"]) == ("done", "done", "now", "next")
    assert all(step["standard"] for step in found["steps"])
    assert found["events"] == ["inspected"]
    assert [each["event"] for each in found["history"]] == ["confirmed", "received"]
