"""What a suite comes to: figures, each with how far it may lie off, and what others have published."""

from collections.abc import Callable, Coroutine, Sequence
from dataclasses import dataclass
from typing import Any

from eval.stats import Share
from eval.suites.source import Source

Interval = tuple[float, float]


@dataclass(frozen=True, slots=True, kw_only=True)
class Published:
    """`differs` says how their protocol is not ours: the two figures are neighbours, not rivals."""

    value: float
    source: str
    differs: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Measure:
    """`interval` at 95 %: Wilson of the share, else a bootstrap. `at_most`: a gate, which a suite breaks by going over it."""

    name: str
    value: float
    share: Share | None = None
    interval: Interval | None = None
    published: Published | None = None
    at_most: float | None = None

    @property
    def n(self) -> int | None:
        return self.share.n if self.share else None

    @property
    def broken(self) -> bool:
        return self.at_most is not None and self.value > self.at_most


@dataclass(frozen=True, slots=True)
class Offender:
    """A row that did what must not happen."""

    id: str
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """What a suite's own function gives back. `n` rows were looked at."""

    n: int
    measures: Sequence[Measure]
    offenders: Sequence[Offender] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Suite:
    """`data` changes with any letter of the files that were read; `total` rows are in them."""

    name: str
    what: str
    data: str
    n: int
    total: int
    measures: tuple[Measure, ...]
    offenders: tuple[Offender, ...] = ()

    @property
    def broken(self) -> tuple[Measure, ...]:
        return tuple(measure for measure in self.measures if measure.broken)


@dataclass(frozen=True, slots=True)
class Skipped:
    """`why` is one sentence."""

    name: str
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A data set and what is done with it; `folder` is its name in the reference data."""

    name: str
    folder: str
    what: str
    function: Callable[[Source], Coroutine[Any, Any, Found]]
