"""A suite's figures as lines to read, and as data for the report."""

from collections.abc import Iterator
from dataclasses import asdict
from typing import Any

from eval.suites.suite import Measure, Skipped, Suite


def lines(found: Suite | Skipped) -> Iterator[str]:
    """One heading, one line a figure, one a row that did what must not happen."""
    if isinstance(found, Skipped):
        yield f"{found.name}: skipped. {found.why}"
        return
    yield f"{found.name}: {found.what} ({found.n} of {found.total} rows, data {found.data})"
    for measure in found.measures:
        yield f"  {line(measure)}"
    yield from (f"  ! {offender.id}: {offender.why}" for offender in found.offenders)


def line(measure: Measure) -> str:
    shown = f"{measure.name}: {_figure(measure)}"
    if measure.published:
        shown += f"; published {measure.published.value:g} ({measure.published.source}; {measure.published.differs})"
    if measure.at_most is not None:
        shown += f"; at most {measure.at_most:g}: {'BROKEN' if measure.broken else 'held'}"
    return shown


def _figure(measure: Measure) -> str:
    if measure.share and not measure.share.n:
        return "nothing to measure"
    low, high = measure.interval or (None, None)
    if measure.share:
        return f"{measure.value:.1%} of {measure.share.n} ({low:.1%}-{high:.1%})"
    return f"{measure.value:.3f}" + (f" ({low:.3f}-{high:.3f})" if low is not None else "")


def as_json(found: Suite | Skipped) -> dict[str, Any]:
    """Figures of a share are `hits` and `n`; `few` marks those too small to say much."""
    if isinstance(found, Skipped):
        return {"name": found.name, "skipped": found.why}
    own = asdict(found)
    return {
        **{key: own[key] for key in ("name", "what", "data", "n", "total")},
        "measures": [_as_json(measure) for measure in found.measures],
        "offenders": [asdict(offender) for offender in found.offenders],
        "broken": [measure.name for measure in found.broken],
    }


def _as_json(measure: Measure) -> dict[str, Any]:
    counted = {"hits": measure.share.hits, "n": measure.share.n, "few": measure.share.few} if measure.share else {}
    return {
        "name": measure.name,
        "value": round(measure.value, 4),
        "interval": [round(bound, 4) for bound in measure.interval] if measure.interval else None,
        **counted,
        "published": asdict(measure.published) if measure.published else None,
        "at_most": measure.at_most,
        "broken": measure.broken,
    }
