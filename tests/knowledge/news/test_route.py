"""The way in: signed feeds and editors, one bad item among good ones, and a sync on the queue after every change."""

from __future__ import annotations

import json
import time
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace
from typing import Any

import httpx
import pytest
from fastapi import FastAPI
from pydantic import SecretStr
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from agent.bootstrap import SystemClock
from agent.store import tables
from api import auth
from api.app import add_errors
from api.channels.webhook import signature
from api.routes.news import router

SECRET, PASSWORD = "a secret of the tests", "a password of the tests"


class Queue:
    """Counts the syncs that were asked for in a transaction."""

    def __init__(self) -> None:
        self.syncs = 0

    async def sync(self, connection: AsyncConnection) -> None:
        assert connection.in_transaction()
        self.syncs += 1


class Way:
    """The route alone, over HTTP, with what it needs of the service."""

    def __init__(self, db: AsyncEngine, client: httpx.AsyncClient, queue: Queue) -> None:
        self.db, self.client, self.queue = db, client, queue

    async def signed(self, body: Any, **headers: str) -> httpx.Response:
        raw = body if isinstance(body, bytes) else json.dumps(body).encode()
        stamp = str(int(time.time()))
        given = {"x-portside-timestamp": stamp, "x-portside-signature": signature(SECRET, stamp, raw), **headers}
        return await self.client.post("/api/knowledge/news", content=raw, headers=given)

    async def sign_in(self, role: auth.Role) -> None:
        await auth.set_password(self.db, f"{role}@example.com", role, PASSWORD, role)
        token, person = await auth.sign_in(self.db, f"{role}@example.com", PASSWORD)
        self.client.cookies.set(auth.COOKIE, token)
        self.client.headers["x-csrf-token"] = person.csrf

    @property
    def syncs(self) -> int:
        return self.queue.syncs


@pytest.fixture
def four_eyes() -> str:
    return "marked"


@pytest.fixture
async def way(db: AsyncEngine, four_eyes: str) -> AsyncIterator[Way]:
    async with db.begin() as connection:
        await connection.run_sync(tables.metadata.create_all, tables=[tables.operator, tables.operator_session, tables.audit])
    queue = Queue()
    app = FastAPI()
    app.include_router(router)
    add_errors(app)
    settings = SimpleNamespace(webhook_secret=SecretStr(SECRET), four_eyes=four_eyes)
    app.state.portside = SimpleNamespace(engine=db, settings=settings, queue=queue, clock=SystemClock())
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="https://test") as client:
        yield Way(db, client, queue)


def fresh(feed: Any, kind: str, **changes: Any) -> dict[str, Any]:
    """Valid on the day of the test: the route has the real clock."""
    today = datetime.now(UTC).date()
    return feed.raw(kind, **{"valid_from": today.isoformat(), "valid_to": (today + timedelta(days=30)).isoformat(), **changes})


async def test_a_signed_feed_is_taken_and_puts_one_sync_on_the_queue(way: Way, feed: Any) -> None:
    answer = await way.signed([fresh(feed, kind) for kind in feed.kinds])
    assert answer.status_code == 200 and answer.json()["sync"] is True and answer.json()["rejected"] == []
    assert [each["outcome"] for each in answer.json()["received"]] == ["stored"] * 5
    assert way.syncs == 1
    again = await way.signed({"items": [fresh(feed, "stock_out"), fresh(feed, "batch_change", title="Other Serum")]})
    assert [each["outcome"] for each in again.json()["received"]] == ["unchanged", "stored"]
    assert way.syncs == 2


async def test_the_same_again_needs_no_sync(way: Way, feed: Any) -> None:
    await way.signed([fresh(feed, "stock_out")])
    way.queue.syncs = 0
    assert (await way.signed([fresh(feed, "stock_out")])).json()["sync"] is False and way.syncs == 0


async def test_one_bad_item_keeps_no_other_out(way: Way, feed: Any) -> None:
    bad = [fresh(feed, "stock_out", title="Call 0900 123 45 67"), 7, {"kind": "stock_out", "\ud800": 1}]
    answer = await way.signed([*bad, fresh(feed, "batch_change")])
    body = answer.json()
    assert answer.status_code == 200 and [each["item"] for each in body["rejected"]] == ["0", "1", "2"]
    assert "0900" not in answer.text and [each["id"] for each in body["received"]] == ["erp-batch_change"]


@pytest.mark.parametrize(
    "raw", [b"", b"{", b"null", b'"x"', b"{}", b'{"items": 3}', b"[" * 100_000, b"\xff", json.dumps([0] * 501).encode()]
)
async def test_a_body_of_another_shape_is_refused(way: Way, raw: bytes) -> None:
    answer = await way.signed(raw)
    assert answer.status_code == 422 and "news items" in answer.json()["error"]["message"]


async def test_without_a_good_signature_or_session_nothing_is_taken(way: Way, feed: Any) -> None:
    item = [fresh(feed, "stock_out")]
    assert (await way.client.post("/api/knowledge/news", json=item)).status_code == 401
    assert (await way.signed(item, **{"x-portside-signature": "0" * 64})).status_code == 401
    assert (await way.signed(item, **{"x-portside-timestamp": "1"})).status_code == 401
    assert (await way.client.get("/api/knowledge/news")).status_code == 401
    assert (await way.client.post("/api/knowledge/news/x/withdraw")).status_code == 401


async def test_an_operator_may_not_and_an_editor_may(way: Way, feed: Any) -> None:
    item = [fresh(feed, "stock_out", id="erp:a/1")]
    await way.sign_in("operator")
    assert (await way.client.post("/api/knowledge/news", json=item)).status_code == 403
    assert (await way.client.get("/api/knowledge/news")).status_code == 403
    await way.sign_in("editor")
    assert (await way.client.post("/api/knowledge/news", json=item)).json()["sync"] is True
    (row,) = (await way.client.get("/api/knowledge/news")).json()["news"]
    assert row["reported_by"] == "editor@example.com" and row["restock"] == "2026-07-09" and row["markets"] == ["DE", "FR"]
    way.queue.syncs = 0
    assert (await way.client.post("/api/knowledge/news/erp:a/1/withdraw")).status_code == 200 and way.syncs == 1
    assert (await way.client.post("/api/knowledge/news/erp:a/1/withdraw")).status_code == 404
    assert (await way.client.get("/api/knowledge/news")).json() == {"news": []}
    assert len((await way.client.get("/api/knowledge/news", params={"everything": True})).json()["news"]) == 1


@pytest.mark.parametrize("four_eyes", ["always"])
async def test_where_all_needs_a_second_person_a_report_that_is_not_signed_needs_a_reviewer(way: Way, feed: Any) -> None:
    item = [fresh(feed, "stock_out")]
    await way.sign_in("editor")
    refused = await way.client.post("/api/knowledge/news", json=item)
    assert refused.status_code == 403 and "role reviewer" in refused.json()["error"]["message"]
    assert (await way.client.get("/api/knowledge/news")).json() == {"news": []} and way.syncs == 0
    assert (await way.signed([fresh(feed, "batch_change")])).json()["sync"] is True
    await way.sign_in("reviewer")
    assert (await way.client.post("/api/knowledge/news", json=item)).json()["sync"] is True


async def test_an_editor_without_the_csrf_token_is_refused(way: Way, feed: Any) -> None:
    await way.sign_in("editor")
    way.client.headers["x-csrf-token"] = "another"
    assert (await way.client.post("/api/knowledge/news", json=[fresh(feed, "stock_out")])).status_code == 403
