"""The context card: legs with their delays, shelves, batches, lanes, and what cannot be said; made from fields alone."""

import ast
import json
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from agent.domain.card import Around, CaseLink, DeskMemory, LaneDelay, Spending, Stop
from agent.domain.commerce import Checkpoint, InventoryLevel, OrderState, Shipment, TracedLine
from agent.domain.money import Money
from agent.signals.surroundings import NoSurroundings
from agent.writing.card import as_json, build, card

ROOT = Path(__file__).parents[3]
#: Whatever makes words for customers; and the judgement that decides what they are told.
FOR_CUSTOMERS = ["agent/writing/answer.py", "agent/writing/facts.py", "agent/writing/offering.py", "agent/writing/draft.py"]
FOR_CUSTOMERS += [
    "agent/writing/writer.py",
    "agent/writing/slots.py",
    "agent/nodes/compose.py",
    "api/routes/chat.py",
    "api/routes/chat_remedies.py",
]
STAFF_ONLY = {
    "agent.domain.card",
    "agent.writing.card",
    "agent.writing.card_line",
    "agent.signals.surroundings",
    "agent.signals.remembered",
}


def traced(make: Any, batch: str | None = "EAR-130-B07") -> TracedLine:
    (sold,) = make.order().lines
    return TracedLine(sku=sold.sku, title=sold.title, category=sold.category, quantity=1, price=sold.price, batch=batch)


def level(make: Any, warehouse: str = "RTM", **changes: Any) -> InventoryLevel:
    made = InventoryLevel(sku="EAR-130", warehouse=warehouse, on_hand=40, committed=10, incoming=5, read_at=make.now)
    return replace(made, **changes)


def context(make: Any, order: Any = None, **staff: Any) -> Any:
    order = order or make.order()
    chosen = {"order": order.number, "lines": (traced(make),), "batches": (make.batch(),), "stock": (level(make),)} | staff
    made = make.context(order)
    return replace(made, staff=replace(made.staff, **chosen))


def shipment(make: Any, **changes: Any) -> Shipment:
    return replace(make.shipment(OrderState.IN_TRANSIT), **changes)


def test_the_line_runs_from_order_to_door_with_the_delay_of_each_leg(make: Any) -> None:
    order = make.order(OrderState.DELIVERED)
    late = replace(order.shipments[0], promised=make.today - timedelta(days=9))
    made = build(context(make, replace(order, shipments=(late,))), Around(), make.now)
    assert [leg.stop for leg in made.legs] == [Stop.ORDER, Stop.BATCH, Stop.SHIPMENT, Stop.CHECKPOINT, Stop.CHECKPOINT, Stop.DELIVERY]
    _, batch, sent, _, scan, arrived = made.legs
    assert (batch.label, batch.place, batch.note) == ("EAR-130-B07", "Hengda Acoustics", "EAR-130")
    assert (sent.promised, sent.late) == (date(2026, 5, 12), 0)  # placed on a Sunday: two business days
    assert scan.place == "Duisburg"
    assert (arrived.done, arrived.late) == (True, 4)


def test_what_is_not_delivered_or_not_shipped_counts_until_today(make: Any) -> None:
    late = build(context(make, make.order(OrderState.LATE)), Around(), make.now).legs[-1]
    assert (late.done, late.late) == (False, 6)
    waiting = build(context(make, make.order(OrderState.PAID)), Around(), make.now).legs[-1]
    assert (waiting.stop, waiting.done, waiting.late) == (Stop.SHIPMENT, False, 8)
    assert all(leg.late in (0, None) for leg in build(context(make, make.order(OrderState.UNPAID)), Around(), make.now).legs)


def test_a_silent_carrier_and_a_date_in_the_future_are_said(make: Any) -> None:
    points = (Checkpoint(at=make.now - timedelta(days=7), state="in_transit", place="Duisburg"),)
    order = make.order(shipments=(shipment(make, checkpoints=points),), placed_at=make.now + timedelta(days=4))
    legs = build(context(make, order), Around(), make.now).legs
    assert "future" in legs[0].note
    assert [leg.note for leg in legs if leg.stop is Stop.CHECKPOINT] == ["then no scan for 7 days"]


