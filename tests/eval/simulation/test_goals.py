"""Goals and phrases fit each other, the world, and what the agent can read."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from pydantic import ValidationError

from agent.domain import entities
from agent.domain.triage import EntityKind
from agent.policy.address import country_code
from eval import world
from eval.simulation.goal import Goal, chosen, goals
from eval.simulation.persona import Persona
from eval.simulation.phrases import Bank, bank, languages
from eval.simulation.wording import Wording, mistyped

Who = Callable[..., Persona]
SENTENCES = [name for name in Bank.model_fields if name not in {"place", "digits", "openings"}]


def test_every_served_language_is_spoken() -> None:
    assert languages() == sorted(world.LANGUAGES)


def test_goals_name_states_of_the_world() -> None:
    assert {goal.state for goal in goals().values()} - {None} <= set(world.states())
    assert len(goals()) == 14


def test_an_unknown_goal_is_named() -> None:
    with pytest.raises(ValueError, match=r"No goal fame\. There are: track_parcel"):
        chosen(["track_parcel", "fame"])
    assert [goal.id for goal in chosen([])] == list(goals())


def test_a_goal_without_order_or_articles_is_refused() -> None:
    with pytest.raises(ValidationError, match="state"):
        Goal.model_validate({"id": "x", "wish": "x", "ends": ["resolve"]})
    with pytest.raises(ValidationError, match="topics"):
        Goal.model_validate({"id": "x", "wish": "x", "ends": ["resolve"], "articles": [["returns"]]})


def test_an_unknown_language_is_named() -> None:
    with pytest.raises(ValueError, match=r"'tlh'.* There are: ar, de"):
        bank("tlh")


@pytest.mark.parametrize("language", languages())
def test_a_bank_opens_every_goal_and_says_nothing_twice(language: str) -> None:
    found = bank(language)
    assert set(found.openings) == set(goals())
    lines = [line for name in SENTENCES for line in found.lines(name)] + [line for four in found.openings.values() for line in four]
    assert len(set(lines)) == len(lines)


@pytest.mark.parametrize("language", languages())
def test_answers_hold_the_facts_they_are_asked_for(language: str, who: Who) -> None:
    person = who("track_parcel", language)
    words = Wording(person)
    for kind, wanted in {
        "both": {EntityKind.ORDER, EntityKind.EMAIL},
        "check": {EntityKind.ORDER, EntityKind.EMAIL},
        "number": {EntityKind.ORDER},
        "email": {EntityKind.EMAIL},
    }.items():
        for _ in range(3):
            read = {item.kind: item.value for item in entities.find(words.say(kind))}
            assert set(read) == wanted, (kind, read)
            assert set(read.values()) <= {person.order, person.email}


@pytest.mark.parametrize("language", languages())
def test_strangers_name_the_order_and_their_own_address(language: str, who: Who) -> None:
    person = who("stranger", language)
    assert person.order != person.own
    assert world.orders()[person.own].customer.email == person.email != world.orders()[person.order].customer.email
    assert all("{order}" in line and "{email}" in line for line in bank(language).openings["stranger"])


@pytest.mark.parametrize("language", languages())
def test_the_new_place_is_another_one_in_the_same_country(language: str, who: Who) -> None:
    person = who("change_address", language)
    order = world.orders()[person.order]
    assert person.place.city != order.address.city
    assert country_code(person.place.country) == order.address.country


def test_the_mistyped_number_exists_nowhere(who: Who) -> None:
    assert not {who("wrong_number", language, seed).mistyped for language in languages() for seed in range(6)} & set(world.shop().orders)


def test_the_same_seed_is_the_same_person(who: Who) -> None:
    assert who("late_parcel", "fr", 2) == who("late_parcel", "fr", 2)
    assert {who("late_parcel", "fr", seed).temper for seed in range(12)} == {"calm", "hurried", "irritable"}


def test_typos_swap_letters_and_spare_facts(who: Who) -> None:
    rng = who("track_parcel").random("typos")
    line = "Please send the parcel {order} of {email}"
    made = {mistyped(line, rng) for _ in range(300)}
    assert len(made) > 1
    assert all(sorted(text) == sorted(line) and "{order}" in text and "{email}" in text for text in made)
