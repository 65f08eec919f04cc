"""Gaps and proposals as editors see them."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from datetime import date
from typing import Any, Literal

from sqlalchemy import ColumnElement, Row, func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from knowledge.gaps.reading import Searches
from knowledge.gaps.tables import gap, gap_question, proposal

Decided = Literal["open", "drafted", "dismissed"]
#: `answered`: closed by itself, because `article` answers it now.
Status = Literal["open", "drafted", "dismissed", "answered"]
#: Each is searched for once; a hundred take about a second the first time.
SHOWN = 100
EXAMPLES = 8


async def gaps(connection: AsyncConnection, status: Status, limit: int = SHOWN) -> list[dict[str, Any]]:
    """What most customers asked first, as JSON without `nearest`."""
    query = select(gap).where(_is(status)).order_by(gap.c.volume.desc(), gap.c.last_at.desc(), gap.c.id).limit(limit)
    rows = (await connection.execute(query)).all()
    ids = [row.id for row in rows]
    counts = await _counts(connection, ids)
    examples = await _examples(connection, ids)
    return [_gap(row, counts[row.id], examples[row.id]) for row in rows]


def _is(status: Status) -> ColumnElement[bool]:
    if status == "answered":
        return (gap.c.status == "dismissed") & gap.c.article.is_not(None)
    if status == "dismissed":
        return (gap.c.status == "dismissed") & gap.c.article.is_(None)
    return gap.c.status == status


def status_of(row: Row[Any]) -> Status:
    return "answered" if row.status == "dismissed" and row.article else row.status


async def _counts(connection: AsyncConnection, ids: Sequence[str]) -> dict[str, list[tuple[str, str, int]]]:
    columns = (gap_question.c.gap, gap_question.c.language, gap_question.c.kind)
    query = select(*columns, func.count()).where(gap_question.c.gap.in_(ids)).group_by(*columns)
    found: dict[str, list[tuple[str, str, int]]] = defaultdict(list)
    for name, language, kind, count in await connection.execute(query):
        found[name].append((language, kind, count))
    return found


async def _examples(connection: AsyncConnection, ids: Sequence[str]) -> dict[str, list[dict[str, Any]]]:
    """The newest questions of each, no text twice."""
    newest, language = func.max(gap_question.c.at).label("at"), func.min(gap_question.c.language).label("language")
    once = select(gap_question.c.gap, gap_question.c.text, newest, language).where(gap_question.c.gap.in_(ids))
    each = once.group_by(gap_question.c.gap, gap_question.c.text).subquery()
    place = func.row_number().over(partition_by=each.c.gap, order_by=each.c.at.desc())
    numbered = select(each, place.label("place")).subquery()
    query = select(numbered).where(numbered.c.place <= EXAMPLES).order_by(numbered.c.gap, numbered.c.place)
    found: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for row in await connection.execute(query):
        found[row.gap].append({"text": row.text, "language": row.language, "at": row.at.isoformat()})
    return found


def _gap(row: Row[Any], counts: Sequence[tuple[str, str, int]], examples: list[dict[str, Any]]) -> dict[str, Any]:
    languages: Counter[str] = Counter()
    kinds: Counter[str] = Counter(unanswered=0, bad=0)
    for language, kind, count in counts:
        languages[language] += count
        kinds[kind] += count
    return {
        "id": row.id,
        "question": row.question,
        "volume": row.volume,
        "languages": dict(languages.most_common()),
        "kinds": dict(kinds),
        "first_at": row.first_at.isoformat(),
        "last_at": row.last_at.isoformat(),
        "status": status_of(row),
        "article": row.article,
        "examples": examples,
    }


async def with_nearest(knowledge: Searches, shown: list[dict[str, Any]], today: date) -> list[dict[str, Any]]:
    """Each with the published article that comes nearest, for any reader, and how likely it answers."""
    return [each | {"nearest": await _nearest(knowledge, each, today)} for each in shown]


async def _nearest(knowledge: Searches, shown: dict[str, Any], today: date) -> dict[str, Any] | None:
    language = next(iter(shown["languages"]), "en")
    found = await knowledge.search(shown["question"], language=language, today=today, k=1)
    if not found.passages:
        return None
    best = found.passages[0]
    return {"article": best.article, "title": best.title, "score": best.score}


async def proposals(connection: AsyncConnection, status: Decided, limit: int = SHOWN) -> list[dict[str, Any]]:
    """What operators wrote most often first, as JSON."""
    query = select(proposal).where(proposal.c.status == status)
    rows = await connection.execute(query.order_by(proposal.c.times.desc(), proposal.c.at.desc(), proposal.c.id).limit(limit))
    names = ("id", "question", "answer", "language", "intents", "times", "similar", "similarity", "status", "article")
    return [{name: getattr(row, name) for name in names} | {"at": row.at.isoformat(), "case": row.id} for row in rows]
