"""Pay back all that is left, or a part, to where the money came from; never more than was paid, whoever asks how often.

Payload: `minor` and `currency` (left out = the most there is), `lines` (what it is for), `payment` (its id when only that one, or store_credit).
"""

from datetime import datetime
from typing import Any

from agent.commerce.papers import ReturnSlip
from agent.commerce.remedies.books import Books, as_data, done, refused
from agent.commerce.remedies.pieces import Lines, as_lines, bought, once, read
from agent.commerce.remedies.return_ import accepted, close
from agent.commerce.remedies.value import Given, given, money, most, spread
from agent.domain.commerce import Order, OrderState, Payment, Refund, ReturnState
from agent.domain.effect import EffectResult, PlannedEffect
from agent.domain.money import Money

#: The card is charged at dispatch: before that there is nothing to pay back, the order is cancelled instead.
_NOT_YET = {
    OrderState.UNPAID: "not_paid",
    OrderState.PAID: "not_charged",
    OrderState.PACKED: "not_charged",
    OrderState.CANCELLED: "already_cancelled",
    OrderState.UNKNOWN: "state_unknown",
}


async def refund(books: Books, effect: PlannedEffect, at: datetime) -> EffectResult:
    """Data: `order`, `amount`, `refunds` (ids), `methods`, `lines`, `given`, `state`, and `return` when it settled one."""
    order = await books.order(effect.order)
    if order is None:
        return refused("order_unknown")
    if reason := _NOT_YET.get(order.state):
        return refused(reason, state=order.state.value)
    lines = lines_of(order, effect.payload)
    if lines == ():
        return refused("bad_lines")
    state, slip = await given(books, order), await _settled(books, order, lines)
    amount = _amount(effect.payload, order, state, lines, slip)
    if isinstance(amount, str):
        return refused(amount, left=as_data(money(order, most(state, order, lines))))
    parts = portions(order, amount.minor, effect.payload.get("payment"))
    if isinstance(parts, str):
        return refused(parts)
    ids = await pay_back(books, order, parts, at)
    if slip:
        await close(books, order, slip)
    await _close_order(books, order, amount)
    after = await books.state(order.number)
    return done(
        order=order.number,
        amount=as_data(amount),
        refunds=ids,
        methods=[method for _, method, _ in parts],
        state=(after or order.state).value,
        **({"lines": as_lines(lines), "given": spread(state, order, lines, amount.minor)} if lines else {}),
        **({"return": slip.number} if slip else {}),
    )


def lines_of(order: Order, payload: dict[str, Any]) -> Lines | None:
    """None when the payload names none; () when it names what was not bought, or cannot be read."""
    if payload.get("lines") is None:
        return None
    lines, count = once(read(payload["lines"])), bought(order)
    return lines if lines and all(pieces <= count.get(sku, 0) for sku, pieces in lines) else ()


def _amount(payload: dict[str, Any], order: Order, state: Given, lines: Lines | None, slip: ReturnSlip | None) -> Money | str:
    """What is paid, or the code of why not."""
    room = most(state, order, lines)
    match payload:
        case {"minor": bool()}:
            return "amount"
        case {"minor": int(minor), "currency": str(currency)}:
            wish = Money(minor, currency)
        case {"minor": _} | {"currency": _}:
            return "amount"
        case _:
            wish = money(order, room - (min(slip.fee.minor, room) if slip else 0))
    if wish.currency != order.total.currency:
        return "currency"
    if wish.minor <= 0:
        return "over_paid" if room == 0 else "amount"
    return wish if wish.minor <= room else "over_paid"


async def _settled(books: Books, order: Order, lines: Lines | None) -> ReturnSlip | None:
    """The inspected return that this refund pays for."""
    slip = await books.slip(order.open_return) if order.open_return else None
    if slip is None or slip.step is not ReturnState.INSPECTED or not accepted(slip):
        return None
    wanted = dict(lines) if lines else bought(order)
    return slip if all(pieces <= wanted.get(sku, 0) for sku, pieces in slip.lines) else None


#: The one way besides the payments themselves; its refund belongs to no payment.
STORE_CREDIT = "store_credit"
#: (id of the payment, its method, minor units)
Portion = tuple[str, str, int]


def portions(order: Order, minor: int, only: object) -> list[Portion] | str:
    """The payments that it goes back to, one after another, each up to what it gave; or the code of why not."""
    found = rooms(order)
    if only == STORE_CREDIT:
        return [("", STORE_CREDIT, minor)] if minor <= sum(room for _, _, room in found) else "over_paid"
    if only is not None:
        found = [each for each in found if each[0] == only]
        if not found:
            return "payment_unknown"
    elif not order.payments:
        return [("", "other", minor)]
    parts: list[Portion] = []
    for key, method, room in found:
        if part := min(room, minor):
            parts.append((key, method, part))
            minor -= part
    return "over_paid" if minor else parts


def rooms(order: Order) -> list[Portion]:
    """What each payment has left, in the order's currency. A refund without a payment is taken from the first that can bear it."""
    mine = [payment for payment in order.payments if payment.succeeded and payment.amount.currency == order.total.currency]
    known = {payment.id for payment in mine}
    loose = sum(each.amount.minor for each in order.refunds if each.payment not in known)
    found: list[Portion] = []
    for payment in mine:
        left = payment.amount.minor - _back(order, payment)
        taken = min(max(left, 0), loose)
        loose -= taken
        found.append((payment.id, payment.method, max(left, 0) - taken))
    return found


def _back(order: Order, payment: Payment) -> int:
    return sum(each.amount.minor for each in order.refunds if each.payment == payment.id)


async def pay_back(books: Books, order: Order, parts: list[Portion], at: datetime) -> list[str]:
    """Ids of the refunds."""
    ids: list[str] = []
    for count, (payment, _, minor) in enumerate(parts, start=len(order.refunds) + 1):
        made = Refund(amount=money(order, minor), at=at, succeeded=True, id=f"RF-{order.number}-{count}", payment=payment)
        await books.repay(order.number, made)
        ids.append(made.id)
    return ids


async def _close_order(books: Books, order: Order, amount: Money) -> None:
    """Refunded is an order of which every cent is back."""
    if order.refunded.minor + amount.minor == order.paid.minor:
        await books.move(order.number, OrderState.REFUNDED)
