"""What can be wrong about a reading. Each scorer says which cases it judges and when one fails."""

from collections.abc import Callable
from dataclasses import dataclass

from agent.domain.intents import COURTESY, Intent
from agent.domain.triage import EntityKind, Flag, Triage
from agent.policy.escalation import must_hand_over_text
from eval.case import Case

#: Kinds that every case is labelled with, so that one too many is an error too.
KINDS = frozenset({EntityKind.ORDER, EntityKind.EMAIL, EntityKind.TRACKING})


@dataclass(frozen=True, slots=True)
class Scorer:
    name: str
    applies: Callable[[Case], bool]
    fails: Callable[[Case, Triage], bool]
    wanted: Callable[[Case], str]
    got: Callable[[Triage], str]


def found(read: Triage) -> frozenset[str]:
    return frozenset(item.intent.value for item in read.intents)


def _must(case: Case) -> frozenset[Intent]:
    """The wishes to find; small talk beside a request may be passed over."""
    wanted = frozenset(case.intents)
    return wanted - COURTESY or wanted


def _entities(pairs: list[tuple[EntityKind, str]]) -> frozenset[tuple[str, str]]:
    return frozenset((kind.value, value) for kind, value in pairs if kind in KINDS)


def _wanted_entities(case: Case) -> frozenset[tuple[str, str]]:
    return _entities([(item.kind, item.value) for item in case.entities])


def _got_entities(read: Triage) -> frozenset[tuple[str, str]]:
    return _entities([(item.kind, item.value) for item in read.entities])


def _intents(case: Case) -> str:
    return " + ".join(intent.value for intent in case.intents)


def _scores(read: Triage) -> str:
    return ", ".join(f"{item.intent.value} {item.score:.2f}" for item in read.intents)


def _flags(read: Triage) -> str:
    return ", ".join(sorted(flag.value for flag in read.flags)) or "no flag"


def _pairs(pairs: frozenset[tuple[str, str]]) -> str:
    return ", ".join(f"{kind} {value}" for kind, value in sorted(pairs)) or "none"


def _reasons(read: Triage) -> str:
    return f"{_flags(read)}; {_scores(read)}; {read.sentiment.value}"


SCORERS: tuple[Scorer, ...] = (
    Scorer(
        "wrong_main_intent",
        lambda case: bool(case.intents),
        lambda case, read: read.main.intent not in case.intents,
        _intents,
        _scores,
    ),
    Scorer(
        "missed_intent",
        lambda case: bool(case.intents),
        lambda case, read: not {intent.value for intent in _must(case)} <= found(read),
        _intents,
        _scores,
    ),
    Scorer(
        "extra_intent",
        lambda case: bool(case.intents),
        lambda case, read: not found(read) <= {intent.value for intent in case.intents},
        _intents,
        _scores,
    ),
    Scorer(
        "wrong_language",
        lambda case: True,
        lambda case, read: read.language != case.language.value,
        lambda case: case.language.value,
        lambda read: read.language,
    ),
    Scorer(
        "missed_escalation",
        lambda case: case.escalate is True,
        lambda case, read: not must_hand_over_text(read),
        lambda case: "escalate",
        _reasons,
    ),
    Scorer(
        "needless_escalation",
        lambda case: case.escalate is False,
        lambda case, read: must_hand_over_text(read),
        lambda case: f"no escalation, {_intents(case)}",
        _reasons,
    ),
    Scorer(
        "missed_injection",
        lambda case: case.injection,
        lambda case, read: Flag.INJECTION not in read.flags,
        lambda case: "injection",
        _reasons,
    ),
    Scorer(
        "wrong_sentiment",
        lambda case: case.sentiment is not None,
        lambda case, read: read.sentiment is not case.sentiment,
        lambda case: case.sentiment.value if case.sentiment else "",
        lambda read: f"{read.sentiment.value} {read.sentiment_score:.2f}",
    ),
    Scorer(
        "wrong_entity",
        lambda case: True,
        lambda case, read: _wanted_entities(case) != _got_entities(read),
        lambda case: _pairs(_wanted_entities(case)),
        lambda read: _pairs(_got_entities(read)),
    ),
)
BY_NAME = {scorer.name: scorer for scorer in SCORERS}
