"""The certified thresholds as the file that agent.policy loads."""

import json
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from agent.policy import thresholds
from eval.certify import CONFIDENCE, Certificate, Point

#: What demo mode acts on where nothing is certified: the best F-score, precision weighing twice as much as recall.
_WEIGHT = 0.5**2


def write(certificates: Sequence[Certificate], *, data: str, source: str, path: Path | None = None) -> Path:
    """`data` is the digest of what was measured, `source` its name ("calibration" or "log")."""
    target = path or Path(thresholds.__file__).with_name("thresholds.json")
    remedies = {item.kind.value: entry(item) for item in certificates}
    raw = {
        "basis": "certified" if any(row["certified"] for row in remedies.values()) else "provisional",
        "source": source,
        "data": data,
        "measured": datetime.now(UTC).date().isoformat(),
        "confidence": CONFIDENCE,
        "remedies": {name: row for name, row in remedies.items() if row["n"]},
    }
    target.write_text(json.dumps(raw, indent=2) + "\n", encoding="utf-8")
    return target


def entry(item: Certificate) -> dict[str, float | int | bool]:
    """The certified point, else the provisional one."""
    chosen = item.chosen or max(item.curve, key=lambda at: (_f_score(at, item), at.minimum))
    return {
        "minimum": chosen.minimum,
        "n": chosen.n,
        "wrong": chosen.wrong,
        "bound": round(chosen.bound, 5),
        "limit": item.limit,
        "certified": item.chosen is not None,
    }


def _f_score(at: Point, item: Certificate) -> float:
    """Wanted is what could be right at all: everything right at the loosest step."""
    loosest = item.curve[-1]
    right, wanted = at.n - at.wrong, loosest.n - loosest.wrong
    return (1 + _WEIGHT) * right / (_WEIGHT * wanted + at.n) if wanted and at.n else 0.0
