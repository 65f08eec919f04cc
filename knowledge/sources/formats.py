"""What all connectors for files share: find the files, let their format read them, keep the first of each id."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from time import monotonic

from knowledge.article import Article, Problem
from knowledge.errors import SourceFailed
from knowledge.sources.apart import Apart
from knowledge.sources.defaults import Defaults
from knowledge.sources.files import Limits, Raw, files
from knowledge.sources.source import Loaded

Parsed = tuple[str, Article | Problem]
"""The file (and row) something stands in, and what it is."""

_MOST_SECONDS = 120  # a sync waits 180 for a source; giving up ourselves can say why


@dataclass(frozen=True, slots=True)
class Format:
    """One kind of file: its endings with the most bytes each may have, the module of `reading/` for it, and what makes articles of it."""

    limits: Limits
    reader: str
    parse: Callable[[Raw, Defaults, Apart], Iterator[Parsed]]


def load(place: Path, form: Format, defaults: Defaults) -> Loaded:
    """All articles at a place. Raises SourceFailed when not one can be read: what was published then stays."""
    with Apart(form.reader) as apart:
        loaded = collect(_parsed(place, form, defaults, apart))
    if not loaded.articles:
        raise SourceFailed(_nothing(place, form, loaded.problems))
    return loaded


def _parsed(place: Path, form: Format, defaults: Defaults, apart: Apart) -> Iterator[Parsed]:
    for item in files(place, form.limits):
        if isinstance(item, Problem):
            yield item.file, item
        else:
            yield from form.parse(item, defaults, apart)


def _nothing(place: Path, form: Format, problems: Sequence[Problem]) -> str:
    if not problems:
        return f"no {' or '.join(sorted(form.limits))} file in {place}: is the folder mounted? Remove the source if that is meant"
    more = f", and {len(problems) - 1} more" if len(problems) > 1 else ""
    return f"nothing in {place} can be used; {problems[0]}{more}"


def collect(parsed: Iterable[Parsed]) -> Loaded:
    """Articles and problems apart; of two with one id and language the first is kept, and the second named.

    Raises SourceFailed when it takes too long: a part of the articles would unpublish the others.
    """
    end = monotonic() + _MOST_SECONDS
    articles: dict[tuple[str, str], Article] = {}
    origin: dict[tuple[str, str], str] = {}
    problems: list[Problem] = []
    for file, item in parsed:
        if monotonic() > end:
            raise SourceFailed(f"reading takes more than {_MOST_SECONDS} s, at {file}: split it into several")
        if isinstance(item, Problem):
            problems.append(item)
            continue
        key = item.id, item.language
        if key in articles:
            name, _, line = file.partition("#")
            message = f"{item.id} in {item.language} stands already in {origin[key].replace('#', ' row ')}: keep one of the two"
            problems.append(Problem(name, int(line or 1), message))
            continue
        articles[key], origin[key] = item, file
    return Loaded(tuple(articles.values()), tuple(problems))
