"""Trying a draft over HTTP: what the agent would say before and after, which known questions change, and files becoming drafts."""

from __future__ import annotations

import json
from typing import Any

import httpx
import pytest

from api import auth
from api.routes import trial
from knowledge.probes import Probe, ProbeShelf

PASSWORD = "a password of the tests"
FRONT: dict[str, Any] = {"id": "engraving", "language": "en", "title": "Engraving of lamps", "intents": ["product_question"]}
BODY = "We engrave up to 18 letters into the base of the Kolibri lamp. An engraved lamp leaves our workshop four working days later."
QUESTION = "How many letters can you engrave into a Kolibri lamp?"


@pytest.fixture
def hire(running):
    """A function that signs in somebody new with a role: (method, path, ...) -> response."""

    async def hired(role: auth.Role) -> Any:
        email = f"{role}@lumenandloom.example"
        await auth.set_password(running.p.engine, email, role, PASSWORD, role)
        signed_in = await running.client.post("/api/desk/login", json={"email": email, "password": PASSWORD})
        running.client.cookies.clear()
        cookie = f"{auth.COOKIE}={signed_in.raise_for_status().cookies[auth.COOKIE]}"
        headers = {"cookie": cookie, "x-csrf-token": signed_in.json()["csrf"]}

        async def ask(path: str, **more: Any) -> httpx.Response:
            return await running.client.post(f"/api/knowledge{path}", headers=headers, timeout=60, **more)

        return ask

    return hired


async def stored(running) -> list[int]:
    """Rows of what a customer, an operator or an editor would leave behind; passages of this file's drafts."""
    tables = ("conversation", "message", "support_case", "outbox", "knowledge_draft", "knowledge_passage where text like '%%37 months%%'")
    return [(await running.rows(f"select count(*) as n from {table}"))[0]["n"] for table in tables]


async def test_a_draft_is_tried_before_anybody_else_sees_it(running, hire) -> None:
    ask, before = await hire("operator"), await stored(running)
    front = FRONT | {"id": "warranty", "title": "Warranty", "intents": ["warranty"]}
    draft = {"front": front, "body": "Our warranty on speakers is 37 months from delivery. Headphones have a warranty of 24 months."}
    body = {"question": "How long is the warranty on speakers?", "language": "en", "market": "DE", "draft": draft}
    answer = (await ask("/try", json=body)).raise_for_status().json()
    was, now = answer["before"], answer["after"]
    assert (was["decision"], now["decision"], now["answerable"]) == ("resolve", "resolve", True)
    assert "37 months" in now["reply"] and "37 months" not in was["reply"]
    assert now["passages"][0]["article"] == "warranty" and "37 months" in now["passages"][0]["text"]
    assert set(now["passages"][0]) == {"id", "article", "title", "heading", "language", "score", "text"}
    assert [source["ref"].split("/")[0] for source in now["sources"]] == ["warranty"]
    again = (await ask("/try", json={"question": body["question"]})).raise_for_status().json()
    assert again["after"] is None and again["before"]["reply"] == was["reply"]
    assert await stored(running) == before


async def test_a_new_article_is_found(running, hire) -> None:
    body = {"question": QUESTION, "draft": {"front": FRONT, "body": BODY}}
    answer = (await (await hire("operator"))("/try", json=body)).raise_for_status().json()
    assert "engraving" not in [passage["article"] for passage in answer["before"]["passages"]]
    assert answer["after"]["passages"][0]["article"] == "engraving" and answer["after"]["answerable"]


async def test_the_question_is_answered_in_its_language_and_a_retired_article_no_more(running, hire) -> None:
    ask = await hire("operator")
    front = FRONT | {"id": "warranty", "language": "de", "title": "Garantie"}
    body = {"question": "Wie lange habe ich Garantie auf Lautsprecher?", "language": "de", "draft": {"front": front, "retire": True}}
    answer = (await ask("/try", json=body)).raise_for_status().json()
    kept = [[f"{passage['article']}/{passage['language']}" for passage in answer[side]["passages"]] for side in ("before", "after")]
    assert "warranty/de" in kept[0] and "warranty/de" not in kept[1]
    assert "Garantie" in answer["before"]["reply"]


async def test_a_draft_that_is_no_article_yet_is_refused_with_what_to_mend(running, hire) -> None:
    ask = await hire("operator")
    refused = await ask("/try", json={"question": QUESTION, "draft": {"front": FRONT | {"title": ""}, "body": BODY}})
    assert refused.status_code == 422 and "title" in refused.json()["error"]["message"]
    assert refused.json()["problems"][0]["field"] == "title"
    for wrong in ({"question": ""}, {"question": "x", "market": "Germany"}, {"question": "x", "draft": {"front": {}, "body": "x"}}):
        assert (await ask("/try", json=wrong)).status_code == 422
    assert (await ask("/impact", json={"front": FRONT, "body": ""})).status_code == 422
    assert (await ask("/impact", json={"front": FRONT, "body": "x" * 300_000})).status_code == 413


