"""Editors at work over HTTP: from a draft to what customers are told, with a second person, history and roles."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import httpx
import pytest

from api import auth

PASSWORD = "a password of the tests"
FRONT: dict[str, Any] = {"title": "Engraving of lamps", "intents": ["product_question"], "audience": "customer", "owner": "care"}
BODY = "We engrave up to 18 letters into the base of the Kolibri lamp. An engraved lamp leaves our workshop four working days later."


@dataclass
class Person:
    """Somebody signed in at the desk."""

    client: httpx.AsyncClient
    headers: dict[str, str]
    pages: dict[str, int] = field(default_factory=dict)

    async def get(self, path: str, **params: str) -> Any:
        return (await self.ask("GET", path, params=params)).raise_for_status().json()

    async def ask(self, method: str, path: str, **more: Any) -> httpx.Response:
        return await self.client.request(method, f"/api/knowledge{path}", headers=self.headers, **more)

    async def do(self, path: str, **body: Any) -> httpx.Response:
        return await self.ask("POST", path, json=body)

    async def save(self, version: int | None, body: str = BODY, at: str = "engraving/en", **front: Any) -> httpx.Response:
        return await self.ask("PUT", f"/drafts/{at}", json={"version": version, "front": FRONT | front, "body": body, "note": ""})


@pytest.fixture
def hire(running):
    """A function that signs in somebody new with a role."""

    async def hired(name: str, role: auth.Role) -> Person:
        email = f"{name}@lumenandloom.example"
        await auth.set_password(running.p.engine, email, name, PASSWORD, role)
        signed_in = await running.client.post("/api/desk/login", json={"email": email, "password": PASSWORD})
        running.client.cookies.clear()
        cookie = f"{auth.COOKIE}={signed_in.raise_for_status().cookies[auth.COOKIE]}"
        return Person(running.client, {"cookie": cookie, "x-csrf-token": signed_in.json()["csrf"]})

    return hired


async def synced(running) -> None:
    """The queued sync has run."""

    async def none_left() -> bool:
        return not await running.rows(
            "select 1 from procrastinate_jobs where task_name = 'sync' and status in ('todo', 'doing') and scheduled_at is null"
        )

    await running.until(none_left)


async def test_an_article_is_written_saved_and_previewed(hire):
    ada = await hire("ada", "editor")
    saved = await ada.save(None)
    assert saved.status_code == 200, saved.text
    assert saved.json() == {"version": 1, "problems": [], "warnings": [], "needs_second_reader": False, "review_reason": ""}
    assert (await ada.save(1, BODY + "!")).json()["version"] == 2
    shown = (await ada.do("/preview", front=FRONT | {"id": "engraving", "language": "en"}, body="## When\n\n**Soon**")).json()
    assert "<strong>Soon</strong>" in shown["html"]
    assert [passage["heading"] for passage in shown["passages"]] == ["When"]
    listed = await ada.get("/articles", q="engrave kolibri")
    assert [row["id"] for row in listed["articles"]] == ["engraving"]
    assert listed["articles"][0]["languages"] == [{"language": "en", "state": "draft", "outdated": False}]
    whole = await ada.get("/articles/engraving")
    assert whole["variants"]["en"]["published"] is None
    assert whole["variants"]["en"]["draft"]["body"] == BODY + "!"
    assert len((await ada.get("/articles"))["articles"]) > 20
