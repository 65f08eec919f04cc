"""A certificate is given for evidence, never for hope."""

import random
from dataclasses import replace

import pytest

from agent.domain.decision import RemedyKind
from agent.policy import thresholds
from eval.certify import LIMIT, MONEY_LIMIT, Served, certify, limit, sureness
from eval.thresholds_file import write


def turns(n: int, wrong_below: float = 0.0, rate: float = 0.0, seed: int = 1) -> list[Served]:
    """Scores even over 0.2..1; below `wrong_below` every turn is wrong, above it a share of `rate`."""
    rng = random.Random(seed)
    scores = [0.2 + 0.8 * rng.random() for _ in range(n)]
    return [Served(score, score < wrong_below or rng.random() < rate) for score in scores]


def test_right_everywhere_is_certified_down_to_the_loosest_step() -> None:
    found = certify(RemedyKind.ANSWER, turns(2000))
    assert found.chosen and found.chosen.minimum == found.curve[-1].minimum and found.chosen.bound <= LIMIT


def test_the_threshold_stops_above_where_it_goes_wrong() -> None:
    found = certify(RemedyKind.ANSWER, turns(4000, wrong_below=0.5))
    assert found.chosen and 0.49 <= found.chosen.minimum <= 0.55
    assert found.chosen.bound <= LIMIT


def test_too_few_turns_certify_nothing_however_right() -> None:
    assert certify(RemedyKind.ANSWER, turns(290)).chosen is None
    assert certify(RemedyKind.ANSWER, []).chosen is None


def test_money_needs_ten_times_as_many() -> None:
    assert limit(RemedyKind.COUPON) == MONEY_LIMIT and limit(RemedyKind.ANSWER) == LIMIT
    assert certify(RemedyKind.CANCEL, turns(3000)).chosen is None
    assert certify(RemedyKind.CANCEL, turns(9000)).chosen is not None


def test_the_promise_holds_when_it_is_tried_again_and_again() -> None:
    """With a true wrong rate just over the limit, at most about one calibration in twenty may certify anything."""
    given = sum(certify(RemedyKind.ANSWER, turns(1500, rate=0.0125, seed=seed)).chosen is not None for seed in range(200))
    assert given <= 20


def test_how_sure_is_the_weakest_wish_that_the_remedy_serves() -> None:
    intents = (("order_status", 0.9), ("customs", 0.4), ("invoice", 0.7))
    remedies = (("order_facts", "order_status"), ("order_facts", "customs"), ("answer", "invoice"))
    assert sureness(remedies, intents, RemedyKind.ORDER_FACTS) == 0.4
    assert sureness(remedies, intents, RemedyKind.ANSWER) == 0.7
    assert sureness(remedies, intents, RemedyKind.CANCEL) is None


def test_the_file_is_what_policy_loads(tmp_path) -> None:
    good, none = certify(RemedyKind.ANSWER, turns(2000)), certify(RemedyKind.RETURN, turns(50))
    file = write([good, none], data="abc", source="calibration", path=tmp_path / "thresholds.json")
    table = thresholds.load(file.read_text())
    assert (table.basis, table.data, table.source) == ("certified", "abc", "calibration")
    assert table.minimum(RemedyKind.ANSWER, demo=False) == good.chosen.minimum
    assert table.minimum(RemedyKind.RETURN, demo=False) is None  # none certified: handed over
    assert table.minimum(RemedyKind.RETURN, demo=True) is not None
    assert table.minimum(RemedyKind.REFUND, demo=True) is None


@pytest.mark.parametrize("served", [1, 5])
def test_a_curve_counts_from_sure_to_less_sure(served: int) -> None:
    found = certify(RemedyKind.ANSWER, [Served(0.9 - n / 10, False) for n in range(served)])
    counts = [point.n for point in found.curve]
    assert counts == sorted(counts) and counts[-1] == sum(0.9 - n / 10 >= 0.3 for n in range(served))
    assert replace(found, served=0).served == 0
