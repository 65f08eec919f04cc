"""Editors at work over HTTP: from a draft to what customers are told, with a second person, history and roles."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
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
    """No sync is under way or waiting, but the one of the clock."""
    waiting = "select 1 from procrastinate_jobs where task_name = 'sync' and status in ('todo', 'doing') and scheduled_at is null"

    async def none_left() -> bool:
        return not await running.rows(waiting)

    await running.until(none_left, 60)


async def found(running, person: Person, question: str, fits: Callable[[list[dict[str, Any]]], Any]) -> None:
    """Waits until a customer's question finds what it should; a reader follows the snapshot within a second."""

    async def look() -> Any:
        return fits((await person.get("/search", q=question, audience="customer"))["results"])

    await synced(running)
    await running.until(look, 10)


def says(article: str, words: str, language: str = "en") -> Callable[[list[dict[str, Any]]], bool]:
    def check(results: list[dict[str, Any]]) -> bool:
        return any(one["article"] == article and one["language"] == language and words in one["text"] for one in results)

    return check


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


async def test_from_a_draft_to_what_customers_find_with_a_second_person(running, hire):
    """Draft, review, publication, sync, search; an edit; and back to the first text."""
    ada, eve = await hire("ada", "editor"), await hire("eve", "reviewer")
    version = (await ada.save(None, second_reader=True)).json()["version"]
    refused = await ada.do("/drafts/engraving/en/publish", version=version)
    assert refused.status_code == 403 and "second person" in refused.json()["error"]["message"]
    assert (await ada.do("/drafts/engraving/en/submit", version=version, note="new service")).json() == {"state": "review"}
    assert (await ada.do("/drafts/engraving/en/publish", version=version)).status_code == 403
    done = await eve.do("/drafts/engraving/en/publish", version=version)
    assert done.json() == {"state": "published", "revision": 1, "sync": "queued"}
    question = "How many letters can you engrave into the lamp?"
    await found(running, eve, question, says("engraving", "18 letters"))
    (audited,) = await running.rows("select actor, detail from audit where action = 'article.published'")
    assert audited["actor"] == "eve@lumenandloom.example"
    assert audited["detail"]["approved_by"] == "eve@lumenandloom.example"
    assert audited["detail"]["editors"] == ["ada@lumenandloom.example"]

    changed = BODY.replace("18 letters", "24 letters")
    version = (await ada.save(None, changed, second_reader=True)).json()["version"]
    difference = await ada.get("/articles/engraving/en/diff", **{"from": "published", "to": "draft"})
    assert difference["front"] == []
    assert [[part["text"] for part in line["parts"] if part["changed"]] for line in difference["lines"]] == [["18"], ["24"]]
    await ada.do("/drafts/engraving/en/submit", version=version)
    await eve.do("/drafts/engraving/en/publish", version=version)
    restored = await ada.do("/articles/engraving/en/restore", number=1)
    await ada.do("/drafts/engraving/en/submit", version=restored.json()["version"])
    await eve.do("/drafts/engraving/en/publish", version=restored.json()["version"])
    history = (await ada.get("/articles/engraving/en/history"))["revisions"]
    assert [(row["number"], row["kind"], row["current"]) for row in history] == [
        (3, "restored", True),
        (2, "published", False),
        (1, "published", False),
    ]
    assert (await ada.get("/articles/engraving/en/revisions/2"))["body"] == changed
    await found(running, eve, question, says("engraving", "18 letters"))


async def test_an_article_of_the_folder_is_edited_retired_and_brought_back(running, hire):
    ada = await hire("ada", "editor")
    at, question = "account-access/en", "How do I reset my password?"
    before = (await ada.get("/articles/account-access"))["variants"]["en"]["published"]
    assert before["source"] == "corpus"
    front = {name: value for name, value in before["front"].items() if name not in ("id", "language")}
    body = before["body"].replace("60 minutes", "90 minutes")
    saved = await ada.ask("PUT", f"/drafts/{at}", json={"version": None, "front": front, "body": body, "base": before["variant"]})
    assert saved.json()["problems"] == []
    assert (await ada.do(f"/drafts/{at}/publish", version=1)).json()["revision"] == 2
    await found(running, ada, question, says("account-access", "90 minutes"))
    after = (await ada.get("/articles/account-access"))["variants"]
    assert after["en"]["published"]["source"] == "editorial" and after["de"]["outdated"]

    version = (await ada.do(f"/articles/{at}/retire", note="rewritten elsewhere")).json()["version"]
    assert (await ada.do(f"/drafts/{at}/publish", version=version)).json()["state"] == "retired"
    await found(running, ada, question, lambda results: not says("account-access", "")(results))
    version = (await ada.do(f"/articles/{at}/restore", number=1)).json()["version"]
    await ada.do(f"/drafts/{at}/publish", version=version)
    await found(running, ada, question, says("account-access", "60 minutes"))


async def test_nobody_overwrites_what_they_have_not_seen(running, hire):
    ada, eve = await hire("ada", "editor"), await hire("eve", "editor")
    await ada.save(None, "ada's")
    refused = await eve.save(None, "eve's")
    assert refused.status_code == 409 and refused.json()["error"]["code"] == "conflict"
    theirs = refused.json()["theirs"]
    assert (theirs["version"], theirs["body"], theirs["updated_by"]) == (1, "ada's", "ada@lumenandloom.example")
    assert (await eve.save(1, "both")).json()["version"] == 2
    assert (await ada.save(1, "ada's again")).json()["theirs"]["body"] == "both"
    assert (await ada.ask("DELETE", "/drafts/engraving/en", params={"version": 1})).status_code == 409
    assert (await ada.ask("DELETE", "/drafts/engraving/en", params={"version": 2})).status_code == 204
    (audited,) = await running.rows("select detail from audit where action = 'draft.discarded'")
    assert audited["detail"]["body"] == "both"
    assert (await ada.ask("GET", "/articles/engraving")).status_code == 404


