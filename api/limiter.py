"""Requests per minute and caller, in this process."""

from limits import parse
from limits.aio.storage import MemoryStorage
from limits.aio.strategies import MovingWindowRateLimiter

from agent.errors import TooManyRequests

SIGN_IN = parse("10/minute")
MESSAGES = parse("60/minute")
PHOTOS = parse("20/minute")
SESSIONS = parse("120/minute")


class Limiter:
    def __init__(self) -> None:
        self._strategy = MovingWindowRateLimiter(MemoryStorage())

    async def check(self, what: object, *who: str) -> None:
        """Raises TooManyRequests."""
        if not await self._strategy.hit(what, *who):  # pyright: ignore[reportArgumentType]
            raise TooManyRequests
