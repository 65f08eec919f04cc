"""`python -m eval.recognition`: fits the weights of a likeness on synthetic views and reports them on views that were held out."""

from collections.abc import Sequence
from dataclasses import astuple
from pathlib import Path
from typing import Annotated

import numpy as np
import numpy.typing as npt
import typer
from scipy.optimize import minimize

from agent.vision.likeness import FITTED, Weights, shares
from agent.vision.recognise import LEAST
from eval.recognition.trials import Trial, Trials

Flags = npt.NDArray[np.bool_]
#: A confidence at which hardly any name should be wrong.
SURE = 0.97


def main(
    views: Annotated[int, typer.Option(help="Synthetic views to fit on, and again as many to look at the fit.")] = 300,
    models: Annotated[Path, typer.Option(help="Where the models are prepared.")] = Path(".portside/models"),
    fit: Annotated[bool, typer.Option(help="Fit anew; else the weights in use are looked at.")] = False,
) -> None:
    """How well articles are recognised. Synthetic: there are no real customers' photos here."""
    trials = Trials(models)
    weights = fitted(list(trials.run(views, 1))) if fit else FITTED
    typer.echo(weights)
    for name, value in report(list(trials.run(views, 2)), weights).items():
        typer.echo(f"{name:<60} {value:.3f}")


def fitted(trials: Sequence[Trial]) -> Weights:
    """By maximum likelihood; pulled a little towards 0, since most views are told apart without doubt."""

    def loss(values: np.ndarray[tuple[int], np.dtype[np.float64]]) -> float:
        weights = Weights(*values)
        return -sum(np.log(max(probability(trial, weights), 1e-9)) for trial in trials) / len(trials) + 2e-4 * float(values @ values)

    return Weights(*(round(float(value), 3) for value in minimize(loss, np.array(astuple(FITTED)), method="Powell").x))


def probability(trial: Trial, weights: Weights) -> float:
    """Of what the photo does show."""
    parts = shares(trial.found, weights)
    return 1 - sum(parts) if trial.right is None else parts[trial.right]


def report(trials: Sequence[Trial], weights: Weights) -> dict[str, float]:
    told = [shares(trial.found, weights) for trial in trials]
    best = [int(np.argmax(parts)) for parts in told]
    sure = np.array([parts[row] for parts, row in zip(told, best, strict=True)])
    right = np.array([row == trial.right for row, trial in zip(best, trials, strict=True)])
    shows, ordered = np.array([trial.right is not None for trial in trials]), np.array([trial.ordered for trial in trials])
    careless, said = np.array([trial.careless for trial in trials]), sure >= LEAST

    def share(of: Flags, among: Flags) -> float:
        return float(of[among].mean()) if among.any() else 0.0

    return {
        "photos that show a known article: named rightly": share(said & right, shows),
        "... of an article of the order": share(said & right, shows & ordered),
        "... of another article of the catalogue": share(said & right, shows & ~ordered),
        "... careful photos": share(said & right, shows & ~careless),
        "... careless photos": share(said & right, shows & careless),
        "photos that show none of them: one is named all the same": share(said, ~shows),
        "named: share that is wrong": share(~right, said),
        f"named at {SURE} or more: share that is wrong": share(~right, sure >= SURE),
        f"named at {SURE} or more: share of all": float((sure >= SURE).mean()),
        "expected calibration error": _error(sure, right),
    }


def _error(sure: np.ndarray[tuple[int], np.dtype[np.float64]], right: Flags, bins: int = 10) -> float:
    at = np.minimum((sure * bins).astype(int), bins - 1)
    gaps = [(at == each).mean() * abs(sure[at == each].mean() - right[at == each].mean()) for each in range(bins) if (at == each).any()]
    return float(sum(gaps))


if __name__ == "__main__":
    typer.run(main)
