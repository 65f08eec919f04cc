"""What travels through the graph. Input and output are narrower than the inside."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Annotated, NotRequired, TypedDict

from agent.domain.case import CasePacket
from agent.domain.context import Context
from agent.domain.decision import Decision
from agent.domain.diagnosis import Diagnosis
from agent.domain.effect import PlannedEffect
from agent.domain.message import Turn
from agent.domain.reply import Check, OperatorAction, Reply, Translation
from agent.domain.triage import Triage
from agent.phrasing import Phrases
from agent.policy.limits import Limits
from agent.policy.pack import Pack, packs
from agent.policy.terms import Terms
from agent.policy.thresholds import Thresholds
from agent.ports import Brain, Catalogue, Entails, Eye, Grants, History, Knowledge, Orders, Stock
from agent.signals.grants import NoGrants
from agent.signals.surroundings import NoSurroundings, Surroundings
from agent.writing.voice import Voices
from knowledge.search import SearchResult


def _merge(left: dict[str, float], right: dict[str, float]) -> dict[str, float]:
    return {**left, **right}


class TurnInput(TypedDict):
    turn: Turn


class TurnState(TurnInput):
    """Filled from the top down: a node may read what the nodes before it have written."""

    triage: Triage
    translation: Translation
    context: Context
    diagnoses: tuple[Diagnosis, ...]
    found: SearchResult
    decision: Decision
    plan: tuple[PlannedEffect, ...]
    reply: Reply
    check: Check
    case: NotRequired[CasePacket]
    action: NotRequired[OperatorAction]
    timings: Annotated[dict[str, float], _merge]  # node -> milliseconds


@dataclass(frozen=True, slots=True, kw_only=True)
class Parts:
    """Everything outside that the nodes may reach: the graph's runtime context."""

    brain: Brain
    eye: Eye
    orders: Orders
    catalogue: Catalogue
    stock: Stock
    history: History
    grants: Grants = field(default_factory=NoGrants)
    surroundings: Surroundings = field(default_factory=NoSurroundings)
    packs: Callable[[str], Pack] = packs  # policy by the customer's country
    knowledge: Knowledge
    phrases: Phrases
    thresholds: Thresholds
    terms: Terms
    limits: Limits
    brand: str
    demo: bool
    voices: Voices | None = None  # the merchant's guide, which a model's sentences are held to
    entails: Entails | None = None  # reads what a model wrote once more; None: no such model is configured
    working_language: str = "en"
