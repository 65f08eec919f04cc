"""What a customer sees of a remedy under way: steps in their words, of their own conversation, nothing promised ahead."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from agent.commerce.remedies.procedures import PROCEDURES
from agent.desk.progress import AFTERWARDS, LASTING, remedies, way
from agent.domain.decision import RemedyKind
from agent.phrasing import Phrases

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)


def states(kind: RemedyKind, *taken: str) -> list[tuple[str, str]]:
    return [(each.phrase.removeprefix(f"step-{kind.value}-"), each.state) for each in way(PROCEDURES[kind], taken)]


def test_a_return_shows_what_was_done_what_is_now_and_what_comes() -> None:
    assert states(RemedyKind.RETURN, "requested", "labelled") == [
        ("requested", "done"),
        ("labelled", "now"),
        ("received", "next"),
        ("inspected", "next"),
    ]
    assert states(RemedyKind.RETURN, "requested", "labelled", "received", "inspected", "refunding", "closed")[-1] == ("closed", "done")


@pytest.mark.parametrize("kind", LASTING)
def test_nothing_is_promised_before_it_is_granted(kind: RemedyKind) -> None:
    assert states(kind, "requested") == [("requested", "now")]


def test_a_carrier_s_answer_is_not_told_ahead_and_a_refusal_is_with_a_person() -> None:
    assert [state for _, state in states(RemedyKind.CLAIM, "requested", "filed")] == ["done", "now"]
    assert states(RemedyKind.REFUND, "requested", "refused")[-1] == ("step-other-handed-over", "now")


def test_a_step_gone_through_twice_stands_once() -> None:
    found = states(RemedyKind.RETURN, "requested", "labelled", "received", "inspected", "refunding", "inspected")
    assert [name for name, _ in found] == ["requested", "labelled", "received", "refunding", "inspected"]


@pytest.mark.parametrize("kind", LASTING)
def test_every_step_on_every_way_has_its_words(kind: RemedyKind) -> None:
    phrases = Phrases()
    for step in PROCEDURES[kind].steps:
        for each in way(PROCEDURES[kind], ["requested", step.name]):
            assert phrases.render(each.phrase, "en")


async def under_way(scene: Any, name: str, conversation: str, *taken: str, kind: str = "return", closed: str = "null") -> None:
    await scene.run(
        "insert into procedure (id, conversation, order_number, kind, step, closed_at)"
        f" values ('{name}', '{conversation}', '1045', '{kind}', '{taken[-1]}', {closed})"
    )
    for place, step in enumerate(taken[1:]):  # what it begins with is no move
        await scene.run(
            "insert into procedure_step (procedure, key, event, after, actor, detail)"
            f" values ('{name}', '{place}', 'e', '{step}', 'olga', '{{\"note\": \"for staff\"}}')"
        )


async def test_a_page_is_given_its_own_conversation_s_remedies_alone(scene: Any) -> None:
    mine = (await scene.receive("Hi", thread="mine")).conversation
    other = (await scene.receive("Hi", thread="other")).conversation
    await under_way(scene, "p1", mine, "requested", "labelled")
    await under_way(scene, "p2", other, "requested")
    await under_way(scene, "p3", mine, "requested", "done", kind="coupon")
    await under_way(scene, "p4", mine, "requested", "ordered", "closed", kind="refund", closed="'2026-11-21'")
    await under_way(scene, "p5", mine, "requested", "closed", kind="refund", closed="'2026-11-01'")
    found = await remedies(scene.engine, mine, NOW, lambda phrase: phrase)
    assert sorted((each["kind"], each["over"]) for each in found) == [("refund", True), ("return", False)]
    (slip,) = [each for each in found if each["kind"] == "return"]
    assert slip["steps"][1] == {"text": "step-return-labelled", "state": "now"}
    assert "staff" not in str(found) and "olga" not in str(found)
    assert [each["kind"] for each in await remedies(scene.engine, mine, NOW + AFTERWARDS + timedelta(days=1), str)] == ["return"]
