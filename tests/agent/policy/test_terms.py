"""Terms, thresholds and limits: the figures the policy stands on."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from agent.domain.decision import Desk, RemedyKind
from agent.domain.money import Money
from agent.domain.triage import Urgency
from agent.errors import UnsafeSettings
from agent.policy.limits import LIMITS, answer_hours, highest
from agent.policy.plan import ALONE
from agent.policy.terms import TERMS
from agent.policy.thresholds import load, with_others

DAY = date(2026, 5, 1)


@pytest.mark.parametrize(("country", "fee"), [("DE", 0), ("GB", 0), ("US", 0), ("JP", 690), ("CN", 690)])
def test_the_fee_for_a_return(country: str, fee: int) -> None:
    assert TERMS.fee_for_return(country) == Money(fee, "EUR")


def test_windows_and_warranty() -> None:
    assert TERMS.return_until(DAY) == date(2026, 5, 31)
    assert (TERMS.warranty_for("audio"), TERMS.warranty_for("fashion")) == (24, 12)
    assert TERMS.return_days >= TERMS.withdrawal_days
    assert len(TERMS.eu) == 27


def test_limits_and_terms_say_the_same() -> None:
    assert LIMITS.coupon_percent == TERMS.late_coupon_percent
    assert LIMITS.late_days_for_coupon == TERMS.late_days
    assert LIMITS.refund_minor == 0


def test_every_remedy_the_agent_does_alone_has_a_threshold_and_no_other() -> None:
    assert set(load().by_remedy) == ALONE | {RemedyKind.ANSWER, RemedyKind.ORDER_FACTS}
    assert all(0 < entry.minimum <= 1 for entry in load().by_remedy.values())


@pytest.mark.parametrize(
    ("certified", "demo", "minimum"),
    [("true", False, 0.7), ("true", True, 0.7), ("false", True, 0.7), ("false", False, None)],
)
def test_a_provisional_threshold_counts_in_the_demo_only(certified: str, demo: bool, minimum: float | None) -> None:
    entry = f'{{"minimum": 0.7, "n": 1, "bound": 1.0, "certified": {certified}}}'
    thresholds = load(f'{{"basis": "certified", "remedies": {{"cancel": {entry}}}}}')
    assert thresholds.minimum(RemedyKind.CANCEL, demo=demo) == minimum
    assert thresholds.minimum(RemedyKind.REFUND, demo=demo) is None


CANCEL = '{"cancel": {"minimum": %s, "n": 900, "bound": 0.0, "certified": true}}'


@pytest.mark.parametrize(
    ("reader", "demo", "minimum"),
    [("local", False, 0.7), ("model small", False, 0.9), ("model other", False, None), ("model other", True, 0.7)],
)
def test_a_threshold_holds_for_the_reader_it_was_measured_on(reader: str, demo: bool, minimum: float | None) -> None:
    other = load(f'{{"basis": "certified", "reader": "model small", "remedies": {CANCEL % 0.9}}}')
    table = replace(load(f'{{"basis": "certified", "remedies": {CANCEL % 0.7}}}'), others=(other,))
    assert table.minimum(RemedyKind.CANCEL, demo=demo, reader=reader) == minimum


def test_a_merchants_file_of_thresholds_stands_beside_ours_and_a_bad_one_names_its_cure(tmp_path: Path) -> None:
    file = tmp_path / "thresholds.json"
    file.write_text(f'{{"basis": "certified", "reader": "model small", "remedies": {CANCEL % 0.9}}}')
    assert with_others(file).others[0].reader == "model small"
    assert with_others(None).others == ()
    file.write_text("{}")
    with pytest.raises(UnsafeSettings, match="calibrate --to"):
        with_others(file)


@pytest.mark.parametrize("remedies", ['{"gift": {"minimum": 1, "n": 1, "bound": 1}}', '{"cancel": {"least": 1}}'])
def test_a_threshold_file_with_an_unknown_word_is_refused(remedies: str) -> None:
    with pytest.raises(ValueError, match=r"gift|least"):
        load(f'{{"basis": "certified", "remedies": {remedies}}}')


def test_desks_and_hours() -> None:
    assert highest([Desk.OPERATOR, Desk.CRISIS, Desk.SUPPLY_CHAIN]) is Desk.CRISIS
    assert highest([]) is Desk.AGENT
    assert [answer_hours(urgency) for urgency in Urgency] == [4, 4, 1, 1]