@pytest.mark.parametrize("delivered", [False, True])
def test_a_parcel_without_scans_has_its_other_legs(make: Any, delivered: bool) -> None:
    bare = shipment(make, checkpoints=(), delivered_at=make.now if delivered else None)
    state = OrderState.DELIVERED if delivered else OrderState.IN_TRANSIT
    line = build(context(make, make.order(state, shipments=(bare,))), Around(), make.now).legs
    assert Stop.CHECKPOINT not in [leg.stop for leg in line]
    assert line[-1].done is delivered


def test_each_parcel_has_its_own_legs_and_the_rest_waits(make: Any) -> None:
    parcels = (shipment(make, tracking="A", skus=("EAR-130",)), shipment(make, tracking="B"))
    made = build(context(make, make.order(OrderState.PART_SHIPPED, shipments=parcels)), Around(), make.now)
    assert [leg.parcel for leg in made.legs if leg.stop is Stop.DELIVERY] == ["A", "B"]
    assert made.legs[-1].label == "rest of the order not shipped"


def test_cover_is_free_pieces_by_pace_and_what_is_wrong_with_a_shelf_is_said(make: Any) -> None:
    stock = (level(make), level(make, "LAX", on_hand=-3), level(make, "SIN", on_hand=4, committed=4), level(make, "SZX"))
    made = build(context(make, stock=stock), Around(pace={("EAR-130", "RTM"): 2.0}), make.now)
    shelves = {shelf.warehouse: shelf for shelf in made.shelves}
    assert (shelves["RTM"].free, shelves["RTM"].days, shelves["RTM"].note) == (30, 15.0, "")
    assert (shelves["LAX"].free, shelves["LAX"].days) == (0, 0.0) and "negative" in shelves["LAX"].note
    assert shelves["SIN"].note == "everything is committed"
    assert (shelves["SZX"].days, shelves["SZX"].note) == (None, "none sold in the last weeks")


def test_a_missing_stock_record_is_no_zero(make: Any) -> None:
    (shelf,) = build(context(make, stock=()), Around(), make.now).shelves
    assert (shelf.on_hand, shelf.days) == (None, None)
    assert "no stock record" in shelf.note


def test_a_batch_stands_against_its_limit_and_few_pieces_say_little(make: Any) -> None:
    bad = build(context(make, batches=(make.batch(complaints=12),)), Around(), make.now).batches[0]
    assert (bad.over, bad.limit, bad.rate) == (True, 0.05, 0.12)
    few = build(context(make, batches=(make.batch(sold=10, complaints=3),)), Around(), make.now).batches[0]
    assert (few.over, few.note) == (False, "only 10 sold: the rate says little")


def test_lanes_are_the_order_s_own_and_an_unknown_one_is_empty(make: Any) -> None:
    lanes = tuple(LaneDelay(warehouse=w, country="DE", now=3.0, usual=0.0, parcels=12) for w in ("SZX", "RTM"))
    assert [lane.warehouse for lane in build(context(make), Around(lanes=lanes), make.now).lanes] == ["RTM"]
    assert [(lane.now, lane.parcels) for lane in build(context(make), Around(), make.now).lanes] == [(None, 0)]


def test_the_customer_s_line_and_the_cases_come_from_what_is_known(make: Any) -> None:
    link = CaseLink(id="k", summary="s", status="answered", at=make.now)
    known = Around(
        spending=Spending(orders=3, sums=(Money(24000, "EUR"),)),
        desk=DeskMemory(earlier=(link,), earlier_count=7, similar=(link,), similar_count=2),
    )
    made = build(context(make), known, make.now)
    assert made.customer and (made.customer.tier, made.customer.earlier_count, made.customer.spending.orders) == ("swell", 7, 3)
    assert (made.similar_count, made.similar) == (2, (link,))


