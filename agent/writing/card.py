"""Context and what is known around it -> the supply-chain context card. Staff only: no writer to customers may take it."""

import asyncio
from collections.abc import Awaitable, Callable, Iterable
from dataclasses import asdict, replace
from datetime import date, datetime
from typing import Any, TypeVar

import structlog

from agent.commerce.currency import RATES, from_euro
from agent.commerce.routing import warehouse_of
from agent.domain.authority import Role
from agent.domain.card import Account, Age, Around, BatchRate, Card, CustomerLine, DeskMemory, LaneDelay, ShelfCover, Spending
from agent.domain.commerce import Batch, InventoryLevel, Order
from agent.domain.context import Context, StaffContext
from agent.domain.decision import RemedyKind
from agent.domain.money import Money
from agent.policy.limits import LIMITS, Limits
from agent.policy.pack import packs
from agent.signals.cover import Pace
from agent.signals.promises import promises
from agent.signals.surroundings import Surroundings
from agent.writing.card_line import line

T = TypeVar("T")
log = structlog.get_logger()
#: A hand-off never waits longer than this for what is only nice to know, in seconds.
PATIENCE = 1.0


async def card(context: Context, sources: Surroundings, now: datetime) -> Card:
    """Never fails: a source that does not answer is named on the card."""
    return build(context, await around(context, sources, now), now)


async def around(context: Context, sources: Surroundings, now: datetime) -> Around:
    """All of it at once: what the card waits for is the slowest of the four."""
    if not context.customer.orders:
        return Around()
    order, today = context.customer.orders[0], now.date()
    email, skus = order.customer.email, [item.sku for item in order.lines]
    subjects = [*skus, *(item.batch for item in context.staff.lines if item.batch)]
    silent: list[str] = []
    no_pace: Pace = {}
    lanes, pace, spending, desk = await asyncio.gather(
        _or_else("lanes", lambda: sources.lanes(order.address.country, today), (), silent),
        _or_else("sales", lambda: sources.pace(skus, today), no_pace, silent),
        _or_else("purchases", lambda: sources.spent(email), Spending(), silent),
        _or_else("desk", lambda: sources.recall(order.number, email, subjects, now), DeskMemory(), silent),
    )
    return Around(lanes=lanes, pace=pace, spending=spending, desk=desk, silent=tuple(sorted(silent)))


async def _or_else(name: str, read: Callable[[], Awaitable[T]], missing: T, silent: list[str]) -> T:
    try:
        async with asyncio.timeout(PATIENCE):
            return await read()
    except Exception as error:  # whatever is wrong with it, the case must reach its operator
        log.warning("card.source_silent", source=name, error=type(error).__name__)
        silent.append(name)
        return missing


def build(context: Context, known: Around, now: datetime, limits: Limits = LIMITS) -> Card:
    """Pure."""
    ages = (*_ages(context), *(Age(source=name, at=None, answers=False) for name in known.silent))
    if not context.customer.orders:
        return Card(order=None, made_at=now, ages=ages)
    order = context.customer.orders[0]
    # What is traced and counted is about one order; on another's card it would mislead.
    staff = context.staff if context.staff.order in (None, order.number) else StaffContext()
    return Card(
        order=order.number,
        made_at=now,
        legs=line(order, staff, now),
        shelves=_shelves(order, staff, known),
        batches=tuple(_rate(batch, limits) for batch in staff.batches),
        lanes=_lanes(order, known.lanes),
        similar=known.desk.similar,
        similar_count=known.desk.similar_count,
        promises=promises(known.desk, order, now.date()),
        customer=_customer(order, known),
        account=_account(order),
        ages=ages,
    )


def _shelves(order: Order, staff: StaffContext, known: Around) -> tuple[ShelfCover, ...]:
    """Every SKU of the order in every warehouse that keeps any of them, and where the order is sent from."""
    levels = {(level.sku, level.warehouse): level for level in staff.stock}
    houses = dict.fromkeys([*(level.warehouse for level in staff.stock), *(parcel.warehouse for parcel in order.shipments)])
    if not houses:
        houses = {warehouse_of(order.address.country): None}
    skus = dict.fromkeys(item.sku for item in order.lines)
    return tuple(_shelf(sku, house, levels.get((sku, house)), known.pace.get((sku, house), 0.0)) for sku in skus for house in houses)


