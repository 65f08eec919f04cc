"""A reader that knows the labels: what a model would answer if it were right, but for a chosen share of wishes. Writing and translating it only repeats."""

import hashlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from agent.brains.local.text import clean
from agent.brains.translation.marks import mask, unmask
from agent.domain.decision import Reason
from agent.domain.intents import Intent
from agent.domain.triage import Flag, Triage
from eval.cascade.asked import Answer, Asked
from eval.case import CaseTurn, Gold

#: How sure it says it is.
SURE = 0.95
#: Reasons of a label that a reader of the message must have seen.
SEEN = {
    Reason.LEGAL: Flag.LEGAL,
    Reason.PRESS: Flag.PRESS,
    Reason.SAFETY: Flag.SAFETY,
    Reason.PRIVACY: Flag.PRIVACY,
    Reason.ANGER: Flag.ANGER,
    Reason.ABUSE: Flag.ABUSE,
    Reason.HUMAN_WANTED: Flag.HUMAN_REQUEST,
}
_SOURCE = re.compile(r"^(hello|bye|s\d{1,2})(?: \(word for word\))?: ", re.MULTILINE)
_MESSAGE = re.compile(r"<message>\n(.*)\n</message>", re.DOTALL)
_WANTED = re.compile(r"^Translation wanted: [a-z]{2}$", re.MULTILINE)
_MARK = re.compile(r"⟦[^⟦⟧]*⟧")
FILLER = "The customer writes about this and would like to have an answer."
_ANSWERS: Mapping[frozenset[str], dict[str, Any]] = {
    frozenset({"order", "pieces", "others", "address", "choice"}): {
        "order": None,
        "pieces": [],
        "others": [],
        "address": None,
        "choice": None,
    },
    frozenset({"wants", "stands"}): {"wants": "The customer asks for help.", "stands": "A colleague is asked to look."},
}


@dataclass(slots=True)
class Oracle:
    """`wrong`: by model, the share of wishes that it mishears, the same ones each time. `labels` are of the case that is being played."""

    wrong: Mapping[str, float] = field(default_factory=dict[str, float])
    labels: dict[str, dict[str, Any]] = field(default_factory=dict[str, dict[str, Any]])

    def learn(self, turns: Mapping[CaseTurn, Triage], language: str) -> None:
        """The labels of one case in a language; what is not labelled is as the local brain reads it."""
        self.labels = {_key(turn.text): reading(turn.gold, local, language) for turn, local in turns.items()}

    def __call__(self, asked: Asked) -> Answer:
        if "intents" in asked.fields:
            return Answer(self._read(asked))
        if asked.fields == frozenset({"sentences"}):
            return Answer({"sentences": [_again(key) for key in _SOURCE.findall(asked.user)]})
        if asked.fields == frozenset({"translation"}):
            return Answer({"translation": _translated(_message(asked))})
        return Answer(_ANSWERS[asked.fields])

    def _read(self, asked: Asked) -> dict[str, Any]:
        text = _key(_message(asked))
        known: dict[str, Any] = (self.labels.get(text) or _nothing()) | {"translation": beside(asked)}
        if _chance(asked.model, text) >= self.wrong.get(asked.model, 0.0):
            return known
        wishes = [intent.value for intent in Intent if intent.value != known["intents"][0]["intent"]]
        other = wishes[int(_chance("which", asked.model, text) * len(wishes))]
        return known | {"intents": [{"intent": other, "confidence": SURE}]}


def reading(gold: Gold, local: Triage, language: str) -> dict[str, Any]:
    wishes = gold.intents or tuple(item.intent for item in local.intents)
    flags = {SEEN[reason] for reason in gold.reasons if reason in SEEN} | ({Flag.INJECTION} if gold.injection else set[Flag]())
    return {
        "language": gold.language or language,
        "intents": [{"intent": intent.value, "confidence": SURE} for intent in wishes],
        "sentiment": (gold.sentiment or local.sentiment).value,
        "sentiment_confidence": SURE,
        "urgency": (gold.urgency or local.urgency).value,
        "flags": sorted(flag.value for flag in flags),
    }


def read_as(language: str, wishes: Sequence[Intent]) -> dict[str, Any]:
    """A calm message that wants this and nothing else."""
    intents = [{"intent": wish.value, "confidence": SURE} for wish in wishes]
    return {
        "language": language,
        "intents": intents,
        "sentiment": "neutral",
        "sentiment_confidence": SURE,
        "urgency": "normal",
        "flags": [],
    }


def _nothing() -> dict[str, Any]:
    wish = {"intent": Intent.OUT_OF_SCOPE.value, "confidence": 0.3}
    return {"language": "en", "intents": [wish], "sentiment": "neutral", "sentiment_confidence": 0.5, "urgency": "normal", "flags": []}


def _again(key: str) -> dict[str, Any]:
    return {"text": f"⟦{key}⟧", "sources": [key], "paragraph": 1}


def _translated(text: str) -> str:
    """Every mark in its line, between English words that say nothing. What it was is not known, so nobody may act on it."""
    return "\n".join(" ".join([FILLER, *_MARK.findall(line)]) if line.strip() else line for line in text.split("\n"))


def beside(asked: Asked) -> str:
    """With every figure and name of the message; "" when no translation is asked for with the reading."""
    if not _WANTED.search(asked.user):
        return ""
    masked, kept = mask(_message(asked))
    return unmask(_translated(masked), kept) or ""


def _message(asked: Asked) -> str:
    found = _MESSAGE.search(asked.user)
    return found[1] if found else ""


def _key(text: str) -> str:
    return " ".join(clean(text).split())[:3000]


def _chance(*parts: str) -> float:
    """From 0 to 1, the same for the same parts."""
    return int(hashlib.sha256("\n".join(parts).encode()).hexdigest()[:8], 16) / 2**32
