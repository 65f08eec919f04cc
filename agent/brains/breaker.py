"""Keeps calls away from an endpoint that fails, and lets one at a time find out whether it is back.

An answer of the wrong form may be the endpoint's fault or its message's: a writer who spoils answers on purpose must not take the model away from
everybody. Such a failure therefore counts once for each conversation, until there are so many of them that it no longer matters why.
"""

import time
from collections.abc import Callable

#: Failures in a row that open it, seconds that it then rests, and the most that an endpoint may ask us to rest.
LIMIT, REST, LONGEST_REST = 5, 20.0, 30.0
#: Failures in a row that open it whoever's they are.
ANYBODYS = 10


class Breaker:
    """Closed; open for `rest` seconds after `limit` failures in a row; then one call at a time may try."""

    def __init__(self, limit: int = LIMIT, rest: float = REST, clock: Callable[[], float] = time.monotonic) -> None:
        self._limit = limit
        self._rest = rest
        self._clock = clock
        self._failures = 0  # that count
        self._spoilt = 0  # that did not: their conversation had one before
        self._spoilers: set[str] = set()
        self._until = 0.0

    @property
    def resting(self) -> bool:
        return self._open and self._clock() < self._until

    @property
    def _open(self) -> bool:
        return self._failures >= self._limit or self._failures + self._spoilt >= ANYBODYS

    def allows(self) -> bool:
        """Whether to call now. While half-open, saying yes keeps others out until the outcome is told or another rest is over."""
        if not self._open:
            return True
        if self.resting:
            return False
        self._until = self._clock() + self._rest
        return True

    def tell(self, *, well: bool, rest: float | None = None, spoiler: str = "") -> None:
        """How a call went.

        `rest`: seconds that the endpoint asked for; it opens at once, for no longer than LONGEST_REST. `spoiler`: the conversation whose words
        may have caused a failure.
        """
        self._until = self._clock() + self._rest
        if well:
            self._failures = self._spoilt = 0
            self._spoilers.clear()
        elif spoiler in self._spoilers:
            self._spoilt += 1
        else:
            self._failures += 1
            self._spoilers |= {spoiler} - {""}
        if rest is not None and not well:
            self._failures = max(self._failures, self._limit)
            self._until = self._clock() + min(max(rest, 0.0), LONGEST_REST)
