"""A tracking as AfterShip tells it, in our model. Whether a parcel is late or lost is policy's judgement: here is what the carrier said."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, cast

from agent.commerce.connectors.aftership.zones import day, moment
from agent.domain.commerce import Checkpoint, OrderState

Body = Mapping[str, Any]
SCANS = {
    "Pending": "label_created",
    "InfoReceived": "label_created",
    "InTransit": "in_transit",
    "OutForDelivery": "out_for_delivery",
    "AttemptFail": "attempt_failed",
    "Delivered": "delivered",
    "AvailableForPickup": "available_for_pickup",
    "Exception": "exception",
    "Expired": "expired",
}
FINER = {
    "InTransit_002": "picked_up",
    "InTransit_003": "in_transit",
    "InTransit_005": "customs_cleared",
    "InTransit_006": "customs",
    "Exception_004": "customs",
    "Exception_010": "returning",
    "Exception_011": "returned",
    "Exception_012": "damaged",
    "Exception_013": "lost",
    "Exception_018": "customs",
}
#: What a parcel's tag says of its order; the other tags say nothing that the shop does not know better.
_HINTS = {
    "InTransit": OrderState.IN_TRANSIT,
    "OutForDelivery": OrderState.IN_TRANSIT,
    "AttemptFail": OrderState.IN_TRANSIT,
    "AvailableForPickup": OrderState.IN_TRANSIT,
    "Delivered": OrderState.DELIVERED,
}
_CUSTOMS = frozenset({"Exception_004", "Exception_018"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Tracked:
    """`promised` is what the merchant promised, `estimated` what is expected now: an estimate moves, a promise does not."""

    number: str
    slug: str
    carrier: str
    tag: str  # AfterShip's own word, also one we do not know
    hint: OrderState | None
    checkpoints: tuple[Checkpoint, ...]  # oldest first
    updated_at: datetime | None
    url: str = ""
    delivered_at: datetime | None = None
    promised: date | None = None
    estimated: date | None = None
    returning: bool = False
    read_at: datetime | None = None  # when AfterShip said so, on our own clock
    zone_unknown: int = 0  # scans whose time was taken for UTC because nobody says the zone


def to_tracked(body: Body, carriers: Mapping[str, str]) -> Tracked | None:
    """None without a tracking number. What is missing or odd is left out; what is there is told."""
    number, slug = text(body.get("tracking_number")), text(body.get("slug"))
    if not number:
        return None
    read = sorted((scan for each in listed(body.get("checkpoints")) if (scan := _scan(each))), key=lambda pair: pair[0].at)
    scans = tuple(dict.fromkeys(scan for scan, _ in read))
    tag, subtag = text(body.get("tag")), text(body.get("subtag"))
    updated = moment(body.get("updated_at"), "", "")
    return Tracked(
        number=number,
        slug=slug,
        carrier=carriers.get(slug) or slug.replace("-", " ").title(),
        tag=tag,
        hint=OrderState.CUSTOMS_HOLD if subtag in _CUSTOMS else _HINTS.get(tag),
        checkpoints=scans,
        updated_at=updated[0] if updated else None,
        url=text(body.get("courier_tracking_link")),
        delivered_at=_delivered(body, tag, scans),
        promised=_promised(body),
        estimated=_estimated(body),
        returning=body.get("return_to_sender") is True,
        zone_unknown=sum(unknown for _, unknown in read),
    )


def _scan(body: Body) -> tuple[Checkpoint, bool] | None:
    """A scan without a time of its own has the one at which AfterShip heard of it."""
    country = text(body.get("country_region")) or text(body.get("country_iso3"))
    at = moment(body.get("checkpoint_time"), country, text(body.get("state"))) or moment(body.get("created_at"), "", "")
    if at is None:
        return None
    tag = text(body.get("tag"))
    state = FINER.get(text(body.get("subtag"))) or SCANS.get(tag) or tag.lower() or "scanned"
    return Checkpoint(at=at[0], state=state, place=text(body.get("city")) or text(body.get("location"))), at[1]


def _delivered(body: Body, tag: str, scans: tuple[Checkpoint, ...]) -> datetime | None:
    """The scan itself; some carriers give the day alone."""
    if tag != "Delivered":
        return None
    last = [scan.at for scan in scans if scan.state == "delivered"]
    country = text(body.get("destination_country_region")) or text(body.get("destination_country_iso3"))
    told = moment(body.get("shipment_delivery_date"), country, text(body.get("destination_state")))
    return last[-1] if last else told[0] if told else None


def _promised(body: Body) -> date | None:
    """A day, or from 2026-01 on a span of them: its end."""
    promised = body.get("order_promised_delivery_date")
    span = entry(promised)
    return day(span.get("end") or span.get("max") or span.get("datetime_max") or span.get("datetime")) if span else day(promised)


def _estimated(body: Body) -> date | None:
    """The newest estimate of anybody, else AfterShip's, else the carrier's."""
    latest = entry(body.get("latest_estimated_delivery"))
    ours, theirs = entry(body.get("aftership_estimated_delivery_date")), entry(body.get("courier_estimated_delivery_date"))
    told = (latest.get("datetime_max"), latest.get("datetime"), ours.get("estimated_delivery_date"), theirs.get("estimated_delivery_date"))
    return next((found for each in (*told, body.get("expected_delivery")) if (found := day(each))), None)


def text(value: Any) -> str:
    return " ".join(str(value).split()) if isinstance(value, str | int) and not isinstance(value, bool) else ""


def entry(value: Any) -> dict[str, Any]:
    return cast(dict[str, Any], value) if isinstance(value, dict) else {}


def listed(value: Any) -> list[dict[str, Any]]:
    return [entry(each) for each in cast(list[Any], value) if isinstance(each, dict)] if isinstance(value, list) else []
