"""What editors do with gaps and proposals: strike out, take back, or turn into a draft."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from typing import Any

from sqlalchemy import Row, Table, func, select, union_all, update
from sqlalchemy.ext.asyncio import AsyncConnection

from knowledge.editorial.drafts import MAX_NOTE, Change, save
from knowledge.editorial.form import Text
from knowledge.editorial.tables import draft, revision
from knowledge.gaps.errors import NoSuchGap
from knowledge.gaps.listing import EXAMPLES
from knowledge.gaps.tables import gap, gap_question, proposal
from knowledge.sources.source import Key
from knowledge.tables import variant

_SLUG, _TITLE = 60, 120
_WORD = re.compile(r"[a-z0-9]+")
#: Stands for what was taken out of a customer's words.
_HOLE = re.compile(r"\s*\[[^\]]*\]")


async def dismiss(connection: AsyncConnection, table: Table, id_: str) -> None:
    """Raises NoSuchGap. What was dismissed stays so when it is asked again."""
    changed = update(table).where(table.c.id == id_).values(status="dismissed", article=None)
    if not (await connection.execute(changed)).rowcount:
        raise NoSuchGap


async def reopen(connection: AsyncConnection, table: Table, id_: str) -> None:
    """Take back whatever was decided, also what closed by itself; a draft that was made stays. Raises NoSuchGap."""
    changed = update(table).where(table.c.id == id_).values(status="open", article=None)
    if not (await connection.execute(changed)).rowcount:
        raise NoSuchGap


async def questions_of(connection: AsyncConnection, id_: str) -> tuple[str, ...]:
    """Turn records behind a gap, the newest first."""
    query = select(gap_question.c.id).where(gap_question.c.gap == id_).order_by(gap_question.c.at.desc()).limit(200)
    return tuple(await connection.scalars(query))


async def draft_gap(connection: AsyncConnection, id_: str, intents: Sequence[str], by: str) -> Key:
    """An empty article with the question as its title and the customers' words in its note. A second click gives the same draft.

    Raises NoSuchGap.
    """
    row = await _locked(connection, gap, id_)
    language = await connection.scalar(select(func.mode().within_group(gap_question.c.language)).where(gap_question.c.gap == id_)) or "en"
    if await _is_drafted(connection, row, language):
        return row.article, language
    newest = select(gap_question.c.text).where(gap_question.c.gap == id_).order_by(gap_question.c.at.desc()).limit(EXAMPLES * 4)
    asked = list(dict.fromkeys(await connection.scalars(newest)))[:EXAMPLES]
    note = "\n".join([f"Asked {row.volume} times. Questions customers asked:", *(f"- {text}" for text in asked)])
    return await _write(connection, gap, row, language, intents, "", note, by)


async def draft_proposal(connection: AsyncConnection, id_: str, by: str) -> Key:
    """An article with the operator's answer as its text. Raises NoSuchGap."""
    row = await _locked(connection, proposal, id_)
    if await _is_drafted(connection, row, row.language):
        return row.article, row.language
    note = f"Operators answered so ({row.times} times).\nThe customer asked: {row.question}"
    return await _write(connection, proposal, row, row.language, row.intents, row.answer, note, by)


async def _locked(connection: AsyncConnection, table: Table, id_: str) -> Row[Any]:
    row = (await connection.execute(select(table).where(table.c.id == id_).with_for_update())).one_or_none()
    if row is None:
        raise NoSuchGap
    return row


async def _is_drafted(connection: AsyncConnection, row: Row[Any], language: str) -> bool:
    """Whether the draft that was made of it is still there, or was published; a discarded one may be made again."""
    if row.status != "drafted":
        return False
    kept = [select(table.c.article).where(table.c.article == row.article, table.c.language == language) for table in (draft, revision)]
    return bool(await connection.scalar(union_all(*kept).limit(1)))


async def _write(
    connection: AsyncConnection, table: Table, row: Row[Any], language: str, intents: Sequence[str], body: str, note: str, by: str
) -> Key:
    title = title_of(row.question)
    key = await _free(connection, slug(title, intents)), language
    front = {"id": key[0], "language": language, "title": title, "source_language": language, "intents": list(intents)}
    change = Change(key=key, version=None, text=Text(front | {"audience": "customer"}, body), by=by, note=note[:MAX_NOTE], seen="")
    await save(connection, change)
    await connection.execute(update(table).where(table.c.id == row.id).values(status="drafted", article=key[0]))
    return key


async def _free(connection: AsyncConnection, wanted: str) -> str:
    """The id itself, or with a number behind it when an article has it."""
    taken: set[str] = set()
    for table in (draft, revision, variant):
        taken |= set(await connection.scalars(select(table.c.article).where(table.c.article.startswith(wanted)).distinct()))
    numbered = (f"{wanted}-{number}" for number in range(2, len(taken) + 3))
    return wanted if wanted not in taken else next(name for name in numbered if name not in taken)


def title_of(question: str) -> str:
    """One line, cut at a word, without what stands for personal data."""
    line = " ".join(_HOLE.sub("", question).split()) or question
    if len(line) <= _TITLE:
        return line
    cut = line[:_TITLE].rpartition(" ")[0]
    return (cut if len(cut) > _TITLE // 2 else line[:_TITLE]) + "…"


def slug(title: str, intents: Sequence[str]) -> str:
    """An article id from the words of a title; from its first intent where they have no Latin letters."""
    plain = unicodedata.normalize("NFKD", title.casefold().replace("ß", "ss")).encode("ascii", "ignore").decode()
    words = "-".join(_WORD.findall(plain))
    if len(words) < 4 or len(words) * 2 < len(title.replace(" ", "")):
        words = next(iter(intents), "question").replace("_", "-")
    return words[:_SLUG].strip("-")
