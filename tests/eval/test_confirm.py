"""What an operator does with a draft is the test of acting alone; everything else says nothing about it."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from agent.domain.decision import RemedyKind
from agent.policy import thresholds
from eval.certify import certify
from eval.confirm import FromLog, add_to, from_log, needed, served, verdict
from eval.live import Answered

Make = Callable[..., Answered]
COUPON = {"kind": "coupon", "intent": "delivery_late", "detail": [["percent", "10"]]}
FACTS = {"kind": "order_facts", "intent": "delivery_late"}
LATE = {"remedies": [FACTS, COUPON], "intents": [("delivery_late", 0.8)]}
BLOCKED = {"remedies": [FACTS, COUPON | {"blocked": "over_limit"}], "intents": [("delivery_late", 0.8)]}


def test_an_approved_draft_with_what_was_suggested_confirms_the_agent(answered: Make) -> None:
    assert verdict(answered()) is True
    assert verdict(answered("edit")) is True  # sent as it was
    assert verdict(answered(ordered=["coupon"], **LATE)) is True
    assert verdict(answered(**BLOCKED)) is True  # the agent would not have given it either


@pytest.mark.parametrize(
    ("action", "given"),
    [
        ("reject", {}),
        ("edit", {"sent": "It is lost. We are sorry."}),
        ("approve", LATE),
        ("approve", BLOCKED | {"ordered": ["coupon"]}),
    ],
    ids=["rejected", "edited", "remedy not ordered", "another remedy ordered"],
)
def test_a_correction_says_that_it_would_have_been_wrong(answered: Make, action: str, given: dict[str, Any]) -> None:
    assert verdict(answered(action, **given)) is False


@pytest.mark.parametrize(
    "given",
    [
        {"reasons": ("not_certified", "anger")},
        {"read_reasons": ("operator_owns",)},
        {"read_reasons": ()},
        {"intents": [("order_status", 0.9), ("exchange", 0.5), ("warranty", 0.5)]},
        {"remedies": [COUPON | {"blocked": "over_limit"}]},
    ],
    ids=["other reason", "written to while an operator had it", "no record", "a wish without a remedy", "nothing free"],
)
def test_what_the_agent_would_not_have_closed_alone_says_nothing(answered: Make, given: dict[str, Any]) -> None:
    assert verdict(answered(**given)) is None


def test_a_case_counts_for_each_of_its_remedies_with_the_surety_of_its_wish(answered: Make) -> None:
    case = answered("reject", **LATE)
    assert [served(case, kind, right=False) is not None for kind in (RemedyKind.ORDER_FACTS, RemedyKind.COUPON, RemedyKind.RETURN)] == [
        True,
        True,
        False,
    ]
    turn = served(case, RemedyKind.COUPON, right=False)
    assert turn and (turn.score, turn.wrong, turn.turn) == (0.8, True, case.id)


def many(answered: Make, right: int, wrong: int = 0) -> list[Answered]:
    good = [replace(answered(), id=f"right-{n}") for n in range(right)]
    return good + [replace(answered("reject"), id=f"wrong-{n}") for n in range(wrong)]


def by_kind(found: FromLog, kind: RemedyKind) -> Any:
    return next(item for item in found.certificates if item.kind is kind)


def test_a_remedy_is_certified_from_as_many_cases_as_are_said_to_be_needed(answered: Make) -> None:
    _, enough = needed(0.01)
    few, plenty = from_log(many(answered, enough - 1)), from_log(many(answered, enough))
    assert by_kind(few, RemedyKind.ORDER_FACTS).chosen is None
    chosen = by_kind(plenty, RemedyKind.ORDER_FACTS).chosen
    assert (chosen.n, chosen.wrong) == (enough, 0)
    assert chosen.bound <= 0.01
    assert by_kind(plenty, RemedyKind.COUPON).chosen is None
    assert (plenty.closed, plenty.confirmed, plenty.wrong) == (enough, enough, 0)
    assert few.data != plenty.data


def test_corrections_keep_a_remedy_from_being_certified(answered: Make) -> None:
    found = from_log([*many(answered, 480, 12), answered(reasons=("legal",))])
    assert (found.closed, found.counted, found.wrong) == (493, 492, 12)
    assert by_kind(found, RemedyKind.ORDER_FACTS).chosen is None


def test_299_right_ones_in_a_row_bound_one_percent() -> None:
    assert needed(0.01)[0] == 299
    assert needed(0.001)[0] == 2995


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """Answers are certified by the cases; an order's facts are provisional."""
    entry = {"minimum": 0.7, "n": 600, "wrong": 1, "bound": 0.008, "limit": 0.01, "certified": True}
    raw = {
        "basis": "certified",
        "source": "calibration",
        "data": "aa",
        "remedies": {"answer": entry, "order_facts": entry | {"certified": False}},
    }
    (tmp_path / "thresholds.json").write_text(json.dumps(raw))
    return tmp_path / "thresholds.json"


def test_the_log_adds_to_what_was_certified_and_takes_nothing_away(answered: Make, file: Path) -> None:
    assert add_to(from_log(many(answered, 480)), file) == [RemedyKind.ORDER_FACTS]
    found = thresholds.load(file.read_text())
    assert found.source == "calibration + log"
    assert found.minimum(RemedyKind.ANSWER, demo=False) == 0.7
    assert found.by_remedy[RemedyKind.ORDER_FACTS].n == 480
    assert found.by_remedy[RemedyKind.ORDER_FACTS].certified


def test_a_log_that_certifies_nothing_leaves_the_file_as_it_is(answered: Make, file: Path) -> None:
    before = file.read_text()
    assert add_to(from_log(many(answered, 5)), file) == []
    assert file.read_text() == before


def test_a_threshold_is_lowered_and_never_raised(answered: Make, file: Path) -> None:
    found = from_log(many(answered, 480))
    surer = certify(RemedyKind.ANSWER, [replace(turn, score=0.95) for turn in [served(answered(), RemedyKind.ORDER_FACTS, True)] * 480])
    steps = [replace(surer, curve=surer.curve, chosen=replace(surer.chosen, minimum=at)) for at in (0.8, 0.6)]
    assert add_to(replace(found, certificates=(steps[0],)), file) == []
    assert add_to(replace(found, certificates=(steps[1],)), file) == [RemedyKind.ANSWER]
