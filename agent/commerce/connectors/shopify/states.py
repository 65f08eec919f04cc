"""Shopify's words for states -> ours. What is not in a table here is unknown, and is handed to a person."""

from datetime import date

from agent.commerce.connectors.shopify.fields import Node, money, nodes, number, text
from agent.domain.commerce import OrderState, Refund, ReturnState, Shipment

_UNSENT = frozenset({"UNFULFILLED", "OPEN", "SCHEDULED", "ON_HOLD", "REQUEST_DECLINED", "RESTOCKED"})
_PACKING = frozenset({"IN_PROGRESS", "PENDING_FULFILLMENT"})
#: Money was taken, or is reserved for us: an authorised order is not one that the customer still has to pay.
_PAID = frozenset({"PAID", "AUTHORIZED", "PARTIALLY_REFUNDED", "REFUNDED"})
_UNPAID = frozenset({"PENDING", "EXPIRED", "PARTIALLY_PAID", "VOIDED"})
_MOVING = frozenset(
    {
        *("LABEL_PRINTED", "LABEL_PURCHASED", "MARKED_AS_FULFILLED", "FULFILLED", "SUBMITTED", "CONFIRMED"),
        *("CARRIER_PICKED_UP", "IN_TRANSIT", "DELAYED", "OUT_FOR_DELIVERY", "ATTEMPTED_DELIVERY", "READY_FOR_PICKUP"),
        *("DELIVERED", "PICKED_UP"),
    }
)
_ARRIVED = frozenset({"DELIVERED", "PICKED_UP"})
#: What an event of a parcel is called here; others keep Shopify's word.
EVENTS = {
    "LABEL_PRINTED": "label_created",
    "LABEL_PURCHASED": "label_created",
    "CONFIRMED": "label_created",
    "CARRIER_PICKED_UP": "picked_up",
    "IN_TRANSIT": "in_transit",
    "DELAYED": "in_transit",
    "OUT_FOR_DELIVERY": "out_for_delivery",
    "ATTEMPTED_DELIVERY": "attempt_failed",
    "READY_FOR_PICKUP": "available_for_pickup",
    "PICKED_UP": "delivered",  # by the customer
    "DELIVERED": "delivered",
    "FAILURE": "exception",
}
RETURNS = {
    "REQUESTED": ReturnState.REQUESTED,
    "OPEN": ReturnState.LABELLED,
    "CLOSED": ReturnState.CLOSED,
    "DECLINED": ReturnState.REFUSED,
}


def order_state(order: Node, shipments: tuple[Shipment, ...], refunds: tuple[Refund, ...], today: date) -> tuple[OrderState, str]:
    """The state, and Shopify's own words when we do not know them."""
    paid, sent = text(order, "displayFinancialStatus"), text(order, "displayFulfillmentStatus")
    raw = f"{paid}/{sent}"
    if text(order, "cancelledAt"):
        return OrderState.CANCELLED, ""
    if paid not in _PAID | _UNPAID:
        return OrderState.UNKNOWN, raw
    if paid == "REFUNDED" and _all_back(order, refunds):
        return OrderState.REFUNDED, ""
    if sent in _UNSENT:
        return (OrderState.PAID if paid in _PAID else OrderState.UNPAID), ""
    if sent in _PACKING:
        return OrderState.PACKED, ""
    if sent == "PARTIALLY_FULFILLED":
        return OrderState.PART_SHIPPED, ""
    if sent == "FULFILLED":
        return _sent_state(order, shipments, today)
    return OrderState.UNKNOWN, raw


def arrived(state: str) -> bool:
    return state in _ARRIVED


def _sent_state(order: Node, shipments: tuple[Shipment, ...], today: date) -> tuple[OrderState, str]:
    if strange := [each.state for each in shipments if each.state not in _MOVING]:
        return OrderState.UNKNOWN, strange[0]
    if shipments and all(each.delivered_at for each in shipments):
        back = any(number(line, "currentQuantity") < number(line, "quantity") for line in nodes(order, "lineItems"))
        return (OrderState.PART_RETURNED if back else OrderState.DELIVERED), ""
    late = any(each.state == "DELAYED" or (not each.delivered_at and _overdue(order, today)) for each in shipments)
    return (OrderState.LATE if late else OrderState.IN_TRANSIT), ""


def _overdue(order: Node, today: date) -> bool:
    """Only against a date that the carrier gave; the shop's usual days are no promise for one parcel."""
    given = [text(each, "estimatedDeliveryAt")[:10] for each in nodes(order, "fulfillments") if not text(each, "deliveredAt")]
    return any(day and day < today.isoformat() for day in given)


def _all_back(order: Node, refunds: tuple[Refund, ...]) -> bool:
    """ "Refunded" is only said when the money's transactions succeeded."""
    total = money(order, "totalRefundedSet")
    settled = [refund.amount.minor for refund in refunds if refund.succeeded]
    return total is not None and bool(settled) and sum(settled) >= total.minor
