"""Search in the lines of a file instead of the knowledge base: a throw-away index with the same ranking."""

from __future__ import annotations

import asyncio
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
from pydantic import BaseModel, ValidationError, field_validator

from knowledge.article import Problem
from knowledge.chunk import chunks
from knowledge.embed import Embedder
from knowledge.entry import Entry
from knowledge.errors import BadPassagesFile
from knowledge.index import Vectors
from knowledge.parts_index import PartsIndex
from knowledge.passages import PassageSet
from knowledge.progress import Progress, silent
from knowledge.search import Knowledge, SearchResult
from knowledge.shelf import FixedShelf

_BATCH = 32


class _Line(BaseModel):
    """One passage; unknown keys are ignored."""

    id: str
    text: str
    language: str = ""

    @field_validator("id", mode="before")
    @classmethod
    def _number_too(cls, value: object) -> object:
        return str(value) if isinstance(value, int) else value


@dataclass(frozen=True, slots=True)
class Question:
    """A line to search for; `intents` and `vector` are as for Knowledge.search."""

    query: str
    language: str = ""
    market: str | None = None
    k: int = 5
    intents: Collection[str] = ()


@dataclass(frozen=True, slots=True)
class OpenedFile:
    """The file as a knowledge base, and the lines that could not be used."""

    knowledge: Knowledge
    problems: tuple[Problem, ...]


async def open_file(file: Path, embedder: Embedder, progress: Progress = silent) -> OpenedFile:
    """Embeds the file's `id, text, language` lines; lines with one id in several languages are translations.

    A line's own id is the `article` of its passage.
    """
    entries, problems = await asyncio.to_thread(_read, file)
    if not entries:
        raise BadPassagesFile(str(problems[0]) if problems else str(file))
    index = await _index(entries, embedder, progress)
    shelf = FixedShelf(await asyncio.to_thread(PassageSet, "", entries, embedder.fingerprint))
    return OpenedFile(Knowledge(shelf, index, embedder, levelled=False), problems)


async def _index(entries: Sequence[Entry], embedder: Embedder, progress: Progress) -> PartsIndex:
    texts = [part for entry in entries for part in _parts(entry)]
    ids = [entry.id for entry in entries for _ in _parts(entry)]
    order = sorted(range(len(texts)), key=lambda at: len(texts[at]))
    vectors = np.empty((len(texts), embedder.dim), np.float32)
    for start in range(0, len(order), _BATCH):
        batch = order[start : start + _BATCH]
        vectors[batch] = await embedder.passages([texts[at] for at in batch])
        progress("embed", start + len(batch), len(order))
    return PartsIndex(ids, vectors)


def _parts(entry: Entry) -> tuple[str, ...]:
    """The line as a whole, and in pieces where it is long."""
    pieces = [chunk.text for chunk in chunks(entry.text, "", entry.language)]
    return (entry.text, *pieces) if len(pieces) > 1 else (entry.text,)


async def search_file(file: Path, questions: Sequence[Question], embedder: Embedder, progress: Progress = silent) -> list[SearchResult]:
    """Answers all questions from the file, in order; their embeddings are made in batches."""
    knowledge = (await open_file(file, embedder, progress)).knowledge
    found: list[SearchResult] = []
    for start in range(0, len(questions), _BATCH):
        batch = questions[start : start + _BATCH]
        vectors = await embedder.queries([question.query for question in batch])
        for question, vector in zip(batch, vectors, strict=True):
            found.append(await _ask(knowledge, question, vector))
    return found


async def _ask(knowledge: Knowledge, question: Question, vector: Vectors) -> SearchResult:
    return await knowledge.search(
        question.query,
        language=question.language,
        market=question.market,
        k=question.k,
        vector=vector,
        intents=question.intents,
        today=datetime.now(UTC).date(),
    )


def _read(file: Path) -> tuple[tuple[Entry, ...], tuple[Problem, ...]]:
    entries: dict[tuple[str, str], Entry] = {}
    problems: list[Problem] = []
    for number, raw in enumerate(file.read_bytes().split(b"\n"), start=1):
        line = _parse(raw, str(file), number) if raw.strip() else None
        if isinstance(line, _Line):
            key = line.id, line.language
            if key not in entries:
                entries[key] = Entry("/".join(key), line.id, line.language, title="", heading="", text=line.text)
                continue
            line = Problem(str(file), number, f"id {line.id} is given twice in {line.language or 'no language'}")
        if line is not None:
            problems.append(line)
    return tuple(entries.values()), tuple(problems)


def _parse(raw: bytes, file: str, number: int) -> _Line | Problem:
    try:
        return _Line.model_validate_json(raw)
    except ValidationError as error:
        first = error.errors(include_input=False, include_url=False)[0]
        where = ".".join(map(str, first["loc"])) or "line"
        return Problem(file, number, f"{where}: {first['msg']}")
