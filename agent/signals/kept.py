"""Figures that may be some minutes old: read once, kept, and read by one caller at a time."""

import asyncio
import time
from collections.abc import Awaitable, Callable, Hashable
from typing import Generic, TypeVar

T = TypeVar("T")
#: A lane or a pace of sales does not change within minutes, and reading it looks at a month of orders.
SECONDS = 300.0


class Kept(Generic[T]):
    """The last reading for one key (such as the day it is about)."""

    def __init__(self, seconds: float = SECONDS) -> None:
        self._seconds = seconds
        self._reading = asyncio.Lock()
        self._known: tuple[Hashable, float, T] | None = None

    async def get(self, key: Hashable, read: Callable[[], Awaitable[T]]) -> T:
        async with self._reading:
            if self._known and self._known[0] == key and time.monotonic() < self._known[1]:
                return self._known[2]
            found = await read()
            self._known = (key, time.monotonic() + self._seconds, found)
            return found
