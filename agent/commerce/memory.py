"""In-memory twins of the demo shop and its effects."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import TypeVar

from agent.commerce.memory_books import MemoryBooks
from agent.commerce.memory_shop import MemoryShop, untraced
from agent.commerce.remedies.books import Books
from agent.commerce.remedies.carry_out import carry_out, misused, unreadable
from agent.domain.effect import EffectResult, PlannedEffect
from agent.errors import NotFound

T = TypeVar("T")


class MemoryEffects:
    """One at a time, each key once."""

    def __init__(self, shop: MemoryShop) -> None:
        self.books = MemoryBooks(shop)
        self.done = self.books.done
        self._turn = asyncio.Lock()

    async def carry_out(self, effect: PlannedEffect) -> EffectResult:
        if failed := unreadable(effect):
            return failed
        async with self._turn:
            if earlier := self.done.get(effect.key):
                return misused(effect, earlier[0].kind, earlier[0].order) or earlier[1]
            result = await carry_out(self.books, effect, self.books.shop.now())
            self.done[effect.key] = (effect, result)
            return result

    async def look_up(self, effect: PlannedEffect) -> EffectResult | None:
        earlier = self.done.get(effect.key)
        return (misused(effect, earlier[0].kind, earlier[0].order) or earlier[1]) if earlier else None

    async def happen(self, event: Callable[[Books, datetime], Awaitable[T]]) -> T:
        """Something the warehouse or the carrier did; see remedies/happenings.py."""
        async with self._turn:
            return await event(self.books, self.books.shop.now())

    async def document(self, document_id: str) -> bytes:
        if document_id not in self.books.documents:
            raise NotFound()
        return self.books.documents[document_id].content


__all__ = ["MemoryBooks", "MemoryEffects", "MemoryShop", "untraced"]
