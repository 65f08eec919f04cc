"""A gate breaks when a figure gets worse, and names it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from agent.domain.intents import Intent
from agent.domain.languages import SUPPORTED
from agent.domain.triage import Flag, Triage
from eval import gates
from eval.case import Case
from eval.triage import Reading

Make = Callable[..., Case]
Read = Callable[..., Triage]


def test_its_own_figures_hold(tmp_path: Path, case: Make, read: Read) -> None:
    readings = [Reading(case(), read())]
    assert gates.broken(readings, gates.load(gates.write(readings, tmp_path / "b.json"))) == []


def test_one_more_wrong_intent_is_borne_two_are_not(case: Make, read: Read) -> None:
    right, wrong = Reading(case(), read()), Reading(case(), read((Intent.STOCK, 0.9)))
    baseline = gates.current([right] * 10)
    assert gates.broken([right] * 9 + [wrong], baseline) == []
    assert "en: wrong_main_intent is 2 of 10" in gates.broken([right] * 8 + [wrong] * 2, baseline)[0]


def test_no_escalation_more_may_be_missed(case: Make, read: Read) -> None:
    asked = case(escalate=True)
    baseline = gates.current([Reading(asked, read(flags=[Flag.LEGAL]))] * 5)
    one = gates.broken([Reading(asked, read(flags=[Flag.LEGAL]))] * 4 + [Reading(asked, read())], baseline)
    assert len(one) == 1
    assert "missed_escalation" in one[0]


def test_a_crash_breaks_the_gate(case: Make) -> None:
    assert any("crashed: boom" in line for line in gates.broken([Reading(case(), None, "boom")], {}))


def test_a_language_that_is_gone_breaks_the_gate(case: Make, read: Read) -> None:
    baseline = gates.current([Reading(case(), read()), Reading(case(language="de"), read(language="de"))])
    assert any(line.startswith("de:") for line in gates.broken([Reading(case(), read())], baseline))


def test_the_baseline_covers_every_language() -> None:
    assert gates.load().keys() == SUPPORTED | {"all"}