async def test_whoever_tries_too_often_or_too_much_is_told(running, hire, monkeypatch) -> None:
    ask = await hire("operator")
    with monkeypatch.context() as patched:
        patched.setattr(trial, "PATIENCE", 0.05)
        slow = await ask("/try", json={"question": QUESTION, "draft": {"front": FRONT, "body": (BODY + "\n\n") * 800}})
    assert (slow.status_code, slow.json()["error"]["code"]) == (504, "took_too_long")
    codes = [(await ask("/impact", json={"front": {}})).status_code for _ in range(21)]
    assert codes == [422] * 20 + [429]
    other = await hire("editor")
    assert (await other("/impact", json={"front": {}})).status_code == 422


async def test_only_those_who_are_signed_in(running) -> None:
    for path in ("/try", "/impact"):
        assert (await running.client.post(f"/api/knowledge{path}", json={"question": "x"})).status_code == 401
    assert (await running.client.post("/api/knowledge/upload", files={"files": ("a.md", b"x")})).status_code == 401


async def test_the_impact_names_the_questions_that_change(start, embedder, tmp_path) -> None:
    asked = (
        Probe("warranty-1", "How long is the warranty on a speaker?", "en", "DE", ("warranty",)),
        Probe("coupon-1", "Can I use two coupon codes in one order?", "en", "DE", ("coupons",)),
    )
    async with start(probes=ProbeShelf(embedder, tmp_path, lambda: asked)) as running:
        await auth.set_password(running.p.engine, "o@lumenandloom.example", "O", PASSWORD, "operator")
        signed_in = await running.client.post("/api/desk/login", json={"email": "o@lumenandloom.example", "password": PASSWORD})
        headers = {"x-csrf-token": signed_in.raise_for_status().json()["csrf"]}

        async def impact(**draft: Any) -> Any:
            answer = await running.client.post("/api/knowledge/impact", json=draft, headers=headers)
            return answer.raise_for_status().json()

        front = {"id": "warranty", "language": "en", "title": "Warranty"}
        first = await impact(front=front, body="Ask your lawyer about it.")
        assert first["total"] == 2 and first["asked"] <= 2

        async def complete() -> bool:
            return (await impact(front=front, body="Ask your lawyer about it."))["asked"] == 2

        await running.until(complete)
        (change,) = (await impact(front=front, body="Ask your lawyer about it."))["changed"]
        assert (change["case"], change["verdict"], change["expected"]) == ("warranty-1", "worse", ["warranty"])
        assert set(change["before"]) == {"article", "score", "answerable"}
        assert change["text"] == asked[0].text and change["language"] == "en"


FAQ = b"question,answer\nDo you engrave lamps?,We engrave up to 18 letters.\n"
MARKDOWN = b"---\nid: engraving\ntitle: Engraving\nlanguage: en\n---\nWe engrave lamps.\n"


async def test_uploaded_files_become_drafts_and_never_overwrite_one(running, hire) -> None:
    ask, operator = await hire("editor"), await hire("operator")
    files = [("files", ("engraving.md", MARKDOWN)), ("files", ("faq.csv", FAQ)), ("files", ("broken.md", b"---\nid: x\n---\n"))]
    defaults = {"defaults": json.dumps({"language": "en", "markets": ["DE"], "owner": "care"})}
    assert (await operator("/upload", files=files, data=defaults)).status_code == 403
    made = (await ask("/upload", files=files, data=defaults)).raise_for_status().json()
    assert len(made["drafts"]) == 2 and {draft["existed"] for draft in made["drafts"]} == {False}
    assert [(problem["file"], problem["line"]) for problem in made["problems"]] == [("broken.md", 1)]
    changed = [("files", ("engraving.md", MARKDOWN.replace(b"lamps", b"cups")))]
    again = (await ask("/upload", files=changed)).raise_for_status().json()
    assert again["drafts"] == [{"id": "engraving", "language": "en", "title": "Engraving", "version": 1, "existed": True}]
    (row,) = await running.rows("select front, body, editors from knowledge_draft where article = 'engraving'")
    assert (row["body"], row["editors"]) == ("We engrave lamps.", ["editor@lumenandloom.example"])
    (row,) = await running.rows("select front from knowledge_draft where article <> 'engraving'")
    assert (row["front"]["markets"], row["front"]["owner"], row["front"]["title"]) == (["DE"], "care", "Do you engrave lamps?")
    assert len(await running.rows("select 1 from audit where action = 'knowledge.upload'")) == 2


async def test_an_upload_is_bounded(running, hire) -> None:
    ask = await hire("editor")
    many = [("files", (f"{n}.md", MARKDOWN)) for n in range(21)]
    assert (await ask("/upload", files=many)).status_code == 413
    large = [("files", (f"{n}.md", b"x" * 5_300_000)) for n in range(2)]
    assert (await ask("/upload", files=large)).status_code == 413
    assert (await ask("/upload", files=many[:1], data={"defaults": "[]"})).status_code == 422
    assert (await ask("/upload", files=many[:1], data={"defaults": '{"secret": 1}'})).status_code == 422
    assert (await ask("/upload")).status_code == 422
    rows = "question,answer\n" + "".join(f"Question {n}?,Answer {n}.\n" for n in range(520))
    made = (
        (await ask("/upload", files=[("files", ("faq.csv", rows.encode()))], data={"defaults": '{"language": "en"}'}))
        .raise_for_status()
        .json()
    )
    assert len(made["drafts"]) == 500
    assert "20 articles" in made["problems"][0]["message"]
