"""Book a technician's visit for what is too bulky to send. Payload: `lines` (one piece), `day` (ISO date), `part_of_day`."""

from datetime import date, datetime, timedelta

from agent.commerce.papers import Repair
from agent.commerce.remedies.books import Books, done, refused
from agent.commerce.remedies.codes import fresh
from agent.commerce.remedies.pieces import as_lines
from agent.commerce.remedies.refund import lines_of
from agent.commerce.remedies.return_ import arrived
from agent.commerce.routing import local_day
from agent.domain.commerce import Order
from agent.domain.effect import EffectResult, PlannedEffect
from agent.policy.terms import TERMS

PARTS_OF_DAY = frozenset({"morning", "afternoon"})
_AHEAD = timedelta(days=30)
_DAYS_A_MONTH = 30.4


async def repair(books: Books, effect: PlannedEffect, at: datetime) -> EffectResult:
    """Data: `order`, `repair` (id), `lines`, `title`, `day`, `part_of_day`."""
    order = await books.order(effect.order)
    if order is None:
        return refused("order_unknown")
    lines = lines_of(order, effect.payload)
    if not lines or [pieces for _, pieces in lines] != [1]:
        return refused("bad_lines")
    (sku,) = dict(lines)
    if reason := await _refusal(books, order, sku, at):
        return refused(reason, state=order.state.value)
    day, part = visit_day(effect.payload.get("day"), local_day(at, order.address.country)), effect.payload.get("part_of_day")
    if day is None or part not in PARTS_OF_DAY:
        return refused("bad_day")
    made = Repair(id=fresh("RP-", 6), order=order.number, sku=sku, day=day, part_of_day=str(part), at=at)
    await books.put_repair(made)
    title = next(line.title for line in order.lines if line.sku == sku)
    return done(order=order.number, repair=made.id, lines=as_lines(lines), title=title, day=day.isoformat(), part_of_day=made.part_of_day)


async def _refusal(books: Books, order: Order, sku: str, at: datetime) -> str:
    line = next(line for line in order.lines if line.sku == sku)
    if sku not in arrived(order, at, days=10_000):
        return "not_delivered"
    if sku not in arrived(order, at, days=round(TERMS.warranty_for(line.category) * _DAYS_A_MONTH)):
        return "window_closed"
    product = await books.product(sku)
    if product is None or not product.bulky:
        return "not_bulky"
    return "repair_booked" if await books.repair(order=order.number, sku=sku) else ""


def visit_day(wish: object, today: date) -> date | None:
    """A business day after today and within a month; None for anything else."""
    try:
        day = date.fromisoformat(wish) if isinstance(wish, str) else None
    except ValueError:
        return None
    return day if day and today < day <= today + _AHEAD and day.weekday() < 5 else None
