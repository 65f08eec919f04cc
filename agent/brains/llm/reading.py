"""Triage by a model: what it must answer, in our closed lists, and how that joins what the local brain found."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Annotated, Any

from pydantic import AfterValidator, BaseModel, Field

from agent.brains.llm.models import Models
from agent.brains.llm.translating import faithful
from agent.brains.local import reading
from agent.brains.local.text import clean
from agent.brains.translation.glossary import Glossary
from agent.domain.intents import COURTESY, Intent
from agent.domain.languages import is_supported
from agent.domain.message import Message
from agent.domain.model_call import Size
from agent.domain.triage import Flag, IntentScore, Sentiment, Triage, Urgency

#: Characters of a message, and of what was said before it, that a model is shown.
LONGEST, HISTORY_MESSAGES, HISTORY_LONGEST = 6000, 4, 400
MOST_INTENTS = 4
#: Characters of a message that is translated with its reading: a longer one would keep the customer waiting, and is translated when a person needs it.
BRIEF = 400
_INTENTS, _FLAGS = [intent.value for intent in Intent], [flag.value for flag in Flag]


def _share(value: float) -> float:
    if not 0 <= value <= 1:
        raise ValueError("a confidence is between 0 and 1")
    return value


def _code(value: str) -> str:
    if not re.fullmatch(r"[a-z]{2}", value):
        raise ValueError("a language is an ISO 639-1 code")
    return value


def _some(value: "list[Wish]") -> "list[Wish]":
    if not value:
        raise ValueError("there is at least one intent")
    return value[:MOST_INTENTS]


def _required(schema: dict[str, Any]) -> None:
    del schema["default"]


# Checked by us and not in the schema: not every endpoint takes ranges and patterns in a strict schema.
Share = Annotated[float, AfterValidator(_share)]


class Wish(BaseModel):
    """One thing the customer wants."""

    intent: Intent
    confidence: Share


class ReadMessage(BaseModel):
    """What a customer's message says. `translation` may be missing: a reading is worth having without it."""

    language: Annotated[str, AfterValidator(_code)]
    intents: Annotated[list[Wish], AfterValidator(_some)]
    sentiment: Sentiment
    sentiment_confidence: Share
    urgency: Urgency
    flags: list[Flag]
    translation: Annotated[str, Field(json_schema_extra=_required)] = ""


@dataclass(frozen=True, slots=True)
class Beside:
    """A translation that is asked for with the reading, so that a case needs no second call."""

    target: str
    glossary: Glossary

    def wanted(self, text: str, local: Triage) -> bool:
        return len(text) <= BRIEF and not (local.language_sure and local.language == self.target)


async def read(
    models: Models, text: str, local: Triage, history: Sequence[Message] = (), *, size: Size = "small", beside: Beside | None = None
) -> Triage:
    """The model's reading of a text, with what the local brain found in it, and its translation if one is wanted and true. Raises ModelFailed."""
    into = beside.target if beside and beside.wanted(text, local) else ""
    shown = {"intents": _INTENTS, "flags": _FLAGS, "history": told(history), "message": clean(text)[:LONGEST], "into": into}
    answer = await models.ask("triage", ReadMessage, shown, size=size)
    found = merged(answer.value, local, answer.by)
    if not (beside and into) or found.language == into:
        return found
    return replace(found, translation=faithful(text, answer.value.translation, into, beside.glossary, answer.by))


def told(history: Sequence[Message]) -> str:
    """What was said before, as a model is shown it."""
    return "\n".join(f"{m.author.value}: {clean(m.text)[:HISTORY_LONGEST]}" for m in history[-HISTORY_MESSAGES:])


def merged(found: ReadMessage, local: Triage, brain: str) -> Triage:
    """The model's reading; it may add gravity to the local one's, never take any away."""
    angry = bool(local.flags & {Flag.ANGER, Flag.ABUSE})
    grave = local.urgency if local.urgency in {Urgency.HIGH, Urgency.CRITICAL} else Urgency.LOW
    return Triage(
        language=_language(found.language, local),
        language_sure=True,
        intents=_intents(found, local),
        sentiment=local.sentiment if angry else found.sentiment,
        sentiment_score=local.sentiment_score if angry else found.sentiment_confidence,
        urgency=max(grave, found.urgency, key=list(Urgency).index),
        entities=local.entities,
        flags=local.flags | set(found.flags),
        brain=brain,
    )


def _language(said: str, local: Triage) -> str:
    """A model may not take away a served language that is plain to see: it is what the customer is answered in, and what our checks can read."""
    return local.language if local.language_sure and is_supported(local.language) else said


def _intents(found: ReadMessage, local: Triage) -> tuple[IntentScore, ...]:
    """The model's, and those that a flag of the local brain says outright."""
    said = {intent for key, intent in reading.OUTRIGHT.items() if reading.FLAGS[key] in local.flags}
    scores = {item.intent: item.score for item in local.intents if item.intent in said}
    for wish in found.intents:
        scores[wish.intent] = max(scores.get(wish.intent, 0.0), wish.confidence)
    small_talk = COURTESY | {Intent.OUT_OF_SCOPE}
    kept = {intent: score for intent, score in scores.items() if intent not in small_talk} or scores
    return tuple(IntentScore(i, round(s, 4)) for i, s in sorted(kept.items(), key=lambda item: -item[1]))
