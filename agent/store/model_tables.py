"""Tables of what language models cost, and of what operators thought of their drafts."""

from sqlalchemy import BigInteger, Boolean, CheckConstraint, Column, DateTime, ForeignKey, Index, Integer, Table, Text, func

from agent.store.tables import metadata

# One row a call, in micro-euro. Never its text.
model_call = Table(
    "model_call",
    metadata,
    Column("id", BigInteger, primary_key=True, autoincrement=True),
    Column("at", DateTime(timezone=True), nullable=False, server_default=func.now()),
    Column("conversation", Text, nullable=False),  # "" for calls outside a conversation; no key: a call outlives a discarded turn
    Column("step", Text, nullable=False),
    Column("size", Text, nullable=False),
    Column("model", Text, nullable=False),
    Column("prompt", Text, nullable=False),
    Column("outcome", Text, nullable=False),
    Column("tokens_in", Integer, nullable=False, server_default="0"),
    Column("tokens_out", Integer, nullable=False, server_default="0"),
    Column("tokens_cached", Integer, nullable=False, server_default="0"),
    Column("cost", BigInteger, nullable=False, server_default="0"),
    Column("ms", Integer, nullable=False, server_default="0"),
    Index("model_call_conversation", "conversation", "at"),
    Index("model_call_at", "at"),
)

# What is spent or reserved, by budget: scope conversation | hour | day | month, key its id or the ISO time; the part of an hour, a day or a month
# that strangers took has a row of its own, with " strangers" behind the time.
model_budget = Table(
    "model_budget",
    metadata,
    Column("scope", Text, primary_key=True),
    Column("key", Text, primary_key=True),
    Column("spent", BigInteger, nullable=False, server_default="0"),
    Column("calls", Integer, nullable=False, server_default="0"),
    Column("updated_at", DateTime(timezone=True), nullable=False, server_default=func.now()),
    CheckConstraint("scope in ('conversation', 'hour', 'day', 'month')", name="model_budget_scope"),
    CheckConstraint("spent >= 0", name="model_budget_spent"),
)

# An operator's thumb on a draft, or on an answer of the draft help.
draft_rating = Table(
    "draft_rating",
    metadata,
    Column("case", ForeignKey("support_case.id"), primary_key=True),
    Column("operator", ForeignKey("operator.id"), primary_key=True),
    Column("good", Boolean, nullable=False),
    Column("note", Text, nullable=False, server_default=""),
    Column("at", DateTime(timezone=True), nullable=False, server_default=func.now()),
)
