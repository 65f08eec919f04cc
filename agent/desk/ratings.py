"""What operators thought of a draft: a thumb each, with a note. They come back as cases of the evaluation."""

from typing import Any

from sqlalchemy import delete, func, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncEngine

from agent.desk import audit, cases
from agent.store.engine import reading
from agent.store.model_tables import draft_rating
from agent.store.tables import operator

#: Characters of a note.
NOTE = 1000


async def rate(engine: AsyncEngine, case_id: str, by: str, good: bool | None, note: str = "") -> None:
    """The operator's word on this case's draft; a later one replaces it, None takes it back. Raises NotFound."""
    async with engine.begin() as connection:
        case = await cases.get(connection, case_id)
        mine = (draft_rating.c.case == case_id) & (draft_rating.c.operator == by)
        if good is None:
            await connection.execute(delete(draft_rating).where(mine))
        else:
            said = {"good": good, "note": note.strip()[:NOTE]}
            made = insert(draft_rating).values(case=case_id, operator=by, **said)
            await connection.execute(made.on_conflict_do_update(index_elements=["case", "operator"], set_=said | {"at": func.now()}))
        await audit.record(connection, by, "draft.rated", case.conversation, case=case_id, good=good)


async def ratings(engine: AsyncEngine, case_id: str) -> list[dict[str, Any]]:
    """Newest first."""
    query = (
        select(draft_rating, operator.c.name)
        .join(operator, operator.c.id == draft_rating.c.operator)
        .where(draft_rating.c.case == case_id)
        .order_by(draft_rating.c.at.desc())
    )
    async with reading(engine).connect() as connection:
        rows = (await connection.execute(query)).all()
    return [{"operator": row.operator, "name": row.name, "good": row.good, "note": row.note, "at": row.at.isoformat()} for row in rows]
