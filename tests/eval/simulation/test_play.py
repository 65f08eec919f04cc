"""Whole conversations through the real graph, with a brain that needs no model."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from agent.domain.intents import Intent
from eval.simulation.customer import CustomerFailed, Line, Seen
from eval.simulation.goal import End, chosen
from eval.simulation.persona import Persona
from eval.simulation.play import MOST, Played, play, simulate
from eval.simulation.scripted import ScriptedCustomer
from eval.simulation.summary import summary
from eval.stage import Stage

Who = Callable[..., Persona]
MakeStage = Callable[..., Stage]


class Babbler:
    """Never satisfied, never tired."""

    async def next(self, seen: Seen | None) -> Line | None:
        return Line("hello")


class Broken:
    async def next(self, seen: Seen | None) -> Line | None:
        raise CustomerFailed("no model")


@pytest.mark.parametrize("seed", range(3))
async def test_a_parcel_is_tracked(stage: MakeStage, who: Who, seed: int) -> None:
    person = who("track_parcel", seed=seed)
    played = await play(stage(Intent.ORDER_STATUS), person, ScriptedCustomer(person))
    assert played.passed, played.why
    assert (played.end, played.lines[-1].last, played.demanded) == (End.RESOLVE, True, False)
    assert [speaker for speaker, _ in played.talk] == ["customer", "agent"] * len(played.lines)
    assert played.turns == len(played.lines) - 1


@pytest.mark.parametrize(
    ("goal", "intent", "effect"), [("cancel_unpacked", "cancel_order", "cancel"), ("late_parcel", "delivery_late", "coupon")]
)
async def test_effects_reach_the_customer(stage: MakeStage, who: Who, goal: str, intent: str, effect: str) -> None:
    person = who(goal)
    played = await play(stage(Intent(intent)), person, ScriptedCustomer(person))
    assert played.passed, played.why
    # The thanks are read as the same wish again: planned once more, done once.
    assert {done.kind for record in played.records for done in record.effects} == {effect}
    assert len({done.key for record in played.records for done in record.effects}) == 1


async def test_a_misread_wish_is_found_out(stage: MakeStage, who: Who) -> None:
    person = who("track_parcel")
    person_of_paid = who("changed_mind")
    played = await play(stage(Intent.CANCEL_ORDER), person_of_paid, ScriptedCustomer(person_of_paid))
    assert "done: cancel is forbidden" in played.why
    deaf = await play(stage(Intent.OUT_OF_SCOPE), person, ScriptedCustomer(person))
    assert (deaf.end, deaf.demanded, deaf.passed) == (End.GIVEN_UP, True, False)


async def test_a_stranger_gets_nothing(stage: MakeStage, who: Who) -> None:
    for seed in range(4):
        person = who("stranger", seed=seed)
        played = await play(stage(Intent.ORDER_STATUS), person, ScriptedCustomer(person))
        assert played.passed, played.why


async def test_a_crash_ends_the_talk_and_is_named(stage: MakeStage, who: Who) -> None:
    person = who("track_parcel")
    played = await play(stage(Intent.ORDER_STATUS, broken=True), person, ScriptedCustomer(person))
    assert played.end is End.CRASH
    assert played.why[0].startswith("crashed: RuntimeError at ")
    assert len(played.lines) == 1


async def test_no_talk_is_endless(stage: MakeStage, who: Who) -> None:
    played = await play(stage(Intent.GREETING), who("track_parcel"), Babbler())
    assert (played.end, len(played.lines)) == (End.ENDLESS, MOST)
    assert not played.passed


async def test_a_customer_who_breaks_down_is_no_failure_of_the_agent(stage: MakeStage, who: Who) -> None:
    played = await play(stage(Intent.GREETING), who("track_parcel"), Broken())
    assert (played.why, played.spoiled, played.passed) == ((), "no model", False)


@pytest.mark.parametrize("abreast", [1, 3])
async def test_simulate_plays_every_goal_language_and_seed(stage: MakeStage, abreast: int) -> None:
    steps: list[tuple[int, int]] = []
    played = await simulate(
        stage(Intent.CANCEL_ORDER),
        languages=["en"],
        goals=chosen(["cancel_unpacked", "changed_mind"]),
        seeds=2,
        customer=ScriptedCustomer,
        progress=lambda done, total: steps.append((done, total)),
        abreast=abreast,
    )
    assert [item.who.id for item in played] == ["cancel_unpacked-en-0", "cancel_unpacked-en-1", "changed_mind-en-0", "changed_mind-en-1"]
    assert steps == [(1, 4), (2, 4), (3, 4), (4, 4)]
    found = summary(played, 2)
    assert [(row["goal"], row["passed"], row["tries"]) for row in found["goals"]] == [("cancel_unpacked", 2, 2), ("changed_mind", 0, 2)]


def test_pass_k_is_taken_per_goal_and_language(who: Who) -> None:
    def made(language: str, seed: int, *, why: str = "", spoiled: str = "") -> Played:
        person = who("track_parcel", language, seed)
        return Played(who=person, end=End.RESOLVE, lines=(Line("a"),), records=(), why=(why,) if why else (), spoiled=spoiled)

    told = [made("en", 0), made("en", 1), made("de", 0), made("de", 1, why="bad"), made("fr", 0), made("fr", 1, spoiled="no model")]
    found = summary(told, 2)
    assert found["all"]["pass_k"] == {"1": 0.8333, "2": 0.5}  # French has one try: it says nothing about two in a row
    assert found["all"]["tries"] == 5
    assert found["by_language"]["de"]["pass_k"] == {"1": 0.5, "2": 0.0}
    assert found["goals"][0]["wilson"][0] < 0.8 < found["goals"][0]["wilson"][1]
    assert [(row["language"], row["seed"], row["why"]) for row in found["failures"]] == [("de", 1, "bad")]
    assert found["failures"][0]["talk"] == [{"who": "customer", "text": "a"}]
    assert [row["why"] for row in found["spoiled"]] == ["no model"]
