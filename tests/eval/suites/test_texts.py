"""The suites that read texts, on files of a few lines."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from eval.suites import BadRows, Suite, bitext, run
from eval.suites.source import read, root

Write = Callable[..., Path]
pytestmark = pytest.mark.usefixtures("no_models")


async def figures(name: str, data: Path) -> dict[str, float]:
    found = await run(name, data=data)
    assert isinstance(found, Suite)
    return {measure.name: measure.value for measure in found.measures}


async def test_bitext_counts_the_main_intent(write: Write) -> None:
    rows = [{"text": "where is it", "intent": "track_order"}, {"text": "cancel it", "intent": "track_order"}]
    found = await figures("bitext", write(*rows, {"text": "card", "intent": "payment_issue"}, {"text": "hm", "intent": "of_others"}))
    assert found == {
        "main intent right": pytest.approx(2 / 3),  # pyright: ignore[reportUnknownMemberType]
        "main intent right: payment_issue": 1.0,
        "main intent right: track_order": 0.5,
    }


@pytest.mark.skipif(not (root() / "bitext_intent" / "public.jsonl").is_file(), reason="the shared data sets are not here")
def test_every_foreign_intent_is_mapped() -> None:
    rows = read(root() / "bitext_intent" / "public.jsonl", bitext.Request)
    assert {row.intent for row in rows} == bitext.MEANS.keys()


async def test_umsab_leaves_languages_out_that_are_not_served(write: Write) -> None:
    rows = [{"text": "bad", "sentiment": "negative"}, {"text": "gut", "sentiment": "positive", "lang": "de"}]
    found = await figures("umsab", write(*rows, {"text": "bad", "sentiment": "positive", "lang": "hi"}))
    assert found["macro-F1: en"] == 1.0 and found["macro-F1: de"] == 0.0
    assert found["macro-F1, mean of 2 languages"] == 0.5
    with pytest.raises(BadRows, match="no row in a language that is served"):
        await run("umsab", data=write({"text": "bad", "sentiment": "positive", "lang": "hi"}))


async def test_abuse_is_counted_apart_from_harmless_talk(write: Write) -> None:
    rows = [
        {"text": "idiot", "abuse": "yes", "severity": 3.0},
        {"text": "you thing", "abuse": "yes", "severity": 0.5},
        {"text": "hello", "abuse": "no"},
        {"text": "idiot?", "abuse": "ambiguous"},
    ]
    found = await figures("abuse", write(*rows))
    assert found["abusive: flagged"] == 0.5 and found["severely abusive: flagged"] == 1.0 and found["harmless: flagged"] == 0.0


async def test_toxicity_reads_true_and_false(write: Write) -> None:
    found = await figures("toxicity", write({"text": "idiot", "toxic": True}, {"text": "nice", "toxic": False}))
    assert found["toxic: flagged"] == 1.0 and found["harmless: flagged"] == 0.0 and found["macro-F1 of the flag"] == 1.0


async def test_personal_data_is_right_only_at_its_exact_place(write: Write) -> None:
    mail = "mail a@b.example now"
    rows = [
        {"text": mail, "spans": [{"type": "EMAIL_ADDRESS", "start": 5, "end": 16}]},
        {"text": mail, "spans": [{"type": "EMAIL_ADDRESS", "start": 4, "end": 16}, {"type": "PERSON", "start": 0, "end": 4}]},
        {"text": "call me", "spans": [{"type": "PHONE_NUMBER", "start": 0, "end": 4}]},
    ]
    found = await figures("pii", write(*rows))
    assert found["email: recall, exact place"] == 0.5 and found["email: recall, any overlap"] == 1.0
    assert found["email: precision, exact place"] == 0.5
    assert found["phone: recall, exact place"] == 0.0
