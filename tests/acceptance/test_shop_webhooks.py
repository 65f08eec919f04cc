"""The doors of shops and carriers over HTTP: signed or refused, heard once, in any order, never more than 1 MB."""

from __future__ import annotations

import asyncio
import base64
import hashlib
import hmac
import json
import random
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from agent.commerce.as_json import to_json
from agent.commerce.mirrored import OrderList

SHOPS = """
[[shop]]
name = "harbour"
kind = "shopify"
address = "http://127.0.0.1:9"
numbers = ["1"]
[shop.secrets]
token = "TOKEN"
webhook = "SHOPIFY_HOOK"

[[shop]]
name = "outlet"
kind = "woocommerce"
address = "http://127.0.0.1:9"
numbers = ["2"]
currency = "EUR"
[shop.secrets]
key = "TOKEN"
secret = "TOKEN"
webhook = "WOO_HOOK"

[tracking]
kind = "aftership"
[tracking.secrets]
token = "TOKEN"
webhook = "SHIP_HOOK"
"""


def signed(secret: str, body: bytes) -> str:
    return base64.b64encode(hmac.new(secret.encode(), body, hashlib.sha256).digest()).decode()


def shopify(event: str, at: datetime, topic: str = "orders/updated", **told: Any) -> tuple[str, dict[str, str], bytes]:
    body = json.dumps({"id": 1, "name": "#1042", "updated_at": at.isoformat(timespec="seconds")} | told).encode()
    headers = {"x-shopify-topic": topic, "x-shopify-event-id": event, "x-shopify-triggered-at": at.isoformat()}
    return "harbour", headers | {"x-shopify-hmac-sha256": signed("shopify hook", body)}, body


def woo(delivery: str, at: datetime, **told: Any) -> tuple[str, dict[str, str], bytes]:
    body = json.dumps({"id": 2042, "number": "2042", "date_modified_gmt": at.strftime("%Y-%m-%dT%H:%M:%S")} | told).encode()
    headers = {"x-wc-webhook-topic": "order.updated", "x-wc-webhook-delivery-id": delivery}
    return "outlet", headers | {"x-wc-webhook-signature": signed("woo hook", body)}, body


def ship(event: str, at: datetime) -> tuple[str, dict[str, str], bytes]:
    told = {"event": "tracking_update", "event_id": event, "ts": int(at.timestamp()), "msg": {"tracking_number": "JD014600"}}
    body = json.dumps(told).encode()
    return "aftership", {"aftership-hmac-sha256": signed("ship hook", body)}, body


@pytest.fixture
async def door(start: Any, settings: Any, tmp_path: Any, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Any]:
    """A service with two shops and a carrier, each with something kept."""
    for name, value in {"TOKEN": "t", "SHOPIFY_HOOK": "shopify hook", "WOO_HOOK": "woo hook", "SHIP_HOOK": "ship hook"}.items():
        monkeypatch.setenv(name, value)
    (tmp_path / "shops.toml").write_text(SHOPS, encoding="utf-8")
    async with start(settings=settings.model_copy(update={"shops": tmp_path / "shops.toml"})) as running:
        yield await Door(running).filled()


class Door:
    def __init__(self, running: Any) -> None:
        self.running, self.now = running, datetime.now(UTC)

    async def filled(self) -> Door:
        data = json.dumps(to_json(OrderList, OrderList(1, ())))
        for source, kind, key in (("harbour", "order", "1042"), ("outlet", "order", "2042"), ("aftership", "tracking", "JD014600")):
            query = "insert into mirror (source, kind, id, data, read_at) values (%(s)s, %(k)s, %(i)s, %(d)s, now()) returning 1"
            await self.running.rows(query, s=source, k=kind, i=key, d=data)
        return self

    async def post(self, message: tuple[str, dict[str, str], bytes]) -> tuple[int, Any]:
        name, headers, body = message
        answer = await self.running.client.post(f"/webhooks/shops/{name}", content=body, headers=headers)
        return answer.status_code, answer.json()

    async def dirty(self) -> list[str]:
        return [row["id"] for row in await self.running.rows("select id from mirror where dirty order by id")]

    async def clean(self) -> None:
        await self.running.rows("update mirror set dirty = false returning 1")

    async def deliveries(self) -> int:
        return (await self.running.rows("select count(*) as n from delivery"))[0]["n"]


