"""Which remedy carries out which kind of effect."""

from collections.abc import Awaitable, Callable
from datetime import datetime

from agent.commerce.keys import order_number
from agent.commerce.remedies.books import Books, refused
from agent.commerce.remedies.cancel import cancel
from agent.commerce.remedies.change_address import change_address
from agent.commerce.remedies.change_items import change_items
from agent.commerce.remedies.change_payment import change_payment
from agent.commerce.remedies.change_shipping import change_shipping
from agent.commerce.remedies.claim import claim
from agent.commerce.remedies.coupon import coupon
from agent.commerce.remedies.exchange import exchange
from agent.commerce.remedies.refund import refund
from agent.commerce.remedies.repair import repair
from agent.commerce.remedies.resend_tracking import resend_tracking
from agent.commerce.remedies.reship import reship
from agent.commerce.remedies.return_ import open_return
from agent.domain.decision import RemedyKind
from agent.domain.effect import EffectResult, PlannedEffect

CarryOut = Callable[[Books, PlannedEffect, datetime], Awaitable[EffectResult]]

REMEDIES: dict[str, CarryOut] = {
    RemedyKind.CANCEL: cancel,
    RemedyKind.CHANGE_ADDRESS: change_address,
    RemedyKind.CHANGE_ITEMS: change_items,
    RemedyKind.CHANGE_PAYMENT: change_payment,
    RemedyKind.CHANGE_SHIPPING: change_shipping,
    RemedyKind.CLAIM: claim,
    RemedyKind.COUPON: coupon,
    RemedyKind.EXCHANGE: exchange,
    RemedyKind.REFUND: refund,
    RemedyKind.REPAIR: repair,
    RemedyKind.RESEND_TRACKING: resend_tracking,
    RemedyKind.RESHIP: reship,
    RemedyKind.RETURN: open_return,
    RemedyKind.WAIT: coupon,
}


async def carry_out(books: Books, effect: PlannedEffect, at: datetime) -> EffectResult:
    """CONFIRMED or FAILED with a reason code; a business reason never raises."""
    return await REMEDIES[effect.kind](books, effect, at)


def unreadable(effect: PlannedEffect) -> EffectResult | None:
    """FAILED for what no book needs to be opened for; None when it may be carried out."""
    if effect.kind not in REMEDIES:
        return refused("unknown_kind")
    return None if order_number(effect.order) else refused("order_unknown")


def misused(effect: PlannedEffect, kind: str, order: str) -> EffectResult | None:
    """FAILED when a key that carried out one thing comes back for another; None when it is the same wish."""
    return None if (effect.kind, effect.order) == (kind, order) else refused("key_reused")
