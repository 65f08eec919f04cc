"""One order in one query: the hot path of every turn."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from sqlalchemy import text

from agent.domain.commerce import (
    Address,
    Checkpoint,
    Customer,
    Line,
    Order,
    OrderState,
    Payment,
    Piece,
    Refund,
    Return,
    ReturnState,
    Shipment,
    Tier,
    TracedLine,
)
from agent.domain.money import Money

# Plain SQL, because the shape matters: sub-selects that aggregate to JSON keep it at one row and one round trip.
_SELECT = """
SELECT o.number, o.state, o.currency, o.total, o.placed_at, o.address,
  json_build_object('id', c.id, 'email', c.email, 'name', c.name, 'country', c.country,
                    'language', c.language, 'tier', c.tier) AS customer,
  (SELECT json_agg(json_build_array(l.sku, l.title, l.category, l.quantity, l.price, l.returned)
                   ORDER BY l.position)
     FROM demo_shop.order_line l WHERE l.order_number = o.number) AS lines,
  (SELECT json_agg(json_build_object(
            'carrier', r.name, 'tracking', s.tracking, 'url', s.url, 'warehouse', s.warehouse,
            'shipped_at', s.shipped_at, 'promised', s.promised, 'delivered_at', s.delivered_at,
            'skus', s.skus, 'checkpoints', (SELECT json_agg(json_build_array(p.at, p.state, p.place) ORDER BY p.position)
                              FROM demo_shop.checkpoint p WHERE p.tracking = s.tracking)) ORDER BY s.shipped_at, s.tracking)
     FROM demo_shop.shipment s JOIN demo_shop.carrier r ON r.code = s.carrier
    WHERE s.order_number = o.number) AS shipments,
  (SELECT json_agg(json_build_array(y.id, y.method, y.amount, y.currency, y.at, y.succeeded) ORDER BY y.id)
     FROM demo_shop.payment y WHERE y.order_number = o.number) AS payments,
  (SELECT json_agg(json_build_array(f.amount, f.currency, f.at, f.succeeded, f.id, f.payment) ORDER BY f.at, f.id)
     FROM demo_shop.refund f WHERE f.order_number = o.number) AS refunds,
  (SELECT json_agg(json_build_array(t.number, t.step, t.lines, t.created_at, t.warehouse) ORDER BY t.created_at, t.number)
     FROM demo_shop."return" t WHERE t.order_number = o.number) AS returns,
  (SELECT t.number FROM demo_shop."return" t WHERE t.order_number = o.number AND t.state = 'open') AS open_return
FROM demo_shop.orders o JOIN demo_shop.customer c ON c.id = o.customer
"""
BY_NUMBER = text(_SELECT + "WHERE o.number = :number")
BY_NUMBER_AND_EMAIL = text(_SELECT + "WHERE o.number = :number AND o.email = :email")
OF_CUSTOMER = text(_SELECT + "WHERE o.email = :email ORDER BY o.placed_at DESC, o.number DESC LIMIT :limit")

TRACED = text(
    "SELECT l.sku, l.title, l.category, l.quantity, l.price, l.returned, l.batch, o.currency"
    " FROM demo_shop.order_line l JOIN demo_shop.orders o ON o.number = l.order_number WHERE o.number = :number ORDER BY l.position"
)


def to_order(row: Mapping[Any, Any], read_at: datetime) -> Order:
    """A row of any of the queries above."""
    currency = row["currency"]
    return Order(
        number=row["number"],
        customer=to_customer(row["customer"]),
        state=OrderState(row["state"]),
        placed_at=row["placed_at"],
        total=Money(row["total"], currency),
        lines=tuple(_line(line, currency) for line in row["lines"] or ()),
        address=Address(**row["address"]),
        shipments=tuple(_shipment(shipment) for shipment in row["shipments"] or ()),
        payments=tuple(_payment(payment) for payment in row["payments"] or ()),
        refunds=tuple(_refund(refund) for refund in row["refunds"] or ()),
        returns=tuple(_return(slip) for slip in row["returns"] or ()),
        open_return=row["open_return"],
        read_at=read_at,
    )


def to_customer(row: Mapping[Any, Any]) -> Customer:
    plain = {name: row[name] for name in ("id", "email", "name", "country", "language")}
    return Customer(**plain, tier=Tier(row["tier"]))


def _line(row: list[Any], currency: str) -> Line:
    sku, title, category, quantity, price, returned = row
    return Line(sku=sku, title=title, category=category, quantity=quantity, price=Money(price, currency), returned=returned)


def to_traced(row: Mapping[Any, Any]) -> TracedLine:
    """A row of TRACED."""
    price = Money(row["price"], row["currency"])
    return TracedLine(**{name: row[name] for name in ("sku", "title", "category", "quantity", "returned", "batch")}, price=price)


def _shipment(row: dict[str, Any]) -> Shipment:
    delivered = row["delivered_at"]
    return Shipment(
        carrier=row["carrier"],
        tracking=row["tracking"],
        url=row["url"],
        warehouse=row["warehouse"],
        shipped_at=datetime.fromisoformat(row["shipped_at"]),
        promised=date.fromisoformat(row["promised"]),
        delivered_at=datetime.fromisoformat(delivered) if delivered else None,
        checkpoints=tuple(
            Checkpoint(at=datetime.fromisoformat(at), state=state, place=place) for at, state, place in row["checkpoints"] or ()
        ),
        skus=tuple(row["skus"]),
    )


def _refund(row: list[Any]) -> Refund:
    amount, currency, at, succeeded, key, payment = row
    return Refund(amount=Money(amount, currency), at=datetime.fromisoformat(at), succeeded=succeeded, id=key, payment=payment or "")


def _payment(row: list[Any]) -> Payment:
    key, method, amount, currency, at, succeeded = row
    when = datetime.fromisoformat(at) if at else None
    return Payment(id=key, method=method, amount=Money(amount, currency), at=when, succeeded=succeeded)


def _return(row: list[Any]) -> Return:
    number, step, lines, at, warehouse = row
    pieces = tuple(Piece(sku, quantity) for sku, quantity in sorted(lines.items()))
    return Return(number=number, state=ReturnState(step), pieces=pieces, at=datetime.fromisoformat(at), warehouse=warehouse)
