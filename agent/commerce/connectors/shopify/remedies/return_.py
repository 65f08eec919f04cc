"""Open a return of what was delivered; with `others`, an exchange: those go out in the return's place once it is processed.

Payload: `lines` (left out = all that can come back), `others` in the same order, `reason`.
"""

from typing import Any

from agent.commerce.connectors.shopify import mutations, queries
from agent.commerce.connectors.shopify.case import Case, Plain, pieces
from agent.commerce.connectors.shopify.fields import Node, node, nodes, number, text
from agent.commerce.connectors.shopify.shop import by_skus
from agent.commerce.remedies.books import done, refused
from agent.domain.commerce import Piece
from agent.domain.effect import EffectResult, EffectState

#: Our reasons -> the handles of Shopify's library of return reasons; all others are "other".
_REASONS = {
    "damaged": "damaged-or-defective",
    "defective": "damaged-or-defective",
    "warranty": "damaged-or-defective",
    "wrong_item": "received-the-wrong-item",
    "not_as_described": "item-not-as-described",
    "too_small": "too-small",
    "too_large": "too-big",
    "return_request": "changed-my-mind",
    "withdrawal": "changed-my-mind",
}
_OTHER = "other-reason"


class Return(Plain):
    async def prepare(self, case: Case) -> Node | EffectResult:
        wished, others = pieces(case.effect.payload, "lines"), pieces(case.effect.payload, "others")
        if wished is None or others is None:
            return refused("bad_lines")
        if case.order.open_return:
            return refused("return_open", **{"return": case.order.open_return})
        data = await case.admin.query(queries.RETURNABLE, id=case.id)
        chosen = _choose(_returnable(data), wished)
        if not chosen:
            return refused("nothing_to_return" if case.order.shipments else "not_delivered")
        variants = await variant_ids(case, others)
        if variants is None:
            return refused("unknown_variant")
        return {
            "returnLineItems": [_line(case, *each, _reason(data, text(case.effect.payload, "reason"))) for each in chosen],
            "exchangeLineItems": [{"variantId": variants[each.sku], "quantity": each.quantity} for each in others],
        }

    async def act(self, case: Case, plan: Node) -> EffectResult:
        """Data: `order`, `return` (number), `lines`, and for an exchange `others`."""
        wanted = {name: value for name, value in plan.items() if value}
        payload = await case.admin.mutate(mutations.RETURN, input=wanted | {"orderId": case.id, "requestedAt": case.now().isoformat()})
        return _done(case, node(payload, "return"))

    async def found(self, case: Case) -> EffectResult | None:
        data = await case.admin.query(queries.RETURNS_MADE, id=case.id)
        made = nodes(node(data, "order"), "returns")
        ours = [row for row in made if any(case.wrote(text(line, "returnReasonNote")) for line in nodes(row, "returnLineItems"))]
        return _done(case, ours[0]) if ours else None


def _done(case: Case, row: Node) -> EffectResult:
    if not text(row, "id"):
        return EffectResult(state=EffectState.UNKNOWN, data={}, error="no_return")
    named: dict[str, Any] = {"return": text(row, "name")}
    goods = {name: case.effect.payload[name] for name in ("lines", "others") if case.effect.payload.get(name)}
    return done(order=case.order.number, **named, **goods)


def _line(case: Case, item: str, quantity: int, reason: str) -> Node:
    line: Node = {"fulfillmentLineItemId": item, "quantity": quantity, "returnReasonNote": case.note}
    return line | ({"returnReasonDefinitionId": reason} if reason else {})


def _returnable(data: Node) -> list[tuple[str, str, int]]:
    """(fulfilment line, SKU, pieces)."""
    rows = [row for each in nodes(data, "returnableFulfillments") for row in nodes(each, "returnableFulfillmentLineItems")]
    return [
        (text(node(row, "fulfillmentLineItem"), "id"), text(node(row, "fulfillmentLineItem", "lineItem"), "sku"), number(row, "quantity"))
        for row in rows
    ]


def _choose(rows: list[tuple[str, str, int]], wished: list[Piece]) -> list[tuple[str, int]]:
    """All of it when nothing is named; [] when more is named than can come back."""
    if not wished:
        return [(item, left) for item, _, left in rows if left > 0]
    chosen = list[tuple[str, int]]()
    wanted: dict[str, int] = {}
    for piece in wished:
        wanted[piece.sku] = wanted.get(piece.sku, 0) + piece.quantity
    for item, sku, left in rows:
        if (take := min(left, wanted.get(sku, 0))) > 0:
            chosen.append((item, take))
            wanted[sku] -= take
    return [] if any(wanted.values()) else chosen


def _reason(data: Node, reason: str) -> str:
    ids = {text(each, "handle"): text(each, "id") for each in nodes(data, "returnReasonDefinitions") if not each.get("deleted")}
    return ids.get(_REASONS.get(reason, _OTHER)) or ids.get(_OTHER, "")


async def variant_ids(case: Case, goods: list[Piece]) -> dict[str, str] | None:
    """SKU -> variant; None when one is unknown or stands for several."""
    if not goods:
        return {}
    skus = list(dict.fromkeys(piece.sku for piece in goods))
    data = await case.admin.query(queries.VARIANTS, query=by_skus(skus), first=2 * len(skus) + 10)
    found = [(text(each, "sku"), text(each, "id")) for each in nodes(data, "productVariants") if text(each, "sku") in skus]
    return dict(found) if len(found) == len(dict(found)) == len(skus) else None
