"""Each remedy's state machine, drawn as a table: every step is reached, every step but an end is left."""

import re

import pytest

from agent.commerce.remedies.procedures import PHRASES, PROCEDURES, advance, move
from agent.commerce.remedies.procedures.inspection import STANDARDS, Grade, outcomes
from agent.domain.decision import RemedyKind
from agent.domain.procedure import MoveNotAllowed, Procedure
from agent.policy.plan import EFFECTIVE


def table(procedure: Procedure) -> dict[str, dict[str, str]]:
    """step -> event -> step after."""
    drawn: dict[str, dict[str, str]] = {step.name: {} for step in procedure.steps}
    for each in procedure.moves:
        assert each.event not in drawn[each.before], "one event leads to one place"
        drawn[each.before][each.event] = each.after
    return drawn


def reached(procedure: Procedure) -> set[str]:
    seen, drawn, ahead = set[str](), table(procedure), [procedure.start]
    while ahead:
        if (step := ahead.pop()) not in seen:
            seen.add(step)
            ahead += drawn[step].values()
    return seen


@pytest.fixture(params=list(PROCEDURES.values()), ids=str)
def procedure(request: pytest.FixtureRequest) -> Procedure:
    return request.param


def test_every_remedy_that_changes_something_has_one() -> None:
    assert set(PROCEDURES) == EFFECTIVE
    assert all(kind is each.kind for kind, each in PROCEDURES.items())


def test_the_table_hangs_together(procedure: Procedure) -> None:
    drawn = table(procedure)
    assert len(drawn) == len(procedure.steps), "no name twice"
    assert reached(procedure) == set(drawn)
    assert {step for step, moves in drawn.items() if not moves} == procedure.ends


def test_from_every_step_an_end_can_be_reached(procedure: Procedure) -> None:
    drawn = table(procedure)
    good = set(procedure.ends)
    for _ in drawn:
        good |= {step for step, moves in drawn.items() if good & set(moves.values())}
    assert good == set(drawn)


def test_advance_does_what_the_table_says_and_nothing_else(procedure: Procedure) -> None:
    events = {each.event for each in procedure.moves}
    for step, moves in table(procedure).items():
        for event in events:
            if event in moves:
                assert advance(procedure, step, event) == moves[event]
            else:
                with pytest.raises(MoveNotAllowed, match="Possible now"):
                    advance(procedure, step, event)
    with pytest.raises(MoveNotAllowed, match="has no step"):
        advance(procedure, "nowhere", "confirmed")


def test_every_step_has_a_standard_and_says_something_the_customer_may_read(procedure: Procedure) -> None:
    for step in procedure.steps:
        assert 1 <= len(re.findall(r"[.;?!](?:\s|$)", step.standard)) <= 4 and step.standard.endswith(".")
        assert re.fullmatch(r"step-[a-z-]+", step.shown)
        assert step.days is None or (step.days > 0 and step.name not in procedure.ends)


def test_waiting_for_somebody_has_a_term(procedure: Procedure) -> None:
    assert all(step.days for step in procedure.steps if step.name not in procedure.ends)


def test_effects_that_moves_plan_can_be_carried_out(procedure: Procedure) -> None:
    assert {each.effect for each in procedure.moves if each.effect} <= EFFECTIVE


def test_phrases_are_listed_once() -> None:
    assert len(set(PHRASES)) == len(PHRASES) and all(phrase.startswith("step-") for phrase in PHRASES)


@pytest.mark.parametrize("grade", list(Grade))
def test_what_an_inspection_leads_to_is_a_move_of_the_return(grade: Grade) -> None:
    allowed = {each.event for each in PROCEDURES[RemedyKind.RETURN].open_moves("inspected")}
    assert outcomes(grade) and set(outcomes(grade)) <= allowed
    assert STANDARDS[grade].look.endswith(".")
    assert STANDARDS[grade].accepted or not STANDARDS[grade].restock


def test_a_return_all_the_way() -> None:
    step = PROCEDURES[RemedyKind.RETURN].start
    for event in ("confirmed", "received", "inspected", "refund", "refund_failed", "refund", "refunded"):
        step = advance(PROCEDURES[RemedyKind.RETURN], step, event)
    assert step == "closed"
    assert move(PROCEDURES[RemedyKind.RETURN], "inspected", "refund").effect is RemedyKind.REFUND
