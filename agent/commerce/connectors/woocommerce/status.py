"""The states of a WooCommerce order in our words. A state nobody knows stays unknown, and is told to nobody."""

from collections.abc import Mapping, Sequence

from agent.domain.commerce import OrderState, Refund
from agent.domain.money import Money

#: Not an order yet, or no longer.
NO_ORDER = frozenset({"auto-draft", "checkout-draft", "trash", "new"})
_STATES = {
    "pending": OrderState.UNPAID,
    "failed": OrderState.UNPAID,
    "processing": OrderState.PAID,
    "cancelled": OrderState.CANCELLED,
    # Of the widespread tracking plugins.
    "shipped": OrderState.IN_TRANSIT,
    "partial-shipped": OrderState.PART_SHIPPED,
    "delivered": OrderState.DELIVERED,
}


def state_of(
    status: str, *, paid: bool, parcels: bool, total: Money, refunds: Sequence[Refund], told: Mapping[str, OrderState]
) -> tuple[OrderState, str]:
    """(state, the shop's own word where we do not know it). `told` is what the merchant says their states mean."""
    state = told.get(status) or _known(status, paid=paid, parcels=parcels, back=_back(total, refunds))
    if state is OrderState.PAID and parcels:
        state = OrderState.PART_SHIPPED
    return state, status if state is OrderState.UNKNOWN else ""


def _known(status: str, *, paid: bool, parcels: bool, back: bool) -> OrderState:
    match status:
        case "on-hold":  # waits for a bank transfer, or for a person
            return OrderState.PAID if paid else OrderState.UNPAID
        case "refunded":  # anybody can set the word; only money that went back counts
            return OrderState.REFUNDED if back else OrderState.UNKNOWN
        case "completed":  # sent, as far as the shop knows; whether it arrived only the carrier knows
            return OrderState.IN_TRANSIT if parcels else OrderState.UNKNOWN
        case _:
            return _STATES.get(status, OrderState.UNKNOWN)


def _back(total: Money, refunds: Sequence[Refund]) -> bool:
    return bool(refunds) and sum(refund.amount.minor for refund in refunds if refund.succeeded) >= total.minor