def test_the_account_says_who_may_refund_how_much_in_the_order_s_money(make: Any) -> None:
    account = build(context(make), Around(), make.now).account
    assert account and (account.paid, account.refunded) == (Money(7990, "EUR"), Money(0, "EUR"))
    assert account.limits == (("operator", Money(10000, "EUR")), ("lead", Money(50000, "EUR")), ("finance", None))
    order = make.order(total=Money(900000, "XXX"))
    odd = build(context(make, order), Around(), make.now).account
    assert odd and odd.limits == ()


def test_what_is_traced_about_another_order_stays_off_the_card(make: Any) -> None:
    made = build(context(make, order=make.order(number="1043"), lines=(), batches=(make.batch(),)), Around(), make.now)
    assert made.batches  # of this order
    other = replace(context(make), staff=replace(context(make).staff, order="9999"))
    assert build(other, Around(), make.now).batches == ()


def test_each_source_says_how_old_it_is_and_whether_it_answers(make: Any) -> None:
    at = make.now - timedelta(minutes=40)
    order = make.order(stale=True, read_at=at, shipments=(shipment(make, source="aftership", read_at=make.now),))
    ages = {age.source: age for age in build(context(make, order), Around(silent=("sales",)), make.now).ages}
    assert (ages["demo-shop"].at, ages["demo-shop"].answers) == (at, False)
    assert ages["aftership"].answers and ages["warehouse"].at == make.now
    assert (ages["sales"].at, ages["sales"].answers) == (None, False)
    down = build(replace(make.context(), stale=("shop",)), Around(), make.now)
    assert [(age.source, age.answers) for age in down.ages] == [("shop", False)]


class Broken(NoSurroundings):
    async def lanes(self, country: str, today: date) -> tuple[LaneDelay, ...]:
        raise ConnectionError("no line")

    async def spent(self, email: str) -> Spending:
        raise ValueError("not even this may cost a hand-off")


async def test_a_source_that_fails_is_named_and_costs_nothing_else(make: Any) -> None:
    made = await card(context(make), Broken(), make.now)
    assert made.legs
    assert sorted(age.source for age in made.ages if not age.answers) == ["lanes", "purchases"]
    assert (await card(make.context(), Broken(), make.now)).order is None


async def test_the_card_is_plain_json(make: Any) -> None:
    made = as_json(await card(context(make), NoSurroundings(), make.now))
    assert json.loads(json.dumps(made)) == made
    assert made["legs"][0]["at"] == (make.now - timedelta(days=10)).isoformat()
    assert datetime.fromisoformat(made["made_at"]).tzinfo is UTC


def imported(path: Path) -> set[str]:
    """Modules that a file names, whole or by `from package import module`."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found |= {node.module} | {f"{node.module}.{alias.name}" for alias in node.names}
    return found


@pytest.mark.parametrize("path", FOR_CUSTOMERS)
def test_nothing_that_writes_to_customers_knows_the_card(path: str) -> None:
    """Not by itself, and not by what it imports of ours."""
    seen: set[str] = set()
    waiting = [ROOT / path]
    while waiting:
        file = waiting.pop()
        if not file.is_file() or str(file) in seen:
            continue
        seen.add(str(file))
        names = imported(file)
        assert not names & STAFF_ONLY, f"{file.relative_to(ROOT)} imports {names & STAFF_ONLY}"
        waiting += [
            ROOT / f"{name.replace('.', '/')}.py" for name in names if name.startswith(("agent.writing", "agent.policy", "agent.domain"))
        ]


def test_no_type_for_customers_holds_one_of_the_card() -> None:
    """`CustomerContext`, `View` and all they are made of name no type of the card."""
    for path in (
        "agent/domain/commerce.py",
        "agent/domain/context.py",
        "agent/policy/view.py",
        "agent/domain/reply.py",
        "agent/domain/decision.py",
    ):
        assert not imported(ROOT / path) & STAFF_ONLY
