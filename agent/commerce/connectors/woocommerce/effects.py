"""The Effects port on WooCommerce. Before anything is changed, the shop is asked whether our key is there already."""

import asyncio
from collections import defaultdict
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from typing import Any

from agent.commerce.connectors.client import Http, SourceDown, SourceRefused, Unanswered
from agent.commerce.connectors.woocommerce import coupons, moneys, notes, readdress
from agent.commerce.connectors.woocommerce.books import WooBooks
from agent.commerce.connectors.woocommerce.orders import WooOrders, utc_now
from agent.commerce.connectors.woocommerce.shop import record, text
from agent.commerce.remedies.books import refused
from agent.domain.effect import EffectResult, EffectState, PlannedEffect

CarryOut = Callable[[WooBooks, PlannedEffect], Awaitable[EffectResult]]
LookUp = Callable[[WooBooks, PlannedEffect], Awaitable[EffectResult | None]]

#: How long a shop may work on a request after we have stopped listening.
_UNDER_WAY = timedelta(minutes=2)
#: (carry out, look up) by kind. Everything else WooCommerce cannot do without plugins.
REMEDIES: dict[str, tuple[CarryOut, LookUp]] = {
    "cancel": (moneys.cancel, moneys.cancelled),
    "refund": (moneys.refund, moneys.refunded),
    "coupon": (coupons.give, coupons.given),
    "wait": (coupons.give, coupons.given),
    "change_address": (readdress.move, readdress.moved),
    "resend_tracking": (notes.resend, notes.resent),
    "note": (notes.note, notes.noted),
}


class WooEffects:
    """`secret` makes coupon codes unguessable; the consumer secret will do."""

    def __init__(self, http: Http, orders: WooOrders, *, secret: str, now: Callable[[], datetime] = utc_now) -> None:
        self._books = WooBooks(http, orders, secret, now)
        self._one_at_a_time: defaultdict[str, asyncio.Lock] = defaultdict(asyncio.Lock)
        self._sent: dict[str, datetime] = {}  # without an answer

    async def carry_out(self, effect: PlannedEffect) -> EffectResult:
        if effect.kind not in REMEDIES:
            return refused("not_supported", kind=effect.kind)
        async with self._one_at_a_time[effect.order]:
            return await self._carry_out(effect)

    async def look_up(self, effect: PlannedEffect) -> EffectResult | None:
        if effect.kind not in REMEDIES:
            return None
        try:
            return await self._found(effect)
        except (SourceDown, SourceRefused) as error:
            return _unknown(error.code)

    async def _carry_out(self, effect: PlannedEffect) -> EffectResult:
        try:
            return await self._found(effect) or await REMEDIES[effect.kind][0](self._books, effect)
        except Unanswered as error:
            self._sent[effect.key] = self._books.now()
            return _unknown(error.code)
        except SourceDown as error:  # nothing has left us
            return refused(error.code)
        except SourceRefused as error:
            return refused(_reason(error), http=error.http)

    async def _found(self, effect: PlannedEffect) -> EffectResult | None:
        """What the shop knows of the key. Right after a request without an answer, what is not there yet may still come."""
        found = await REMEDIES[effect.kind][1](self._books, effect)
        sent = self._sent.get(effect.key)
        if found is not None and found.state is EffectState.CONFIRMED:
            self._sent.pop(effect.key, None)
        elif sent and self._books.now() - sent < _UNDER_WAY:
            return _unknown(Unanswered.code)
        return found


def _unknown(error: str) -> EffectResult:
    return EffectResult(state=EffectState.UNKNOWN, data={}, error=error)


def _reason(error: SourceRefused) -> str:
    """The shop's own code."""
    body: Any = record(error.body)
    return text(body.get("code")) or error.code
