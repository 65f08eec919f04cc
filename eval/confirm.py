"""Live cases as a test of the agent: would it have been right, had it been allowed to act alone? Operators say so by what they do."""

import hashlib
import json
import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

from agent.desk.cases import suggested
from agent.domain.decision import Reason, RemedyKind
from agent.domain.intents import COURTESY, NEEDS_ORDER, Intent
from agent.policy import thresholds
from eval.certify import ALONE, CONFIDENCE, ROOM, Certificate, Served, certify, sureness
from eval.live import Answered
from eval.stats import upper_bound
from eval.thresholds_file import entry

#: Handed over for want of a threshold alone: everything else was decided, and the draft says what.
WITHHELD: Final = frozenset({Reason.NOT_CERTIFIED.value, Reason.UNSURE.value})
_NO_WISH: Final = {intent.value for intent in COURTESY} | {Intent.OUT_OF_SCOPE.value}
_OF_ORDERS: Final = {intent.value for intent in NEEDS_ORDER}


@dataclass(frozen=True, slots=True)
class FromLog:
    """`closed` cases were looked at, `confirmed` and `wrong` of them count; the rest say nothing about acting alone."""

    closed: int
    confirmed: int
    wrong: int
    certificates: tuple[Certificate, ...]
    data: str  # digest of what counted

    @property
    def counted(self) -> int:
        return self.confirmed + self.wrong


def from_log(cases: Sequence[Answered]) -> FromLog:
    counted = [(case, right) for case in cases if (right := verdict(case)) is not None]
    turns = {kind: [turn for case, right in counted if (turn := served(case, kind, right))] for kind in ALONE}
    told = "\n".join(f"{case.id} {right}" for case, right in counted)
    rights = sum(right for _, right in counted)
    certificates = tuple(certify(kind, rows) for kind, rows in turns.items())
    return FromLog(len(cases), rights, len(counted) - rights, certificates, hashlib.sha256(told.encode()).hexdigest()[:16])


def verdict(case: Answered) -> bool | None:
    """Whether the operator did what the agent would have done; None when the agent would not have acted alone anyway."""
    # The case's reasons add up over its messages, the record's are those of the last one: a refreshed case differs in them.
    withheld = case.reasons and case.read_reasons and {*case.reasons, *case.read_reasons} <= WITHHELD
    if not withheld or not _serves_all(case.detail):
        return None
    unchanged = case.status == "answered" and (case.sent or "").strip() == case.draft.strip()
    return unchanged and set(case.ordered) == would_order(case.packet)


def would_order(packet: dict[str, Any]) -> set[str]:
    """Kinds of the remedies that no rule blocks and that change something in the shop."""
    free = [remedy for remedy in packet["suggested"] if not remedy.get("blocked")]
    return {remedy.kind.value for remedy in suggested({**packet, "suggested": free})}


def served(case: Answered, kind: RemedyKind, right: bool) -> Served | None:
    """This case as one turn of a remedy; None when the remedy has no part in it."""
    remedies = [(remedy["kind"], remedy["intent"]) for remedy in case.detail["remedies"] if not remedy["blocked"]]
    sure = sureness(remedies, [(read["intent"], read["score"]) for read in case.detail["intents"]], kind)
    return None if sure is None else Served(sure, not right, case.id)


def _serves_all(detail: dict[str, Any]) -> bool:
    """A wish without a remedy would have been a question: the agent would not have closed the turn."""
    free = [remedy for remedy in detail["remedies"] if not remedy["blocked"]]
    by_order = any(remedy["order"] for remedy in free)  # two wishes about one order may share a remedy
    served_by_name = {remedy["intent"] for remedy in free}
    wishes = {read["intent"] for read in detail["intents"]} - _NO_WISH
    return bool(free) and all(wish in served_by_name or (by_order and wish in _OF_ORDERS) for wish in wishes)


def needed(limit: float) -> tuple[int, int]:
    """Cases that a bound under `limit` takes: when none of them is wrong, and with the room for one that the search leaves."""
    none_wrong = math.ceil(math.log(1 - CONFIDENCE) / math.log(1 - limit))
    low, high = none_wrong, 20 * none_wrong
    while low < high:
        middle = (low + high) // 2
        low, high = (low, middle) if upper_bound(ROOM, middle, CONFIDENCE) <= limit else (middle + 1, high)
    return none_wrong, low


def add_to(found: FromLog, file: Path | None = None) -> list[RemedyKind]:
    """Write what the log has certified beside what was certified before; gives the remedies that gained.

    The log knows only what was handed over. So it may certify a remedy that was not, or lower a threshold; it never raises or drops one.
    """
    target = file or Path(thresholds.__file__).with_name("thresholds.json")
    before: dict[str, Any] = json.loads(target.read_text(encoding="utf-8")) if target.is_file() else {"remedies": {}}
    gains = [item for item in found.certificates if _gains(item, before["remedies"].get(item.kind.value))]
    if gains:
        after = before | {
            "basis": "certified",
            "source": " + ".join(dict.fromkeys([*filter(None, [before.get("source")]), "log"])),
            "data": " + ".join(filter(None, [before.get("data"), found.data])),
            "measured": datetime.now(UTC).date().isoformat(),
            "confidence": CONFIDENCE,
            "remedies": before["remedies"] | {item.kind.value: entry(item) for item in gains},
        }
        target.write_text(json.dumps(after, indent=2) + "\n", encoding="utf-8")
    return [item.kind for item in gains]


def _gains(item: Certificate, before: dict[str, Any] | None) -> bool:
    if item.chosen is None:
        return False
    return before is None or not before["certified"] or item.chosen.minimum < before["minimum"]
