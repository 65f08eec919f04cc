"""Protocols of everything outside the graph. Each has a real part and an in-memory twin."""

from collections.abc import Collection, Sequence
from datetime import date, datetime
from typing import Protocol

from agent.domain.arguments import Arguments, Asked
from agent.domain.brief import Brief, Summing
from agent.domain.commerce import (
    Address,
    Availability,
    Batch,
    Customer,
    InventoryLevel,
    Line,
    Order,
    Product,
    TracedLine,
)
from agent.domain.context import Granted
from agent.domain.diagnosis import Diagnosis
from agent.domain.effect import EffectResult, PlannedEffect
from agent.domain.message import Photo, Turn
from agent.domain.model_call import ModelCall
from agent.domain.reply import Reply, Translation
from agent.domain.triage import Triage
from knowledge.article import Audience
from knowledge.search import SearchResult


class Clock(Protocol):
    def now(self) -> datetime:
        """Aware, UTC."""
        ...


class Brain(Protocol):
    """Reads a turn. What it returns is a proposal; policy disposes."""

    name: str

    async def triage(self, turn: Turn) -> Triage: ...

    async def triage_texts(self, texts: Sequence[str], hints: Sequence[str | None]) -> list[Triage]:
        """Many independent texts at once, embedded in batches."""
        ...

    async def translate(self, text: str, source: str, target: str) -> Translation: ...

    async def argue(self, asked: Asked) -> Arguments:
        """What the decision needs beside the wish. A proposal: policy keeps what is true."""
        ...

    async def write(self, brief: Brief) -> Reply | None:
        """The composed reply said better; None: it stands as it is."""
        ...

    async def summarise(self, summing: Summing) -> str | None:
        """Two lines for the operator; None: code's own stand."""
        ...


class Eye(Protocol):
    """Diagnoses photos. Never raises for a photo's sake: what cannot be told is said so."""

    async def diagnose(self, photo: Photo, lines: Sequence[Line]) -> Diagnosis:
        """`lines` are of the customer's own orders, the one in question first; () when none is proven."""
        ...


class Entails(Protocol):
    """A second opinion on what a model wrote."""

    async def entails(self, pairs: Sequence[tuple[str, str]]) -> list[float]:
        """How likely the first text of each pair says the second, 0..1. Raises TimeoutError or OSError when it cannot tell now."""
        ...


class Photos(Protocol):
    async def data(self, photo: str) -> bytes | None:
        """The stored copy (JPEG, upright, without metadata); None when it is gone."""
        ...


class Meter(Protocol):
    """Keeps the budgets of model calls: per conversation, hour, day and month. Amounts in micro-euro.

    `known`: something is proven about the writer, or staff asks. Strangers share a part of hour, day and month.
    """

    async def reserve(self, conversation: str, cost: int, known: bool = True) -> bool:
        """Take the most that a call can cost from every budget; False, and nothing is taken, when one of them would be overdrawn."""
        ...

    async def settle(self, conversation: str, reserved: int, call: ModelCall, known: bool = True) -> None:
        """Book what the call did cost instead, and keep its record. Never raises."""
        ...


class Orders(Protocol):
    async def find(self, number: str, email: str) -> Order | None:
        """The order when number AND e-mail belong together; None for an unknown order and for a wrong e-mail alike."""
        ...

    async def by_number(self, number: str) -> Order | None:
        """Only for orders already proven in this conversation and for staff."""
        ...

    async def of_customer(self, email: str, limit: int = 5) -> tuple[Order, ...]:
        """Newest first; only for a signed identity."""
        ...

    async def customer(self, email: str) -> Customer | None: ...


class Catalogue(Protocol):
    async def products(self, skus: Sequence[str]) -> tuple[Product, ...]: ...

    async def match(self, text: str, limit: int = 3) -> tuple[Product, ...]:
        """Products named in a text by SKU or title words, best first."""
        ...


class Stock(Protocol):
    async def availability(self, skus: Sequence[str]) -> tuple[Availability, ...]:
        """What a customer may know."""
        ...

    async def levels(self, skus: Sequence[str]) -> tuple[InventoryLevel, ...]:
        """Staff only."""
        ...

    async def batches(self, ids: Sequence[str]) -> tuple[Batch, ...]:
        """Staff only."""
        ...

    async def traced(self, order: str) -> tuple[TracedLine, ...]:
        """Staff only: the order's lines with their production batches; () for an unknown order."""
        ...


class History(Protocol):
    async def look_back(self, order: str, email: str, subjects: Sequence[str]) -> tuple[int, int]:
        """(earlier cases of this customer, open cases of the last days about these SKUs and batches). Staff only."""
        ...


class Grants(Protocol):
    async def granted(self, order: str) -> Granted:
        """What was granted on this order, or waits to be. Staff only."""
        ...


class Effects(Protocol):
    """Carries an effect out on the shop. Calling twice with one key does it once and gives the first result."""

    async def carry_out(self, effect: PlannedEffect) -> EffectResult:
        """`data` holds what the reply may state: label URL, coupon code, new address. UNKNOWN when the shop did not answer."""
        ...

    async def look_up(self, effect: PlannedEffect) -> EffectResult | None:
        """What became of an effect whose outcome is unknown, read at the source; None when it was never done there.

        Changes nothing. UNKNOWN when the source does not answer.
        """
        ...


class Knowledge(Protocol):
    async def search(
        self,
        query: str,
        *,
        language: str,
        market: str | None = None,
        audience: Audience = "customer",
        k: int = 5,
        today: date,
        intents: Sequence[str] = (),
        products: Collection[str] | None = None,
    ) -> SearchResult:
        """`products` are the SKUs the case is about, when they are known: what is written about others is left out."""
        ...


__all__ = ["Address", "Brain", "Catalogue", "Clock", "Effects", "Eye", "Grants", "History", "Knowledge", "Orders", "Stock"]
