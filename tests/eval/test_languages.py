"""Twins end alike, or the pair is counted: by outcome, remedies, effects and shares of money, never by number or currency."""

from __future__ import annotations

from typing import Any

from eval.case import Case
from eval.gates import load
from eval.languages import differences, figures
from eval.record import Done, Record
from eval.scorers import Played


def turn(code: str, **changes: Any) -> Any:
    """A judged turn: a cancellation of the world's paid order of that language, carried out."""
    label = {"outcomes": changes.pop("label", ["resolve"]), "effects": ["cancel"]}
    case = Case.model_validate(
        {
            "id": f"{code}-d-cancel-paid-{changes.pop('which', 1)}",
            "author": "a1",
            "scenario": "cancel.paid",
            "language": code,
            "turns": [{"text": "...", "gold": label}],
        }
    )
    effects = (Done(kind="cancel", order=changes.pop("order", "20020"), key="k", state="confirmed", share=changes.pop("share", 1.0)),)
    made = {
        "case": case.id,
        "turn": 0,
        "outcome": "resolve",
        "remedies": (("cancel", "cancel_order"), ("answer", "invoice")),
        "intents": (("cancel_order", 0.9), ("invoice", 0.2)),
        "effects": effects,
    }
    return Played(case=case, index=0, record=Record.model_validate(made | changes)), {}


def test_the_same_case_ends_alike_though_order_and_currency_differ() -> None:
    found = figures([turn("en"), turn("de", order="21020"), turn("ja", order="27020", remedies=(("cancel", "cancel_order"),))])
    assert (found["equal"]["hits"], found["equal"]["n"]) == (3, 3)
    assert (found["acted_alike"]["hits"], found["acted_alike"]["n"]) == (3, 3)
    assert [(row["left"], row["right"]) for row in found["by_pair"]] == [("de", "en"), ("de", "ja"), ("en", "ja")]


def test_any_difference_counts_against_both_languages() -> None:
    for odd in ({"outcome": "ask"}, {"effects": ()}, {"share": 0.5}, {"remedies": (("refund", "cancel_order"),)}, {"order": "20030"}):
        found = figures([turn("en"), turn("de"), turn("fr", **odd)])
        assert (found["equal"]["hits"], found["equal"]["n"]) == (1, 3)
        assert found["by_language"]["fr"]["hits"] == 0 and found["by_language"]["en"]["hits"] == 1


def test_a_question_is_no_other_deed() -> None:
    found = figures([turn("en"), turn("de", outcome="ask", effects=()), turn("fr", share=0.5)])
    assert (found["acted_alike"]["hits"], found["acted_alike"]["n"]) == (0, 1)


def test_what_was_read_otherwise_is_told_from_what_was_decided_otherwise() -> None:
    misread = turn("fr", outcome="ask", effects=(), intents=(("greeting", 0.9),))
    assert figures([turn("en"), misread])["heard_alike"]["n"] == 0
    assert figures([turn("en"), turn("fr", outcome="ask")])["heard_alike"]["rate"] == 0


def test_other_labels_other_texts_and_foreign_languages_are_other_cases() -> None:
    others = [turn("fr", label=["handoff"]), turn("de", which=2), turn("pl")]
    assert figures([turn("en"), *others])["equal"]["n"] == 0


def test_differences_name_the_languages_of_each_ending() -> None:
    ((scenario, index, endings),) = differences([turn("en"), turn("de"), turn("fr", outcome="ask", effects=())])
    assert (scenario, index) == ("cancel.paid", 0)
    assert endings == {"resolve(cancel) -> cancel confirmed 100%": ["de", "en"], "ask(cancel)": ["fr"]}


def test_the_gates_hold_deeds_to_the_same_and_endings_to_their_level() -> None:
    held = {gate.figure: gate for gate in load() if not gate.goal}
    assert held["languages.acted_alike"].at_least == 1
    assert held["languages.equal"].at_least
