"""Keeps calls away from an endpoint that fails, and lets one at a time find out whether it is back."""

import time
from collections.abc import Callable

#: Failures in a row that open it, seconds that it then rests, and the most that an endpoint may ask us to rest.
LIMIT, REST, LONGEST_REST = 5, 20.0, 30.0


class Breaker:
    """Closed; open for `rest` seconds after `limit` failures in a row; then one call at a time may try."""

    def __init__(self, limit: int = LIMIT, rest: float = REST, clock: Callable[[], float] = time.monotonic) -> None:
        self._limit = limit
        self._rest = rest
        self._clock = clock
        self._failures = 0
        self._until = 0.0

    @property
    def resting(self) -> bool:
        return self._failures >= self._limit and self._clock() < self._until

    def allows(self) -> bool:
        """Whether to call now. While half-open, saying yes keeps others out until the outcome is told or another rest is over."""
        if self._failures < self._limit:
            return True
        if self.resting:
            return False
        self._until = self._clock() + self._rest
        return True

    def tell(self, *, well: bool, rest: float | None = None) -> None:
        """How a call went. `rest`: seconds that the endpoint asked for; it opens at once, for no longer than LONGEST_REST."""
        self._failures = 0 if well else self._failures + 1
        self._until = self._clock() + self._rest
        if rest is not None and not well:
            self._failures = max(self._failures, self._limit)
            self._until = self._clock() + min(max(rest, 0.0), LONGEST_REST)