async def test_each_source_is_heard_once(door: Door) -> None:
    for make, key in ((shopify, "1042"), (woo, "2042"), (ship, "JD014600")):
        assert await door.post(make("d1", door.now)) == (200, {"heard": True})
        assert await door.dirty() == [key]
        await door.clean()
        assert await door.post(make("d1", door.now)) == (200, {"heard": False})
        assert await door.dirty() == []
    assert await door.deliveries() == 3


async def test_a_hundred_duplicates_at_once(door: Door) -> None:
    answers = await asyncio.gather(*(door.post(shopify("d1", door.now)) for _ in range(100)))
    assert {status for status, _ in answers} == {200} and sum(said["heard"] for _, said in answers) == 1
    assert await door.deliveries() == 1 and await door.dirty() == ["1042"]


async def test_in_any_order_the_newest_counts(door: Door) -> None:
    messages = [shopify(f"d{step}", door.now - timedelta(minutes=step)) for step in range(20)]
    chance = random.Random(3)
    await asyncio.gather(*(door.post(message) for message in chance.sample(messages * 3, 60)))
    assert await door.deliveries() == 20 and await door.dirty() == ["1042"]
    await door.clean()
    await door.post(shopify("late", door.now - timedelta(minutes=30)))
    assert await door.dirty() == []  # older than what was told before
    await door.post(shopify("new", door.now))
    assert await door.dirty() == ["1042"]


@pytest.mark.parametrize("make", [shopify, woo, ship])
async def test_a_wrong_signature_changes_nothing(door: Door, make: Any) -> None:
    name, headers, body = make("d1", door.now)
    for forged in (body + b" ", body.replace(b"42", b"43").replace(b"JD", b"XX"), b"", b"{}"):
        status, said = await door.post((name, headers, forged))
        assert (status, said["error"]["code"]) == (401, "bad_signature")
    assert (await door.post((name, {}, body)))[0] == 401
    assert await door.dirty() == [] and await door.deliveries() == 0


@pytest.mark.parametrize("make", [shopify, woo, ship])
async def test_an_old_message_is_a_replay(door: Door, make: Any) -> None:
    for at in (door.now - timedelta(days=3), door.now + timedelta(hours=1)):
        status, said = await door.post(make("d1", at))
        assert (status, said["error"]["code"]) == (401, "replayed")
    assert await door.deliveries() == 0


async def test_what_is_of_no_interest_is_acknowledged(door: Door) -> None:
    assert await door.post(shopify("d1", door.now, topic="carts/update")) == (200, {"heard": False})
    body = b"\x00 no json"
    headers = {"x-shopify-topic": "orders/updated", "x-shopify-triggered-at": door.now.isoformat()}
    assert await door.post(("harbour", headers | {"x-shopify-hmac-sha256": signed("shopify hook", body)}, body)) == (200, {"heard": False})
    deep = b"[" * 100_000
    assert (await door.post(("harbour", headers | {"x-shopify-hmac-sha256": signed("shopify hook", deep)}, deep)))[0] == 200
    assert await door.deliveries() == 0


async def test_one_megabyte_and_no_more(door: Door) -> None:
    assert (await door.post(shopify("d1", door.now, note="x" * 900_000)))[0] == 200
    status, said = await door.post(shopify("d2", door.now, note="x" * 1_100_000))
    assert (status, said["error"]["code"]) == (413, "too_large")
    assert await door.deliveries() == 1


async def test_a_door_that_is_not_there(door: Door) -> None:
    name, headers, body = shopify("d1", door.now)
    assert (await door.post(("nobody", headers, body)))[0] == 404
    assert (await door.post(("outlet", headers, body)))[0] == 401  # another source's key opens nothing
    assert name == "harbour" and await door.deliveries() == 0
