"""Attacks on the knowledge base over HTTP: who may do what, what never reaches a customer, and what stays on record."""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from fastapi.routing import APIRoute

from tests.acceptance.test_editor import BODY, FRONT, Person, hire, synced  # noqa: F401 - a fixture

SECRET = "Zanzibarium"
INTERNAL = f"The supplier of the Kolibri lamp is {SECRET} Works, and we pay them 11 euros for each engraved lamp."
#: Everything that changes something, with the role it needs; what is not here only reads.
CHANGES = {
    "PUT /api/knowledge/drafts/{article}/{language}": "editor",
    "DELETE /api/knowledge/drafts/{article}/{language}": "editor",
    "POST /api/knowledge/drafts/{article}/{language}/submit": "editor",
    "POST /api/knowledge/drafts/{article}/{language}/publish": "editor",
    "POST /api/knowledge/drafts/{article}/{language}/return": "reviewer",
    "POST /api/knowledge/articles/{article}/{language}/restore": "editor",
    "POST /api/knowledge/articles/{article}/{language}/retire": "editor",
    "POST /api/knowledge/upload": "editor",
    "POST /api/knowledge/news": "editor",
    "POST /api/knowledge/news/{id_:path}/withdraw": "editor",
    "POST /api/knowledge/sync": "reviewer",
    "POST /api/knowledge/rollback": "reviewer",
    **{f"POST /api/knowledge/{kind}/{{id_}}/{step}": "editor" for kind in ("gaps", "proposals") for step in ("draft", "dismiss", "reopen")},
}
#: These ask and answer, whatever their method.
READS = {"POST /api/knowledge/preview", "POST /api/knowledge/try", "POST /api/knowledge/impact"}
VALUES = {"article": "returns", "language": "en", "number": "1", "id_": "x", "id_:path": "x"}


def routes(app: Any) -> set[tuple[str, str]]:
    found = [route for route in _all(app.routes) if route.path.startswith("/api/knowledge")]
    return {(method, route.path) for route in found for method in route.methods}


def _all(given: Any) -> list[APIRoute]:
    """Routers may be kept as one route."""
    flat = [inner for route in given for inner in ([route] if isinstance(route, APIRoute) else _inner(route))]
    return [route for route in flat if isinstance(route, APIRoute)]


def _inner(route: Any) -> list[APIRoute]:
    router = getattr(route, "original_router", None) or getattr(route, "router", None)
    return _all(router.routes) if router is not None else []


def filled(path: str) -> str:
    return re.sub(r"\{([\w:]+)\}", lambda name: VALUES[name[1]], path)


def body_for(path: str) -> dict[str, Any]:
    if path.endswith("/upload"):
        return {"files": {"files": ("a.md", b"# A\n\ntext", "text/markdown")}}
    step = {"version": 1} if "/drafts/" in path and "{id_}" not in path else {"number": 1} if path.endswith("restore") else {}
    return {"json": step}


async def test_every_route_asks_who_is_there_which_page_they_came_from_and_what_they_may(running, hire):  # noqa: F811
    people = {role: await hire(role, role) for role in ("operator", "editor", "reviewer")}
    known = routes(running.app)
    assert len(known) > 25
    changing = {f"{method} {path}" for method, path in known if method not in ("GET", "HEAD")}
    assert changing - READS == set(CHANGES)
    for method, path in sorted(known):
        what, more = f"{method} {path}", body_for(path) if method not in ("GET", "HEAD", "DELETE") else {}
        assert (await running.client.request(method, filled(path), **more)).status_code == 401, what
        if method in ("GET", "HEAD"):
            continue
        bare = {"cookie": people["reviewer"].headers["cookie"]}
        assert (await running.client.request(method, filled(path), headers=bare, **more)).status_code == 403, what
        needed = CHANGES.get(what, "operator")
        for role in ("operator", "editor")[: ("operator", "editor", "reviewer").index(needed)]:
            assert (await running.client.request(method, filled(path), headers=people[role].headers, **more)).status_code == 403, (
                what,
                role,
            )


async def publish(person: Person, at: str, front: dict[str, Any], body: str) -> None:
    saved = await person.ask("PUT", f"/drafts/{at}", json={"version": None, "front": front, "body": body, "note": ""})
    done = await person.do(f"/drafts/{at}/publish", version=saved.raise_for_status().json()["version"])
    assert done.status_code == 200, done.text


