"""Send it again: a new order at no charge, to the address of the first. Payload: `lines` (left out = the whole order)."""

from contextlib import suppress

from agent.commerce.connectors.client import SourceDown, SourceRefused
from agent.commerce.connectors.shopify import mutations, queries
from agent.commerce.connectors.shopify.admin import Refusal
from agent.commerce.connectors.shopify.case import Case, pieces
from agent.commerce.connectors.shopify.fields import Node, money, node, text
from agent.commerce.connectors.shopify.remedies.return_ import variant_ids
from agent.commerce.connectors.shopify.shop import number_of
from agent.commerce.remedies.books import done, refused
from agent.domain.commerce import OrderState, Piece
from agent.domain.effect import EffectResult, EffectState

_NEVER_SENT = frozenset({OrderState.UNPAID, OrderState.CANCELLED, OrderState.REFUNDED, OrderState.UNKNOWN})
_ADDRESS = ("firstName", "lastName", "address1", "address2", "city", "zip", "provinceCode", "phone")


class Reship:
    """The draft is made first, since a draft sends nothing; its id is kept with the mark, so that its end can be read without a search."""

    async def prepare(self, case: Case) -> Node | EffectResult:
        goods = pieces(case.effect.payload, "lines")
        if goods is None or not _bought(case, goods):
            return refused("bad_lines")
        if case.order.state in _NEVER_SENT:
            return refused("not_shipped", state=case.order.state.value)
        goods = goods or [Piece(line.sku, line.quantity - line.returned) for line in case.order.lines if line.quantity > line.returned]
        variants = await variant_ids(case, goods)
        if not variants:
            return refused("unknown_variant")
        try:
            payload = await case.admin.mutate(mutations.DRAFT, input=_draft(case, goods, variants))
        except Refusal as refusal:
            return refused(refusal.codes)
        return await self._checked(case, node(payload, "draftOrder"))

    async def _checked(self, case: Case, draft: Node) -> Node | EffectResult:
        total = money(draft, "totalPriceSet")
        if not text(draft, "id") or total is None or total.minor:
            # A tax or a shipping rate that the discount does not cover: the customer must not be asked to pay.
            await _discard(case, text(draft, "id"))
            return refused("not_free")
        return {"draft": text(draft, "id")}

    async def act(self, case: Case, plan: Node) -> EffectResult:
        """Data: `order`, `new_order` (number)."""
        payload = await case.admin.mutate(mutations.COMPLETE, id=plan["draft"])
        return _result(case, node(payload, "draftOrder")) or EffectResult(state=EffectState.UNKNOWN, data={}, error="no_order")

    async def drop(self, case: Case, plan: Node) -> None:
        await _discard(case, text(plan, "draft"))

    async def found(self, case: Case) -> EffectResult | None:
        draft = text(node(case.claim, "plan"), "draft")
        data = await case.admin.query(queries.DRAFT_MADE, id=draft) if draft else {}
        return _result(case, node(data, "draftOrder"))


def _result(case: Case, draft: Node) -> EffectResult | None:
    name = text(node(draft, "order"), "name")
    return done(order=case.order.number, new_order=number_of(name)) if text(draft, "status") == "COMPLETED" and name else None


def _bought(case: Case, goods: list[Piece]) -> bool:
    bought: dict[str, int] = {}
    for line in case.order.lines:
        bought[line.sku] = bought.get(line.sku, 0) + line.quantity
    wanted: dict[str, int] = {}
    for piece in goods:
        wanted[piece.sku] = wanted.get(piece.sku, 0) + piece.quantity
    return all(quantity <= bought.get(sku, 0) for sku, quantity in wanted.items())


def _draft(case: Case, goods: list[Piece], variants: dict[str, str]) -> Node:
    currency = case.order.total.currency
    address = node(case.raw, "shippingAddress")
    draft: Node = {
        "lineItems": [{"variantId": variants[piece.sku], "quantity": piece.quantity} for piece in goods],
        "appliedDiscount": {"title": "Replacement", "description": "Sent again", "value": 100, "valueType": "PERCENTAGE"},
        "shippingLine": {"title": "Replacement", "priceWithCurrency": {"amount": "0", "currencyCode": currency}},
        "shippingAddress": {name: text(address, name) for name in _ADDRESS if text(address, name)}
        | {"countryCode": text(address, "countryCodeV2")},
        "email": case.order.customer.email,
        "presentmentCurrencyCode": currency,
        "acceptAutomaticDiscounts": False,
        "tags": ["portside-reship"],
        "note": f"Sent again for {text(case.raw, 'name')}. {case.note}",
        "customAttributes": [{"key": "portside_effect", "value": case.effect.key}],
    }
    customer = case.order.customer.id
    return draft | ({"purchasingEntity": {"customerId": customer}} if customer else {})


async def _discard(case: Case, draft: str) -> None:
    with suppress(SourceDown, SourceRefused, Refusal):
        if draft:
            await case.admin.mutate(mutations.DISCARD, input={"id": draft})
