"""News of the supply chain as it was reported; articles are made of it at every sync."""

from __future__ import annotations

from sqlalchemy import Column, Date, DateTime, Index, Table, Text, func
from sqlalchemy.dialects.postgresql import ARRAY, JSONB

from knowledge.tables import metadata

news = Table(
    "knowledge_news",
    metadata,
    Column("id", Text, primary_key=True),  # the reporter's own id: the same report again replaces it
    Column("kind", Text, nullable=False),
    Column("valid_from", Date, nullable=False),
    Column("valid_to", Date, nullable=False),
    Column("markets", ARRAY(Text), nullable=False),
    Column("products", ARRAY(Text), nullable=False),
    Column("detail", JSONB, nullable=False),  # the facts, by the fields of its kind
    Column("reported_by", Text, nullable=False),
    Column("reported_at", DateTime(timezone=True), nullable=False, server_default=func.now()),
    Column("withdrawn_at", DateTime(timezone=True)),
    Index("knowledge_news_valid", "valid_to"),
)
