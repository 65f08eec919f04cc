"""The supply chain reports something, and a moment later the agent says it; when it is withdrawn, nobody hears of it again."""

from __future__ import annotations

import json
import time
from datetime import UTC, datetime, timedelta

from api.channels import webhook

NEWS = "news-delayed-lane-wms-77"
QUESTION = "Why is my parcel late? Are there delays to Germany?"


def lane(**more):
    today = datetime.now(UTC).date()
    return {
        "id": "wms-77",
        "kind": "delayed_lane",
        "valid_from": str(today),
        "valid_to": str(today + timedelta(days=10)),
        "markets": ["DE"],
        "from_warehouse": "Rotterdam",
        "extra_days_min": 4,
        "extra_days_max": 6,
        "reason": "strike",
        "note": "union talks go on, Velquist knows",
    } | more


async def report(running, *items, secret: str | None = None):
    """As a warehouse's system would: signed over the raw bytes."""
    body = json.dumps({"items": items}).encode()
    key = secret or running.p.settings.webhook_secret.get_secret_value()
    stamp = str(int(time.time()))
    headers = {
        "x-portside-timestamp": stamp,
        "x-portside-signature": webhook.signature(key, stamp, body),
        "content-type": "application/json",
    }
    return await running.client.post("/api/knowledge/news", content=body, headers=headers)


async def found(running, market: str) -> list[str]:
    today = datetime.now(UTC).date()
    running.p.parts.knowledge._shelf._checked = float("-inf")  # do not wait for the second that a pointer is held
    result = await running.p.parts.knowledge.search(QUESTION, language="en", market=market, today=today)
    return [passage.article for passage in result.passages]


async def known(running) -> bool:
    return NEWS in await found(running, "DE")


async def forgotten(running) -> bool:
    return not await known(running)


async def test_a_report_reaches_customers_of_its_market_alone_until_it_is_withdrawn(running):
    answer = (await report(running, lane(), {"id": "wms-78", "kind": "meteor"})).json()
    assert answer["received"] == [{"id": "wms-77", "outcome": "stored"}]
    assert [each["item"] for each in answer["rejected"]] == ["1"]
    await running.until(lambda: known(running))
    assert (await found(running, "DE"))[0] == NEWS
    assert NEWS not in await found(running, "US")

    chat = await running.chat(market="DE")
    said = (await chat.ask("Gibt es zurzeit Verzögerungen bei Paketen nach Deutschland?"))["text"]
    assert "4–6 Tage länger" in said and "Streik" in said
    assert "Velquist" not in said

    desk = await running.operator()
    withdrawn = await running.client.post("/api/knowledge/news/wms-77/withdraw", headers=desk.headers)
    assert withdrawn.status_code == 200, withdrawn.text
    await running.until(lambda: forgotten(running))


async def test_a_forged_report_changes_nothing(running):
    forged = await report(running, lane(), secret="x" * 40)
    assert forged.status_code == 401
    desk = await running.operator()
    listed = (await running.client.get("/api/knowledge/news", headers=desk.headers)).json()["news"]
    assert "wms-77" not in [item["id"] for item in listed]
