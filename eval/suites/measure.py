"""What the suites share: shares as a line of text."""

from collections import Counter
from collections.abc import Iterable

from eval.interval import Share


def line(name: str, share: Share) -> str:
    low, high = share.interval
    return f"{name}: {share.value:.1%} of {share.n} ({low:.1%}-{high:.1%})"


def per_group(name: str, hits: Iterable[tuple[str, bool]]) -> list[str]:
    """One line in all, one a group."""
    total: Counter[str] = Counter()
    good: Counter[str] = Counter()
    for group, hit in hits:
        total[group] += 1
        good[group] += hit
    whole = line(name, Share(good.total(), total.total()))
    return [whole, *(f"  {line(group, Share(good[group], total[group]))}" for group in sorted(total))]
