"""Public reference data, read where it is present and never copied. One file a suite."""

import asyncio
from collections.abc import Callable, Coroutine
from typing import Any, Final

from eval.suites import bitext, folder, injections, umsab, xquad

Lines = list[str]
SUITES: Final[dict[str, Callable[[int | None], Coroutine[Any, Any, Lines]]]] = {
    "bitext_intent": bitext.measure,
    "umsab_sentiment": umsab.measure,
    "injections": injections.measure,
    "xquad_retrieval": xquad.measure,
}


def run(name: str, limit: int | None) -> Lines:
    """Lines to show; one sentence when the data is not there. Raises ValueError for an unknown suite."""
    if name not in SUITES:
        raise ValueError(f"Unknown suite {name!r}. There are: {', '.join(SUITES)}.")
    if not folder.present(name):
        return [f"{name}: skipped, no data in {folder.root() / name} (PORTSIDE_REFERENCE_DATA names the folder)."]
    return asyncio.run(SUITES[name](limit))
