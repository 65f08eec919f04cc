"""The shop's orders with the carrier's newer scans. A carrier that is down leaves the shop's view as it is, with its age."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

import structlog

from agent.commerce.connectors.aftership.read import Shipments
from agent.commerce.connectors.aftership.tracked import Tracked
from agent.commerce.connectors.client import SourceDown, SourceRefused
from agent.domain.commerce import Customer, Order, OrderState, Shipment
from agent.ports import Orders

log = structlog.get_logger(__name__)
_SOURCE = "aftership"
#: In these the shop waits for the carrier; in all others the shop's own word stands.
_UNDER_WAY = frozenset({OrderState.IN_TRANSIT, OrderState.CUSTOMS_HOLD, OrderState.LATE, OrderState.LOST})


class Enriched:
    """The Orders port."""

    def __init__(self, orders: Orders, shipments: Shipments) -> None:
        self._orders, self._shipments = orders, shipments

    async def find(self, number: str, email: str) -> Order | None:
        found = await self._orders.find(number, email)
        return (await self._with_scans((found,)))[0] if found else None

    async def by_number(self, number: str) -> Order | None:
        found = await self._orders.by_number(number)
        return (await self._with_scans((found,)))[0] if found else None

    async def of_customer(self, email: str, limit: int = 5) -> tuple[Order, ...]:
        return await self._with_scans(await self._orders.of_customer(email, limit))

    async def customer(self, email: str) -> Customer | None:
        return await self._orders.customer(email)

    async def _with_scans(self, orders: Sequence[Order]) -> tuple[Order, ...]:
        numbers = [shipment.tracking for order in orders for shipment in order.shipments if shipment.tracking]
        if not numbers:
            return tuple(orders)
        try:
            tracked = await self._shipments.track(numbers)
        except (SourceDown, SourceRefused, OSError, TimeoutError) as error:
            log.warning("no scans from the carriers", source=_SOURCE, error=type(error).__name__)
            return tuple(orders)
        return tuple(with_scans(order, tracked) for order in orders)


def with_scans(order: Order, tracked: Mapping[str, Tracked]) -> Order:
    """Pure."""
    parcels = [(shipment, tracked.get(shipment.tracking.replace(" ", ""))) for shipment in order.shipments]
    shipments = tuple(_merged(shipment, told) if told else shipment for shipment, told in parcels)
    return replace(order, shipments=shipments, state=_state(order, shipments, [told for _, told in parcels]))


def _merged(shipment: Shipment, told: Tracked) -> Shipment:
    """The carrier's scans, unless the shop has newer ones. What was promised stays, unless the merchant told AfterShip."""
    newest = told.checkpoints[-1].at if told.checkpoints else None
    newer = newest is not None and (not shipment.checkpoints or newest >= shipment.checkpoints[-1].at)
    return replace(
        shipment,
        carrier=shipment.carrier or told.carrier,
        url=shipment.url or told.url,
        checkpoints=told.checkpoints if newer else shipment.checkpoints,
        delivered_at=told.delivered_at or shipment.delivered_at,
        promised=told.promised or shipment.promised,
        state=told.tag or shipment.state,
        source=_SOURCE,
        read_at=told.read_at,
    )


def _state(order: Order, shipments: Sequence[Shipment], told: Sequence[Tracked | None]) -> OrderState:
    """Delivered when every parcel is. Late and lost are judged elsewhere, from the scans."""
    hints = [each.hint for each in told if each]
    if order.state is OrderState.DELIVERED:
        return OrderState.IN_TRANSIT if _contradicted(shipments, hints) else order.state
    if order.state not in _UNDER_WAY:
        return order.state
    if all(shipment.delivered_at for shipment in shipments):
        return OrderState.DELIVERED
    if OrderState.CUSTOMS_HOLD in hints:
        return OrderState.CUSTOMS_HOLD
    cleared = order.state is OrderState.CUSTOMS_HOLD and OrderState.IN_TRANSIT in hints
    return OrderState.IN_TRANSIT if cleared else order.state


def _contradicted(shipments: Sequence[Shipment], hints: Sequence[OrderState | None]) -> bool:
    """Shops call an order delivered when they send it; a carrier that is still driving knows better."""
    return OrderState.IN_TRANSIT in hints and not all(shipment.delivered_at for shipment in shipments)
