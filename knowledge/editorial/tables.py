"""What editors work on: one draft an article and language, and every revision that was published."""

from __future__ import annotations

from sqlalchemy import BigInteger, CheckConstraint, Column, DateTime, Identity, Integer, Table, Text, UniqueConstraint, func
from sqlalchemy.dialects.postgresql import ARRAY, JSONB

from knowledge.tables import metadata

draft = Table(
    "knowledge_draft",
    metadata,
    Column("article", Text, primary_key=True),
    Column("language", Text, primary_key=True),
    Column("kind", Text, nullable=False, server_default="edit"),  # edit | retire
    Column("state", Text, nullable=False, server_default="draft"),  # draft | review
    Column("front", JSONB, nullable=False),  # as the form sent it; it need not be valid before it is submitted
    Column("body", Text, nullable=False),
    Column("version", Integer, nullable=False, server_default="1"),  # rises with every save: a save must name the one it read
    Column("base", Text),  # the variant it started from; none: a new article
    Column("source_base", Text),  # the source language's variant this translation was last brought in line with
    Column("note", Text, nullable=False, server_default=""),  # what the change is for
    Column("editors", ARRAY(Text), nullable=False),  # everyone who saved it: none of them may approve it
    Column("updated_by", Text, nullable=False),
    Column("created_at", DateTime(timezone=True), nullable=False, server_default=func.now()),
    Column("updated_at", DateTime(timezone=True), nullable=False, server_default=func.now()),
    CheckConstraint("kind in ('edit', 'retire')", name="knowledge_draft_kind"),
    CheckConstraint("state in ('draft', 'review')", name="knowledge_draft_state"),
)

# Append-only. The newest revision of an article and language is what the editorial source gives to the next sync.
revision = Table(
    "knowledge_revision",
    metadata,
    Column("id", BigInteger, Identity(always=True), primary_key=True),
    Column("article", Text, nullable=False),
    Column("language", Text, nullable=False),
    Column("number", Integer, nullable=False),  # 1, 2, 3 ... within an article and language
    Column("kind", Text, nullable=False),  # imported (as the folder had it before the first edit) | published | retired | restored
    Column("front", JSONB, nullable=False),
    Column("body", Text, nullable=False),
    Column("source_base", Text),
    Column("note", Text, nullable=False, server_default=""),
    Column("editors", ARRAY(Text), nullable=False),
    Column("approved_by", Text),  # the second person, where one was required
    Column("at", DateTime(timezone=True), nullable=False, server_default=func.now()),
    UniqueConstraint("article", "language", "number"),
    CheckConstraint("kind in ('imported', 'published', 'retired', 'restored')", name="knowledge_revision_kind"),
)
