"""The whole demo shop as data, from a seed; every date is relative to `today`."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from random import Random

from agent.commerce.currency import currency_of
from agent.commerce.demo import basket, journeys
from agent.commerce.demo.catalogue import batches, products, restocks, stock
from agent.commerce.demo.first_orders import first_orders, first_people
from agent.commerce.demo.parcels import in_two_parcels
from agent.commerce.demo.people import Person, people
from agent.commerce.papers import ReturnSlip
from agent.commerce.routing import warehouse_of
from agent.domain.commerce import Batch, Customer, InventoryLevel, Order, OrderState, Product

CUSTOMERS = 300
ORDERS = 800
#: How many of the orders after the fixed ones are in which state; the rest is delivered.
_SHARES = {
    OrderState.UNPAID: 20,
    OrderState.PAID: 55,
    OrderState.PACKED: 30,
    OrderState.IN_TRANSIT: 120,
    OrderState.CUSTOMS_HOLD: 25,
    OrderState.LATE: 32,
    OrderState.LOST: 12,
    OrderState.PART_RETURNED: 28,
    OrderState.REFUNDED: 34,
    OrderState.CANCELLED: 22,
}
_OPEN_RETURNS = 16
_PENDING_REFUNDS = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class DemoData:
    """Domain objects, as the in-memory twin holds them and as the seeding writes them."""

    seed: int
    today: date
    products: tuple[Product, ...]
    batches: tuple[Batch, ...]
    stock: tuple[InventoryLevel, ...]
    restocks: Mapping[tuple[str, str], date]
    customers: tuple[Customer, ...]
    orders: tuple[Order, ...]
    returns: tuple[ReturnSlip, ...]


@lru_cache(maxsize=2)
def generate(seed: int, today: date) -> DemoData:
    """The same arguments give the same shop, on every machine."""
    made = batches(_rng(seed, "batches"), today)
    by_sku = {product.sku: tuple(batch for batch in made if batch.sku == product.sku) for product in products()}
    fixed = first_people()
    others = people(_rng(seed, "people"), CUSTOMERS - len(fixed), len(fixed) + 1, {each.customer.email for each in fixed})
    first = first_orders(_rng(seed, "first orders"), today, by_sku)
    more = _more_orders(_rng(seed, "orders"), ORDERS - len(first), int(first[-1].number) + 1, others, today, by_sku)
    orders, returns = _with_returns(_rng(seed, "returns"), [*first, *more], today)
    orders = in_two_parcels(_rng(seed, "parcels"), orders)
    levels = stock(_rng(seed, "stock"), orders, _midnight(today))
    return DemoData(
        seed=seed,
        today=today,
        products=products(),
        batches=made,
        stock=levels,
        restocks=restocks(levels, today),
        customers=tuple(each.customer for each in (*fixed, *others)),
        orders=tuple(basket.settled(order, [slip for slip in returns if slip.order == order.number]) for order in orders),
        returns=tuple(returns),
    )


def _rng(seed: int, part: str) -> Random:
    """A stream a part, so that a change in one leaves the others as they were."""
    return Random(f"{seed}:{part}")


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), UTC)


def _more_orders(
    rng: Random, count: int, first: int, buyers: Sequence[Person], today: date, by_sku: Mapping[str, Sequence[Batch]]
) -> list[Order]:
    states = [state for state, share in _SHARES.items() for _ in range(share)]
    states += [OrderState.DELIVERED] * (count - len(states))
    orders = [_order(rng, state, rng.choice(_buyers_for(state, buyers)), today, by_sku) for state in states]
    orders.sort(key=lambda order: order.placed_at)
    return [replace(order, number=str(first + index)) for index, order in enumerate(orders)]


def _buyers_for(state: OrderState, buyers: Sequence[Person]) -> Sequence[Person]:
    """Only parcels from outside a customs area are held at customs."""
    if state is not OrderState.CUSTOMS_HOLD:
        return buyers
    return [buyer for buyer in buyers if buyer.address.country in {"JP", "AU", "BR", "SA", "KZ"}]


def _order(rng: Random, state: OrderState, buyer: Person, today: date, by_sku: Mapping[str, Sequence[Batch]]) -> Order:
    country = buyer.address.country
    warehouse = warehouse_of(country)
    chosen = rng.sample(products(), k=2 if state is OrderState.PART_RETURNED else rng.choice((1, 1, 2, 2, 3)))
    lines = tuple(basket.line(rng, product, rng.choice((1, 1, 1, 2)), currency_of(country), by_sku) for product in chosen)
    sent = state in journeys.SENT
    days = journeys.plan(rng, state, today, warehouse, country)
    placed = days.placed if sent or state is OrderState.CANCELLED else today - timedelta(days=rng.randint(1, 2))
    return Order(
        number="",
        customer=buyer.customer,
        state=state,
        placed_at=_midnight(placed) + timedelta(hours=rng.randrange(5, 22), minutes=rng.randrange(60)),
        total=basket.total(lines),
        lines=lines,
        address=buyer.address,
        shipments=(journeys.shipment(rng, state, days, warehouse, buyer.address),) if sent else (),
        read_at=_midnight(today),
    )


def _with_returns(rng: Random, orders: Sequence[Order], today: date) -> tuple[list[Order], list[ReturnSlip]]:
    """Closed returns behind refunds, and some open ones among the recent deliveries."""
    result: list[Order] = []
    slips: list[ReturnSlip] = []
    left = _OPEN_RETURNS
    for order in orders:
        done = order
        if order.state in {OrderState.REFUNDED, OrderState.PART_RETURNED}:
            done, slip = _came_back(rng, order, today)
            slips.append(slip)
        elif left and _may_open(order, today):
            left -= 1
            done, slip = _announced(rng, order, today, pending=left < _PENDING_REFUNDS)
            slips.append(slip)
        result.append(done)
    return result, slips


def _may_open(order: Order, today: date) -> bool:
    if order.state is not OrderState.DELIVERED or order.customer.email.endswith("@example.com"):
        return False
    assert order.shipment and order.shipment.delivered_at
    return 4 <= (today - order.shipment.delivered_at.date()).days <= 25


def _came_back(rng: Random, order: Order, today: date) -> tuple[Order, ReturnSlip]:
    if not order.refunds:
        back = order.lines if order.state is OrderState.REFUNDED else order.lines[:1]
        lines = tuple(replace(each, returned=each.quantity) if each in back else each for each in order.lines)
        order = replace(order, lines=lines)
        order = replace(order, refunds=(basket.refund(order, basket.days_after(order, rng.randint(8, 18), today)),))
    pieces = [(each.sku, each.returned) for each in order.lines if each.returned]
    opened = min(basket.days_after(order, 2, today), order.refunds[0].at.date())
    return order, basket.slip(rng, order, pieces, opened, still_open=False)


def _announced(rng: Random, order: Order, today: date, pending: bool) -> tuple[Order, ReturnSlip]:
    first = order.lines[0]
    slip = basket.slip(rng, order, [(first.sku, first.quantity)], basket.days_after(order, 2, today), still_open=True)
    order = replace(order, open_return=slip.number)
    if pending:
        marked = replace(order, lines=(replace(first, returned=first.quantity), *order.lines[1:]))
        order = replace(order, refunds=(basket.refund(marked, today - timedelta(days=1), succeeded=False),))
    return order, slip