async def test_a_draft_that_is_not_fit_is_kept_and_told_what_to_mend(hire):
    ada = await hire("ada", "editor")
    saved = (await ada.save(None, "<b>bold</b> [x](article:gone)\n", valid_from="soon", markets=["Germany"])).json()
    assert [problem["field"] for problem in saved["problems"]] == ["valid_from"]
    refused = await ada.do("/drafts/engraving/en/submit", version=1)
    assert refused.status_code == 422
    assert refused.json()["problems"][0]["field"] == "valid_from"
    assert (await ada.do("/drafts/engraving/en/publish", version=1)).status_code == 422
    saved = (await ada.save(1, "<b>bold</b> [x](article:gone)\n", review_on="2020-01-01")).json()
    assert saved["problems"] == []
    assert [word in " ".join(saved["warnings"]) for word in ("review was due", "gone", "HTML")] == [True] * 3


@pytest.mark.parametrize("role", ["operator", "editor"])
async def test_everybody_may_do_what_their_role_allows(hire, role):
    ada, eve = await hire("ada", "editor"), await hire("eve", role)
    await ada.save(None)
    changes = [
        ("PUT", "/drafts/engraving/en", {"version": 1, "front": FRONT, "body": "eve's"}, "editor"),
        ("POST", "/drafts/engraving/en/submit", {"version": 2}, "editor"),
        ("POST", "/drafts/engraving/en/return", {"version": 2, "note": "no"}, "reviewer"),
        ("POST", "/drafts/engraving/en/publish", {"version": 2}, "editor"),
        ("POST", "/articles/engraving/en/retire", {"note": ""}, "editor"),
        ("POST", "/articles/engraving/en/restore", {"number": 1, "version": 1}, "editor"),
        ("DELETE", "/drafts/engraving/en?version=1", None, "editor"),
    ]
    for method, path, body, needed in changes:
        answer = await eve.ask(method, path, json=body)
        assert (answer.status_code == 403) is (auth.ROLES.index(role) < auth.ROLES.index(needed)), (path, answer.text)
    assert (await eve.do("/preview", front=FRONT, body="x")).status_code == 200
    assert (await eve.ask("GET", "/articles/engraving")).status_code == 200


async def test_nothing_is_changed_without_a_session_and_the_token_against_forgery(running, hire):
    ada = await hire("ada", "editor")
    ada.headers["x-csrf-token"] = "guessed"
    assert (await ada.save(None)).status_code == 403
    nobody = Person(running.client, {})
    assert (await nobody.save(None)).status_code == 401
    assert (await nobody.ask("GET", "/articles")).status_code == 401


ODD = [
    ("PUT", "/drafts/Not-An-Id/en", {"version": None, "front": {}, "body": ""}, 422),
    ("PUT", "/drafts/a/EN", {"version": None, "front": {}, "body": ""}, 422),
    ("PUT", "/drafts/a/en", {"version": 10**12, "front": {}, "body": ""}, 422),
    ("PUT", "/drafts/a/en", {"version": None, "front": {"x": {"deep": 1}}, "body": ""}, 422),
    ("PUT", "/drafts/a/en", {"version": None, "front": {}, "body": "x" * 200_001}, 413),
    ("PUT", "/drafts/a/en", {"version": 7, "front": {}, "body": "x"}, 409),
    ("POST", "/drafts/a/en/publish", {"version": 1}, 404),
    ("POST", "/articles/a/en/retire", {}, 404),
    ("POST", "/articles/a/en/restore", {"number": 9}, 404),
    ("GET", "/articles/a/en/diff?from=published&to=9", None, 404),
    ("GET", "/articles/a/en/diff?from=published&to=yesterday", None, 422),
    ("GET", "/articles/a/en/revisions/99999999999", None, 422),
    ("POST", "/preview", {"front": {"id": 7, "language": ["x"], "title": 9}, "body": "x"}, 200),
    ("POST", "/preview", {"front": {}, "body": "> " * 50_000}, 200),
    ("PUT", "/drafts/a/en", {"version": None, "front": {"title": "\0"}, "body": "\0\ud800"}, 200),
]


async def test_odd_requests_get_an_answer(hire):
    ada = await hire("ada", "editor")
    for method, path, body, status in ODD:
        content = None if body is None else json.dumps(body)
        answer = await ada.client.request(
            method, f"/api/knowledge{path}", content=content, headers=ada.headers | {"content-type": "application/json"}
        )
        assert answer.status_code == status, (path, answer.text)


async def test_where_all_customers_articles_need_a_second_person_every_change_waits_for_one(start, settings):
    async with start(settings=settings.model_copy(update={"four_eyes": "always"})) as running:
        email = "ada@lumenandloom.example"
        await auth.set_password(running.p.engine, email, "Ada", PASSWORD, "reviewer")
        signed_in = await running.client.post("/api/desk/login", json={"email": email, "password": PASSWORD})
        ada = Person(running.client, {"x-csrf-token": signed_in.json()["csrf"]})
        assert (await ada.save(None)).json()["needs_second_reader"]
        assert (await ada.do("/drafts/engraving/en/publish", version=1)).status_code == 403
        assert not (await ada.save(1, audience="internal")).json()["needs_second_reader"]
        assert (await ada.do("/drafts/engraving/en/publish", version=2)).status_code == 200
