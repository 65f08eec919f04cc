"""How sure the agent must be before it acts alone, per remedy, with a bound on being wrong that holds at 95 %.

Every turn of the calibration split is played with all thresholds open, so that the agent resolves whatever policy allows. A
candidate threshold is then tested with the exact binomial test of "the wrong rate above it is over the limit". Candidates are
tested in a fixed order, from sure to less sure, until one fails (fixed-sequence testing of Learn then Test, Angelopoulos et al.
2021, by MAPIE): so the error of the whole search stays at 5 %. Where the order starts depends on how many turns lie above it, never on their
labels. The last that passes is certified; when none does, the remedy is handed over.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from mapie.risk_control.fwer_control import FWERFixedSequenceTesting, control_fwer
from scipy.stats import binomtest

from agent.domain.decision import RemedyKind
from eval.judge_run import Judged
from eval.stats import upper_bound

CONFIDENCE: Final = 0.95
STEPS: Final = tuple(round(0.99 - step / 100, 2) for step in range(70))  # sure first
#: Pays out, or cannot be taken back: held to a tenth of the risk.
MONEY: Final = frozenset({RemedyKind.COUPON, RemedyKind.CANCEL, RemedyKind.REFUND, RemedyKind.EXCHANGE, RemedyKind.RESHIP})
LIMIT: Final = 0.01
MONEY_LIMIT: Final = 0.001
#: Remedies that the agent may carry out alone at all (agent.policy); the others always wait for a person.
ALONE: Final = (
    RemedyKind.ANSWER,
    RemedyKind.ORDER_FACTS,
    RemedyKind.RESEND_TRACKING,
    RemedyKind.RETURN,
    RemedyKind.CHANGE_ADDRESS,
    RemedyKind.CANCEL,
    RemedyKind.COUPON,
)
#: Wrong turns that the first candidate has room for. With none it lies as high as it can, where the agent is surest.
ROOM: Final = 0


@dataclass(frozen=True, slots=True)
class Served:
    """One turn that a remedy resolved: how sure the agent was of it, and whether it was right. `turn` names it."""

    score: float
    wrong: bool
    turn: str = ""


@dataclass(frozen=True, slots=True)
class Point:
    """What happens when everything from `minimum` on is resolved alone. `bound` is the one-sided exact 95 % bound at this point."""

    minimum: float
    n: int
    wrong: int
    coverage: float
    bound: float


@dataclass(frozen=True, slots=True)
class Certificate:
    """`chosen` is None when no threshold could be certified; `curve` runs from sure to less sure."""

    kind: RemedyKind
    limit: float
    served: int
    curve: tuple[Point, ...]
    chosen: Point | None


def limit(kind: RemedyKind) -> float:
    return MONEY_LIMIT if kind in MONEY else LIMIT


def served(judged: Sequence[Judged], kind: RemedyKind) -> list[Served]:
    """The turns this remedy took part in resolving. A wrong turn counts against every remedy in it."""
    found: list[Served] = []
    for played, verdicts in judged:
        resolution = verdicts["WrongResolution"]
        sure = sureness(played.record.remedies, played.record.intents, kind)
        if resolution is not None and sure is not None:
            found.append(Served(sure, resolution.wrong, f"{played.case.id}/{played.index}"))
    return found


def sureness(remedies: Sequence[tuple[str, str]], intents: Sequence[tuple[str, float]], kind: RemedyKind) -> float | None:
    """How sure the agent is of the weakest wish that this remedy serves; None when it serves none."""
    score = dict(intents)
    return min((score[intent] for name, intent in remedies if name == kind and intent in score), default=None)


def certify(kind: RemedyKind, turns: Sequence[Served], at_most: float | None = None) -> Certificate:
    """The threshold with the largest coverage whose wrong rate is bounded by `at_most`."""
    allowed = limit(kind) if at_most is None else at_most
    curve = [point(turns, step) for step in STEPS]
    start = next((index for index, item in enumerate(curve) if _could_pass(item.n, allowed)), None)
    passed = _passing(curve[start:], allowed) if start is not None else 0
    chosen = _tightest(curve, curve[start + passed - 1]) if start is not None and passed else None
    return Certificate(kind, allowed, len(turns), tuple(curve), chosen)


def _tightest(curve: Sequence[Point], last: Point) -> Point:
    """The highest threshold that keeps the same turns: below it nothing was tried."""
    return next(item for item in curve if item.n == last.n)


def point(turns: Sequence[Served], minimum: float) -> Point:
    kept = [turn for turn in turns if turn.score >= minimum]
    wrong = sum(turn.wrong for turn in kept)
    return Point(minimum, len(kept), wrong, len(kept) / len(turns) if turns else 0.0, upper_bound(wrong, len(kept), CONFIDENCE))


def _could_pass(n: int, allowed: float) -> bool:
    return upper_bound(ROOM, n, CONFIDENCE) <= allowed


def _passing(curve: Sequence[Point], allowed: float) -> int:
    """How many candidates in a row are certified, from the first one on."""
    p = np.array([binomtest(item.wrong, item.n, allowed, alternative="less").pvalue for item in curve])
    rejected: Any = control_fwer(p, 1 - CONFIDENCE, FWERFixedSequenceTesting(n_starts=1))
    return len(rejected)


def certify_all(judged: Sequence[Judged]) -> list[Certificate]:
    return [certify(kind, served(judged, kind)) for kind in ALONE]
