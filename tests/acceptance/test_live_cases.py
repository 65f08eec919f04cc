"""What operators do at the desk becomes cases and thresholds, through the real tables and the real command line."""

import asyncio
import json

import pytest
from typer.testing import CliRunner

from agent.domain.decision import RemedyKind
from agent.errors import BadInput, Conflict, NotFound
from agent.policy.thresholds import Threshold, Thresholds
from api.cli import app
from eval.library import read

ASKED = "My gran would like to know in which town her parcel is, where is order #1042? anna@example.com"


@pytest.fixture
def portside(url, settings, tmp_path):
    """Runs `portside ...` on this test's database; errors of ours are raised, as main() would print them."""
    environment = {"DATABASE_URL": url, "PORTSIDE_DATA": str(tmp_path)}

    async def run(*arguments):
        done = await asyncio.to_thread(CliRunner().invoke, app, arguments, env=environment)
        if done.exception and not isinstance(done.exception, SystemExit):
            raise done.exception
        return done.exit_code, done.output

    return run


@pytest.fixture
async def answered(start):
    """Cases handed over because order facts are not certified yet: the ids of one approved, one edited and one still open."""
    certified = Thresholds("certified", {RemedyKind.ANSWER: Threshold(0.0, 500, 0.01, certified=True)})
    async with start(thresholds=certified) as running:
        desk = await running.operator()
        ids = []
        for action in ("approve", "edit", None):
            chat = await running.chat(market="GB")
            await chat.ask("Hello")
            await chat.ask(ASKED)
            case = await desk.case()
            ids.append(case["id"])
            if action:
                await desk.answer(case, action, **({"text": "Dear Anna, it is in Rotterdam."} if action == "edit" else {}))
            await running.quiet()
        yield ids


async def test_a_correction_becomes_a_case_without_a_trace_of_its_customer(answered, portside, tmp_path):
    approved, edited, unanswered = answered
    file = tmp_path / "added.jsonl"
    code, told = await portside("cases", "add", edited, "--intent", "delivery_late", "--file", str(file))
    assert code == 0, told
    ((_, case),) = read(file)
    assert str(file) in told and case.id in told and "replaced e-mail: 'anna@example.com'" in told
    gold = case.turns[-1].gold
    assert (gold.outcomes, gold.intents, gold.language) == (("handoff",), ("delivery_late",), "en")
    assert "Rotterdam" in gold.draft
    copied = case.orders[0]
    assert case.turns[-1].text == ASKED.replace("1042", copied.number).replace("anna@example.com", copied.email)
    assert [trace for trace in ("anna", "#1042") if trace in file.read_text().lower()] == []

    with pytest.raises(BadInput, match="already"):
        await portside("cases", "add", edited, "--file", str(file))
    with pytest.raises(Conflict, match="Answer it"):
        await portside("cases", "add", unanswered, "--file", str(file))
    with pytest.raises(NotFound, match="/desk/cases/"):
        await portside("cases", "add", "nobody", "--file", str(file))
    code, told = await portside("cases", "add", approved, "--intent", "teleport")
    assert code == 2 and "order_status" in told
    assert len(file.read_text().splitlines()) == 1


async def test_the_log_says_how_often_the_agent_would_have_been_right(answered, portside, tmp_path):
    file = tmp_path / "thresholds.json"
    file.write_text(json.dumps({"basis": "provisional", "remedies": {}}))
    before = file.read_text()
    code, told = await portside("calibrate", "--from-log", "--file", str(file))
    assert code == 1 and "Too few" in told and "299" in told
    code, told = await portside("calibrate", "--from-log", "--min-cases", "2", "--file", str(file))
    assert code == 0, told
    assert "2 closed cases; 2 say" in told and "1 sent and ordered as it had suggested, 1 not" in told
    assert "none certified" in told
    assert file.read_text() == before
    assert "0 closed cases" in (await portside("calibrate", "--from-log", "--since", "2099-01-01", "--no-write"))[1]