async def seen_by_customers(running, question: str, *ids: str) -> str:
    """All that a customer can get at, in one text."""
    texts: list[str] = []
    for address in ("/api/faq?limit=50", "/faq", f"/api/faq?q={question}", f"/faq?q={question}", "/api/faq?limit=50&language=de&market=DE"):
        texts.append((await running.client.get(address)).raise_for_status().text)
    for id_ in ids:
        for address in (f"/api/faq/{id_}", f"/faq/{id_}", f"/api/faq/{id_}?language=de", f"/faq/{id_}?lang=de&market=DE"):
            answer = await running.client.get(address)
            texts.append(f"{answer.status_code} {answer.text}")
    return "\n".join(texts)


async def test_nothing_but_what_is_published_for_customers_here_and_today_reaches_them(running, hire):  # noqa: F811
    eve = await hire("eve", "reviewer")
    day = datetime.now(UTC).date()
    hidden = {
        "z-internal": {"audience": "internal"},
        "z-operator": {"audience": "operator"},
        "z-over": {"valid_to": (day - timedelta(days=1)).isoformat()},
        "z-coming": {"valid_from": (day + timedelta(days=2)).isoformat()},
    }
    for id_, more in hidden.items():
        await publish(eve, f"{id_}/en", FRONT | {"title": f"Lamp {SECRET}"} | more, INTERNAL)
    # The same article is for customers in another language: the hidden edition stays hidden.
    await publish(eve, "z-internal/de", FRONT | {"title": "Lampen", "source_language": "en"}, "Wir gravieren die Kolibri-Lampe.")
    await eve.ask("PUT", "/drafts/z-draft/en", json={"version": None, "front": FRONT | {"title": SECRET}, "body": INTERNAL, "note": SECRET})
    await publish(eve, "z-open/en", FRONT, f"{BODY} See [the supplier](article:z-operator).")
    await synced(running)
    await running.until(lambda: _status(running, "/api/faq/z-open"), 20)
    tried = await eve.do(
        "/try", question=f"Who is {SECRET}?", draft={"front": FRONT | {"id": "z-open", "language": "en"}, "body": INTERNAL}
    )
    assert SECRET in tried.text
    shown = await seen_by_customers(running, f"Who is {SECRET} supplier of the Kolibri lamp", "z-open", *hidden, "z-draft")
    assert SECRET.casefold() not in shown.replace(f"Who is {SECRET}", "").replace("z-", "").casefold()
    assert (await running.client.get("/api/faq/z-internal?language=de")).status_code == 200
    assert (await running.client.get("/api/faq/z-internal")).json().get("language", "de") == "de"
    chat = await running.chat()
    assert SECRET not in (await chat.ask(f"Which supplier makes the Kolibri lamp, {SECRET.lower()}?"))["text"]


async def _status(running, address: str) -> bool:
    return (await running.client.get(address)).status_code == 200


async def test_whoever_opens_an_internal_article_to_customers_is_told(running, hire):  # noqa: F811
    ada = await hire("ada", "editor")
    shown = (await ada.get("/articles/supplier-batch-facts"))["variants"]["en"]["published"]
    saved = await ada.ask(
        "PUT",
        "/drafts/supplier-batch-facts/en",
        json={"version": None, "front": shown["front"] | {"audience": "customer"}, "body": shown["body"], "note": ""},
    )
    assert any("Customers may not read this article now" in said for said in saved.json()["warnings"])


EVIL = """<script>alert(1)</script> <img src=x onerror=alert(2)> [a](javascript:alert(3)) [b](java&#10;script:alert(4)) [c](data:text/html,x)
![d](https://evil.example/p.png) [e](vbscript:x "onmouseover=alert(5)") <https://a.example/"onclick="alert(6)> [f](article:x"onclick=alert(7))

# <svg onload=alert(8)>

| <iframe> | [g](//evil.example) |
|---|---|
| `<script>` | <a href="javascript:alert(9)">h</a> |
"""
LIVE = re.compile(
    r"<(script|img|iframe|svg|style|object|form)\b|<[^>]*\son\w+\s*=|<[^>]*href=\"\s*(javascript|data|vbscript):", re.IGNORECASE
)


