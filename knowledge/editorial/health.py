"""What somebody should look at in an article: dates, translations, links, use. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from knowledge.editorial.catalogue import Catalogue, Shown

SOON = timedelta(days=14)
UNUSED = timedelta(days=30)
_SHOWN = 4


@dataclass(frozen=True, slots=True)
class Mark:
    """One thing to look at; `kind` is one of the list's filters."""

    kind: str
    text: str


def marks(id_: str, catalogue: Catalogue, usual: Collection[str], today: date) -> tuple[Mark, ...]:
    """What the published texts of an article show by themselves, each kind once."""
    languages = catalogue.articles[id_]
    found: dict[str, Mark] = {}
    for mark in (
        *(mark for shown in languages.values() for mark in _dates(shown, today)),
        *_missing(languages, usual),
        *_numbers(languages),
        *(Mark("broken_link", f"{language}: {said}") for language in languages for said in catalogue.links.get((id_, language), ())),
        *(Mark("duplicate", said) for said in catalogue.duplicates.get(id_, ())),
    ):
        found.setdefault(mark.kind, mark)
    return tuple(found.values())


def usual_languages(catalogue: Catalogue) -> frozenset[str]:
    """The languages that at least half of the customers' articles have: who reads one of them expects the others too."""
    customers = [languages for languages in catalogue.articles.values() if _for_customers(languages)]
    counts = Counter(language for languages in customers for language in languages)
    return frozenset(language for language, count in counts.items() if count * 2 >= len(customers))


def _for_customers(languages: Mapping[str, Shown]) -> bool:
    return any(shown.article.audience == "customer" for shown in languages.values())


def _dates(shown: Shown, today: date) -> Iterator[Mark]:
    article = shown.article
    if article.review_on and article.review_on <= today:
        yield Mark("review_due", f"Its review was due on {article.review_on}")
    if article.valid_from and article.valid_from > today:
        yield Mark("not_yet_valid", f"Not shown before {article.valid_from}")
    if article.valid_to and article.valid_to < today:
        yield Mark("expired", f"Not shown since {article.valid_to}")
    elif article.valid_to and article.valid_to <= today + SOON:
        yield Mark("expires_soon", f"Shown until {article.valid_to}")


def _missing(languages: Mapping[str, Shown], usual: Collection[str]) -> Iterator[Mark]:
    missing = sorted(set(usual) - languages.keys())
    if missing and _for_customers(languages):
        yield Mark("missing_language", f"Not there in {', '.join(missing)}")


def _numbers(languages: Mapping[str, Shown]) -> Iterator[Mark]:
    for language, shown in languages.items():
        source = languages.get(shown.article.source_language)
        if source and source is not shown and shown.numbers != source.numbers:
            yield Mark("numbers_differ", f"{language}: {_difference(source.numbers, shown.numbers)}")


def _difference(source: frozenset[str], translation: frozenset[str]) -> str:
    pairs = (("lacks", source - translation), ("adds", translation - source))
    return "; ".join(f"{label} {', '.join(sorted(some)[:_SHOWN])}" for label, some in pairs if some)


def outdated(languages: Iterable[str]) -> Mark:
    """Translations that do not say yet what changed in their source."""
    return Mark("outdated_translation", f"The source has changed since: {', '.join(sorted(languages))}")


def never_used(languages: Mapping[str, Shown], published: date | None, used: int, counted_since: date | None, today: date) -> Mark | None:
    """For customers, published 30 days ago or earlier, and no reply rested on it since. Unknown while use is counted for less than that."""
    if used or not _for_customers(languages) or counted_since is None or counted_since > today - UNUSED:
        return None
    starts = [shown.article.valid_from for shown in languages.values() if shown.article.valid_from]
    since = max([day for day in (published, *starts) if day], default=counted_since)
    return Mark("never_used", "No reply has used it for 30 days") if since <= today - UNUSED else None
