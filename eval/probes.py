"""Questions with known answers, for editors to see what a change of an article does to them."""

from collections.abc import Iterable, Iterator
from hashlib import sha256
from itertools import zip_longest

from agent.brains.local.text import clean
from agent.domain.entities import plain
from eval.case import Case, Split
from eval.library import load
from knowledge.calibrate import questions
from knowledge.probes import Probe

#: So many are asked twice while an editor waits.
MOST = 1_500
#: The development split alone: what editors look at while they write can neither certify nor judge them any more.
SPLITS = (Split.DEV,)


def probes() -> tuple[Probe, ...]:
    """Opening questions of labelled conversations, at most MOST, and the questions that search is fitted on."""
    fitted = [found for found in questions() if found.article]
    searched = (Probe(f"search-{number}", q.text, q.language, None, (q.article or "",)) for number, q in enumerate(fitted, 1))
    return (*chosen(case for split in SPLITS for case in load(split).rows), *searched)


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
