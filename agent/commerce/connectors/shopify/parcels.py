"""Fulfilments -> parcels."""

from datetime import date, datetime, timedelta

from agent.commerce.connectors.shopify.fields import Node, nodes, text, when
from agent.commerce.connectors.shopify.shop import Shop
from agent.commerce.connectors.shopify.states import EVENTS, arrived
from agent.domain.commerce import Checkpoint, Shipment

_VOID = frozenset({"CANCELLED", "ERROR", "FAILURE"})


def shipments(order: Node, shop: Shop) -> tuple[Shipment, ...]:
    """One for each tracking number; a fulfilment without any is one parcel that cannot be followed."""
    sent = [each for each in nodes(order, "fulfillments") if text(each, "status") not in _VOID]
    return tuple(parcel for each in sent for parcel in _parcels(each, shop))


def _parcels(fulfilment: Node, shop: Shop) -> list[Shipment]:
    sent = when(fulfilment, "inTransitAt") or when(fulfilment, "createdAt")
    if sent is None:
        return []
    state = text(fulfilment, "displayStatus")
    checkpoints = _checkpoints(fulfilment)
    items = [text(line.get("lineItem"), "sku") for line in nodes(fulfilment, "fulfillmentLineItems")]
    return [
        Shipment(
            carrier=text(info, "company"),
            tracking=text(info, "number"),
            url=text(info, "url"),
            warehouse=text(fulfilment.get("location"), "name"),
            shipped_at=sent,
            promised=_promised(fulfilment, sent, shop),
            delivered_at=_delivered(fulfilment, state, checkpoints),
            checkpoints=checkpoints,
            skus=tuple(dict.fromkeys(sku for sku in items if sku)),
            state=state,
        )
        for info in nodes(fulfilment, "trackingInfo") or [{}]
    ]


def _promised(fulfilment: Node, sent: datetime, shop: Shop) -> date:
    estimated = when(fulfilment, "estimatedDeliveryAt")
    return estimated.date() if estimated else sent.date() + timedelta(days=shop.transit_days)


def _delivered(fulfilment: Node, state: str, checkpoints: tuple[Checkpoint, ...]) -> datetime | None:
    """A carrier that only sends the state gives its last scan's time."""
    if at := when(fulfilment, "deliveredAt"):
        return at
    return checkpoints[-1].at if arrived(state) and checkpoints else None


def _checkpoints(fulfilment: Node) -> tuple[Checkpoint, ...]:
    scans = [
        Checkpoint(at=at, state=_event(text(event, "status")), place=", ".join(filter(None, (text(event, "city"), text(event, "country")))))
        for event in nodes(fulfilment, "events")
        if (at := when(event, "happenedAt"))
    ]
    return tuple(sorted(scans, key=lambda scan: scan.at))


def _event(status: str) -> str:
    return EVENTS.get(status, status.lower())
