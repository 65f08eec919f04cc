"""Learns from turns and closed cases what the knowledge base lacks, what operators know, and which articles are used.

Once an hour. What was read is marked in the transaction that writes what was learned, so a killed run leaves nothing out and counts nothing twice.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

import structlog
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from agent.signals import answers, turns
from agent.signals.turns import Page, Turn
from knowledge.embed import Embedder, Floats
from knowledge.gaps import book, proposals, remaking
from knowledge.gaps.closing import close_answered
from knowledge.gaps.reading import Asked, Searches, Use, alone, count_uses, mark, set_mark
from knowledge.gaps.vectors import Comparable

log = structlog.get_logger()
#: A record is dated when its transaction starts and seen when it ends.
SETTLED = timedelta(minutes=2)
#: Cosine from which the next turn asks the same again. Questions about different articles, in one language too, stay below .53.
REPEATED = 0.6
_EVER = datetime(2000, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class Learned:
    """What is new: questions and proposals in the books, replies counted, gaps closed because they are answered now."""

    questions: int = 0
    proposals: int = 0
    uses: int = 0
    closed: int = 0

    def __add__(self, other: Learned) -> Learned:
        return Learned(
            questions=self.questions + other.questions,
            proposals=self.proposals + other.proposals,
            uses=self.uses + other.uses,
            closed=self.closed + other.closed,
        )


async def learn(engine: AsyncEngine, embedder: Embedder, knowledge: Searches, now: datetime) -> Learned:
    """Reads everything since the last time, page by page."""
    comparable = Comparable(embedder)
    await remaking.follow_model(engine, comparable, now)
    learned = Learned()
    for step in (_turns, _cases):
        while (more := await step(engine, comparable, knowledge, now)) is not None:
            learned += more
    learned += Learned(closed=await close_answered(engine, knowledge, now))
    log.info("learned", questions=learned.questions, proposals=learned.proposals, uses=learned.uses, closed=learned.closed)
    return learned


@dataclass
class _Found:
    """What one page holds, to be written at once."""

    what: str
    since: datetime
    until: datetime
    asked: Sequence[Asked] = ()
    vectors: Floats | None = None
    uses: Sequence[Use] = ()
    candidates: Sequence[proposals.Candidate] = field(default_factory=list[proposals.Candidate])


async def _since(engine: AsyncEngine, what: str) -> datetime:
    async with engine.connect() as connection:
        return await mark(connection, what) or _EVER


async def _turns(engine: AsyncEngine, comparable: Comparable, knowledge: Searches, now: datetime) -> Learned | None:
    since = await _since(engine, "turns")
    async with engine.connect() as connection:
        page = await turns.page(connection, since, now - SETTLED)
    if page is None:
        return None
    asked = await _asked(page, comparable)
    found = _Found("turns", since, page.until, asked, await _vectors(comparable, asked), turns.uses(page.turns))
    return await _write(engine, found, comparable)


async def _asked(page: Page, comparable: Comparable) -> list[Asked]:
    """Each question once, what found nothing before what was answered badly."""
    nothing = [turns.asked(turn, "unanswered", page.names) for turn in page.turns if turns.unanswered(turn)]
    pairs = [(before, turn) for turn in page.turns if (before := page.before.get(turn.id)) and turns.follows(before, turn)]
    bad = [turns.asked(before, "bad", page.names) for before in await _badly_answered(pairs, comparable)]
    return list({one.id: one for one in reversed([*nothing, *bad]) if one}.values())[::-1]


async def _badly_answered(pairs: Sequence[tuple[Turn, Turn]], comparable: Comparable) -> list[Turn]:
    """The earlier of two turns where the later one shows that it was no help: anger, a person wanted, or the same question again."""
    found = [before for before, turn in pairs if turns.unhelped(turn)]
    doubtful = [(before, turn) for before, turn in pairs if not turns.unhelped(turn) and turn.about == before.about]
    texts, languages = [one.text for pair in doubtful for one in pair], [one.language for pair in doubtful for one in pair]
    vectors = await comparable.vectors(texts, languages)
    alike = (vectors[::2] * vectors[1::2]).sum(axis=1)
    return found + [before for (before, _), score in zip(doubtful, alike, strict=True) if score >= REPEATED]


async def _cases(engine: AsyncEngine, comparable: Comparable, knowledge: Searches, now: datetime) -> Learned | None:
    since = await _since(engine, "cases")
    async with engine.connect() as connection:
        page = await answers.page(connection, since, now - SETTLED)
    if not page:
        return None
    asked = answers.rejected(page)
    candidates = await proposals.candidates(answers.told(page), comparable, knowledge, now.date())
    vectors = await _vectors(comparable, asked)
    return await _write(engine, _Found("cases", since, page[-1].closed_at, asked, vectors, answers.uses(page), candidates), comparable)


async def _vectors(comparable: Comparable, asked: Sequence[Asked]) -> Floats:
    return await comparable.vectors([one.text for one in asked], [one.language for one in asked])


async def _write(engine: AsyncEngine, found: _Found, comparable: Comparable) -> Learned:
    """All of a page and its mark, or nothing. What somebody else has read meanwhile is theirs."""
    async with engine.begin() as connection:
        await alone(connection)
        if (await mark(connection, found.what) or _EVER) != found.since:
            return Learned()
        learned = Learned(
            questions=await _record(connection, found, comparable.fingerprint),
            proposals=await proposals.record(connection, found.candidates),
            uses=await count_uses(connection, found.uses),
        )
        await set_mark(connection, found.what, found.until)
    return learned


async def _record(connection: AsyncConnection, found: _Found, fingerprint: str) -> int:
    vectors: Any = found.vectors
    return await book.record(connection, found.asked, vectors, fingerprint) if found.asked else 0
