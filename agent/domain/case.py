"""The hand-off packet: everything an operator needs to answer in one look."""

from dataclasses import dataclass, field
from typing import Any

from agent.domain.decision import Offer, Remedy
from agent.domain.diagnosis import Diagnosis
from agent.domain.reply import Evidence, Reply


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """One line of context with its source and the time it was read (ISO)."""

    label: str
    value: str
    source: str
    at: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CasePacket:
    """`acknowledgement` is what the customer is told at once; `draft` waits for the operator."""

    desk: str
    reasons: tuple[str, ...]
    intents: tuple[str, ...]
    summary: str  # two lines, working language
    original: str
    working: str | None  # translation; None = not translated
    language: str
    urgency: str
    sentiment: str
    tried: tuple[str, ...]
    draft: Reply
    acknowledgement: Reply
    evidence: tuple[Evidence, ...]
    facts: tuple[Fact, ...]
    suggested: tuple[Remedy, ...]
    photos: tuple[str, ...] = ()
    subjects: tuple[str, ...] = ()  # SKUs and batches the case is about: what signals are counted by
    offers: tuple[Offer, ...] = ()  # what policy allows, best first; the customer was told of them when `told` says so
    told: bool = False
    chosen: Offer | None = None  # what the customer chose of them
    diagnoses: tuple[Diagnosis, ...] = ()  # one a photo of this turn
    card: dict[str, Any] = field(default_factory=dict[str, Any])  # the supply-chain context (agent.domain.card), as JSON
