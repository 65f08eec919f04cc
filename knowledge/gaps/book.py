"""The book of gaps: questions are written into it in groups, editors strike groups out, and those that are answered close by themselves.

A gap is `open`; `drafted`, with the article that somebody writes for it; or `dismissed`: by a person (`article` is null), or by itself because
a new snapshot answers it (`article` says which one does; shown as "answered"). A question that comes after that opens it again.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

import numpy as np
from sqlalchemy import delete, func, insert, select, update
from sqlalchemy.dialects.postgresql import insert as upsert
from sqlalchemy.ext.asyncio import AsyncConnection

from knowledge.embed import Floats
from knowledge.gaps.clusters import Groups, met, middle
from knowledge.gaps.reading import Asked
from knowledge.gaps.tables import gap, gap_question
from knowledge.gaps.vectors import packed, unpacked
from knowledge.tables import active

#: Newest questions from which a gap's middle is worked out.
NEWEST = 400


async def record(connection: AsyncConnection, questions: Sequence[Asked], vectors: Floats, fingerprint: str) -> int:
    """Writes questions that are not in the book yet; gives their number. The caller holds `reading.alone`."""
    ids = [question.id for question in questions]
    known = set(await connection.scalars(select(gap_question.c.id).where(gap_question.c.id.in_(ids))))
    new = [(question, vector) for question, vector in zip(questions, vectors, strict=True) if question.id not in known]
    if not new:
        return 0
    book = _Book(await _groups(connection, fingerprint), vectors.shape[1])
    placed = [(question, vector, book.place(vector)) for question, vector in new]
    await _write(connection, placed, {name: book.first[name] for name in book.opened}, fingerprint)
    touched = {name for _, _, name in placed}
    await _reopen(connection, [(question, name) for question, _, name in placed])
    await _recount(connection, touched)
    await _merge(connection, touched, fingerprint)
    return len(new)


class _Book:
    """Gaps while questions are placed, by name."""

    def __init__(self, rows: Sequence[Any], dim: int) -> None:
        self._groups = Groups(dim)
        self._names: list[str] = []
        self.opened: list[str] = []
        self.first: dict[str, Floats] = {}
        for row in rows:
            self._groups.add(np.frombuffer(row.centre, np.float32), row.volume)
            self._names.append(row.id)

    def place(self, vector: Floats) -> str:
        at = self._groups.place(vector)
        if at is not None:
            return self._names[at]
        name = uuid.uuid4().hex
        self._groups.add(vector)
        self._names.append(name)
        self.opened.append(name)
        self.first[name] = vector
        return name


async def _groups(connection: AsyncConnection, fingerprint: str) -> list[Any]:
    query = select(gap.c.id, gap.c.centre, gap.c.volume, gap.c.status).where(gap.c.fingerprint == fingerprint)
    return list((await connection.execute(query.order_by(gap.c.first_at, gap.c.id))).all())


async def _write(
    connection: AsyncConnection, placed: Sequence[tuple[Asked, Floats, str]], opened: dict[str, Floats], fingerprint: str
) -> None:
    firsts: dict[str, Asked] = {}
    for question, _, name in placed:
        firsts.setdefault(name, question)
    gaps = [_new_gap(name, firsts[name], centre, fingerprint) for name, centre in opened.items()]
    if gaps:
        await connection.execute(insert(gap), gaps)
    rows = [
        {"id": q.id, "gap": name, "text": q.text, "language": q.language, "kind": q.kind, "at": q.at, "vector": packed(vector)}
        for q, vector, name in placed
    ]
    await connection.execute(upsert(gap_question).on_conflict_do_nothing(), rows)


def _new_gap(name: str, first: Asked, centre: Floats, fingerprint: str) -> dict[str, Any]:
    times = {"first_at": first.at, "last_at": first.at}
    return {"id": name, "question": first.text, "centre": centre.tobytes(), "fingerprint": fingerprint, "volume": 1, **times}


async def _reopen(connection: AsyncConnection, placed: Sequence[tuple[Asked, str]]) -> None:
    """An answer that a later customer did not find is none."""
    switched = await connection.scalar(select(active.c.switched_at))
    later = {name for question, name in placed if switched is None or question.at > switched}
    answered = gap.c.id.in_(later) & (gap.c.status == "dismissed") & gap.c.article.is_not(None)
    await connection.execute(update(gap).where(answered).values(status="open", article=None))


async def _recount(connection: AsyncConnection, names: Iterable[str]) -> None:
    """Volume, times, middle and the question nearest to it, from the questions themselves."""
    for name in sorted(names):
        mine = gap_question.c.gap == name
        total = select(func.count(), func.min(gap_question.c.at), func.max(gap_question.c.at)).where(mine)
        volume, first, last = (await connection.execute(total)).one()
        newest = select(gap_question.c.text, gap_question.c.vector).where(mine).order_by(gap_question.c.at.desc()).limit(NEWEST)
        rows = (await connection.execute(newest)).all()
        centre, at = middle(unpacked([row.vector for row in rows]))
        values = {"volume": volume, "first_at": first, "last_at": last, "centre": centre.tobytes(), "question": rows[at].text}
        await connection.execute(update(gap).where(gap.c.id == name).values(values))


async def _merge(connection: AsyncConnection, touched: set[str], fingerprint: str) -> None:
    """Open gaps that have grown together become the older one; what a person decided about one of them stays theirs."""
    rows = [row for row in await _groups(connection, fingerprint) if row.status == "open"]
    moved = [at for at, row in enumerate(rows) if row.id in touched]
    if not moved:
        return
    centres = np.stack([np.frombuffer(row.centre, np.float32) for row in rows])
    for kept, gone in met(centres, moved):
        into, name = rows[kept].id, rows[gone].id
        await connection.execute(update(gap_question).where(gap_question.c.gap == name).values(gap=into))
        await connection.execute(delete(gap).where(gap.c.id == name))
        await _recount(connection, [into])


async def regroup(connection: AsyncConnection, vectors: Floats, ids: Sequence[str], fingerprint: str) -> None:
    """New vectors for questions, after a change of the model; groups and what was decided about them stay."""
    for id_, vector in zip(ids, vectors, strict=True):
        await connection.execute(update(gap_question).where(gap_question.c.id == id_).values(vector=packed(vector)))
    await connection.execute(update(gap).values(fingerprint=fingerprint))
    await _recount(connection, await connection.scalars(select(gap.c.id)))


async def last_switch(connection: AsyncConnection) -> datetime | None:
    return await connection.scalar(select(active.c.switched_at))
