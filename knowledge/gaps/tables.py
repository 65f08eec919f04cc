"""What customers asked and the knowledge base could not answer, what operators answered, and which articles are used."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, Column, Date, DateTime, Float, ForeignKey, Index, Integer, LargeBinary, Table, Text, func
from sqlalchemy.dialects.postgresql import ARRAY

from knowledge.tables import metadata

# Questions that mean the same; its vector is the mean of theirs.
gap = Table(
    "knowledge_gap",
    metadata,
    Column("id", Text, primary_key=True),
    Column("question", Text, nullable=False),  # the one nearest to the middle
    Column("centre", LargeBinary, nullable=False),  # float32, unit length
    Column("fingerprint", Text, nullable=False),
    Column("volume", Integer, nullable=False),
    Column("first_at", DateTime(timezone=True), nullable=False),
    Column("last_at", DateTime(timezone=True), nullable=False),
    Column("status", Text, nullable=False, server_default="open"),  # open | drafted | dismissed
    Column("article", Text),  # the draft that was made of it
    CheckConstraint("status in ('open', 'drafted', 'dismissed')", name="knowledge_gap_status"),
)

gap_question = Table(
    "knowledge_gap_question",
    metadata,
    Column("id", Text, primary_key=True),  # of the turn record
    Column("gap", Text, ForeignKey("knowledge_gap.id", ondelete="CASCADE"), nullable=False),
    Column("text", Text, nullable=False),  # without personal data
    Column("language", Text, nullable=False),
    Column("kind", Text, nullable=False),  # unanswered | bad
    Column("at", DateTime(timezone=True), nullable=False),
    Column("vector", LargeBinary, nullable=False),  # float16
    CheckConstraint("kind in ('unanswered', 'bad')", name="knowledge_gap_question_kind"),
    Index("knowledge_gap_question_by_gap", "gap"),
)

# Answers that operators wrote themselves: candidates for articles.
proposal = Table(
    "knowledge_proposal",
    metadata,
    Column("id", Text, primary_key=True),  # of the support case
    Column("question", Text, nullable=False),
    Column("answer", Text, nullable=False),  # without personal data
    Column("language", Text, nullable=False),
    Column("intents", ARRAY(Text), nullable=False),
    Column("vector", LargeBinary, nullable=False),  # float16, of the answer
    Column("times", Integer, nullable=False, server_default="1"),  # how many operators' replies said the same
    Column("similar", Text),  # the published article nearest to it
    Column("similarity", Float, nullable=False, server_default="0"),
    Column("status", Text, nullable=False, server_default="open"),
    Column("article", Text),
    Column("at", DateTime(timezone=True), nullable=False, server_default=func.now()),
    CheckConstraint("status in ('open', 'drafted', 'dismissed')", name="knowledge_proposal_status"),
)

# Replies that rested on an article, a row a day.
usage = Table(
    "knowledge_usage",
    metadata,
    Column("article", Text, primary_key=True),
    Column("language", Text, primary_key=True),
    Column("day", Date, primary_key=True),
    Column("replies", Integer, nullable=False),
)

# How far the turn records and cases have been read.
read_mark = Table(
    "knowledge_read_mark",
    metadata,
    Column("what", Text, primary_key=True),
    Column("until", DateTime(timezone=True), nullable=False),
)
