"""How figures are written: percent with one decimal, names as words, intervals as a manager reads them."""

import re
from collections.abc import Sequence
from typing import Final

from eval.report.figures import Figures

__all__ = ["count", "interval", "language_tag", "measured", "percent", "plain", "probability"]

#: What decides a run, as people call it.
IDENTITY: Final = {
    "commit": "Commit",
    "source": "Code and texts",
    "data": "Cases",
    "brain": "Brain (model)",
    "embedding": "Embedding",
    "heads": "Classifiers",
    "prompts": "Prompts",
    "knowledge": "Knowledge snapshot",
    "thresholds": "Thresholds",
    "mode": "Mode",
    "seed": "Seed",
    "key": "Run key",
}
_TAG = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*")


def percent(value: float) -> str:
    """Never 0.0% or 100.0% for what is not quite nothing or all."""
    if 0 < value < 0.0005:
        return "<0.1%"
    if 0.9995 <= value < 1:
        return ">99.9%"
    return f"{value:.1%}"


def count(value: float) -> str:
    """Whole numbers plainly; a figure between 0 and 1 with the decimals that tell .87 from .9."""
    if float(value).is_integer():
        return f"{value:,.0f}"
    return f"{value:.3f}" if abs(value) < 1 else f"{value:,.1f}"


def interval(pair: Sequence[float]) -> str:
    return f"{percent(pair[0])} to {percent(pair[1])}"


def measured(share: Figures) -> str:
    """ "20 of 1,454 (1.4%)", or that there was nothing to measure."""
    if not share["n"]:
        return "not measured (n = 0)"
    return f"{count(share['hits'])} of {count(share['n'])} ({percent(share['rate'])})"


def probability(p: float | None) -> str:
    if p is None:
        return "not tested"
    return "< 0.001" if p < 0.001 else f"{p:.3f}"


def plain(name: str) -> str:
    """ "WrongResolution" and "resend_tracking" as words."""
    apart = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", " ", name).replace("_", " ").strip()
    return apart[:1].upper() + apart[1:].lower() if apart else "(none)"


def language_tag(value: str) -> str:
    """For the attribute lang; empty when it is no language."""
    return value if _TAG.fullmatch(value) and value != "xx" else ""
