"""What is in an order: lines with batches, totals, refunds and returns."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from random import Random

from agent.commerce.currency import from_euro, shelf_price
from agent.commerce.papers import ReturnSlip, as_return
from agent.commerce.routing import warehouse_of
from agent.domain.commerce import Batch, Line, Order, OrderState, Payment, Product, Refund, ReturnState, TracedLine
from agent.domain.money import Money
from agent.policy.terms import TERMS

_FREE_FROM = Money(5000, "EUR")
_SHIPPING = Money(490, "EUR")


def line(
    rng: Random,
    product: Product,
    quantity: int,
    currency: str,
    batches: Mapping[str, Sequence[Batch]],
    batch: str | None = None,
) -> TracedLine:
    """One line in the customer's currency, from a batch at random unless one is given."""
    return TracedLine(
        sku=product.sku,
        title=product.title,
        category=product.category,
        quantity=quantity,
        price=shelf_price(product.price, currency),
        batch=batch or rng.choice(batches[product.sku]).id,
    )


def total(lines: Sequence[Line]) -> Money:
    """Goods and standard shipping."""
    currency = lines[0].price.currency
    goods = sum(each.price.minor * each.quantity for each in lines)
    free = goods >= from_euro(_FREE_FROM, currency).minor
    return Money(goods + (0 if free else from_euro(_SHIPPING, currency).minor), currency)


def settled(order: Order, slips: Iterable[ReturnSlip] = ()) -> Order:
    """With what was paid (by card, unless nothing was paid yet) and with its returns."""
    card = Payment(id=f"PAY-{order.number}", method="card", amount=order.total, at=order.placed_at)
    refunds = tuple(
        replace(each, id=each.id or f"RF-{order.number}-{at}", payment=each.payment or card.id)
        for at, each in enumerate(order.refunds, start=1)
    )
    paid = () if order.state is OrderState.UNPAID else order.payments or (card,)
    return replace(order, payments=paid, refunds=refunds if paid else order.refunds, returns=order.returns or tuple(map(as_return, slips)))


def refund(order: Order, day: date, succeeded: bool = True) -> Refund:
    """Of everything when everything came back, else of the pieces that did."""
    whole = all(each.returned == each.quantity for each in order.lines)
    back = sum(each.price.minor * each.returned for each in order.lines)
    amount = order.total if whole else Money(back, order.total.currency)
    return Refund(amount=amount, at=datetime.combine(day, time(11, 30), UTC), succeeded=succeeded)


def slip(rng: Random, order: Order, lines: Sequence[tuple[str, int]], day: date, still_open: bool) -> ReturnSlip:
    fee = from_euro(TERMS.fee_for_return(order.address.country), order.total.currency)
    return ReturnSlip(
        number=f"RL-{rng.randrange(100_000, 1_000_000)}",
        order=order.number,
        lines=tuple(lines),
        warehouse=warehouse_of(order.address.country),
        fee=fee,
        at=datetime.combine(day, time(16, 5), UTC),
        open=still_open,
        step=ReturnState.LABELLED if still_open else ReturnState.CLOSED,
    )


def days_after(order: Order, days: int, today: date) -> date:
    """So many days after the delivery, yet not in the future."""
    assert order.shipment and order.shipment.delivered_at
    return min(order.shipment.delivered_at.date() + timedelta(days=days), today - timedelta(days=1))
