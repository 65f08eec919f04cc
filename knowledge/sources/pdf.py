"""Leaflets and manuals: one PDF, one article."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from knowledge.article import Problem
from knowledge.sources.apart import Apart
from knowledge.sources.defaults import NO_DEFAULTS, Defaults, slug
from knowledge.sources.files import Raw
from knowledge.sources.formats import Format, Parsed, load
from knowledge.sources.source import Loaded


@dataclass(frozen=True, slots=True)
class PdfSource:
    """A folder or .zip of PDFs, or one file. Files of one name in folders called by language are translations."""

    name: str
    place: Path
    defaults: Defaults = NO_DEFAULTS

    async def load(self) -> Loaded:
        """Raises SourceFailed when no file can be read."""
        return await asyncio.to_thread(load, self.place, PDF, self.defaults)


def parse(raw: Raw, defaults: Defaults, apart: Apart) -> Iterator[Parsed]:
    """The one article of a document. Its headings are not guessed: paragraphs only."""
    found = apart.read(raw.data) if b"%PDF" in raw.data[:1024] else {"error": "is not a PDF: export it anew"}
    if "error" in found:
        yield raw.name, Problem(raw.name, 1, str(found["error"]))
        return
    path = PurePosixPath(raw.name)
    fields = {
        "id": slug(path.stem),
        "title": str(found["title"]) or " ".join(path.stem.replace("_", " ").replace("-", " ").split()),
        "language": str(found["language"]) or defaults.language,
        "body": found["body"],
    }
    yield raw.name, defaults.article(raw.name, 1, fields)


PDF = Format({".pdf": 20_000_000}, "pdf_text", parse)
