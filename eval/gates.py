"""Figures that must not get worse: missed escalations in all, the main intent per language, no crash."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from eval.triage import ALL, Reading, figures

BASELINE = Path(__file__).parent / "baselines" / "triage.json"
#: One case more may go wrong than in the baseline: builds of the model differ in the last digit between machines.
SLACK = 1
#: Scorers held per language, and scorers held over all languages.
PER_LANGUAGE = ("wrong_main_intent",)
OVERALL = ("missed_escalation", "needless_escalation", "missed_injection", "wrong_language", "wrong_entity")

Baseline = dict[str, dict[str, dict[str, int]]]


def current(readings: Sequence[Reading]) -> Baseline:
    """Group -> scorer -> {wrong, n}."""
    measured: dict[str, Any] = figures(readings)
    return {
        group: {name: {"wrong": row[name]["wrong"], "n": row[name]["n"]} for name in (OVERALL if group == ALL else PER_LANGUAGE)}
        for group, row in measured.items()
    }


def load(path: Path = BASELINE) -> Baseline:
    return json.loads(path.read_text(encoding="utf-8"))


def write(readings: Sequence[Reading], path: Path = BASELINE) -> Path:
    path.write_text(json.dumps(current(readings), indent=2) + "\n", encoding="utf-8")
    return path


def broken(readings: Sequence[Reading], baseline: Baseline) -> list[str]:
    """One line for each figure that does not hold; empty when all do. Missed escalations get no slack."""
    lines = [f"{item.case.id} crashed: {item.crash}" for item in readings if not item.read]
    now = current(readings)
    for group, scorers in baseline.items():
        for name, row in scorers.items():
            lines += _worse(group, name, row, now.get(group, {}).get(name))
    return lines


def _worse(group: str, name: str, row: dict[str, int], now: dict[str, int] | None) -> list[str]:
    if now is None:
        return [f"{group}: {name} was not measured. Bring back the cases of {group}."]
    slack = 0 if name == "missed_escalation" else SLACK
    # Compared as rates, so that new cases do not break a gate by their number.
    if now["wrong"] - slack > row["wrong"] / max(1, row["n"]) * now["n"]:
        cure = f"See `python -m eval triage --wrong {name}`."
        return [f"{group}: {name} is {now['wrong']} of {now['n']}, the baseline is {row['wrong']} of {row['n']}. {cure}"]
    return []
