"""How sure the agent must be before it acts alone: thresholds per remedy from the labelled cases.

Certified: the lowest step whose wrong-intent rate has a one-sided Clopper-Pearson bound under the limit, at 95 % over all steps together
(Bonferroni, because a step is searched for). Else provisional: the step with the best F-score, precision weighing twice as
much as recall, and four times for what cannot be taken back; `bound` is then the plain 95 % bound there, and the agent acts on it in
demo mode only.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from rich.table import Table

from agent.domain.decision import RemedyKind
from agent.domain.intents import COURTESY, FROM_KNOWLEDGE, WHEREABOUTS, Intent
from agent.domain.triage import Flag, IntentScore, Triage
from agent.policy import thresholds
from agent.policy.escalation import must_hand_over_text
from agent.policy.thresholds import Threshold
from eval.case import Case
from eval.interval import upper_bound
from eval.triage import Reading

ALPHA: Final = 0.05
STEPS: Final = tuple(step / 100 for step in range(30, 96, 5))
FACTS: Final = WHEREABOUTS
#: Which wishes lead to the remedy (agent.policy.serve and orders). Refund, exchange and reship always wait for a person: no threshold.
SERVED: Final[dict[RemedyKind, frozenset[Intent]]] = {
    RemedyKind.ANSWER: FROM_KNOWLEDGE | {Intent.OUT_OF_SCOPE},
    RemedyKind.ORDER_FACTS: FACTS | {Intent.NOT_RECEIVED, Intent.REFUND_STATUS},
    RemedyKind.RESEND_TRACKING: FACTS,
    RemedyKind.RETURN: frozenset({Intent.RETURN_REQUEST, Intent.WITHDRAWAL}),
    RemedyKind.CANCEL: frozenset({Intent.CANCEL_ORDER}),
    RemedyKind.CHANGE_ADDRESS: frozenset({Intent.CHANGE_ADDRESS}),
    RemedyKind.COUPON: FACTS,
}
#: Hard to take back once done. A coupon is not: the parcel must be late in fact, whatever was asked. Nor is a registered return: nothing
#: moves until the customer posts the parcel.
HARD_TO_UNDO: Final = frozenset({RemedyKind.CANCEL, RemedyKind.CHANGE_ADDRESS})
#: Reads or repeats what is known anyway; all else moves goods or money.
LOOKUPS: Final = frozenset({RemedyKind.ANSWER, RemedyKind.ORDER_FACTS, RemedyKind.RESEND_TRACKING})


@dataclass(frozen=True, slots=True)
class Judged:
    """One wish that was read and would be served: how sure, and whether the customer had it."""

    score: float
    right: bool


@dataclass(frozen=True, slots=True)
class Chosen:
    kind: RemedyKind
    threshold: Threshold
    wrong: int
    certified: bool


def limit(kind: RemedyKind) -> float:
    """The largest wrong rate a certified threshold may have."""
    return 0.01 if kind in LOOKUPS else 0.001


def judged(readings: Sequence[Reading], kind: RemedyKind) -> tuple[list[Judged], int]:
    """What would be served, and how many wishes there were to serve. What is handed over by rule never gets as far."""
    served: list[Judged] = []
    wanted = 0
    for item in readings:
        if item.read is None or _stopped(item.case, item.read):
            continue
        wanted += len(SERVED[kind] & set(item.case.intents))
        served += [Judged(wish.score, _right(item.case, wish)) for wish in item.read.intents if wish.intent in SERVED[kind]]
    return served, wanted


def _stopped(case: Case, read: Triage) -> bool:
    return must_hand_over_text(read) or Flag.INJECTION in read.flags or not case.intents


def _right(case: Case, wish: IntentScore) -> bool:
    """The wishes of FACTS are planned by one rule: taking one for another changes nothing."""
    if wish.intent in FACTS:
        return bool(FACTS & set(case.intents))
    return wish.intent in case.intents


def choose(kind: RemedyKind, served: Sequence[Judged], wanted: int) -> Chosen:
    for step in STEPS:
        n, wrong = _at(served, step)
        bound = upper_bound(wrong, n, ALPHA / len(STEPS))
        if bound <= limit(kind):
            return Chosen(kind, Threshold(step, n, round(bound, 4)), wrong, certified=True)
    step = max(STEPS, key=lambda at: (_f_score(kind, *_at(served, at), wanted), at))
    n, wrong = _at(served, step)
    return Chosen(kind, Threshold(step, n, round(upper_bound(wrong, n), 4)), wrong, certified=False)


def _at(served: Sequence[Judged], step: float) -> tuple[int, int]:
    kept = [item for item in served if item.score >= step]
    return len(kept), sum(not item.right for item in kept)


def _f_score(kind: RemedyKind, n: int, wrong: int, wanted: int) -> float:
    right, weight = n - wrong, (0.25 if kind in HARD_TO_UNDO else 0.5) ** 2
    return (1 + weight) * right / (weight * wanted + n) if wanted else 0.0


def calibrate(readings: Sequence[Reading]) -> list[Chosen]:
    return [choose(kind, *judged(readings, kind)) for kind in SERVED]


def write(chosen: Sequence[Chosen], digest: str, path: Path | None = None) -> Path:
    """The table policy reads. It is "certified" only when every remedy in it is."""
    target = path or Path(thresholds.__file__).with_name("thresholds.json")
    raw = {
        "basis": "certified" if all(item.certified for item in chosen) else "provisional",
        "data": digest,
        "measured": datetime.now(UTC).date().isoformat(),
        "remedies": {
            item.kind.value: {"minimum": item.threshold.minimum, "n": item.threshold.n, "bound": item.threshold.bound} for item in chosen
        },
    }
    target.write_text(json.dumps(raw, indent=2) + "\n", encoding="utf-8")
    return target


def table(chosen: Sequence[Chosen]) -> Table:
    made = Table(title="Thresholds per remedy", title_justify="left")
    for column in ("remedy", "threshold", "served", "wrong", "bound", "limit", "basis"):
        made.add_column(column)
    for item in chosen:
        found = item.threshold
        made.add_row(
            item.kind.value,
            f"{found.minimum:.2f}",
            str(found.n),
            str(item.wrong),
            f"{found.bound:.2%}",
            f"{limit(item.kind):.1%}",
            "certified" if item.certified else "provisional",
        )
    return made


#: Small talk is answered at any score, so no threshold may claim to hold it.
assert not any(intents & COURTESY for intents in SERVED.values())
