"""The lines of a partial refund as the shop wants them, so that it knows which pieces were paid back."""

from decimal import ROUND_DOWN, Decimal
from typing import Any

from agent.commerce.connectors.woocommerce.shop import record, records, text, whole
from agent.domain.money import Money


def refund_lines(body: dict[str, Any], wanted: Any, amount: Money) -> list[dict[str, Any]] | None:
    """[] for no particular pieces; None when the order has not so many of them. The amount is spread by what the pieces cost, tax apart."""
    items = {text(item.get("sku")): item for item in records(body.get("line_items"))}
    chosen = [(items.get(text(each.get("sku"))), whole(each.get("quantity"))) for each in records(wanted)]
    lines = [(item, quantity) for item, quantity in chosen if item and 0 < quantity <= whole(item.get("quantity"))]
    if len(lines) != len(chosen):
        return None
    worth = sum((_net(item, quantity) + _taxes(item, quantity) for item, quantity in lines), Decimal(0))
    share = amount.amount / worth if worth > 0 else Decimal(0)
    return [_line(item, quantity, min(share, Decimal(1)), amount.amount.as_tuple().exponent) for item, quantity in lines]


def _line(item: dict[str, Any], quantity: int, share: Decimal, exponent: Any) -> dict[str, Any]:
    unit = Decimal(1).scaleb(int(exponent))
    taxes = [(text(tax.get("id")), _part(tax.get("total"), item, quantity)) for tax in records(item.get("taxes"))]
    return {
        "id": whole(item.get("id")),
        "quantity": quantity,
        "refund_total": str((_net(item, quantity) * share).quantize(unit, ROUND_DOWN)),
        "refund_tax": [
            {"id": whole(ident), "refund_total": str((tax * share).quantize(unit, ROUND_DOWN))} for ident, tax in taxes if ident
        ],
    }


def _net(item: dict[str, Any], quantity: int) -> Decimal:
    return _part(item.get("total"), item, quantity)


def _taxes(item: dict[str, Any], quantity: int) -> Decimal:
    return sum((_part(record(tax).get("total"), item, quantity) for tax in records(item.get("taxes"))), Decimal(0))


def _part(value: Any, item: dict[str, Any], quantity: int) -> Decimal:
    return Decimal(text(value) or "0") * quantity / whole(item.get("quantity"))
