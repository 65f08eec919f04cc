"""The tables of conversations, cases, effects and audit (SQLAlchemy Core)."""

from sqlalchemy import (
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    DateTime,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Text,
    UniqueConstraint,
    func,
)
from sqlalchemy.dialects.postgresql import ARRAY, JSONB

metadata = MetaData()


def _created() -> Column[object]:
    return Column("created_at", DateTime(timezone=True), nullable=False, server_default=func.now())


conversation = Table(
    "conversation",
    metadata,
    Column("id", Text, primary_key=True),
    Column("channel", Text, nullable=False),
    Column("account", Text, nullable=False),
    Column("thread", Text, nullable=False),  # the channel's own id of this customer's thread
    Column("market", Text, nullable=False),
    Column("language", Text),
    Column("signed_email", Text),
    Column("proven_orders", ARRAY(Text), nullable=False, server_default="{}"),
    Column("owner", Text, nullable=False, server_default="bot"),  # bot, desk (waits for an operator), or an operator's id
    Column("owner_epoch", Integer, nullable=False, server_default="0"),
    Column("last_seq", Integer, nullable=False, server_default="0"),
    Column("last_inbound_seq", Integer, nullable=False, server_default="0"),
    Column("answered_seq", Integer, nullable=False, server_default="0"),  # inbound messages up to here have had their turn
    Column("asked", Integer, nullable=False, server_default="0"),
    Column("failed", Integer, nullable=False, server_default="0"),
    Column("mismatches", Integer, nullable=False, server_default="0"),  # wrong order number + e-mail since the last proof
    Column("pending_intents", ARRAY(Text), nullable=False, server_default="{}"),
    Column("forced", Text),  # the next turn must be handed over for this reason
    Column("greeted", Boolean, nullable=False, server_default="false"),
    _created(),
    Column("updated_at", DateTime(timezone=True), nullable=False, server_default=func.now()),
    UniqueConstraint("channel", "account", "thread"),
    Index("conversation_recent", "updated_at"),
    # A customer's earlier cases are found by identity; most conversations prove none.
    Index("conversation_signed", "signed_email", postgresql_where="signed_email is not null"),
    Index("conversation_proven", "proven_orders", postgresql_using="gin"),
)

message = Table(
    "message",
    metadata,
    Column("id", Text, primary_key=True),
    Column("conversation", ForeignKey("conversation.id"), nullable=False),
    Column("seq", Integer, nullable=False),
    Column("author", Text, nullable=False),
    Column("channel", Text, nullable=False),
    Column("account", Text, nullable=False),
    Column("external_id", Text, nullable=False),  # inbound: the channel's id; outbound: our idempotency key
    Column("text", Text, nullable=False),
    Column("photos", JSONB, nullable=False, server_default="[]"),
    Column("sources", JSONB, nullable=False, server_default="[]"),
    Column("quick_replies", JSONB, nullable=False, server_default="[]"),
    Column("held", Boolean, nullable=False, server_default="false"),  # waits for its effects; not shown, not sent
    Column("effects", ARRAY(Text), nullable=False, server_default="{}"),  # keys whose confirmation releases it
    Column("turn", Text),
    _created(),
    UniqueConstraint("channel", "account", "external_id"),
    UniqueConstraint("conversation", "seq"),
)

photo = Table(
    "photo",
    metadata,
    Column("id", Text, primary_key=True),  # SHA-256 of the data
    Column("thread", Text, primary_key=True),  # who uploaded it: one chat never sees another's
    Column("data", LargeBinary, nullable=False),
    Column("width", Integer, nullable=False),
    Column("height", Integer, nullable=False),
    _created(),
)

turn_record = Table(
    "turn_record",
    metadata,
    Column("id", Text, primary_key=True),
    Column("turn", Text, nullable=False),
    Column("conversation", ForeignKey("conversation.id"), nullable=False),
    Column("outcome", Text, nullable=False),
    Column("desk", Text, nullable=False),
    Column("reasons", ARRAY(Text), nullable=False),
    Column("intents", ARRAY(Text), nullable=False),
    Column("language", Text, nullable=False),
    Column("detail", JSONB, nullable=False),  # triage, remedies, claims, evidence, snapshot, timings
    _created(),
    Index("turn_record_conversation", "conversation", "created_at"),
    Index("turn_record_recent", "created_at"),
)

