"""Pay money back to the payments it came from, and never more than Shopify itself says is left of each.

Payload: `minor`, `currency`; `lines` to book it on; `payment` (id) when it must go back to that one.
"""

from typing import Any

from agent.commerce.connectors.shopify import ledger, mutations, queries
from agent.commerce.connectors.shopify.case import Case, Plain, pieces
from agent.commerce.connectors.shopify.fields import Node, money, node, nodes, text
from agent.commerce.remedies.books import as_data, done, refused
from agent.domain.effect import EffectResult, EffectState
from agent.domain.money import Money


class Refund(Plain):
    async def prepare(self, case: Case) -> Node | EffectResult:
        wish, lines = _wish(case.effect.payload), _lines(case)
        if wish is None or lines is None:
            return refused("bad_amount" if wish is None else "bad_lines")
        if wish.currency != case.order.total.currency:
            return refused("currency_mismatch", currency=case.order.total.currency)
        if wish.minor > case.order.paid.minor - case.order.refunded.minor:
            return refused("over_paid")
        data = await case.admin.query(queries.SUGGESTED_REFUND, id=case.id)
        shares = _shares(node(data, "order", "suggestedRefund"), wish, text(case.effect.payload, "payment"))
        if shares is None:
            return refused("over_refundable")
        transactions = [share | {"orderId": case.id, "kind": "REFUND"} for share in shares]
        return {"currency": wish.currency, "transactions": transactions, "refundLineItems": lines}

    async def act(self, case: Case, plan: Node) -> EffectResult:
        """Data: `order`, `amount`, `refund` (id). UNKNOWN with "pending" until the transactions have succeeded."""
        given = plan | {"orderId": case.id, "note": case.note, "notify": True}
        payload = await case.admin.mutate(mutations.REFUND, input=given, key=case.effect.key)
        refund = node(payload, "refund")
        return _result(case, [refund]) if refund else EffectResult(state=EffectState.UNKNOWN, data={}, error="no_refund")

    async def found(self, case: Case) -> EffectResult | None:
        data = await case.admin.query(queries.REFUNDS_MADE, id=case.id)
        made = nodes(node(data, "order"), "refunds")
        if ours := [row for row in made if case.wrote(text(row, "note"))]:
            return _result(case, ours)
        unseen = len(made) >= queries.MOST_REFUNDS
        return EffectResult(state=EffectState.UNKNOWN, data={}, error="too_many_refunds") if unseen else None


def _result(case: Case, rows: list[Node]) -> EffectResult:
    parts = [part for row in rows for part in nodes(row, "transactions") if text(part, "kind") == "REFUND"]
    states = {text(part, "status") for part in parts}
    amount = sum(share.minor for part in parts if (share := money(part, "amountSet")))
    data = {"order": case.order.number, "amount": as_data(Money(amount, case.order.total.currency)), "refund": text(rows[0], "id")}
    if parts and states == {"SUCCESS"}:
        return done(**data)
    if parts and states <= ledger.FAILED:
        return refused("transaction_failed", **data)
    return EffectResult(state=EffectState.UNKNOWN, data=data, error="pending")


def _wish(payload: dict[str, Any]) -> Money | None:
    match payload:
        case {"minor": bool()}:
            return None
        case {"minor": int(minor), "currency": str(currency)} if minor > 0:
            return Money(minor, currency)
        case _:
            return None


def _lines(case: Case) -> list[Node] | None:
    """Booked on lines as far as they are named. Goods go back to the shelf when the warehouse has them, not when money moves."""
    wished = pieces(case.effect.payload, "lines")
    if wished is None:
        return None
    ids = {line.sku: line for line in case.order.lines}
    if any(piece.sku not in ids or piece.quantity > ids[piece.sku].quantity - ids[piece.sku].returned for piece in wished):
        return None
    return [{"lineItemId": ids[piece.sku].id, "quantity": piece.quantity, "restockType": "NO_RESTOCK"} for piece in wished]


def _shares(suggested: Node, wish: Money, payment: str) -> list[Node] | None:
    """How much goes back to which payment; None when there is not that much left."""
    limit = money(suggested, "maximumRefundableSet")
    if limit is None or limit.currency != wish.currency or wish.minor > limit.minor:
        return None
    shares, left = list[Node](), wish.minor
    for row in nodes(suggested, "suggestedTransactions"):
        parent = text(node(row, "parentTransaction"), "id")
        most = money(row, "maximumRefundableSet") or money(row, "amountSet")
        share = min(left, most.minor) if most and parent and parent == (payment or parent) else 0
        if share > 0:
            shares.append({"parentId": parent, "gateway": text(row, "gateway"), "amount": str(Money(share, wish.currency).amount)})
            left -= share
    return None if left else shares
