"""The Effects port on Shopify: each key once, found again by our mark on the order, an unanswered change never sent twice."""

from collections.abc import Callable
from datetime import datetime

from agent.commerce.connectors.client import SourceDown, SourceRefused, Unanswered
from agent.commerce.connectors.shopify import mark, queries
from agent.commerce.connectors.shopify.admin import Admin, Refusal
from agent.commerce.connectors.shopify.case import Case, Remedy
from agent.commerce.connectors.shopify.fields import Node, text
from agent.commerce.connectors.shopify.order import to_order
from agent.commerce.connectors.shopify.read import Shopify, utc_now
from agent.commerce.connectors.shopify.remedies.cancel import Cancel
from agent.commerce.connectors.shopify.remedies.change_address import ChangeAddress
from agent.commerce.connectors.shopify.remedies.coupon import Coupon
from agent.commerce.connectors.shopify.remedies.refund import Refund
from agent.commerce.connectors.shopify.remedies.resend_tracking import ResendTracking
from agent.commerce.connectors.shopify.remedies.reship import Reship
from agent.commerce.connectors.shopify.remedies.return_ import Return
from agent.commerce.connectors.shopify.shop import Shop, by_name, number_of
from agent.commerce.keys import order_number
from agent.commerce.remedies.books import refused
from agent.domain.commerce import Order
from agent.domain.decision import RemedyKind
from agent.domain.effect import EffectResult, EffectState, PlannedEffect

#: What Shopify can do. A repair, a claim and another payment or delivery of a placed order are other systems' or a person's work.
REMEDIES: dict[str, Remedy] = {
    RemedyKind.CANCEL: Cancel(),
    RemedyKind.CHANGE_ADDRESS: ChangeAddress(),
    RemedyKind.COUPON: Coupon(),
    RemedyKind.WAIT: Coupon(),
    RemedyKind.EXCHANGE: Return(),
    RemedyKind.REFUND: Refund(),
    RemedyKind.RESEND_TRACKING: ResendTracking(),
    RemedyKind.RESHIP: Reship(),
    RemedyKind.RETURN: Return(),
}
#: Coupons and waiting are one gift: whichever came first holds the key of both.
_SAME = {RemedyKind.WAIT: RemedyKind.COUPON}


class ShopifyEffects:
    """`secret` makes coupon codes unguessable; keep it for as long as its coupons live. Needs write_orders, write_returns, write_draft_orders,
    write_discounts and write_merchant_managed_fulfillment_orders beside the scopes of the reads."""

    def __init__(self, admin: Admin, shop: Shop, *, secret: str, now: Callable[[], datetime] = utc_now) -> None:
        self._admin, self._shop, self._secret, self._now = admin, shop, secret, now
        self._reads = Shopify(admin, shop, now=now)

    async def carry_out(self, effect: PlannedEffect) -> EffectResult:
        if (remedy := REMEDIES.get(effect.kind)) is None:
            return refused("not_supported")
        if not order_number(effect.order):
            return refused("order_unknown")
        try:
            case = await self._open(effect)
            if case is None:
                return refused("order_unknown")
            if case.claim:
                return await self._earlier(case, remedy)
            return await self._first(case, remedy)
        except (SourceDown, SourceRefused) as error:
            return _unknown(error.code)

    async def look_up(self, effect: PlannedEffect) -> EffectResult | None:
        remedy = REMEDIES.get(effect.kind)
        if remedy is None or not order_number(effect.order):
            return None
        try:
            case = await self._open(effect)
            return await self._known(case, remedy) if case and case.claim else None
        except (SourceDown, SourceRefused) as error:
            return _unknown(error.code)

    async def _open(self, effect: PlannedEffect) -> Case | None:
        named = {"namespace": mark.NAMESPACE, "key": mark.field_key(effect.key)}
        found = await self._reads.raw(queries.MARKED, by_name(self._shop, effect.order), 2, **named)
        wanted = order_number(effect.order)
        for raw in found:
            order = to_order(raw, self._shop, self._now()) if number_of(text(raw, "name")) == wanted else None
            if order:
                return self._case(effect, raw, order)
        return None

    def _case(self, effect: PlannedEffect, raw: Node, order: Order) -> Case:
        return Case(
            admin=self._admin,
            shop=self._shop,
            secret=self._secret,
            now=self._now,
            effect=effect,
            raw=raw,
            order=order,
            claim=mark.read(raw),
        )

    async def _first(self, case: Case, remedy: Remedy) -> EffectResult:
        plan = await remedy.prepare(case)
        if isinstance(plan, EffectResult):
            return plan
        try:
            mine = await mark.make(case.admin, case.id, case.effect, plan, self._now())
        except Refusal as refusal:
            return refused(f"not_marked {refusal.codes}")
        if not mine:  # somebody was faster by a moment: theirs is the one
            await remedy.drop(case, plan)
            again = await self._open(case.effect)
            return await self._earlier(again, remedy) if again and again.claim else _unknown("marked_elsewhere")
        result = await self._act(case, remedy, plan)
        if result.state in (EffectState.CONFIRMED, EffectState.FAILED):
            await mark.close(case.admin, case.id, case.effect, plan, result, self._now())
        return result

    async def _act(self, case: Case, remedy: Remedy, plan: Node) -> EffectResult:
        try:
            return await remedy.act(case, plan)
        except Refusal as refusal:
            return refused(refusal.codes)
        except SourceRefused:
            return refused("source_refused")
        except Unanswered as error:
            return _unknown(error.code)
        except SourceDown as error:  # it never left
            await mark.remove(case.admin, case.id, case.effect.key)
            await remedy.drop(case, plan)
            return _unknown(error.code)

    async def _earlier(self, case: Case, remedy: Remedy) -> EffectResult:
        return await self._known(case, remedy) or _unknown("marked_without_outcome")

    async def _known(self, case: Case, remedy: Remedy) -> EffectResult | None:
        kinds = {_SAME.get(RemedyKind(kind), kind) for kind in (case.effect.kind, text(case.claim, "kind")) if kind in REMEDIES}
        if len(kinds) > 1:
            return refused("key_reused")
        if (ended := mark.outcome(case.claim)) or (ended := await remedy.found(case)):
            return ended
        return None if mark.settled(case.claim, self._now()) else _unknown("under_way")


def _unknown(why: str) -> EffectResult:
    return EffectResult(state=EffectState.UNKNOWN, data={}, error=why)
