"""What a build must not be worse than. A gate's figure may only be loosened with a line in DECISIONS.md."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from eval.report.figures import Figures

FILE = Path(__file__).parent / "gates.json"


@dataclass(frozen=True, slots=True, kw_only=True)
class Gate:
    """`figure` is a path into the report; `at_most` or `at_least` holds it. A `goal` is shown and does not stop a build.

    `mode`: only in runs that act like that ("demo" or "certified"): what production hands over says nothing about the agent.
    """

    name: str
    figure: str
    at_most: float | None = None
    at_least: float | None = None
    goal: bool = False
    mode: str = ""
    why: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ruling:
    gate: Gate
    value: float | None
    passed: bool
    interval: tuple[float, float] | None = None
    n: int | None = None
    bound: float | None = None

    def as_json(self) -> Figures:
        gate = self.gate
        limit = f"<= {gate.at_most:g}" if gate.at_most is not None else f">= {gate.at_least:g}"
        return {
            "name": gate.name,
            "figure": gate.figure,
            "limit": limit,
            "goal": gate.goal,
            "why": gate.why,
            "value": self.value,
            "passed": self.passed,
            "interval": self.interval,
            "n": self.n,
            "bound": self.bound,
        }


def load(file: Path = FILE) -> tuple[Gate, ...]:
    """Raises ValueError naming the gate that cannot be read."""
    found: list[Gate] = []
    for entry in json.loads(file.read_text(encoding="utf-8")):
        try:
            gate = Gate(**entry)
        except TypeError as error:
            raise ValueError(
                f"{file.name}: gate {entry.get('name')!r}: {error}. A gate has name, figure, at_most or at_least, goal, mode, why."
            ) from None
        if (gate.at_most is None) is (gate.at_least is None):
            raise ValueError(f"{file.name}: gate {gate.name!r} needs at_most or at_least, and only one of them.")
        found.append(gate)
    return tuple(found)


def rule(gates: Sequence[Gate], report: Figures) -> list[Ruling]:
    """A figure that was not measured does not pass."""
    mode = report.get("identity", {}).get("mode", "")
    held = [gate for gate in gates if not gate.mode or gate.mode == mode]
    return [_ruling(gate, _find(report, gate.figure), _find(report, gate.figure.rpartition(".")[0])) for gate in held]


def broken(rulings: Sequence[Ruling]) -> list[Ruling]:
    return [ruling for ruling in rulings if not ruling.passed and not ruling.gate.goal]


def _ruling(gate: Gate, found: Any, whole: Any) -> Ruling:
    """`whole` is the row that a count like `hits` was taken from: a count of nothing measured is no nought."""
    row: Figures = found if isinstance(found, dict) else whole if isinstance(whole, dict) and "n" in whole else {}
    value = float(found) if isinstance(found, int | float) else (float(row["rate"]) if "rate" in row else None)
    return Ruling(
        gate=gate,
        value=value,
        passed=value is not None and row.get("n") != 0 and _holds(gate, value),
        interval=_interval(row) if isinstance(found, dict) else None,
        n=row.get("n"),
        bound=row.get("bound"),
    )


def _interval(row: Figures) -> tuple[float, float] | None:
    found = row.get("clustered") or row.get("wilson")
    return (found[0], found[1]) if found else None


def _holds(gate: Gate, value: float) -> bool:
    return value <= gate.at_most if gate.at_most is not None else value >= (gate.at_least or 0.0)


def _find(report: Figures, path: str) -> Any:
    """`scorers.WrongEffect`, `scorers.WrongEffect.hits`, `resolution.resolved_right`, `crashes` (how many)."""
    found: Any = report
    for step in path.split("."):
        found = _step(found, step)
        if found is None:
            return None
    return len(found) if isinstance(found, list) else found


def _step(found: Any, step: str) -> Any:
    if isinstance(found, list):
        return next((item for item in found if item.get("name") == step), None)
    return found.get(step) if isinstance(found, dict) else None
