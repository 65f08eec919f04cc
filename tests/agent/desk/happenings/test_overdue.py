"""Steps whose day has come: their own time-out, or an operator is asked; each once."""

from agent.desk import happenings, overdue
from agent.domain.decision import RemedyKind
from agent.domain.effect import PlannedEffect
from agent.domain.procedure import MoveNotAllowed
from agent.errors import NotFound


async def test_a_label_that_was_not_used_lapses_and_the_customer_hears_of_it(floor):
    await floor.begun()
    assert await overdue.overdue(floor.on()) == 0
    await floor.late()
    assert await overdue.overdue(floor.on()) == 1
    assert await overdue.overdue(floor.on()) == 0
    assert (await floor.step(), await floor.news()) == ("lapsed", ["News of RL-ABC123 for order #1042: Label expired."])
    assert await floor.cases() == []


async def test_the_shops_own_books_lapse_first_and_may_know_better(floor):
    await floor.begun()
    await floor.late()
    asked = []

    async def shop(kind, event, number):
        asked.append((kind, event, number))
        raise MoveNotAllowed("It was received.")

    await overdue.overdue(floor.on(), shop)
    assert asked == [(RemedyKind.RETURN, "lapsed", "RL-ABC123")]
    assert await floor.step() == "labelled"
    (case,) = await floor.cases()
    assert "It was received." in case["summary"]
    assert await overdue.overdue(floor.on(), shop) == 0


async def test_another_shops_paper_lapses_here_alone(floor):
    await floor.begun(PlannedEffect(key="x", kind="repair", order="1042", payload={}))
    await floor.late()

    async def shop(kind, event, number):
        raise NotFound

    await overdue.overdue(floor.on(), shop)
    assert await floor.step("x") == "missed"
    (case,) = await floor.cases()
    assert case["summary"].startswith("Repair RP-ABC234 of order #1042.\nMissed.")


async def test_what_has_no_time_out_of_its_own_is_shown_to_an_operator_once(floor):
    await floor.begun(PlannedEffect(key="x", kind="claim", order="1042", payload={}))
    await floor.late()
    assert [await overdue.overdue(floor.on()) for _ in range(3)] == [1, 0, 0]
    assert await floor.step("x") == "filed"
    (case,) = await floor.cases()
    assert 'Overdue: "filed"' in case["summary"]
    await happenings.tell(floor.on(), [floor.told("found", kind=RemedyKind.CLAIM, reference="CL-ABC234")])
    await floor.late()
    assert await overdue.overdue(floor.on()) == 1  # another step, another question


async def test_an_operators_answer_under_way_is_not_disturbed(floor):
    await floor.begun()
    await happenings.tell(floor.on(), [floor.told("received"), floor.inspected("C")])
    await floor.scene.run("update support_case set status = 'answering'; update procedure set due_at = now() - interval '1 hour'")
    assert [await overdue.overdue(floor.on()) for _ in range(2)] == [1, 1]
    await floor.scene.run("update support_case set status = 'answered'")
    assert [await overdue.overdue(floor.on()) for _ in range(2)] == [1, 0]
    assert len(await floor.cases()) == 2
