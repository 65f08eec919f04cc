"""The scripted customer answers what was asked, and does not put up with everything."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from agent.domain import entities
from agent.domain.triage import EntityKind
from eval.simulation.customer import Line, Question, Seen
from eval.simulation.persona import Persona
from eval.simulation.phrases import bank
from eval.simulation.scripted import ScriptedCustomer

Who = Callable[..., Persona]
See = Callable[..., Seen]
SEEDS = range(8)


def said(line: Line | None) -> dict[EntityKind, str]:
    assert line
    return {item.kind: item.value for item in entities.find(line.text)}


async def opened(person: Persona) -> ScriptedCustomer:
    customer = ScriptedCustomer(person)
    assert await customer.next(None)
    return customer


@pytest.mark.parametrize("seed", SEEDS)
async def test_answers_what_was_asked(who: Who, seen: See, seed: int) -> None:
    person = who("track_parcel", seed=seed)
    customer = await opened(person)
    assert said(await customer.next(seen(Question.EMAIL))) == {EntityKind.EMAIL: person.email}
    assert said(await customer.next(seen(Question.NUMBER))) == {EntityKind.ORDER: person.order}
    assert set(said(await customer.next(seen(Question.BOTH))).values()) <= {person.order, person.email}


async def test_gives_number_first_now_and_then(who: Who, seen: See) -> None:
    gave: set[frozenset[EntityKind]] = set()
    for seed in range(30):
        customer = await opened(who("track_parcel", seed=seed))
        gave.add(frozenset(said(await customer.next(seen(Question.BOTH)))))
    assert gave == {frozenset({EntityKind.ORDER}), frozenset({EntityKind.EMAIL}), frozenset({EntityKind.ORDER, EntityKind.EMAIL})}


@pytest.mark.parametrize("seed", SEEDS)
async def test_the_same_seed_says_the_same(who: Who, seen: See, seed: int) -> None:
    talks = []
    for _ in range(2):
        customer = ScriptedCustomer(who("late_parcel", "ru", seed))
        talks.append([await customer.next(None), await customer.next(seen(Question.BOTH)), await customer.next(seen(Question.DETAIL))])
    assert talks[0] == talks[1]


@pytest.mark.parametrize("seed", SEEDS)
async def test_demands_a_person_after_two_failures_and_leaves_after_two_demands(who: Who, seen: See, seed: int) -> None:
    customer = await opened(who("track_parcel", seed=seed))
    first = await customer.next(seen())  # resolved, but nothing told
    assert first and not first.demand
    second, third = await customer.next(seen(Question.DETAIL)), await customer.next(seen())
    assert second and third and second.demand and third.demand
    assert await customer.next(seen()) is None


async def test_a_question_asked_again_is_a_failure(who: Who, seen: See) -> None:
    customer = await opened(who("track_parcel"))
    lines = [await customer.next(seen(Question.EMAIL)) for _ in range(3)]
    assert [line.demand for line in lines if line] == [False, False, True]


async def test_thanks_for_what_was_wanted_and_only_for_that(who: Who, seen: See) -> None:
    person = who("late_parcel")
    customer = await opened(person)
    without = await customer.next(seen(told=[person.order]))
    assert without and not without.last  # the code is missing
    thanks = await customer.next(seen(done=["coupon"], told=[person.order]))
    assert thanks and thanks.last and not thanks.demand


async def test_what_nobody_asked_for_makes_angry_at_once(who: Who, seen: See) -> None:
    person = who("track_parcel")
    customer = await opened(person)
    line = await customer.next(seen(done=["cancel"], told=[person.order]))
    assert line and line.demand


@pytest.mark.parametrize("seed", SEEDS)
async def test_the_wrong_number_is_put_right_when_it_is_not_found(who: Who, seen: See, seed: int) -> None:
    person = who("wrong_number", seed=seed)
    customer = await opened(person)
    assert said(await customer.next(seen(Question.NUMBER)))[EntityKind.ORDER] == person.mistyped
    assert said(await customer.next(seen(Question.CHECK))) == {EntityKind.ORDER: person.order, EntityKind.EMAIL: person.email}


@pytest.mark.parametrize("seed", SEEDS)
async def test_a_changed_mind_does_not_go_back(who: Who, seen: See, seed: int) -> None:
    person = who("changed_mind", seed=seed)
    customer = ScriptedCustomer(person)
    first = await customer.next(None)
    assert EntityKind.ORDER not in said(first)
    later = [await customer.next(seen(Question.BOTH)), await customer.next(seen(Question.DETAIL))]
    openings = set(bank("en").openings["changed_mind"])
    assert all(line and not any(opening in line.text for opening in openings) for line in later)


@pytest.mark.parametrize("seed", SEEDS)
async def test_a_stranger_never_knows_the_right_address(who: Who, seen: See, seed: int) -> None:
    person = who("stranger", seed=seed)
    customer = ScriptedCustomer(person)
    seens = [None, seen(Question.CHECK), seen(Question.BOTH), seen(told=[person.own])]
    lines = [await customer.next(item) for item in seens]
    assert {said(line).get(EntityKind.EMAIL, person.email) for line in lines if line} == {person.email}
    assert not any(line.last for line in lines if line)


async def test_photos_are_sent_once_and_only_by_who_has_some(who: Who, seen: See) -> None:
    for seed in SEEDS:
        customer = ScriptedCustomer(who("damaged_photo", seed=seed))
        lines = [await customer.next(None), await customer.next(seen(Question.PHOTO)), await customer.next(seen(Question.PHOTO))]
        assert sorted(line.photos for line in lines if line) in ([0, 2], [0, 0, 2])
    tracking = await opened(who("track_parcel"))
    line = await tracking.next(seen(Question.PHOTO))
    assert line and not line.photos


async def test_without_an_order_there_is_no_number_to_give(who: Who, seen: See) -> None:
    customer = await opened(who("question"))
    assert said(await customer.next(seen(Question.BOTH))) == {}