async def test_what_an_article_says_is_never_markup_of_ours(running, hire):  # noqa: F811
    eve = await hire("eve", "reviewer")
    front = FRONT | {"title": '"><script>alert(0)</script>', "owner": "<img src=x onerror=alert(1)>"}
    preview = (await eve.do("/preview", front=front | {"id": "z-evil", "language": "en"}, body=EVIL)).json()
    assert not LIVE.search(preview["html"]), preview["html"]
    await publish(eve, "z-evil/en", front, EVIL)
    for html in (
        (await eve.get("/articles/z-evil"))["variants"]["en"]["published"]["html"],
        (await eve.get("/articles/z-evil/en/revisions/1"))["html"],
    ):
        assert not LIVE.search(html)
    await synced(running)
    await running.until(lambda: _status(running, "/api/faq/z-evil"), 20)
    assert not LIVE.search((await running.client.get("/api/faq/z-evil")).json()["html"])
    for address in ("/faq/z-evil", "/faq", '/faq?q="><script>alert(1)</script>', '/faq/"><script>alert(1)</script>?as="><script>'):
        answer = await running.client.get(address)
        assert "<script>" not in answer.text and "onerror=alert(1)>" not in answer.text.replace("&#39;", "").replace(
            "&lt;img src=x onerror", ""
        )
        assert "default-src 'self'" in answer.headers["content-security-policy"]
    page = await running.client.get('/desk/knowledge/articles/"><script>alert(1)<', params={"lang": '"><script>'}, headers=eve.headers)
    assert "<script>alert" not in page.text and '"><script>' not in page.text


async def test_every_change_is_on_record(running, hire):  # noqa: F811
    eve = await hire("eve", "reviewer")
    await publish(eve, "z-kept/en", FRONT, BODY)
    await eve.do("/articles/z-kept/en/retire", note="")
    await eve.ask("DELETE", "/drafts/z-kept/en", params={"version": 1})
    await eve.do("/articles/z-kept/en/restore", number=1)
    tomorrow = (datetime.now(UTC).date() + timedelta(days=1)).isoformat()
    item = {"id": "z1", "kind": "stock_out", "sku": "EAR-130", "title": "Earbuds", "valid_from": tomorrow, "valid_to": tomorrow}
    assert (await eve.ask("POST", "/news", json=[item])).json()["sync"]
    assert (await eve.do("/news/z1/withdraw")).status_code == 200
    await eve.ask(
        "POST", "/upload", files={"files": ("a.md", b"# A\n\nSome text.", "text/markdown")}, data={"defaults": '{"language": "en"}'}
    )
    await synced(running)
    assert (await eve.do("/sync")).status_code == 200
    assert (await eve.do("/rollback")).status_code == 200
    rows = await running.rows("select actor, action from audit where actor = 'eve@lumenandloom.example' order by id")
    assert [row["action"] for row in rows] == [
        *("draft.started", "article.published", "draft.to_retire", "draft.discarded", "draft.restored"),
        *("news.reported", "news.withdrawn", "knowledge.upload", "knowledge.synced", "knowledge.rolled_back"),
    ]


@pytest.mark.parametrize(
    ("method", "path", "body"),
    [
        ("POST", "/try", {"question": "x", "draft": {"front": {"id": "a", "language": "en", "title": "A", "markets": [1]}, "body": "x"}}),
        ("POST", "/impact", {"front": {"id": "a", "language": "en", "title": "A", "products": [{"a": []}]}, "body": "x"}),
        ("PUT", "/drafts/z/en", {"version": None, "front": {"title": "A\0"}, "body": "x", "note": "a\0b"}),
        ("POST", "/articles/privacy/en/retire", {"note": "\0"}),
        ("POST", "/news/%00/withdraw", {}),
        ("POST", "/rollback?to=%00", {}),
        (
            "POST",
            "/news",
            [{"id": "x", "kind": "stock_out", "title": "\ud800", "sku": "A1", "valid_from": "2026-01-01", "valid_to": "2026-01-01"}],
        ),
        ("POST", "/preview", {"front": {"language": "\0", "title": ["a"], "id": 5}, "body": "\0# x"}),
        ("GET", "/articles?q=%00&market=%ff", None),
        ("GET", "/articles/returns/en/diff?from=999999999&to=draft", None),
    ],
)
async def test_hostile_input_is_refused_and_breaks_nothing(hire, method, path, body):  # noqa: F811
    eve = await hire("eve", "reviewer")
    answer = await eve.ask(method, path, content=json.dumps(body))
    assert answer.status_code < 500, answer.text


async def test_a_file_name_is_only_a_name(hire):  # noqa: F811
    ada = await hire("ada", "editor")
    for name in ("../../../etc/passwd.md", "C:\\windows\\x.md", "<img src=x onerror=alert(1)>.md", "new.md"):
        answer = await ada.ask(
            "POST", "/upload", files={"files": (name, b"# A title\n\nSome text.", "text/markdown")}, data={"defaults": '{"language": "en"}'}
        )
        assert answer.status_code == 200
        for draft in answer.json()["drafts"]:
            assert re.fullmatch(r"[a-z0-9][a-z0-9-]{0,79}", draft["id"])
