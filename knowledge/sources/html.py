"""A help centre's export: one HTML page, one article."""  # noqa: A005 - only ever imported by its full name

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from knowledge.article import Problem
from knowledge.sources.apart import Apart
from knowledge.sources.defaults import NO_DEFAULTS, Defaults, language, slug
from knowledge.sources.files import Raw
from knowledge.sources.formats import Format, Parsed, load
from knowledge.sources.source import Loaded


@dataclass(frozen=True, slots=True)
class HtmlSource:
    """A folder or .zip of pages, or one page. The same path below two language folders is one article in two languages."""

    name: str
    place: Path
    defaults: Defaults = NO_DEFAULTS

    async def load(self) -> Loaded:
        """Raises SourceFailed when no page can be read."""
        return await asyncio.to_thread(load, self.place, PAGE, self.defaults)


def parse(raw: Raw, defaults: Defaults, apart: Apart) -> Iterator[Parsed]:
    """The one article of a page."""
    found = apart.read(raw.data)
    if "error" in found:
        yield raw.name, Problem(raw.name, int(found.get("line", 1)), str(found["error"]))
        return
    spoken = str(found["language"]) or defaults.language
    title = str(found["title"]) or PurePosixPath(raw.name).stem
    fields = {"id": _id(raw.name, spoken), "title": title, "language": spoken, "body": found["body"]}
    yield raw.name, defaults.article(raw.name, 1, fields)


PAGE = Format({".html": 5_000_000, ".htm": 5_000_000}, "html_markdown", parse)


def _id(name: str, spoken: str) -> str:
    """The page's path without its language folder, and without the `index` that only stands for its folder."""
    path = PurePosixPath(name).with_suffix("")
    parts = [part for part in path.parts[:-1] if language(part) != language(spoken)] + [path.name]
    return slug("-".join(parts[:-1] if path.name == "index" and len(parts) > 1 else parts))
