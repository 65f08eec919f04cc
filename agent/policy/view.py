"""Everything a judgement may look at, in one frozen piece. Staff facts are in it; what is written to customers is not made from it."""

from collections.abc import Callable
from dataclasses import dataclass

from agent.domain.commerce import Order
from agent.domain.context import Context
from agent.domain.decision import Reason, Remedy
from agent.domain.diagnosis import Diagnosis
from agent.domain.intents import Intent
from agent.domain.message import Turn
from agent.domain.triage import EntityKind, Triage
from agent.policy.limits import Limits
from agent.policy.pack import Pack, packs
from agent.policy.terms import Terms
from agent.policy.thresholds import Thresholds
from knowledge.search import SearchResult


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    turn: Turn
    triage: Triage
    context: Context
    found: SearchResult
    thresholds: Thresholds
    terms: Terms
    limits: Limits
    demo: bool
    diagnoses: tuple[Diagnosis, ...] = ()
    packs: Callable[[str], Pack] = packs  # by the customer's country

    @property
    def orders(self) -> tuple[Order, ...]:
        return self.context.customer.orders

    def names_an_order(self) -> bool:
        return bool(self.triage.values(EntityKind.ORDER))


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """How one intent would be served: remedies, or the question still open, or why a person must look (`blocked` on a remedy, or `handover`)."""

    intent: Intent
    remedies: tuple[Remedy, ...] = ()
    question: Reason | None = None
    handover: Reason | None = None
    supply_chain: bool = False
