"""Probes are taken out of the labelled conversations, evenly, and never out of the sealed ones."""

from __future__ import annotations

from importlib.metadata import entry_points

from agent.domain.intents import Intent
from eval.case import Case, CaseTurn, Gold, Split
from eval.library import load
from eval.probes import MOST, chosen, probes
from knowledge.probes import GROUP


def case(id_: str, text: str, *articles: str, language: str = "en") -> Case:
    gold = Gold(articles=articles, intents=(Intent.RETURN_REQUEST,))
    return Case(id=id_, author="a", scenario="kb.test", language=language, turns=(CaseTurn(text=text, gold=gold),))


def test_only_openings_with_a_known_article_each_text_once() -> None:
    found = chosen([case("c-1", "How long?", "returns"), case("c-2", "how long?", "returns"), case("c-3", "Hello")])
    assert [(probe.id, probe.expected, probe.market, probe.intents) for probe in found] == [
        ("c-1", ("returns",), "DE", (Intent.RETURN_REQUEST.value,))
    ]


def test_numbers_and_addresses_are_not_asked() -> None:
    (probe,) = chosen([case("c-1", "Where is #20011? I am kim@example.com", "returns")])
    assert "20011" not in probe.text
    assert "@" not in probe.text


def test_a_large_group_does_not_crowd_out_a_small_one() -> None:
    many = [case(f"c-{n}", f"Question {n} on returns", "returns") for n in range(50)]
    few = [case(f"d-{n}", f"Frage {n}", "returns", language="de") for n in range(3)] + [case("e-1", "Sizes?", "size-guide")]
    found = chosen([*many, *few], most=10)
    assert len(found) == 10
    assert {probe.id for probe in found} >= {"d-0", "d-1", "d-2", "e-1"}
    assert found == chosen([*reversed(few), *many], most=10)


def test_the_projects_own() -> None:
    found = probes()
    kept_apart = {case.id for split in (Split.CALIBRATION, Split.SEALED) for case in load(split).rows}
    assert 400 < len(found) <= MOST
    assert kept_apart.isdisjoint(probe.id for probe in found)
    assert len({probe.language for probe in found}) == 10
    assert [point.value for point in entry_points(group=GROUP)] == ["eval.probes:probes"]
