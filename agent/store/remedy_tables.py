"""What remedies need beside the ledger: accounts of orders, approvals, and procedures with their steps."""

from sqlalchemy import BigInteger, CheckConstraint, Column, DateTime, ForeignKey, Index, Integer, Table, Text, UniqueConstraint, func
from sqlalchemy.dialects.postgresql import JSONB

from agent.store.tables import metadata


def _created() -> Column[object]:
    return Column("created_at", DateTime(timezone=True), nullable=False, server_default=func.now())


# One row an order: whoever plans money on it holds the row, so that all together never exceed what was paid.
order_account = Table(
    "order_account",
    metadata,
    Column("order_number", Text, primary_key=True),
    Column("paid", Integer, nullable=False),
    Column("currency", Text, nullable=False),
    Column("updated_at", DateTime(timezone=True), nullable=False, server_default=func.now()),
    CheckConstraint("paid >= 0", name="order_account_paid"),
)

approval = Table(
    "approval",
    metadata,
    Column("id", Text, primary_key=True),
    Column("effect", ForeignKey("effect.key"), nullable=False, unique=True),
    Column("conversation", ForeignKey("conversation.id"), nullable=False),
    Column("support_case", Text),
    Column("needs", Text, nullable=False),  # lead | finance
    Column("why", Text, nullable=False),  # the rule or limit that asks for it
    Column("requested_by", Text, nullable=False),
    Column("state", Text, nullable=False, server_default="waiting"),
    Column("decided_by", Text),
    Column("note", Text, nullable=False, server_default=""),
    _created(),
    Column("decided_at", DateTime(timezone=True)),
    CheckConstraint("needs in ('operator','lead','finance')", name="approval_needs"),
    CheckConstraint("state in ('waiting','approved','refused','expired')", name="approval_state"),
    CheckConstraint("decided_by is distinct from requested_by", name="approval_four_eyes"),
    Index("approval_queue", "state", "created_at"),
)

# A remedy on its way, and each step it took. Steps are added, never changed.
procedure = Table(
    "procedure",
    metadata,
    Column("id", Text, primary_key=True),
    Column("conversation", ForeignKey("conversation.id")),
    Column("order_number", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("step", Text, nullable=False),
    Column("detail", JSONB, nullable=False, server_default="{}"),
    Column("due_at", DateTime(timezone=True)),
    Column("version", Integer, nullable=False, server_default="1"),
    _created(),
    Column("updated_at", DateTime(timezone=True), nullable=False, server_default=func.now()),
    Column("closed_at", DateTime(timezone=True)),
    Index("procedure_order", "order_number", "created_at"),
    Index("procedure_due", "due_at", postgresql_where="closed_at is null"),
)

procedure_step = Table(
    "procedure_step",
    metadata,
    Column("id", BigInteger, primary_key=True, autoincrement=True),
    Column("procedure", ForeignKey("procedure.id"), nullable=False),
    Column("key", Text, nullable=False),  # of the event, so that one told twice happens once
    Column("event", Text, nullable=False),
    Column("before", Text),
    Column("after", Text, nullable=False),
    Column("actor", Text, nullable=False),
    Column("detail", JSONB, nullable=False, server_default="{}"),
    Column("at", DateTime(timezone=True), nullable=False, server_default=func.now()),
    UniqueConstraint("procedure", "key"),
)