support_case = Table(
    "support_case",
    metadata,
    Column("id", Text, primary_key=True),
    Column("conversation", ForeignKey("conversation.id"), nullable=False),
    Column("turn", Text, nullable=False),  # the graph's thread that waits in interrupt()
    Column("desk", Text, nullable=False),
    Column("urgency", Text, nullable=False),
    Column("reasons", ARRAY(Text), nullable=False),
    Column("subjects", ARRAY(Text), nullable=False, server_default="{}"),  # SKUs and batches
    Column("status", Text, nullable=False, server_default="open"),  # open | answering | answered | rejected
    Column("packet", JSONB, nullable=False),
    Column("draft", Text, nullable=False),
    Column("sent", Text),
    Column("edit_distance", Integer),
    Column("assignee", Text),
    Column("due_at", DateTime(timezone=True), nullable=False),
    Column("version", Integer, nullable=False, server_default="1"),
    _created(),
    Column("closed_at", DateTime(timezone=True)),
    CheckConstraint("status in ('open','answering','answered','rejected')"),
    Index("support_case_queue", "status", "due_at"),
    Index("support_case_subjects", "subjects", postgresql_using="gin"),
    # One open case a conversation: a customer who writes again refreshes it.
    Index("support_case_one_open", "conversation", unique=True, postgresql_where="status in ('open','answering')"),
)

effect = Table(
    "effect",
    metadata,
    Column("key", Text, primary_key=True),
    Column("conversation", ForeignKey("conversation.id"), nullable=False),
    Column("turn", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("order_number", Text, nullable=False),
    Column("payload", JSONB, nullable=False),
    Column("state", Text, nullable=False, server_default="planned"),
    Column("result", JSONB, nullable=False, server_default="{}"),
    Column("authority", Text, nullable=False),  # bot, or the operator who ordered it
    _created(),
    Column("updated_at", DateTime(timezone=True), nullable=False, server_default=func.now()),
    CheckConstraint("state in ('planned','sent','confirmed','failed','unknown')"),
    Index("effect_turn", "turn"),
)

outbox = Table(
    "outbox",
    metadata,
    Column("key", Text, primary_key=True),  # idempotency key handed to the channel
    Column("message", ForeignKey("message.id"), nullable=False, unique=True),
    Column("channel", Text, nullable=False),
    Column("state", Text, nullable=False, server_default="queued"),  # held | queued | sent | failed | withdrawn
    Column("attempts", Integer, nullable=False, server_default="0"),
    Column("error", Text, nullable=False, server_default=""),
    _created(),
    CheckConstraint("state in ('held','queued','sent','failed','withdrawn')"),
)

audit = Table(
    "audit",
    metadata,
    Column("id", BigInteger, primary_key=True, autoincrement=True),
    Column("at", DateTime(timezone=True), nullable=False, server_default=func.now()),
    Column("actor", Text, nullable=False),
    Column("action", Text, nullable=False),
    Column("conversation", Text),
    Column("detail", JSONB, nullable=False, server_default="{}"),
)

operator = Table(
    "operator",
    metadata,
    Column("id", Text, primary_key=True),
    Column("email", Text, nullable=False, unique=True),
    Column("name", Text, nullable=False),
    Column("role", Text, nullable=False, server_default="operator"),  # operator | editor | reviewer, each with the rights before it
    Column("password_hash", Text, nullable=False),
    _created(),
    CheckConstraint("role in ('operator', 'editor', 'reviewer')", name="operator_role"),
)

operator_session = Table(
    "operator_session",
    metadata,
    Column("token_hash", Text, primary_key=True),
    Column("operator", ForeignKey("operator.id"), nullable=False),
    Column("csrf", Text, nullable=False),
    Column("expires_at", DateTime(timezone=True), nullable=False),
    _created(),
)
