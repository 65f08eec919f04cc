"""Transactions, refunds and returns of an order -> ours."""

from agent.commerce.connectors.shopify.fields import Node, money, node, nodes, number, text, when
from agent.commerce.connectors.shopify.states import RETURNS
from agent.domain.commerce import Payment, Piece, Refund, Return
from agent.domain.money import Money

_METHODS = {
    "shopify_payments": "card",
    "stripe": "card",
    "bogus": "card",
    "paypal": "paypal",
    "gift_card": "gift_card",
    "shopify_store_credit": "store_credit",
    "manual": "bank",
    "bank_deposit": "bank",
}
_TAKEN = frozenset({"SALE", "CAPTURE"})
#: No money went back, and none is on its way.
FAILED = frozenset({"FAILURE", "ERROR"})


def payments(order: Node) -> tuple[Payment, ...]:
    """What was taken, and what is only authorised (`succeeded` False)."""
    rows = nodes(order, "transactions")
    captured = {text(row.get("parentTransaction"), "id") for row in rows if text(row, "kind") == "CAPTURE"}
    return tuple(
        Payment(
            id=text(row, "id"),
            method=_METHODS.get(text(row, "gateway").lower(), "other"),
            amount=amount,
            at=when(row, "processedAt"),
            succeeded=text(row, "kind") in _TAKEN and text(row, "status") == "SUCCESS",
        )
        for row in rows
        if (text(row, "kind") in _TAKEN or (text(row, "kind") == "AUTHORIZATION" and text(row, "id") not in captured))
        and (amount := money(row, "amountSet"))
    )


def refunds(order: Node) -> tuple[Refund, ...]:
    """One for each transaction: each goes back to another payment, and succeeds or not by itself.

    What Shopify says was paid back beyond those we read is added without a date of its own, so that it is never paid twice.
    """
    known = [refund for row in nodes(order, "refunds") for refund in refund_parts(row)]
    total, at = money(order, "totalRefundedSet"), when(order, "updatedAt") or when(order, "createdAt")
    rest = total.minor - sum(refund.amount.minor for refund in known) if total else 0
    if total and at and rest > 0:
        known.append(Refund(amount=Money(rest, total.currency), at=at, succeeded=False, id="rest"))
    return tuple(known)


def refund_parts(row: Node) -> list[Refund]:
    at = when(row, "createdAt")
    total = money(row, "totalRefundedSet")
    if at is None:
        return []
    parts = nodes(row, "transactions")
    if not parts and total and total.minor > 0:
        return [Refund(amount=total, at=at, succeeded=False, id=text(row, "id"))]
    return [
        Refund(
            amount=amount,
            at=when(part, "processedAt") or at,
            succeeded=text(part, "status") == "SUCCESS",
            id=text(part, "id"),
            payment=text(node(part, "parentTransaction"), "id"),
        )
        for part in parts
        if text(part, "kind") == "REFUND" and text(part, "status") not in FAILED and (amount := money(part, "amountSet"))
    ]


def returns(order: Node) -> tuple[Return, ...]:
    """Without those that were called off. A state nobody knows counts as asked for: a person has to look at it."""
    found = [row for row in nodes(order, "returns") if text(row, "status") != "CANCELED"]
    return tuple(
        Return(
            number=text(row, "name"),
            state=RETURNS.get(text(row, "status"), RETURNS["REQUESTED"]),
            pieces=tuple(
                Piece(text(node(line, "fulfillmentLineItem", "lineItem"), "sku"), number(line, "quantity"))
                for line in nodes(row, "returnLineItems")
            ),
            at=at,
        )
        for row in found
        if (at := when(row, "createdAt"))
    )


def open_return(order: Node) -> str | None:
    return next((text(row, "name") for row in nodes(order, "returns") if text(row, "status") in ("REQUESTED", "OPEN")), None)
