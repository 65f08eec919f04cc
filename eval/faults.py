"""Twins of the shop that break on purpose."""

from collections.abc import Collection, Sequence
from datetime import date

from agent.commerce.memory import MemoryEffects
from agent.domain.commerce import Order
from agent.domain.effect import EffectResult, EffectState, PlannedEffect
from knowledge.article import Audience
from knowledge.search import SearchResult


class ShopDown:
    """Orders of a shop that does not answer."""

    async def find(self, number: str, email: str) -> Order | None:
        raise TimeoutError("the shop does not answer")

    async def by_number(self, number: str) -> Order | None:
        raise TimeoutError("the shop does not answer")

    async def of_customer(self, email: str, limit: int = 5) -> tuple[Order, ...]:
        raise TimeoutError("the shop does not answer")

    async def customer(self, email: str) -> None:
        raise TimeoutError("the shop does not answer")


class RefusingEffects(MemoryEffects):
    """Carries nothing out and says so."""

    async def carry_out(self, effect: PlannedEffect) -> EffectResult:
        return EffectResult(state=EffectState.FAILED, data={}, error="refused")


class SilentEffects(MemoryEffects):
    """The order may or may not have arrived: nobody knows."""

    async def carry_out(self, effect: PlannedEffect) -> EffectResult:
        return EffectResult(state=EffectState.UNKNOWN, data={}, error="TimeoutError")


class NoKnowledge:
    """A knowledge base in which nothing is found."""

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
        return SearchResult((), False, "empty")
