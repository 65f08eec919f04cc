"""Opening questions of the labelled conversations, for editors to see what a change of an article does to them."""

from collections.abc import Iterable, Iterator
from hashlib import sha256
from itertools import zip_longest

from agent.brains.local.text import clean
from agent.domain.entities import plain
from eval.case import Case, Split
from eval.library import load
from knowledge.probes import Probe

#: So many are asked twice while an editor waits.
MOST = 1_500
#: Never the sealed ones: what is looked at while writing articles can no longer judge them.
SPLITS = (Split.DEV, Split.CALIBRATION)


def probes() -> tuple[Probe, ...]:
    """At most MOST questions whose answering articles are labelled, spread over languages and articles."""
    return chosen(case for split in SPLITS for case in load(split).rows)


def chosen(cases: Iterable[Case], most: int = MOST) -> tuple[Probe, ...]:
    """One a text, dealt out in turn to every language and article, so that a large group can not crowd out a small one."""
    groups: dict[tuple[str, str], list[Probe]] = {}
    for probe in _different(cases):
        groups.setdefault((probe.language, probe.expected[0]), []).append(probe)
    hands = [sorted(group, key=lambda probe: sha256(probe.id.encode()).digest()) for _, group in sorted(groups.items())]
    dealt = [probe for round_ in zip_longest(*hands) for probe in round_ if probe is not None]
    return tuple(dealt[:most])


def _different(cases: Iterable[Case]) -> Iterator[Probe]:
    seen: set[tuple[str, str]] = set()
    for case in cases:
        opening = case.turns[0]
        text = plain(clean(opening.text))  # as the agent asks the knowledge base
        key = case.language, text.casefold()
        if not opening.gold.articles or key in seen:
            continue
        seen.add(key)
        intents = tuple(intent.value for intent in opening.gold.intents)
        yield Probe(case.id, text, case.language, case.market, opening.gold.articles, intents)
