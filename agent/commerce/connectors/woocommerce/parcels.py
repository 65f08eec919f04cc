"""Parcels of an order as the shipment tracking plugins keep them: WooCommerce itself knows none."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

from agent.commerce.connectors.woocommerce.shop import WooShop, meta, records, text, whole
from agent.domain.commerce import Shipment

_ITEMS = "_wc_shipment_tracking_items"
_PAST_THE_CALENDAR = 253402300799


def parcels(body: Mapping[str, Any], shop: WooShop, placed: datetime) -> tuple[Shipment, ...]:
    """`promised` is counted from the dispatch: neither shop nor plugin says it, a carrier may."""
    items = [item for item in records(meta(body).get(_ITEMS)) if text(item.get("tracking_number"))]
    return tuple(_parcel(item, shop, placed) for item in items)


def _parcel(item: Mapping[str, Any], shop: WooShop, placed: datetime) -> Shipment:
    shipped = _shipped(item.get("date_shipped")) or placed
    return Shipment(
        carrier=text(item.get("custom_tracking_provider")) or text(item.get("tracking_provider")),
        tracking=text(item.get("tracking_number")).replace(" ", ""),
        url=text(item.get("custom_tracking_link")),
        warehouse=shop.location,
        shipped_at=shipped,
        promised=(shipped + timedelta(days=shop.transit_days)).date(),
        skus=_skus(item),
    )


def _shipped(value: Any) -> datetime | None:
    """Seconds since 1970, as text."""
    seconds = whole(value)
    return datetime.fromtimestamp(seconds, UTC) if 0 < seconds < _PAST_THE_CALENDAR else None


def _skus(item: Mapping[str, Any]) -> tuple[str, ...]:
    """One plugin lists the products of a parcel; () = the whole order."""
    return tuple(sku for each in records(item.get("products_list")) if (sku := text(each.get("sku"))))
