"""Customers ask what nobody has written: it becomes a gap, a draft, an article, and the gap closes."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from agent.policy.serve import KNOWN
from agent.signals.questions import learn
from api import auth

PASSWORD = "a password of the tests"
#: In four languages, about something that no article says.
QUESTIONS = ("Can I have my gift wrapped?", "Verpackt ihr Geschenke?", "Faites-vous des paquets cadeaux ?", "你们提供礼品包装吗？")


@pytest.fixture
def hire(running):
    """A function that signs in somebody new with a role: their headers."""

    async def hired(name: str, role: auth.Role) -> dict[str, str]:
        email = f"{name}@lumenandloom.example"
        await auth.set_password(running.p.engine, email, name, PASSWORD, role)
        signed_in = await running.client.post("/api/desk/login", json={"email": email, "password": PASSWORD})
        running.client.cookies.clear()
        return {"cookie": f"{auth.COOKIE}={signed_in.raise_for_status().cookies[auth.COOKIE]}", "x-csrf-token": signed_in.json()["csrf"]}

    return hired


async def learned(running) -> Any:
    p = running.p
    return await learn(p.engine, p.embedder, p.parts.knowledge, p.clock.now() + timedelta(minutes=5))


async def test_what_customers_miss_becomes_an_article_by_one_click(running, hire) -> None:
    for text in QUESTIONS:
        await (await running.chat()).ask(text)
    await running.quiet()
    assert (await learned(running)).questions == len(QUESTIONS)
    editor, operator = await hire("editor", "editor"), await hire("reader", "operator")

    found = (await running.client.get("/api/knowledge/gaps", headers=operator)).raise_for_status().json()["gaps"]
    assert found[0]["volume"] >= 3, [(one["question"], one["volume"]) for one in found]
    assert len(found[0]["languages"]) >= 2
    assert found[0]["nearest"]["score"] < KNOWN  # no reply would rest on it

    path = f"/api/knowledge/gaps/{found[0]['id']}"
    assert (await running.client.post(f"{path}/draft", headers=operator)).status_code == 403
    made = (await running.client.post(f"{path}/draft", headers=editor)).raise_for_status().json()
    again = (await running.client.post(f"{path}/draft", headers=editor)).raise_for_status().json()
    assert made == again
    article = (await running.client.get(f"/api/knowledge/articles/{made['article']}", headers=editor)).raise_for_status().json()
    draft = article["variants"][made["language"]]["draft"]
    assert draft["body"] == ""
    assert any(text in draft["note"] for text in QUESTIONS)


async def test_a_gap_is_dismissed_and_taken_back(running, hire) -> None:
    await (await running.chat()).ask(QUESTIONS[0])
    await running.quiet()
    await learned(running)
    editor = await hire("editor", "editor")

    async def shown(status: str) -> list[dict[str, Any]]:
        return (
            (await running.client.get("/api/knowledge/gaps", params={"status": status}, headers=editor)).raise_for_status().json()["gaps"]
        )

    (only,) = await shown("open")
    path = f"/api/knowledge/gaps/{only['id']}"
    assert (await running.client.post(f"{path}/dismiss", headers=editor)).status_code == 204
    assert (await shown("open"), len(await shown("dismissed"))) == ([], 1)
    assert (await running.client.post(f"{path}/reopen", headers=editor)).status_code == 204
    assert len(await shown("open")) == 1
    assert (await running.client.post("/api/knowledge/gaps/none/dismiss", headers=editor)).status_code == 404
    actions = [row["action"] for row in await running.rows("select action from audit where starts_with(action, 'gap.') order by id")]
    assert actions == ["gap.dismissed", "gap.reopened"]


async def test_what_an_operator_wrote_is_proposed(running, hire) -> None:
    await (await running.chat()).ask(QUESTIONS[0])
    desk = await running.operator()
    case = await desk.case()
    said = "We do not wrap gifts yet. If you tell us in your basket that it is one, we leave the prices out of the parcel."
    assert (await desk.answer(case, "edit", text=f"Hello,\n{said}\nBest regards\nKim")).status_code < 300
    await running.until(lambda: running.rows("select 1 from support_case where status = 'answered'"))
    await running.quiet()
    assert (await learned(running)).proposals == 1

    editor = await hire("editor", "editor")
    (only,) = (await running.client.get("/api/knowledge/proposals", headers=editor)).raise_for_status().json()["proposals"]
    assert (only["answer"], only["times"], only["case"]) == (said, 1, case["id"])
    made = (await running.client.post(f"/api/knowledge/proposals/{only['id']}/draft", headers=editor)).raise_for_status().json()
    article = (await running.client.get(f"/api/knowledge/articles/{made['article']}", headers=editor)).raise_for_status().json()
    assert article["variants"]["en"]["draft"]["body"] == said


async def test_replies_count_as_use_of_their_articles(running) -> None:
    await (await running.chat()).ask("Which cards do you take?")
    await (await running.chat()).ask("What does delivery to Austria cost?")
    await running.quiet()
    await learned(running)
    assert await running.rows("select article from knowledge_usage where replies > 0")
