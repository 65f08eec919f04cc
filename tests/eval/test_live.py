"""What operators thought of a draft goes with the case that is made of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from eval.case import Feedback
from eval.correction import Label, correct
from eval.library import as_line
from eval.live import Answered, LiveCase

Live = Callable[..., LiveCase]
Make = Callable[..., Answered]


def test_thumb_note_and_edits_go_with_the_case_without_names(live: Live, answered: Make) -> None:
    case = answered("edit", sent="Short.", edit_distance=12, good=False, note="Too long; bob@web.example was angry, call +49 30 1234567")
    gold = correct(live("Where is 1042?", answered=case), Label()).case.turns[-1].gold
    assert gold.feedback and (gold.feedback.good, gold.feedback.edited) == (False, 12)
    assert gold.feedback.note.startswith("Too long; ")
    assert "bob" not in gold.feedback.note and "1234567" not in gold.feedback.note


def test_an_unrated_case_tells_its_edits_alone(live: Live, answered: Make) -> None:
    made = correct(live("Where is 1042?", answered=answered(edit_distance=0)), Label()).case
    assert made.turns[-1].gold.feedback == Feedback(edited=0)
    assert '"feedback": {"edited": 0}' in as_line(made)


def test_a_case_of_before_has_no_feedback(live: Live, answered: Make) -> None:
    case = replace(answered(), edit_distance=None)
    assert correct(live("Where is 1042?", answered=case), Label()).case.turns[-1].gold.feedback is None
