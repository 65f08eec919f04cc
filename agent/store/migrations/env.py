"""Alembic's entry: one connection, all of our tables."""

from typing import Any

from alembic import context
from sqlalchemy import create_engine, pool

from agent.commerce.tables import metadata as shop
from agent.store import model_tables as _models
from agent.store import photo_tables as _photos
from agent.store import remedy_tables as _remedies
from agent.store import source_tables as _sources
from agent.store.tables import metadata as desk
from knowledge.editorial import tables as _editorial
from knowledge.gaps import tables as _gaps
from knowledge.news import tables as _news
from knowledge.tables import metadata as knowledge

#: Their tables join the metadata of `knowledge` or of the desk when they are imported.
_JOINED = (_editorial, _gaps, _models, _news, _photos, _remedies, _sources)


def _ours(name: str | None, kind: str, parents: Any) -> bool:
    if kind == "schema":
        return name in (None, "demo_shop")
    return kind != "table" or not (name or "").startswith(("procrastinate", "checkpoint", "alembic"))


def run() -> None:
    engine = create_engine(context.config.attributes["url"], poolclass=pool.NullPool)
    with engine.connect() as connection:
        context.configure(
            connection=connection,
            target_metadata=[desk, knowledge, shop],
            include_schemas=True,
            include_name=_ours,
        )
        with context.begin_transaction():
            context.run_migrations()


run()
