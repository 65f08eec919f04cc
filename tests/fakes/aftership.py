"""AfterShip on 127.0.0.1: trackings, couriers and signed webhooks. It is served, and fails, as the fake shop does."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
from typing import Any

KEY = "asat_test"
API = "/tracking/2026-07/"


def made(base: type[Any]) -> Any:
    """An AfterShip that serves as `base` does."""

    class Ship(base):
        def __init__(self) -> None:
            super().__init__()
            self.trackings: list[dict[str, Any]] = []
            self.couriers = [{"slug": "dhl-germany", "name": "Deutsche Post DHL"}, {"slug": "postnl-3s", "name": "PostNL Domestic"}]
            self.whole: Any = None  # an answer of another shape

        def answer(self, method: str, path: str, query: dict[str, str], body: Any, headers: dict[str, str]) -> tuple[int, Any]:
            if headers.get("as-api-key") != KEY:
                return 401, {"meta": {"code": 401, "type": "Unauthorized"}, "data": {}}
            if self.whole is not None:
                return 200, self.whole
            match path.removeprefix(API):
                case "trackings":
                    wanted = query["tracking_numbers"].split(",")
                    found = [each for each in self.trackings if each["tracking_number"] in wanted]
                    return 200, {"meta": {"code": 200}, "data": {"pagination": {"total": len(found)}, "trackings": found}}
                case "couriers":
                    return 200, {"meta": {"code": 200}, "data": {"total": 2, "couriers": self.couriers}}
                case _:
                    return 404, {"meta": {"code": 404}}

    return Ship()


def tracking(number: str = "JD014600", **changed: Any) -> dict[str, Any]:
    return {
        "id": f"id-{number}",
        "tracking_number": number,
        "slug": "dhl-germany",
        "tag": "InTransit",
        "subtag": "InTransit_003",
        "updated_at": "2026-11-20T08:00:00+00:00",
        "courier_tracking_link": f"https://carrier.example/{number}",
        "destination_country_region": "DEU",
        "return_to_sender": False,
        "order_promised_delivery_date": None,
        "latest_estimated_delivery": {"type": "specific", "datetime": "2026-11-23", "datetime_min": None, "datetime_max": None},
        "aftership_estimated_delivery_date": {"estimated_delivery_date": "2026-11-24"},
        "checkpoints": [
            scan("2026-11-18T09:00:00", "InfoReceived", "InfoReceived_001"),
            scan("2026-11-19T21:30:00+01:00", "InTransit", "InTransit_003"),
        ],
    } | changed


def scan(at: str | None, tag: str, subtag: str = "", *, country: str | None = "DEU", **changed: Any) -> dict[str, Any]:
    return {
        "checkpoint_time": at,
        "created_at": "2026-11-20T08:00:00+00:00",
        "slug": "dhl-germany",
        "city": "Leipzig",
        "state": None,
        "country_region": country,
        "location": "Leipzig, DEU",
        "message": "whatever the carrier writes",
        "tag": tag,
        "subtag": subtag,
    } | changed


def message(tracking: dict[str, Any], *, ts: int | None = 1_795_248_000, event: str = "tracking_update", ident: str = "e1") -> bytes:
    told = {"event": event, "event_id": ident, "is_tracking_first_tag": True, "msg": tracking}
    return json.dumps(told | ({} if ts is None else {"ts": ts})).encode()


def sign(secret: str, body: bytes) -> str:
    return base64.b64encode(hmac.new(secret.encode(), body, hashlib.sha256).digest()).decode()
