"""AfterShip's webhooks: signature, age, and which parcel has news."""

import hashlib
import json
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from agent.commerce.connectors.aftership.tracked import entry, text
from agent.commerce.connectors.aftership.zones import moment
from agent.commerce.connectors.change import Change, ChangeKind, check_age, check_signature, header
from agent.commerce.keys import order_number

_EVENTS = frozenset({"tracking_update", "edd_revise", "tracking_pending_time"})
_PAST_THE_CALENDAR = 253402300799


def verify(secret: str, headers: Mapping[str, str], body: bytes, now: datetime) -> None:
    """Raises BadSignature, Replayed. The time of the event is signed with the rest."""
    check_signature(secret, body, header(headers, "aftership-hmac-sha256"))
    if at := _at(_read(body)):
        check_age(at, now)


def parse(source: str, headers: Mapping[str, str], body: bytes, now: datetime) -> Change | None:
    """None for events that are of no interest."""
    told = _read(body)
    tracking = entry(told.get("msg"))
    number = text(tracking.get("tracking_number"))
    if text(told.get("event")) not in _EVENTS or not number:
        return None
    return Change(
        source=source,
        kind=ChangeKind.TRACKING,
        id=number,
        changed_at=_at(told) or now,
        delivery=text(told.get("event_id")) or hashlib.sha256(body).hexdigest()[:32],
        number=order_number(text(tracking.get("order_number"))) or order_number(text(tracking.get("order_id"))),
    )


def _at(told: Mapping[str, Any]) -> datetime | None:
    """Seconds since 1970; older webhook versions leave it out, their tracking has a time."""
    seconds = told.get("ts")
    if isinstance(seconds, int) and not isinstance(seconds, bool) and 0 < seconds < _PAST_THE_CALENDAR:
        return datetime.fromtimestamp(seconds, UTC)
    read = moment(entry(told.get("msg")).get("updated_at"), "", "")
    return read[0] if read else None


def _read(body: bytes) -> dict[str, Any]:
    try:
        return entry(json.loads(body))
    except ValueError:
        return {}
