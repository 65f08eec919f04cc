"""Cancel an order of which nothing was sent, and give the money back the way it came. Payload: `reason`."""

import asyncio
from contextlib import suppress

from agent.commerce.connectors.client import SourceDown, SourceRefused
from agent.commerce.connectors.shopify import mutations, queries
from agent.commerce.connectors.shopify.case import Case, Plain
from agent.commerce.connectors.shopify.fields import Node, node, text
from agent.commerce.remedies.books import as_data, done, refused
from agent.commerce.remedies.cancel import OPEN
from agent.domain.commerce import OrderState
from agent.domain.effect import EffectResult, EffectState

#: Shopify cancels in a job of its own; it usually takes less than a second.
_LOOKS, _PAUSE = 3, 0.4


class Cancel(Plain):
    async def prepare(self, case: Case) -> Node | EffectResult:
        state = case.order.state
        if state is OrderState.CANCELLED:
            return refused("already_cancelled")
        return {} if state in OPEN else refused("already_packed", state=state.value)

    async def act(self, case: Case, plan: Node) -> EffectResult:
        """Data: `order`, `state`, `amount` (what was paid and goes back)."""
        method = {"originalPaymentMethodsRefund": True}
        await case.admin.mutate(mutations.CANCEL, orderId=case.id, staffNote=case.note, refundMethod=method)
        with suppress(SourceDown, SourceRefused):  # the job goes on, whether we can look at it or not
            for _ in range(_LOOKS):
                if _ours(case, node(await case.admin.query(queries.CANCELLED, id=case.id), "order")):
                    return _done(case)
                await asyncio.sleep(_PAUSE)
        return EffectResult(state=EffectState.UNKNOWN, data={}, error="under_way")

    async def found(self, case: Case) -> EffectResult | None:
        if _ours(case, case.raw):
            return _done(case)
        return refused("already_cancelled") if case.order.state is OrderState.CANCELLED else None


def _ours(case: Case, order: Node) -> bool:
    return bool(text(order, "cancelledAt")) and case.wrote(text(node(order, "cancellation"), "staffNote"))


def _done(case: Case) -> EffectResult:
    return done(order=case.order.number, state=OrderState.CANCELLED.value, amount=as_data(case.order.paid))