def _shelf(sku: str, warehouse: str, level: InventoryLevel | None, pace: float) -> ShelfCover:
    if level is None:
        return ShelfCover(sku=sku, warehouse=warehouse, pace=pace, note="no stock record: nothing can be promised from here")
    made = ShelfCover(
        sku=sku,
        warehouse=warehouse,
        free=level.free,
        on_hand=level.on_hand,
        committed=level.committed,
        incoming=level.incoming,
        pace=pace,
        days=round(level.free / pace, 1) if pace else None,
    )
    if level.on_hand < 0:
        return replace(made, days=0.0, note="negative: a booking mistake of the warehouse, nothing is free")
    if level.free == 0:
        return replace(made, days=0.0, note="everything is committed" if level.on_hand else "sold out")
    return made if pace else replace(made, note="none sold in the last weeks")


def _rate(batch: Batch, limits: Limits) -> BatchRate:
    few = batch.sold < limits.bad_batch_sold
    return BatchRate(
        batch=batch.id,
        sku=batch.sku,
        supplier=batch.supplier,
        produced=batch.produced,
        sold=batch.sold,
        rate=batch.complaint_rate,
        limit=limits.bad_batch_rate,
        over=not few and batch.complaint_rate >= limits.bad_batch_rate,
        note=f"only {batch.sold} sold: the rate says little" if few else "",
    )


def _lanes(order: Order, lanes: Iterable[LaneDelay]) -> tuple[LaneDelay, ...]:
    """Those this order goes by; before it is shipped, the one of the warehouse that will send it."""
    mine = [parcel.warehouse for parcel in order.shipments] or [warehouse_of(order.address.country)]
    known = {lane.warehouse: lane for lane in lanes}
    unknown = [LaneDelay(warehouse=house, country=order.address.country, now=None, usual=None, parcels=0) for house in mine]
    return tuple(dict.fromkeys(known.get(lane.warehouse, lane) for lane in unknown))


def _customer(order: Order, known: Around) -> CustomerLine:
    who, desk = order.customer, known.desk
    told = Spending(orders=known.spending.orders, sums=(who.spent,)) if who.spent else known.spending
    return CustomerLine(
        name=who.name, country=who.country, tier=who.tier.value, spending=told, earlier=desk.earlier, earlier_count=desk.earlier_count
    )


def _account(order: Order) -> Account:
    """The limits of the customer's own pack and tier, in the order's currency; one without a book rate has none to show."""
    pack, tier, currency = packs(order.customer.country), order.customer.tier, order.total.currency
    limits: list[tuple[str, Money | None]] = []
    for role in Role:
        limit = pack.limits.get(role)
        if limit is None or (limit.alone is not None and RemedyKind.REFUND not in limit.alone) or currency not in RATES:
            continue
        euro = limit.tiers.get(tier, {}).get(RemedyKind.REFUND) or limit.amounts.get(RemedyKind.REFUND)
        limits.append((role.value, from_euro(euro, currency) if euro else None))
    return Account(paid=order.paid, refunded=order.refunded, limits=tuple(limits))


def _ages(context: Context) -> Iterable[Age]:
    """One line a source, with the oldest that it contributes."""
    read: dict[str, tuple[datetime | None, bool]] = {}

    def note(source: str, at: datetime | None, answers: bool) -> None:
        before = read.get(source, (at, True))
        oldest = min(filter(None, (before[0], at)), default=None)
        read[source] = (oldest, before[1] and answers)

    for order in context.customer.orders[:1]:
        note(order.source, order.read_at, not order.stale)
        for parcel in order.shipments:
            if parcel.source:
                note(parcel.source, parcel.read_at, True)
    for level in context.staff.stock:
        note(level.source, level.read_at, not level.stale)
    for batch in context.staff.batches:
        note(batch.source, batch.read_at, True)
    for name in context.stale:
        note(name, None, False)
    return [Age(source=source, at=at, answers=answers) for source, (at, answers) in read.items()]


def as_json(made: Card) -> dict[str, Any]:
    """For CasePacket.card and the desk's page."""
    return _plain(asdict(made))


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {str(name): _plain(item) for name, item in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    return value.isoformat() if isinstance(value, date) else value
