"""The certified thresholds as the file that agent.policy loads."""

import json
from collections.abc import Sequence
from datetime import UTC, datetime
from itertools import takewhile
from pathlib import Path

from agent.policy import thresholds
from eval.certify import CONFIDENCE, Certificate, Point

#: A measured rate may be this many times the limit: so few turns lie at the sure end that one wrong turn would end the search.
LENIENT = 1.5


def write(certificates: Sequence[Certificate], *, data: str, source: str, reader: str = "local", path: Path | None = None) -> Path:
    """`data` is the digest of what was measured, `source` its name ("calibration" or "log"), `reader` whose confidences they were."""
    target = path or Path(thresholds.__file__).with_name("thresholds.json")
    remedies = {item.kind.value: entry(item) for item in certificates}
    raw = {
        "basis": "certified" if any(row["certified"] for row in remedies.values()) else "provisional",
        "source": source,
        "reader": reader,
        "data": data,
        "measured": datetime.now(UTC).date().isoformat(),
        "confidence": CONFIDENCE,
        "remedies": {name: row for name, row in remedies.items() if row["n"]},
    }
    target.write_text(json.dumps(raw, indent=2) + "\n", encoding="utf-8")
    return target


def entry(item: Certificate) -> dict[str, float | int | bool]:
    """The certified point, else the provisional one."""
    chosen = item.chosen or provisional(item)
    return {
        "minimum": chosen.minimum,
        "n": chosen.n,
        "wrong": chosen.wrong,
        "bound": round(chosen.bound, 5),
        "limit": item.limit,
        "certified": item.chosen is not None,
    }


def provisional(item: Certificate) -> Point:
    """What demo mode acts on where nothing is certified: the lowest step from which on the measured rate, without any bound, is
    within the limit and stays there further up; the strictest step with turns when there is none.
    """
    told = [at for at in item.curve if at.n]
    within = list(takewhile(lambda at: at.wrong <= max(1, LENIENT * item.limit * at.n), told))
    return (within or told or list(item.curve))[-1 if within else 0]
