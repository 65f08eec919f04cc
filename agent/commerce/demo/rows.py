"""The generated shop as table rows."""

from collections.abc import Iterator
from dataclasses import asdict
from typing import Any

from sqlalchemy import Table

from agent.commerce import tables
from agent.commerce.currency import RATES, shelf_price
from agent.commerce.demo.generate import DemoData
from agent.commerce.demo.journeys import CARRIERS
from agent.commerce.routing import WAREHOUSES
from agent.domain.commerce import Order, Product

Row = dict[str, Any]
_BATCH = ("id", "sku", "supplier", "produced", "sold", "complaints")
_CUSTOMER = ("id", "email", "name", "country", "language", "tier")
_LINE = ("sku", "title", "category", "quantity", "returned", "batch")
_SHIPMENT = ("tracking", "url", "warehouse", "shipped_at", "promised", "delivered_at")
_CARRIER_CODES = {name: code for code, name in CARRIERS.items()}


def rows(data: DemoData) -> list[tuple[Table, list[Row]]]:
    """Every table with its rows, in an order that foreign keys allow."""
    orders = data.orders
    return [
        (tables.product, [_product(product) for product in data.products]),
        (
            tables.warehouse,
            [{"code": w.code, "city": w.city, "address": asdict(w.address)} for w in WAREHOUSES.values()],
        ),
        (tables.carrier, [{"code": code, "name": name} for code, name in CARRIERS.items()]),
        (tables.batch, [_of(batch, _BATCH) for batch in data.batches]),
        (tables.stock_level, list(_stock(data))),
        (tables.customer, [_of(customer, _CUSTOMER) for customer in data.customers]),
        (tables.orders, [_order(order) for order in orders]),
        (tables.order_line, [row for order in orders for row in _lines(order)]),
        (tables.shipment, [row for order in orders for row in _shipment(order)]),
        (tables.checkpoint, [row for order in orders for row in _checkpoints(order)]),
        (tables.payment, [row for order in orders for row in _payments(order)]),
        (tables.refund, [row for order in orders for row in _refunds(order)]),
        (tables.return_, list(_returns(data))),
    ]


def _of(thing: object, columns: tuple[str, ...]) -> Row:
    return {name: getattr(thing, name) for name in columns}


def _product(product: Product) -> Row:
    prices = {currency: shelf_price(product.price, currency).minor for currency in RATES}
    return _of(product, ("sku", "title", "category", "text")) | {"prices": prices, "sizes": list(product.sizes)}


def _stock(data: DemoData) -> Iterator[Row]:
    for level in data.stock:
        row = _of(level, ("sku", "warehouse", "on_hand", "committed", "incoming"))
        yield row | {"restock": data.restocks.get((level.sku, level.warehouse))}


def _order(order: Order) -> Row:
    return {
        "number": order.number,
        "customer": order.customer.id,
        "email": order.customer.email,
        "state": order.state.value,
        "currency": order.total.currency,
        "total": order.total.minor,
        "placed_at": order.placed_at,
        "address": asdict(order.address),
    }


def _lines(order: Order) -> Iterator[Row]:
    for position, line in enumerate(order.lines, start=1):
        yield {**_of(line, _LINE), "order_number": order.number, "position": position, "price": line.price.minor}


def _shipment(order: Order) -> Iterator[Row]:
    for shipment in order.shipments:
        row = _of(shipment, _SHIPMENT) | {"order_number": order.number, "carrier": _CARRIER_CODES[shipment.carrier]}
        yield row | {"skus": list(shipment.skus)}


def _checkpoints(order: Order) -> Iterator[Row]:
    for shipment in order.shipments:
        for position, checkpoint in enumerate(shipment.checkpoints, start=1):
            yield {**asdict(checkpoint), "tracking": shipment.tracking, "position": position}


def _payments(order: Order) -> Iterator[Row]:
    for payment in order.payments:
        yield _of(payment, ("id", "method", "at", "succeeded")) | {
            "order_number": order.number,
            "amount": payment.amount.minor,
            "currency": payment.amount.currency,
        }


def _refunds(order: Order) -> Iterator[Row]:
    for refund in order.refunds:
        yield {
            "id": refund.id,
            "payment": refund.payment or None,
            "order_number": order.number,
            "amount": refund.amount.minor,
            "currency": refund.amount.currency,
            "at": refund.at,
            "succeeded": refund.succeeded,
        }


def _returns(data: DemoData) -> Iterator[Row]:
    for slip in data.returns:
        yield {
            "number": slip.number,
            "order_number": slip.order,
            "state": "open" if slip.open else "closed",
            "step": "labelled" if slip.open else "closed",
            "lines": dict(slip.lines),
            "warehouse": slip.warehouse,
            "fee": slip.fee.minor,
            "currency": slip.fee.currency,
            "created_at": slip.at,
        }
