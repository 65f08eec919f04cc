"""What somebody went back from stays back: its sources go on giving it, so it is held until they give something else.

The report of the active snapshot says what is held, as `language/article` -> the variant that is not published ("": its removal is not).
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from sqlalchemy import cast, select, update
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.ext.asyncio import AsyncConnection

from knowledge.news.source import NAME as NEWS
from knowledge.sources.source import Key
from knowledge.tables import snapshot, snapshot_variant, variant
from knowledge.variants import Variant

Held = Mapping[str, str]


def name(found: Variant) -> str:
    """`en/returns`."""
    return f"{found.article.language}/{found.article.id}"


def hold(
    given: Sequence[Variant], published: Sequence[Variant], held: Held, retired: Collection[Key] = ()
) -> tuple[tuple[Variant, ...], dict[str, str]]:
    """What to publish of what the sources give, and what is held still. Pure judgement.

    What customers must not read any more is never held: neither what an editor retired, nor what was closed to them.
    """
    gone = {f"{language}/{article}" for article, language in retired}
    theirs, ours = ({name(found): found for found in some} for some in (given, published))
    still: dict[str, str] = {}
    for at, id_ in held.items():
        if at in gone or _closed(theirs.get(at), ours.get(at)):
            continue
        now, before = (some[at].id if at in some else "" for some in (theirs, ours))
        # A source that fails gives what is published: that is no word of its own.
        if now in (id_, before):
            still[at] = id_
    chosen = {at: found for at, found in theirs.items() if at not in still} | {at: ours[at] for at in still if at in ours}
    return tuple(sorted(chosen.values(), key=lambda found: found.key)), still


def _closed(given: Variant | None, published: Variant | None) -> bool:
    """Customers could read it, and its source says that they shall not."""
    return bool(given and published and given.article.audience != "customer" == published.article.audience)


async def go_back(connection: AsyncConnection, left: str, to: str) -> None:
    """From now on whatever the sources give otherwise than `to` has it is held, in the caller's transaction.

    News are not: they begin and end by themselves, and what was withdrawn must not stay.
    """
    told = await report_of(connection, left)
    given = {at: id_ for at, id_ in (await _ids(connection, left) | told.get("held", {})).items() if id_}
    wanted = await _ids(connection, to)
    apart = {at: given.get(at, "") for at in given.keys() | wanted.keys() if given.get(at, "") != wanted.get(at, "")}
    await tell(connection, to, {"held": apart})


async def report_of(connection: AsyncConnection, id_: str) -> dict[str, Any]:
    """What the sync that made a snapshot reported, and what was noted since."""
    return dict(await connection.scalar(select(snapshot.c.report).where(snapshot.c.id == id_)) or {})


async def tell(connection: AsyncConnection, id_: str, more: Mapping[str, Any]) -> None:
    """Notes it in the snapshot's report, in the caller's transaction."""
    noted = snapshot.c.report.op("||")(cast(dict(more), JSONB))
    await connection.execute(update(snapshot).where(snapshot.c.id == id_).values(report=noted))


async def _ids(connection: AsyncConnection, of: str) -> dict[str, str]:
    joined = select(variant.c.article, variant.c.language, variant.c.id).join(
        snapshot_variant, snapshot_variant.c.variant_id == variant.c.id
    )
    rows = await connection.execute(joined.where(snapshot_variant.c.snapshot_id == of, snapshot_variant.c.source != NEWS))
    return {f"{row.language}/{row.article}": row.id for row in rows}
