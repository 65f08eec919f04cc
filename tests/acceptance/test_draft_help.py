"""An operator asks for help with a draft: another text, or what is known; nothing is changed or sent by it, with or without a model."""

import asyncio
import json

import pytest
from typer.testing import CliRunner

from api.cli import app
from eval.library import read

BROKEN = "My earbuds from order #1045 stopped working and I want my money back. john@example.com"


async def told(desk, case, wish, **more):
    """(pieces, the last event's name, its data)"""
    answer = await desk.post(f"/cases/{case['id']}/help", wish=wish, **more)
    assert answer.status_code == 200, answer.text
    blocks = [block.split("\n", 1) for block in answer.text.strip().split("\n\n")]
    events = [(head.removeprefix("event: "), json.loads(data.removeprefix("data: "))) for head, data in blocks]
    return [data for name, data in events if name == "piece"], *events[-1]


@pytest.fixture
async def waiting(running):
    """(desk, case) of a conversation that was handed over."""
    chat = await running.chat(market="GB")
    await chat.ask(BROKEN)
    desk = await running.operator()
    return desk, await desk.case()


async def test_the_draft_is_composed_again_in_every_language_with_its_figures(running, waiting):
    desk, case = waiting
    before = await running.rows(
        "select (select count(*) from message) m, (select count(*) from effect) e, (select max(version) from support_case) v"
    )
    for name, opening, greeting in (
        ("French", "fr", "Bonjour"),
        ("auf Arabisch", "ar", "مرحب"),
        ("用日语", "ja", "John"),
        ("German", "de", "Guten Tag"),
    ):
        pieces, event, data = await told(desk, case, name if " " in name or name[0] == "用" else f"in {name}")
        assert (event, data["kind"], data["language"], data["by"]) == ("done", "language", opening, "local"), data
        assert greeting in data["text"] and "1045" in data["text"]
        assert [piece for piece in pieces if piece["faults"]] == []
        assert len(pieces) == len(case["packet"]["draft"]["claims"])
    _, event, data = await told(desk, case, "in English")
    assert (event, data["code"]) == ("failed", "cannot_help") and "already" in data["message"]
    _, event, data = await told(desk, case, "in Polish")
    assert event == "failed" and "Polish" in data["message"]
    assert before == await running.rows(
        "select (select count(*) from message) m, (select count(*) from effect) e, (select max(version) from support_case) v"
    )


async def test_without_a_model_the_draft_gets_shorter_by_rules_and_other_wishes_are_refused_with_their_cure(waiting):
    desk, case = waiting
    pieces, event, data = await told(desk, case, "Bitte kürzer")
    assert (event, data["kind"]) == ("done", "shorter")
    assert len(data["text"]) < len(case["draft"]) and "1045" in data["text"]
    assert data["note"].startswith("Left out: ") and pieces
    _, event, data = await told(desk, case, "Make it more formal")
    assert event == "failed" and "PORTSIDE_MODEL_SMALL" in data["message"]


async def test_promises_and_similar_cases_come_with_links(running, waiting):
    desk, case = waiting
    await desk.answer(case, "edit", text="We pay £12.50 back by 2 March 2030.", remedies=[])
    await running.quiet()
    chat = await running.chat(market="GB")
    await chat.ask("The earbuds of #1045 broke. I want a refund, john@example.com")
    again = await desk.case()
    pieces, event, _ = await told(desk, again, "what did we promise her")
    assert event == "done"
    assert any(
        "£12.50" in piece["text"] and piece["tag"] == "open" and piece["sources"][0]["href"].startswith("/desk/conversations/")
        for piece in pieces
    )
    pieces, event, data = await told(desk, again, "ähnliche Fälle")
    assert (event, data["text"]) == ("done", "")
    assert pieces[0]["sources"][0]["href"] == f"/desk/cases/{case['id']}"
    assert "£12.50" in pieces[0]["text"] and "same goods" in pieces[0]["more"]


async def test_a_question_finds_articles_when_no_model_can_answer_it(waiting):
    desk, case = waiting
    pieces, event, data = await told(desk, case, "How long does a refund to a card take?")
    assert event == "done" and "PORTSIDE_MODEL_SMALL" in data["note"]
    assert pieces[0]["sources"][0]["href"].startswith("/desk/knowledge/articles/")


async def test_a_thumb_is_kept_changed_and_taken_back(running, waiting):
    desk, case = waiting
    path = f"/cases/{case['id']}/ratings"
    assert (await desk.post(path, good=False, note=" too long ")).json()["ratings"][0]["note"] == "too long"
    (mine,) = (await desk.post(path, good=True)).json()["ratings"]
    assert (mine["good"], mine["note"]) == (True, "")
    assert (await desk.post(path, good=None)).json() == await desk.get(path) == {"ratings": []}
    assert (await desk.post("/cases/nobody/ratings", good=True)).status_code == 404
    assert (await desk.post("/cases/nobody/help", wish="shorter")).status_code == 404


async def test_only_operators_may_ask(running, waiting):
    _, case = waiting
    running.client.cookies.clear()
    assert (await running.client.post(f"/api/desk/cases/{case['id']}/help", json={"wish": "shorter"})).status_code == 401
    assert (await running.client.post(f"/api/desk/cases/{case['id']}/ratings", json={"good": True})).status_code == 401
    assert (await running.client.get(f"/api/desk/conversations/{case['conversation']}/written")).status_code == 401


async def test_the_desk_reads_who_wrote_a_message(running, waiting):
    desk, case = waiting
    found = (await desk.get(f"/conversations/{case['conversation']}/written"))["messages"]
    assert {row["made"].get("brain") for row in found.values()} <= {"local", None}


async def test_badly_rated_drafts_come_back_as_cases(running, waiting, settings, tmp_path):
    desk, case = waiting
    await desk.post(f"/cases/{case['id']}/ratings", good=False, note="Too stiff for John Carter.")
    await desk.answer(case, "edit", text="Hi John, sorry! We refund #1045.")
    await running.quiet()
    file = tmp_path / "added.jsonl"
    environment = {"DATABASE_URL": running.p.url, "PORTSIDE_DATA": str(tmp_path)}

    async def add(*more):
        done = await asyncio.to_thread(CliRunner().invoke, app, ["cases", "add", *more, "--file", str(file)], env=environment)
        return done.exit_code, done.output

    code, said = await add("--rated", "bad")
    assert code == 0 and "1 of 1 rated cases added" in said
    ((_, made),) = read(file)
    gold = made.turns[-1].gold
    assert gold.feedback and gold.feedback.good is False and gold.feedback.edited
    assert gold.feedback.note.startswith("Too stiff for ") and "John" not in gold.feedback.note + gold.draft
    assert "0 of 1 rated cases added" in (await add("--rated", "bad"))[1]
    assert "0 of 0" in (await add("--rated", "good"))[1] and "0 of 0" in (await add("--rated", "bad", "--since", "2099-01-01"))[1]
    assert (await add())[0] == 2 and (await add("x", "--rated", "bad"))[0] == 2


async def test_own_words_that_nothing_can_translate_stand_as_they_are(waiting):
    desk, case = waiting
    _, event, data = await told(desk, case, "in French", text="My own words for you.")
    assert event == "failed"
    assert "could not be translated into French" in data["message"]
