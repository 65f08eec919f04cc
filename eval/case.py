"""A labelled conversation: what a customer writes, and what a careful colleague would make of each turn."""

from datetime import datetime
from enum import StrEnum

from pydantic import BaseModel, ConfigDict, Field, field_validator

from agent.domain.decision import Desk, Outcome, Reason, RemedyKind
from agent.domain.intents import Intent
from agent.domain.triage import EntityKind, Sentiment, Urgency
from eval.world import NOW

MOST_TURNS = 6


class Split(StrEnum):
    """What a case may be used for. No template and no author is in two of them."""

    DEV = "dev"  # to look at while building
    CALIBRATION = "calibration"  # to choose thresholds on, once the agent is built
    SEALED = "sealed"  # for gates alone: nobody tunes on it


class Fault(StrEnum):
    """What breaks while the conversation runs."""

    SHOP_DOWN = "shop_down"
    EFFECT_REFUSED = "effect_refused"
    EFFECT_UNKNOWN = "effect_unknown"
    KNOWLEDGE_EMPTY = "knowledge_empty"


class _Strict(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Labelled(_Strict):
    """An entity a reader must find; `value` normalised as in agent.domain.entities."""

    kind: EntityKind
    value: str


class Feedback(_Strict):
    """What operators thought of the draft they were given: a thumb, a note, and how many characters they changed."""

    good: bool | None = None
    note: str = ""
    edited: int | None = None


class Gold(_Strict):
    """What is right for one turn. A field that is empty or None is not judged.

    `outcomes`: the first is best, the others will do. `effects` must happen, `may` may happen, everything else is forbidden.
    `must` and `must_not` are facts (eval.facts) the customer has to read, or must not. One of `articles` must support the reply.
    """

    intents: tuple[Intent, ...] = ()
    sentiment: Sentiment | None = None
    urgency: Urgency | None = None
    language: str | None = None
    entities: tuple[Labelled, ...] | None = None
    outcomes: tuple[Outcome, ...] = ()
    tier: Desk | None = None
    reasons: tuple[Reason, ...] = ()
    effects: tuple[RemedyKind, ...] = ()
    may: tuple[RemedyKind, ...] = ()
    must: tuple[str, ...] = ()
    must_not: tuple[str, ...] = ()
    articles: tuple[str, ...] = ()
    injection: bool = False
    draft: str | None = None  # what an operator sent: how far our draft was from it
    feedback: Feedback | None = None  # on the draft of then; told, not judged

    @property
    def best(self) -> Outcome | None:
        return self.outcomes[0] if self.outcomes else None


class CaseTurn(_Strict):
    text: str = Field(max_length=12_000)
    photos: int = Field(0, ge=0, le=8)
    gold: Gold = Gold()


class FinalOrder(_Strict):
    """What an order must be like after the last turn; None = as it was."""

    state: str | None = None
    returned: bool | None = None  # a return is registered
    coupon: bool | None = None  # a code was issued for it
    city: str | None = None


class ShopOrder(_Strict):
    """An order that the world has not: `like` names the one it copies, the rest replaces its fields."""

    number: str
    like: str
    email: str | None = None
    state: str | None = None


class Case(_Strict):
    id: str = Field(pattern=r"^[\w.-]{3,80}$")
    author: str
    scenario: str
    language: str
    channel: str = "web"
    market: str = Field("DE", pattern="^[A-Z]{2}$")
    customer: str | None = None  # e-mail of a signed-in customer
    orders: tuple[ShopOrder, ...] = ()
    now: datetime = NOW
    faults: tuple[Fault, ...] = ()
    tags: tuple[str, ...] = ()
    turns: tuple[CaseTurn, ...] = Field(min_length=1, max_length=MOST_TURNS)
    final: dict[str, FinalOrder] = {}

    @field_validator("now")
    @classmethod
    def _aware(cls, value: datetime) -> datetime:
        if value.tzinfo is None:
            raise ValueError("give `now` with its zone, as in 2026-05-20T12:00:00Z")
        return value
