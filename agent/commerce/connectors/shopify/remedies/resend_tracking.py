"""Have Shopify mail the tracking link once more, to the order's own address. Payload: none.

A mail leaves no trace that could be read again: without our note of how it ended, nobody knows whether it went out.
"""

from agent.commerce.connectors.shopify import mutations
from agent.commerce.connectors.shopify.case import Case, Plain
from agent.commerce.connectors.shopify.fields import Node, nodes, text
from agent.commerce.remedies.books import done, refused
from agent.domain.effect import EffectResult, EffectState


class ResendTracking(Plain):
    async def prepare(self, case: Case) -> Node | EffectResult:
        parcel = case.order.shipment
        if parcel is None or not parcel.tracking:
            return refused("not_shipped", state=case.order.state.value)
        for sent in nodes(case.raw, "fulfillments"):
            if any(text(info, "number") == parcel.tracking for info in nodes(sent, "trackingInfo")):
                return {"fulfilment": text(sent, "id"), "tracking": parcel.tracking, "url": parcel.url, "carrier": parcel.carrier}
        return refused("not_shipped")

    async def act(self, case: Case, plan: Node) -> EffectResult:
        """Data: `order`, `tracking`, `url`, `carrier`."""
        sent = next(each for each in nodes(case.raw, "fulfillments") if text(each, "id") == plan["fulfilment"])
        infos = nodes(sent, "trackingInfo")
        # All numbers of the parcel's fulfilment: what is left out of the input would be lost.
        given: Node = {"company": text(infos[0], "company"), "numbers": [text(info, "number") for info in infos]}
        if urls := [text(info, "url") for info in infos if text(info, "url")]:
            given["urls"] = urls
        await case.admin.mutate(mutations.TRACKING, fulfillmentId=plan["fulfilment"], trackingInfoInput=given)
        told = {name: plan[name] for name in ("tracking", "url", "carrier")}
        return done(order=case.order.number, **told)

    async def found(self, case: Case) -> EffectResult | None:
        return EffectResult(state=EffectState.UNKNOWN, data={}, error="leaves_no_trace")
