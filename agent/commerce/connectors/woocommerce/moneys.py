"""Cancel and refund on WooCommerce: money goes back through the gateway it came by, or not at all."""

from typing import Any

from agent.commerce.connectors.client import SourceDown, SourceRefused, Unanswered
from agent.commerce.connectors.woocommerce.books import WooBooks, path
from agent.commerce.connectors.woocommerce.marks import mark, marked, reference, referred
from agent.commerce.connectors.woocommerce.pieces import refund_lines
from agent.commerce.connectors.woocommerce.shop import money, record, text
from agent.commerce.remedies.books import as_data, done, refused
from agent.commerce.remedies.cancel import OPEN
from agent.domain.commerce import Order, OrderState
from agent.domain.effect import EffectResult, EffectState, PlannedEffect
from agent.domain.money import Money


async def cancel(books: WooBooks, effect: PlannedEffect) -> EffectResult:
    """Data: `order`, `state`, `amount` (what goes back). The order is stopped first: money that left is no reason to go on packing."""
    found = await books.open(effect.order)
    if found is None:
        return refused("order_unknown")
    body, order, _ = found
    if order.state is OrderState.CANCELLED:
        return refused("already_cancelled")
    if order.state not in OPEN or order.shipments:
        return refused("already_packed", state=order.state.value)
    owed = Money(max(order.paid.minor - order.refunded.minor, 0), order.total.currency)
    if owed.minor and not await _can_pay_back(books, body):
        return refused("not_supported", payment=text(body.get("payment_method")))
    data = {"order": order.number, "state": OrderState.CANCELLED.value, "amount": as_data(owed)}
    await books.http.change(path(body), {"status": "cancelled", "meta_data": mark(effect.key, data)}, method="PUT")
    return await _give_back(books, body, effect, owed, data) if owed.minor else done(**data)


async def _give_back(books: WooBooks, body: dict[str, Any], effect: PlannedEffect, owed: Money, data: dict[str, Any]) -> EffectResult:
    """The shop has put the pieces back on the shelf with the cancellation."""
    try:
        answer = await books.http.change(path(body, "/refunds"), _wish(effect, owed, []))
    except Unanswered:
        raise
    except (SourceDown, SourceRefused) as error:
        return refused("refund_failed", cancelled=True, why=error.code, **data)
    return _paid_out(record(answer), data)


async def cancelled(books: WooBooks, effect: PlannedEffect) -> EffectResult | None:
    found = await books.open(effect.order)
    data = marked(found[0], effect.key) if found else None
    if not found or data is None:
        return None
    if not record(data.get("amount")).get("minor"):
        return done(**data)
    refund = referred(found[2], effect.key, "reason")
    return _paid_out(refund, data) if refund else refused("refund_failed", cancelled=True, **data)


async def refund(books: WooBooks, effect: PlannedEffect) -> EffectResult:
    """Data: `order`, `amount`, `payment`."""
    found = await books.open(effect.order)
    if found is None:
        return refused("order_unknown")
    body, order, _ = found
    amount = _amount(effect)
    if amount is None:
        return refused("bad_amount")
    if reason := _beyond(order, amount, effect):
        return refused(reason)
    lines = refund_lines(body, effect.payload.get("lines"), amount)
    if lines is None:
        return refused("bad_lines")
    if not await _can_pay_back(books, body):
        return refused("not_supported", payment=text(body.get("payment_method")))
    answer = await books.http.change(path(body, "/refunds"), _wish(effect, amount, lines))
    return _paid_out(record(answer), _data(order, amount))


async def refunded(books: WooBooks, effect: PlannedEffect) -> EffectResult | None:
    found = await books.open(effect.order)
    back = referred(found[2], effect.key, "reason") if found else None
    if not found or back is None:
        return None
    order = found[1]
    amount = money(back.get("amount") or "0", order.total.currency)
    return _paid_out(back, _data(order, Money(abs(amount.minor), amount.currency)))


def _amount(effect: PlannedEffect) -> Money | None:
    match effect.payload:
        case {"minor": int(minor), "currency": str(currency)} if not isinstance(minor, bool) and minor > 0:
            return Money(minor, currency)
        case _:
            return None


def _beyond(order: Order, amount: Money, effect: PlannedEffect) -> str:
    """Why this much cannot go back; "" when it can."""
    wanted = effect.payload.get("payment")
    if amount.currency != order.total.currency:
        return "other_currency"
    if not order.paid.minor:
        return "not_paid"
    if wanted and wanted not in {payment.id for payment in order.payments}:
        return "unknown_payment"
    return "over_paid" if amount.minor > order.paid.minor - order.refunded.minor else ""


async def _can_pay_back(books: WooBooks, body: dict[str, Any]) -> bool:
    """Cash on delivery and bank transfers cannot: the shop would answer with an error nobody can tell from an outage."""
    method = text(body.get("payment_method"))
    if not method.replace("-", "").replace("_", "").isalnum():
        return False
    gateway = record(await books.http.get(f"payment_gateways/{method}"))
    supports = gateway.get("method_supports")
    return isinstance(supports, list) and "refunds" in supports


def _wish(effect: PlannedEffect, amount: Money, lines: list[dict[str, Any]]) -> dict[str, Any]:
    """The customer sees the reason: it holds our reference and nothing else."""
    return {
        "amount": str(amount.amount),
        "reason": reference(effect.key),
        "api_refund": True,
        "api_restock": False,  # pieces come back to the shelf when the warehouse has them
        "line_items": lines,
        "meta_data": mark(effect.key, as_data(amount)),
    }


def _paid_out(answer: dict[str, Any], data: dict[str, Any]) -> EffectResult:
    """Only what the gateway has paid is a refund."""
    if answer.get("refunded_payment") is True:
        return done(**data, refund=text(answer.get("id")))
    return EffectResult(state=EffectState.UNKNOWN, data=data, error="not_paid_out")


def _data(order: Order, amount: Money) -> dict[str, Any]:
    return {"order": order.number, "amount": as_data(amount), "payment": order.payments[0].id}
