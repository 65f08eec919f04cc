"""What the first reading finds in a turn."""

from dataclasses import dataclass
from enum import StrEnum

from agent.domain.intents import Intent
from agent.domain.reply import Translation


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


def reader(brain: str) -> str:
    """From what a reading says of its brain: "local (model failed: Timeout)", "model NAME, triage v2 0a1b"."""
    return "local" if brain.startswith("local") else brain.split(",")[0]


@dataclass(frozen=True, slots=True, kw_only=True)
class Triage:
    """`intents` is sorted by score and never empty; every intent in it must be served or handed over.

    `bridged`: the language is not served, but an engine carries what is written both ways. `translation`: the turn in the operators' language,
    when a model gave it with its reading.
    """

    language: str
    language_sure: bool
    intents: tuple[IntentScore, ...]
    sentiment: Sentiment
    sentiment_score: float
    urgency: Urgency
    entities: tuple[Entity, ...] = ()
    flags: frozenset[Flag] = frozenset()
    brain: str = "local"
    bridged: bool = False
    translation: Translation | None = None

    @property
    def reader(self) -> str:
        """Whose confidences these are: "local", "model NAME", or either "on a translation". Thresholds hold for whom they were measured on."""
        return f"{reader(self.brain)} on a translation" if self.bridged else reader(self.brain)

    @property
    def main(self) -> IntentScore:
        return self.intents[0]

    def values(self, kind: EntityKind) -> tuple[str, ...]:
        return tuple(dict.fromkeys(entity.value for entity in self.entities if entity.kind is kind))

    def wants(self, *intents: Intent) -> bool:
        return any(found.intent in intents for found in self.intents)
