"""What the first reading finds in a turn."""

from dataclasses import dataclass
from enum import StrEnum

from agent.domain.intents import Intent


class Sentiment(StrEnum):
    NEGATIVE = "negative"
    NEUTRAL = "neutral"
    POSITIVE = "positive"


class Urgency(StrEnum):
    LOW = "low"
    NORMAL = "normal"
    HIGH = "high"
    CRITICAL = "critical"


class Flag(StrEnum):
    """Things policy must know whatever the intent; found by lexicon, for recall."""

    INJECTION = "injection"
    ABUSE = "abuse"
    HUMAN_REQUEST = "human_request"
    LEGAL = "legal"
    SAFETY = "safety"
    PRESS = "press"
    PRIVACY = "privacy"
    ANGER = "anger"
    TRACKING = "tracking"  # asks for the tracking link to be sent again
    VAGUE = "vague"
    KEEP = "keep"  # takes a cancellation back


class EntityKind(StrEnum):
    ORDER = "order"
    EMAIL = "email"
    SKU = "sku"
    TRACKING = "tracking"
    PHONE = "phone"
    AMOUNT = "amount"
    ADDRESS = "address"


@dataclass(frozen=True, slots=True)
class IntentScore:
    intent: Intent
    score: float  # calibrated, 0..1


@dataclass(frozen=True, slots=True)
class Entity:
    """`value` is normalised (order number without #, e-mail lower case); start/end in code points of the text."""

    kind: EntityKind
    value: str
    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Triage:
    """`intents` is sorted by score and never empty; every intent in it must be served or handed over."""

    language: str
    language_sure: bool
    intents: tuple[IntentScore, ...]
    sentiment: Sentiment
    sentiment_score: float
    urgency: Urgency
    entities: tuple[Entity, ...] = ()
    flags: frozenset[Flag] = frozenset()
    brain: str = "local"

    @property
    def reader(self) -> str:
        """Whose confidences these are: "local", or the model's name. Thresholds hold for the reader they were measured on."""
        return "local" if self.brain.startswith("local") else self.brain.split(",")[0]

    @property
    def main(self) -> IntentScore:
        return self.intents[0]

    def values(self, kind: EntityKind) -> tuple[str, ...]:
        return tuple(dict.fromkeys(entity.value for entity in self.entities if entity.kind is kind))

    def wants(self, *intents: Intent) -> bool:
        return any(found.intent in intents for found in self.intents)
