"""Closed cases like this one: about the same goods, or near in what the customer wrote; how they ended, and what was sent."""

from collections.abc import AsyncIterator, Sequence
from typing import Any

import numpy as np
from sqlalchemy import Row, Select, Text, case, cast, or_, select
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.ext.asyncio import AsyncEngine

from agent.desk.help.case_file import CaseFile
from agent.desk.help.told import Piece, Source
from agent.domain.intents import COURTESY, Intent
from agent.store.engine import reading
from agent.store.tables import support_case
from knowledge.embed import Embedder

#: Cases that are compared by meaning, and those that are shown. A text takes about 20 ms to embed the first time.
LOOKED_AT, SHOWN = 24, 5
#: Characters of a customer's words that are compared, and of what was sent that is shown.
WORDS, SENT = 400, 400
#: What the same article or batch is worth beside meaning. Cosines lie close together: unrelated texts at .74, related ones at .84.
SAME_GOODS = 0.05
#: Below this a case with other goods only shares its words by chance.
LIKE = 0.82


async def similar(file: CaseFile, engine: AsyncEngine, embedder: Embedder) -> AsyncIterator[Piece]:
    """Best first."""
    async with reading(engine).connect() as connection:
        rows = (await connection.execute(_closed(file))).all()
    ranked = await _ranked(file, rows, embedder)
    for row, why in ranked[:SHOWN]:
        yield _piece(row, why)
    if not ranked:
        yield Piece(text="No closed case is about the same goods or the same wish.")


def _closed(file: CaseFile) -> Select[Any]:
    """About the same goods first, then of the same wish; the newest of each."""
    same_goods = support_case.c.subjects.overlap(list(file.subjects))
    wishes = [wish for wish in file.packet["intents"] if Intent(wish) not in COURTESY]
    same_wish = support_case.c.packet["intents"].has_any(cast(wishes, ARRAY(Text)))
    return (
        select(support_case)
        .where(
            support_case.c.status.in_(("answered", "rejected")),
            support_case.c.conversation != file.conversation,
            or_(same_goods, same_wish) if wishes else same_goods,
        )
        .order_by(case((same_goods, 0), else_=1), support_case.c.closed_at.desc())
        .limit(LOOKED_AT)
    )


async def _ranked(file: CaseFile, rows: Sequence[Row[Any]], embedder: Embedder) -> list[tuple[Row[Any], str]]:
    if not rows:
        return []
    texts = [str(packet["original"])[:WORDS] or packet["summary"] for packet in (file.packet, *(row.packet for row in rows))]
    vectors = np.asarray(await embedder.queries(texts), np.float32)
    near = vectors[1:] @ vectors[0]
    scored = [(float(score), row, sorted(set(file.subjects) & set(row.subjects))) for score, row in zip(near, rows, strict=True)]
    kept = [(score + SAME_GOODS * bool(shared), row, shared) for score, row, shared in scored if shared or score >= LIKE]
    kept.sort(key=lambda each: -each[0])
    return [(row, f"same goods: {', '.join(shared[:3])}" if shared else "same wish, in like words") for _, row, shared in kept]


def _piece(row: Row[Any], why: str) -> Piece:
    ordered = [str(kind).replace("_", " ") for kind in row.packet.get("action", {}).get("remedies", [])]
    sent = (row.sent or "").strip()
    shown = sent if len(sent) <= SENT else f"{sent[:SENT].rsplit(' ', 1)[0]} …"
    more = f"{why} · closed {row.closed_at:%Y-%m-%d}" + (f" · ordered: {', '.join(ordered)}" if ordered else "")
    summary = row.packet["summary"].partition("\n")[0]
    return Piece(
        text=f"{summary}\n{shown or 'Nothing was sent.'}",
        sources=(Source(label="case", href=f"/desk/cases/{row.id}"),),
        tag=row.status,
        more=more,
    )
