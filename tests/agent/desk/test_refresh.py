"""What a customer's further message leaves of the open case."""

from datetime import UTC, datetime, timedelta
from types import SimpleNamespace
from typing import Any

import pytest

from agent.desk.refresh import refreshed

NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)
OFFER = {"key": "offer-refund"}


def packet(*intents: str, offers: tuple[dict[str, Any], ...] = (), told: bool = False) -> dict[str, Any]:
    return {"original": "words", "intents": list(intents), "photos": [], "chosen": None, "offers": list(offers), "told": told}


def columns(made: dict[str, Any]) -> dict[str, Any]:
    row = {"packet": made, "desk": "operator", "urgency": "normal", "reasons": ["needs_judgement"], "due_at": NOW}
    return row | {"draft": "", "subjects": []}


def after(before: dict[str, Any], now: dict[str, Any]) -> dict[str, Any]:
    old = SimpleNamespace(**columns(before))
    return refreshed(old, columns(now) | {"due_at": NOW + timedelta(hours=1)})["packet"]  # pyright: ignore[reportArgumentType]


@pytest.mark.parametrize("wish", ["order_status", "greeting"])
def test_what_was_offered_stays_on_the_case_when_the_customer_only_asks_again(wish: str) -> None:
    left = after(packet("parcel_lost", offers=(OFFER,), told=True), packet(wish))
    assert (left["offers"], left["told"]) == ([OFFER], True)


def test_newer_offers_replace_the_older() -> None:
    newer = {"key": "offer-exchange"}
    left = after(packet("parcel_lost", offers=(OFFER,), told=True), packet("damaged", offers=(newer,)))
    assert (left["offers"], left["told"]) == ([newer], False)


def test_what_was_seen_in_earlier_photos_stays_when_the_customer_writes_on() -> None:
    crack, blurred, stain = ({"photo": name, "defect": seen} for name, seen in (("p1", "crack"), ("p2", None), ("p2", "stain")))
    left = after(packet("damaged") | {"diagnoses": [crack, blurred]}, packet("order_status") | {"diagnoses": [stain]})
    assert left["diagnoses"] == [crack, stain]
