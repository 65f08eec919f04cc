"""Scorers, crashes and figures, with a brain that needs no model."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from agent.domain.intents import Intent
from agent.domain.triage import Flag, Sentiment, Triage
from eval.case import Case
from eval.scorers import BY_NAME, SCORERS
from eval.triage import Reading, figures, read_all, shares

Make = Callable[..., Case]
Read = Callable[..., Triage]


class Fragile:
    """Reads all but what it cannot bear."""

    name = "fragile"

    def __init__(self, answer: Triage) -> None:
        self._answer = answer

    async def triage_texts(self, texts: Sequence[str], hints: Sequence[str | None]) -> list[Triage]:
        if "bomb" in texts:
            raise RuntimeError("boom")
        return [self._answer for _ in texts]


async def test_a_crash_is_counted_apart_and_costs_no_other_case(case: Make, read: Read) -> None:
    cases = [case(), case(id="en-2", text="bomb"), case(id="en-3", text="and now")]
    readings = await read_all(Fragile(read()), cases)  # type: ignore[arg-type]
    assert [item.read is None for item in readings] == [False, True, False]
    assert readings[1].crash == "RuntimeError: boom"
    row = figures(readings)["all"]
    assert row["crashes"] == 1
    assert row["wrong_main_intent"]["n"] == 2


def test_a_right_reading_fails_nowhere(case: Make, read: Read) -> None:
    shared = shares([Reading(case(sentiment="neutral", escalate=False), read())])
    assert {name: share.hits for name, share in shared.items()} == dict.fromkeys(BY_NAME, 0)


def test_each_error_has_its_scorer(case: Make, read: Read) -> None:
    wrong: dict[str, tuple[Case, Triage]] = {
        "wrong_main_intent": (case(), read((Intent.STOCK, 0.9), (Intent.ORDER_STATUS, 0.5))),
        "missed_intent": (case(intents=["order_status", "invoice"]), read()),
        "extra_intent": (case(), read((Intent.ORDER_STATUS, 0.9), (Intent.STOCK, 0.5))),
        "wrong_language": (case(), read(language="de")),
        "missed_escalation": (case(escalate=True), read()),
        "needless_escalation": (case(escalate=False), read(flags=[Flag.LEGAL])),
        "missed_injection": (case(injection=True), read()),
        "wrong_sentiment": (case(sentiment="positive"), read(mood=Sentiment.NEGATIVE)),
        "wrong_entity": (case(entities=[{"kind": "order", "value": "1042"}]), read()),
    }
    assert wrong.keys() == BY_NAME.keys()
    for scorer in SCORERS:
        labelled, got = wrong[scorer.name]
        assert scorer.applies(labelled)
        assert scorer.fails(labelled, got)
        assert scorer.wanted(labelled)
        assert scorer.got(got)


def test_what_is_not_judged_is_not_scored(case: Make) -> None:
    open_case = case(intents=[])
    applied = {scorer.name for scorer in SCORERS if scorer.applies(open_case)}
    assert applied == {"wrong_language", "wrong_entity"}


def test_praise_beside_a_request_may_be_passed_over(case: Make, read: Read) -> None:
    scorer = BY_NAME["missed_intent"]
    assert not scorer.fails(case(intents=["praise", "order_status"]), read())
    assert scorer.fails(case(intents=["praise"]), read())
