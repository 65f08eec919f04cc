"""The port of all sources: asked at every sync, they give articles, and say which files could not be used."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from knowledge.article import Article, Problem

Key = tuple[str, str]
"""An article's id and its language."""


@dataclass(frozen=True, slots=True)
class Loaded:
    """What a source gave: good articles, the files that could not be used, and articles it takes out whoever else has them."""

    articles: tuple[Article, ...]
    problems: tuple[Problem, ...] = ()
    retired: frozenset[Key] = frozenset()


class Source(Protocol):
    """Where articles come from; `name` is unique and stays the same from sync to sync."""

    @property
    def name(self) -> str: ...

    async def load(self) -> Loaded:
        """Everything the source has now.

        Raises SourceFailed when the source can not be read at all: what it gave last then stays published.
        """
        ...
