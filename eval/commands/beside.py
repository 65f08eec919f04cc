"""What `run --all` measures beside the labelled conversations."""

from typing import Any

from eval.commands.reference import run_suite
from eval.commands.simulate import SEEDS, run_simulation
from eval.simulation.phrases import languages
from eval.suites import SUITES
from eval.suites.show import as_json

#: Rows a suite: enough for an interval of a few points, few enough for all suites in two minutes.
ROWS = 150


def suites() -> list[dict[str, Any]]:
    return [as_json(run_suite(name, None, ROWS)) for name in SUITES]


def simulation(*, demo: bool) -> dict[str, Any]:
    return run_simulation([], languages(), SEEDS, "scripted", demo=demo)
