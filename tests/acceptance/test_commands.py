"""The command line as a shell sees it: JSON Lines in and out, exit codes, and what is wrong told with its cure."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from pydantic import SecretStr

from agent import bootstrap
from api.commands import ask, thinking

ROOT = Path(__file__).parents[2]
BAD = ['{"id": "bad", "text":', '["no object"]', '{"id": "empty"}', '{"id": "wrong", "text": 7, "query": 7}']


@pytest.fixture
def portside(url, settings, tmp_path):
    """Runs `portside ...`: (exit code, standard output, standard error)."""
    (tmp_path / "models").symlink_to(settings.models.resolve())

    def run(*arguments, lines=()):
        command = [sys.executable, "-m", "api.cli", *arguments]
        done = subprocess.run(
            command,
            input="\n".join(lines),
            capture_output=True,
            text=True,
            cwd=ROOT,
            env=os.environ | {"PORTSIDE_DATA": str(tmp_path), "DATABASE_URL": url},
            timeout=100,
            encoding="utf-8",
            check=False,
        )
        return done.returncode, done.stdout, done.stderr

    return run


def rows(text):
    return [json.loads(line) for line in text.splitlines()]


def test_triage_keeps_the_order_and_goes_on_behind_bad_lines(portside):
    lines = [
        '{"id": "1", "text": "Where is my order #1042? anna@example.com"}',
        *BAD,
        "",
        '{"id": "2", "text": "Ich rufe meinen Anwalt an!", "unknown": true}',
        '{"id": 3, "text": "", "language": "fr"}',
    ]
    code, out, err = portside("triage", "--jsonl", lines=lines)
    assert code == 1, err
    found = rows(out)
    assert [row["id"] for row in found] == ["1", "line 2", "line 3", "empty", "wrong", "2", 3]
    assert ["error" in row for row in found] == [False, True, True, True, True, False, False]
    first, last = found[0], found[5]
    assert set(first) == {"id", "language", "intents", "sentiment", "urgency", "entities", "flags", "escalate"}
    assert first["intents"][0]["intent"] == "order_status"
    assert {entity["kind"]: entity["value"] for entity in first["entities"]} == {"order": "1042", "email": "anna@example.com"}
    assert (last["language"], last["escalate"]) == ("de", True)
    assert "legal" in last["flags"]
    assert portside("triage", "--jsonl", lines=lines[:1])[0] == 0


def test_search_answers_from_the_articles_or_from_a_file(portside, tmp_path):
    lines = [
        '{"id": "1", "query": "Wie lange habe ich Zeit für eine Rücksendung?", "language": "de", "k": 3}',
        *BAD,
        '{"id": "2", "query": "delivery time to Japan"}',
    ]
    code, out, err = portside("search", "--jsonl", lines=lines)
    assert code == 1, err
    found = rows(out)
    assert [row["id"] for row in found] == ["1", "line 2", "line 3", "empty", "wrong", "2"]
    assert found[0]["answerable"]
    assert 0 < len(found[0]["results"]) <= 3
    assert set(found[0]["results"][0]) == {"id", "article", "language", "score", "text"}
    file = tmp_path / "passages.jsonl"
    texts = {"a": "The kettle boils in two minutes.", "b": "Wool is washed at thirty degrees."}
    file.write_text("".join(json.dumps({"id": key, "text": text, "language": "en"}) + "\n" for key, text in texts.items()))
    code, out, err = portside("search", "--passages", str(file), "--jsonl", lines=['{"id": "q", "query": "how do I wash wool?"}'])
    assert (code, rows(out)[0]["results"][0]["id"]) == (0, "b"), err


def test_ask_is_a_dry_run_that_says_what_it_would_do(portside):
    lines = [
        '{"id": "1", "text": "Please cancel my order #1054. oliver@example.com", "market": "GB"}',
        *BAD,
        '{"id": "2", "messages": [{"text": "Where is my order #1042?"}, {"text": "anna@example.com"}]}',
        '{"id": "3", "text": "I want to talk to a human", "now": "2026-01-01T10:00:00"}',
        '{"id": "4", "text": "hi", "now": "yesterday"}',
        '{"id": "5", "text": "Where is my parcel?", "customer": "anna@example.com"}',
    ]
    code, out, err = portside("ask", "--jsonl", lines=lines)
    assert code == 1, err
    found = {row["id"]: row for row in rows(out)}
    assert list(found) == ["1", "line 2", "line 3", "empty", "wrong", "2", "3", "4", "5"]
    assert {"decision", "tier", "reasons", "remedies", "reply", "language", "sources", "effects", "timings"} <= set(found["1"])
    assert [(effect["kind"], effect["order"]) for effect in found["1"]["effects"]] == [("cancel", "1054")]
    assert [found[key]["decision"] for key in ("1", "2", "3", "5")] == ["resolve", "resolve", "handoff", "resolve"]
    assert "#1042" in found["2"]["reply"]
    assert "#1042" in found["5"]["reply"]
    assert "`now`" in found["4"]["error"]
    again, out, _ = portside("ask", "--jsonl", lines=lines[:1])
    assert (again, rows(out)[0]["effects"]) == (0, found["1"]["effects"])


def test_ask_shows_a_person_the_reply_and_its_sources(portside):
    code, out, err = portside("ask", "Where is my order #1042? anna@example.com")
    assert code == 0, err
    for shown in ("resolve", "order_status", "Rotterdam", "#1042", "triage"):
        assert shown in out


async def test_ask_opens_its_models_once_for_all_lines_and_closes_them(url, settings, monkeypatch):
    opened, closed = [], []

    def open_models(*given):
        opened.append(models := really_open(*given))
        close = models.aclose

        async def aclose():
            closed.append(models)
            await close()

        monkeypatch.setattr(models, "aclose", aclose)
        return models

    really_open = thinking.open_models
    for place in (thinking, bootstrap):
        monkeypatch.setattr(place, "open_models", open_models)
    nobody = {"model_small": "m", "openai_base_url": "http://127.0.0.1:9/v1", "openai_api_key": SecretStr("k"), "database_url": url}
    async with ask.rehearsal(settings.model_copy(update=nobody)) as scene:
        for _ in range(2):
            found = await ask.play(scene, {"text": "Where is my order #1042? anna@example.com"})
            assert "#1042" in found.reply.text
        assert (len(opened), closed) == (1, [])
    assert closed == opened


def test_doctor_names_what_is_missing_and_its_cure(portside, tmp_path):
    code, out, _ = portside("doctor")
    assert code == 1
    assert "portside setup" in out
    assert out.count("mend") == 1
    (tmp_path / "chroma").mkdir()
    code, out, _ = portside("doctor")
    assert code == 0, out
    assert "mend" not in out


def test_a_service_without_models_says_so_in_one_line(portside, tmp_path):
    (tmp_path / "models").unlink()
    code, _, err = portside("triage", "hi")
    assert code == 2
    assert "portside models prepare" in err
    assert "Traceback" not in err


def test_a_setting_that_cannot_be_used_is_named_in_one_line(portside, monkeypatch):
    monkeypatch.setenv("PORTSIDE_MODEL_TIMEOUT", "99")
    code, _, err = portside("triage", "hi")
    assert code == 2
    assert "PORTSIDE_MODEL_TIMEOUT" in err
    assert "Traceback" not in err


def test_doctor_names_a_model_folder_that_is_not_there(portside, monkeypatch):
    monkeypatch.setenv("PORTSIDE_ENTAILMENT_MODEL", "/nowhere")
    code, out, _ = portside("doctor")
    assert code == 1
    assert "PORTSIDE_ENTAILMENT_MODEL: there is no folder /nowhere" in " ".join(out.split())


def test_a_service_that_cannot_start_says_why_in_one_line(portside, monkeypatch):
    monkeypatch.setenv("PORTSIDE_VOICE", "nofile")
    code, _, err = portside("serve", "--port", "8798")
    assert code
    assert "Error: The voice guide nofile" in err
    assert "Traceback" not in err
