"""All sources are asked at once and laid together in their order of trust; what a failing one gave last stays published."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import PurePath

import structlog

from knowledge.article import Problem
from knowledge.errors import SourceFailed
from knowledge.sources.source import Key, Loaded, Source
from knowledge.variants import Variant, variant_of

_log = structlog.get_logger(__name__)

PATIENCE = 180.0  # seconds for one source; the others do not wait for it longer than that


@dataclass(frozen=True, slots=True)
class Answer:
    """What one source said: `loaded`, or why it could not be read."""

    source: str
    loaded: Loaded
    error: str = ""


@dataclass(frozen=True, slots=True)
class Gathered:
    """What is to be published, and what an editor should hear about it; `retired` was taken out by somebody, on purpose."""

    variants: tuple[Variant, ...]
    answers: tuple[Answer, ...]
    problems: tuple[Problem, ...]
    notes: tuple[str, ...]
    retired: frozenset[Key] = frozenset()


async def gather(sources: Sequence[Source], active: Sequence[Variant], patience: float = PATIENCE) -> Gathered:
    """Sources are given in order of trust: an article of an earlier one hides the same of a later one."""
    answers = await asyncio.gather(*(_ask(source, patience) for source in sources))
    return await asyncio.to_thread(merge, answers, active)


async def _ask(source: Source, patience: float) -> Answer:
    try:
        return Answer(source.name, await asyncio.wait_for(source.load(), patience))
    except TimeoutError:
        error = f"no answer in {patience:.0f} s"
    except SourceFailed as failed:
        error = str(failed)
    except Exception as unforeseen:  # one broken connector must not keep the others from being published
        _log.exception("knowledge.source.broken", source=source.name)
        error = f"{type(unforeseen).__name__}: {unforeseen}"
    return Answer(source.name, Loaded(()), error)


def merge(answers: Sequence[Answer], active: Sequence[Variant]) -> Gathered:
    """The variants to publish. Pure judgement."""
    chosen: dict[Key, Variant] = {}
    retired: set[Key] = set()
    problems: list[Problem] = []
    notes: list[str] = []
    for answer in answers:
        kept = _kept(answer, active)
        notes += _notes(answer, kept)
        problems += answer.loaded.problems
        for found in (*(variant_of(article, answer.source) for article in answer.loaded.articles), *kept):
            if found.key in retired:
                continue
            if chosen.setdefault(found.key, found) is not found:
                problems += _hidden(found, chosen[found.key])
        # A source retires what later ones have, never what an earlier one gives.
        retired |= answer.loaded.retired
    variants = tuple(chosen[key] for key in sorted(chosen))
    return Gathered(variants, tuple(answers), tuple(problems), tuple(sorted(notes)), frozenset(retired - chosen.keys()))


def _kept(answer: Answer, active: Sequence[Variant]) -> tuple[Variant, ...]:
    """What stays of this source's last good state: everything when it failed, else articles whose file broke since.

    A slip of the pen must not unpublish an article.
    """
    own = [found for found in active if found.source == answer.source]
    if answer.error:
        return tuple(own)
    given = {(article.id, article.language) for article in answer.loaded.articles} | answer.loaded.retired
    files = [PurePath(problem.file) for problem in answer.loaded.problems]
    languages = {found.article.language for found in own}
    return tuple(found for found in own if found.key not in given and any(_may_be(file, found, languages) for file in files))


def _may_be(broken: PurePath, found: Variant, languages: set[str]) -> bool:
    """Whether this file is the article's: `<language>/<id>.md`, or `<id>.html` in a folder that names no language."""
    folder = broken.parent.name
    return broken.stem == found.article.id and (folder == found.article.language or folder not in languages)


def _notes(answer: Answer, kept: Sequence[Variant]) -> list[str]:
    if answer.error:
        return [f"source {answer.source} failed, its {len(kept)} articles stay as they were: {answer.error}"]
    return [f"{found.article.language}/{found.article.id}: kept as it was, its file is broken" for found in kept]


def _hidden(found: Variant, by: Variant) -> list[Problem]:
    """An article twice is worth a word, unless an editor meant it: what they publish replaces what the folder says."""
    if by.source == "editorial":
        return []
    name = f"{found.article.language}/{found.article.id}"
    return [Problem(name, 1, f"the source {by.source} has this article already: keep one of the two")]
