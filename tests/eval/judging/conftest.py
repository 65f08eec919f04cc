"""Labelled turns made by hand."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from eval.judging.sample import LABEL, Labelled
from eval.scorers import Played, Verdict


@pytest.fixture
def turn(played: Callable[..., Played]) -> Callable[..., Labelled]:
    """turn(case, wrong): resolved, and judged by our scorer."""

    def made(case: str = "case-0", wrong: bool = False, index: int = 0, **fields: Any) -> Labelled:
        found = played({"outcomes": ["resolve"]}, **({"reply": "It is on its way."} | fields))
        found = replace(found, case=found.case.model_copy(update={"id": case, "turns": found.case.turns * (index + 1)}), index=index)
        return found, Verdict(wrong, "not stated: number:7" if wrong else "")

    return made


@pytest.fixture
def judged(turn: Callable[..., Labelled]) -> Callable[..., Any]:
    """judged(wrong, right): so many turns of each, every one of a conversation of its own."""

    def made(wrong: int, right: int) -> list[tuple[Played, dict[str, Verdict | None]]]:
        turns = [turn(f"case-{at}", wrong=at < wrong) for at in range(wrong + right)]
        return [(found, {LABEL: verdict}) for found, verdict in turns]

    return made
