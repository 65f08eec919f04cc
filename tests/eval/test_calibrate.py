"""A threshold is certified only when the numbers carry it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from agent.domain.decision import RemedyKind
from agent.domain.intents import Intent
from agent.domain.triage import Flag, Triage
from agent.policy import thresholds
from eval.calibrate import Judged, calibrate, choose, judged, limit, write
from eval.case import Case
from eval.triage import Reading

Make = Callable[..., Case]
Read = Callable[..., Triage]


def test_many_right_ones_certify_the_lowest_step() -> None:
    chosen = choose(RemedyKind.ANSWER, [Judged(0.9, True)] * 700, 700)
    assert chosen.certified
    assert chosen.threshold.minimum == 0.3
    assert chosen.threshold.bound <= limit(RemedyKind.ANSWER)


def test_errors_below_a_step_lift_the_threshold_over_them() -> None:
    served = [Judged(0.9, True)] * 900 + [Judged(0.5, False)] * 30
    assert choose(RemedyKind.ANSWER, served, 900).threshold.minimum == pytest.approx(0.55)


def test_few_cases_certify_nothing_however_right() -> None:
    chosen = choose(RemedyKind.CANCEL, [Judged(0.99, True)] * 30, 30)
    assert not chosen.certified
    assert chosen.threshold.n == 30
    assert chosen.threshold.bound > 0.09


def test_nothing_seen_bounds_nothing() -> None:
    assert choose(RemedyKind.CANCEL, [], 0).threshold.bound == 1.0


def test_effects_are_held_tighter_than_lookups() -> None:
    assert limit(RemedyKind.CANCEL) < limit(RemedyKind.ANSWER)


def test_what_is_handed_over_by_rule_is_not_counted(case: Make, read: Read) -> None:
    readings = [Reading(case(), read()), Reading(case(), read(flags=[Flag.LEGAL])), Reading(case(), None, "boom")]
    assert judged(readings, RemedyKind.ORDER_FACTS) == ([Judged(0.9, True)], 1)


def test_one_question_about_a_parcel_may_be_taken_for_another(case: Make, read: Read) -> None:
    served, _ = judged([Reading(case(intents=["delivery_late"]), read())], RemedyKind.ORDER_FACTS)
    assert served[0].right
    served, _ = judged([Reading(case(intents=["refund_status"]), read())], RemedyKind.ORDER_FACTS)
    assert not served[0].right


def test_policy_reads_what_is_written(tmp_path: Path, case: Make, read: Read) -> None:
    made = write(calibrate([Reading(case(), read((Intent.ORDER_STATUS, 0.8)))]), "abc", tmp_path / "thresholds.json")
    table = thresholds.load(made.read_text())
    assert (table.basis, table.data) == ("provisional", "abc")
    assert table.minimum(RemedyKind.ORDER_FACTS, demo=False) is None
    assert table.minimum(RemedyKind.ORDER_FACTS, demo=True) is not None
    assert table.minimum(RemedyKind.REFUND, demo=True) is None


def test_policy_refuses_a_key_it_does_not_know() -> None:
    with pytest.raises(ValueError, match="unknown mood"):
        thresholds.load('{"basis": "certified", "remedies": {}, "mood": "good"}')
