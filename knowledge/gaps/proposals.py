"""What operators answered themselves, as proposals for articles: the same answer once, and none that an article gives already.

Measured on 24 answers, each of six facts in two wordings in one to four of en, de, fr and zh, by cosine of `Comparable` vectors: two
wordings of one fact .585 or more in one language and .385 or more across languages, different facts .352 or less. An answer that is lost in
another is worse than one that is shown twice: hence .55.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from rapidfuzz.fuzz import partial_ratio
from sqlalchemy import insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from knowledge.embed import Floats
from knowledge.gaps.clusters import nearest
from knowledge.gaps.reading import Searches, Told
from knowledge.gaps.tables import proposal
from knowledge.gaps.vectors import MAX_TEXT, Comparable, packed, unpacked

SAME = 0.55
#: From here on an article says it already: as alike as two wordings are at their closest, or nearly all of it word for word.
COVERED = 0.80
COPIED = 90.0
_NEAR = 3


@dataclass(frozen=True, slots=True)
class Candidate:
    """An answer with its vector and the published article nearest to it."""

    told: Told
    vector: Floats
    similar: str | None
    similarity: float


async def candidates(told: Sequence[Told], comparable: Comparable, knowledge: Searches, today: date) -> list[Candidate]:
    """Those that no article gives already."""
    vectors = await comparable.vectors([each.answer for each in told], [each.language for each in told])
    found = [await _held_against(each, vector, comparable, knowledge, today) for each, vector in zip(told, vectors, strict=True)]
    return [candidate for candidate in found if candidate]


async def _held_against(told: Told, vector: Floats, comparable: Comparable, knowledge: Searches, today: date) -> Candidate | None:
    # Operators' own articles count too: what they quote from them is no news.
    found = await knowledge.search(told.answer[:MAX_TEXT], language=told.language, today=today, audience="operator", k=_NEAR)
    if not found.passages:
        return Candidate(told, vector, None, 0.0)
    if any(_copied(told.answer, passage.text) for passage in found.passages):
        return None
    published = await comparable.vectors([passage.text for passage in found.passages], [passage.language for passage in found.passages])
    at, alike = nearest(vector, published) or (0, 0.0)
    return None if alike >= COVERED else Candidate(told, vector, found.passages[at].article, round(max(alike, 0.0), 3))


def _copied(answer: str, published: str) -> bool:
    """The answer is a piece of the article; not the other way round, for it may say more."""
    return len(answer) <= len(published) * 1.2 and partial_ratio(answer.casefold(), published.casefold()) >= COPIED


async def record(connection: AsyncConnection, found: Sequence[Candidate]) -> int:
    """Writes what is new, counts what was said before; gives the number of new ones. The caller holds `reading.alone`."""
    rows = (await connection.execute(select(proposal.c.id, proposal.c.vector).order_by(proposal.c.at, proposal.c.id))).all()
    names, vectors = [row.id for row in rows], [row.vector for row in rows]
    new = 0
    for candidate in found:
        if candidate.told.id in names:
            continue
        said = nearest(candidate.vector, unpacked(vectors)) if vectors else None
        if said and said[1] >= SAME:
            again = update(proposal).where(proposal.c.id == names[said[0]]).values(times=proposal.c.times + 1)
            await connection.execute(again)
            continue
        await connection.execute(insert(proposal).values(_row(candidate)))
        names.append(candidate.told.id)
        vectors.append(packed(candidate.vector))
        new += 1
    return new


def _row(candidate: Candidate) -> dict[str, object]:
    told = candidate.told
    return {
        "id": told.id,
        "question": told.question,
        "answer": told.answer,
        "language": told.language,
        "intents": list(told.intents),
        "vector": packed(candidate.vector),
        "similar": candidate.similar,
        "similarity": candidate.similarity,
        "at": told.at,
    }
