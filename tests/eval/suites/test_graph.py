"""The suites that play messages through the graph, on files of a few lines."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from eval.suites import Suite, run
from eval.suites.clinc import foreignness
from eval.suites.dialogues import Dialogue

Write = Callable[..., Path]
pytestmark = pytest.mark.usefixtures("no_models")


async def played(name: str, data: Path) -> tuple[dict[str, float], Suite]:
    found = await run(name, data=data)
    assert isinstance(found, Suite)
    return {measure.name: measure.value for measure in found.measures}, found


@pytest.fixture(autouse=True)
def nowhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PORTSIDE_REFERENCE_DATA", str(tmp_path / "reference"))


def test_foreign_is_what_we_call_so_or_are_not_sure_of() -> None:
    assert foreignness([("out_of_scope", 0.9), ("payment", 0.4)]) == 0.9
    assert foreignness([("payment", 0.25)]) == 0.75


async def test_clinc_leaves_out_what_a_shop_serves(write: Write) -> None:
    rows = [
        {"text": "how big is the moon", "intent": "oos", "domain": "oos", "is_oos": True},
        {"text": "return the moon", "intent": "oos", "domain": "oos", "is_oos": True},
        {"text": "where is it", "intent": "order_status", "domain": "home", "is_oos": False},
        {"text": "hi", "intent": "greeting", "domain": "small_talk", "is_oos": False},
        {"text": "my oil", "intent": "oil", "domain": "auto", "is_oos": False},
    ]
    figures, found = await played("clinc", write(*rows))
    assert found.n == 3 and found.total == 5
    assert figures["out-of-scope rows read as out of scope"] == 0.5
    assert figures["other trades answered as a shop request"] == 0.0
    assert not any(name.startswith("AUROC") for name in figures)  # no shop requests to compare with


async def test_clinc_is_compared_with_shop_requests_where_they_are(write: Write, tmp_path: Path) -> None:
    (tmp_path / "reference" / "bitext_intent").mkdir(parents=True)
    write({"text": "where is it", "intent": "track_order"}, {"text": "card", "intent": "x"}, name="reference/bitext_intent/public.jsonl")
    rows = [{"text": "the moon", "intent": "oos", "domain": "oos", "is_oos": True}] * 2
    figures, _ = await played("clinc", write(*rows))
    assert figures["AUROC, out-of-scope rows against shop requests"] == 1.0


async def test_banking_is_split_into_near_and_far(write: Write) -> None:
    rows = [
        {"text": "card", "intent": "Visa_or_Mastercard"},
        {"text": "hm", "intent": "request_refund"},
        {"text": "pin", "intent": "change_pin"},
    ]
    figures, _ = await played("banking77", write(*rows))
    assert figures["near our trade: main intent right"] == 0.5
    assert figures["banking alone: answered as a shop request"] == 0.0


@pytest.mark.parametrize("name", ["nusax", "prdect", "wisesight"])
async def test_a_language_that_is_not_served_goes_to_a_person(name: str, write: Write) -> None:
    rows = [{"text": "tidak", "sentiment": "negative", "lang": "id"}, {"text": "where bad", "sentiment": "negative", "lang": "id"}]
    figures, _ = await played(name, write(*rows))
    assert figures["id: recognised as not served"] == 0.5 and figures["id: handed to a person"] == 0.5
    assert figures["conversations with an effect"] == 0.0


async def test_a_crash_is_counted_and_named(write: Write) -> None:
    figures, found = await played("prdect", write({"text": "crash", "sentiment": "negative"}, {"text": "x", "sentiment": "negative"}))
    assert figures["conversations that crash"] == 0.5
    assert [offender.id for offender in found.offenders] == ["r0"] and "RuntimeError" in found.offenders[0].why
    assert [measure.name for measure in found.broken] == ["conversations that crash"]


def test_what_stands_between_two_words_of_the_agent_is_one_turn() -> None:
    turns = [("customer", "a"), ("customer", "b"), ("agent", "c"), ("customer", "d"), ("customer", " ")]
    row = Dialogue.model_validate({"id": "x", "turns": [{"role": role, "text": text} for role, text in turns]})
    assert row.said() == ["a\nb", "d\n "]


async def test_dialogues_are_played_whole(write: Write) -> None:
    talk = [{"role": "customer", "text": "where is it"}, {"role": "agent", "text": "?"}, {"role": "customer", "text": "tidak"}]
    rows = [
        {"company": "AskeBay", "turns": talk},
        {"company": "Delta", "turns": [{"role": "customer", "text": "my flight"}]},
        {"company": "Delta", "turns": [{"role": "agent", "text": "hello?"}]},
    ]
    figures, found = await played("twitter", write(*rows))
    assert found.n == 2
    assert figures["shop conversations in which a person is called"] == 1.0
    assert figures["shops: first message handed over or asked about"] == 1.0
    assert figures["other trades: first message answered as a shop request"] == 0.0
    figures, _ = await played("abcd", write({"flow": "x", "turns": talk}))
    assert figures["turns that end in ask"] == 0.5 and figures["turns that end in handoff"] == 0.5
