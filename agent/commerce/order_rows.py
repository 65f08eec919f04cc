"""One order in one query: the hot path of every turn."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from sqlalchemy import text

from agent.domain.commerce import Address, Checkpoint, Customer, Line, Order, OrderState, Refund, Shipment, Tier
from agent.domain.money import Money

# Plain SQL, because the shape matters: sub-selects that aggregate to JSON keep it at one row and one round trip.
_SELECT = """
SELECT o.number, o.state, o.currency, o.total, o.placed_at, o.address,
  json_build_object('id', c.id, 'email', c.email, 'name', c.name, 'country', c.country,
                    'language', c.language, 'tier', c.tier) AS customer,
  (SELECT json_agg(json_build_array(l.sku, l.title, l.category, l.quantity, l.price, l.returned, l.batch)
                   ORDER BY l.position)
     FROM demo_shop.order_line l WHERE l.order_number = o.number) AS lines,
  (SELECT json_build_object(
            'carrier', r.name, 'tracking', s.tracking, 'url', s.url, 'warehouse', s.warehouse,
            'shipped_at', s.shipped_at, 'promised', s.promised, 'delivered_at', s.delivered_at,
            'checkpoints', (SELECT json_agg(json_build_array(p.at, p.state, p.place) ORDER BY p.position)
                              FROM demo_shop.checkpoint p WHERE p.tracking = s.tracking))
     FROM demo_shop.shipment s JOIN demo_shop.carrier r ON r.code = s.carrier
    WHERE s.order_number = o.number) AS shipment,
  (SELECT json_agg(json_build_array(f.amount, f.currency, f.at, f.succeeded) ORDER BY f.at)
     FROM demo_shop.refund f WHERE f.order_number = o.number) AS refunds,
  (SELECT t.number FROM demo_shop."return" t WHERE t.order_number = o.number AND t.state = 'open') AS open_return
FROM demo_shop.orders o JOIN demo_shop.customer c ON c.id = o.customer
"""
BY_NUMBER = text(_SELECT + "WHERE o.number = :number")
BY_NUMBER_AND_EMAIL = text(_SELECT + "WHERE o.number = :number AND o.email = :email")
OF_CUSTOMER = text(_SELECT + "WHERE o.email = :email ORDER BY o.placed_at DESC, o.number DESC LIMIT :limit")


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
        shipment=_shipment(row["shipment"]),
        refunds=tuple(_refund(refund) for refund in row["refunds"] or ()),
        open_return=row["open_return"],
        read_at=read_at,
    )


def to_customer(row: Mapping[Any, Any]) -> Customer:
    return Customer(**{**row, "tier": Tier(row["tier"])})


def _line(row: list[Any], currency: str) -> Line:
    sku, title, category, quantity, price, returned, batch = row
    return Line(
        sku=sku,
        title=title,
        category=category,
        quantity=quantity,
        price=Money(price, currency),
        returned=returned,
        batch=batch,
    )


def _shipment(row: dict[str, Any] | None) -> Shipment | None:
    if row is None:
        return None
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
    )


def _refund(row: list[Any]) -> Refund:
    amount, currency, at, succeeded = row
    return Refund(amount=Money(amount, currency), at=datetime.fromisoformat(at), succeeded=succeeded)
