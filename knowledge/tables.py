"""The knowledge base in PostgreSQL: immutable snapshots of articles and passages, and the one pointer to the active snapshot."""

from __future__ import annotations

from sqlalchemy import (
    CheckConstraint,
    Column,
    Date,
    DateTime,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    SmallInteger,
    Table,
    Text,
    func,
)
from sqlalchemy.dialects.postgresql import ARRAY, JSONB

metadata = MetaData()

snapshot = Table(
    "knowledge_snapshot",
    metadata,
    Column("id", Text, primary_key=True),
    Column("created_at", DateTime(timezone=True), nullable=False, server_default=func.now()),
    Column("fingerprint", Text, nullable=False),
    Column("articles", Integer, nullable=False),
    Column("passages", Integer, nullable=False),
    Column("report", JSONB, nullable=False),
)

passage = Table(
    "knowledge_passage",
    metadata,
    Column("id", Text, primary_key=True),
    Column("article", Text, nullable=False),
    Column("language", Text, nullable=False),
    Column("title", Text, nullable=False),
    Column("heading", Text, nullable=False),
    Column("text", Text, nullable=False),
    Column("audience", Text, nullable=False),
    Column("markets", ARRAY(Text), nullable=False),
    Column("products", ARRAY(Text), nullable=False),
    Column("intents", ARRAY(Text), nullable=False),
    Column("valid_from", Date),
    Column("valid_to", Date),
    Column("content_hash", Text, nullable=False),
    CheckConstraint("audience in ('customer', 'operator', 'internal')", name="knowledge_passage_audience"),
)

# A copy of every vector: the index is rebuilt from it without embedding, and readers in other processes load it.
vector = Table(
    "knowledge_vector",
    metadata,
    Column("passage_id", Text, ForeignKey("knowledge_passage.id", ondelete="CASCADE"), primary_key=True),
    Column("fingerprint", Text, primary_key=True),
    Column("vector", LargeBinary, nullable=False),  # float16, unit length
)

snapshot_passage = Table(
    "knowledge_snapshot_passage",
    metadata,
    Column("snapshot_id", Text, ForeignKey("knowledge_snapshot.id", ondelete="CASCADE"), primary_key=True),
    Column("passage_id", Text, ForeignKey("knowledge_passage.id"), primary_key=True),
    # The place in its article belongs to the snapshot: a new section above must not make the ones below it new.
    Column("position", Integer, nullable=False),
    Index("knowledge_snapshot_passage_by_passage", "passage_id"),
)

# One article in one language as it was published, wherever it came from; never changed.
variant = Table(
    "knowledge_variant",
    metadata,
    Column("id", Text, primary_key=True),  # article/language/digest
    Column("article", Text, nullable=False),
    Column("language", Text, nullable=False),
    Column("title", Text, nullable=False),
    Column("front", JSONB, nullable=False),  # all front matter
    Column("body", Text, nullable=False),
)

snapshot_variant = Table(
    "knowledge_snapshot_variant",
    metadata,
    Column("snapshot_id", Text, ForeignKey("knowledge_snapshot.id", ondelete="CASCADE"), primary_key=True),
    Column("variant_id", Text, ForeignKey("knowledge_variant.id"), primary_key=True),
    Column("source", Text, nullable=False),  # the name of the source it came from
    Index("knowledge_snapshot_variant_by_variant", "variant_id"),
)

active = Table(
    "knowledge_active",
    metadata,
    Column("one", SmallInteger, CheckConstraint("one = 1", name="knowledge_active_one_row"), primary_key=True),
    Column("snapshot_id", Text, ForeignKey("knowledge_snapshot.id"), nullable=False),
    Column("switched_at", DateTime(timezone=True), nullable=False, server_default=func.now()),
)

# How each source fared when it was last asked.
source_state = Table(
    "knowledge_source",
    metadata,
    Column("name", Text, primary_key=True),
    Column("checked_at", DateTime(timezone=True), nullable=False),
    Column("good_at", DateTime(timezone=True)),
    Column("articles", Integer, nullable=False),
    Column("problems", JSONB, nullable=False, server_default="[]"),
    Column("error", Text, nullable=False, server_default=""),
)

# What somebody should look at; one row a cause, cleared when the cause is gone.
alert = Table(
    "knowledge_alert",
    metadata,
    Column("id", Text, primary_key=True),  # its cause: source:faq, sync:refused ...
    Column("message", Text, nullable=False),
    Column("raised_at", DateTime(timezone=True), nullable=False, server_default=func.now()),
    Column("last_at", DateTime(timezone=True), nullable=False, server_default=func.now()),
    Column("cleared_at", DateTime(timezone=True)),
)
