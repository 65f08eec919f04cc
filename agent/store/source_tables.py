"""What the shop's systems said last, and which of their deliveries were worked on."""

from sqlalchemy import Boolean, Column, DateTime, Index, Table, Text, func
from sqlalchemy.dialects.postgresql import JSONB

from agent.store.tables import metadata

# What a source said last, so that a source that is down is answered for with the age of what we know.
mirror = Table(
    "mirror",
    metadata,
    Column("source", Text, primary_key=True),
    Column("kind", Text, primary_key=True),  # order | tracking | stock | batch ...
    Column("id", Text, primary_key=True),
    Column("data", JSONB, nullable=False),
    Column("read_at", DateTime(timezone=True), nullable=False),
    Column("changed_at", DateTime(timezone=True)),  # the source's own time of the last change: an older message changes nothing
    Column("dirty", Boolean, nullable=False, server_default="false"),  # the source told of a change that was not read yet
)

# Deliveries of the shops' and carriers' webhooks: each is worked on once.
delivery = Table(
    "delivery",
    metadata,
    Column("source", Text, primary_key=True),
    Column("id", Text, primary_key=True),
    Column("topic", Text, nullable=False),
    Column("at", DateTime(timezone=True), nullable=False, server_default=func.now()),
    Index("delivery_at", "at"),
)
