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
    Column("offers", JSONB),  # what the customer may choose from: offers, authority, case
    Column("strong_email", Text),  # a code sent there came back
    Column("strong_until", DateTime(timezone=True)),
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
    Column("made", JSONB, nullable=False, server_default="{}"),  # outbound: who wrote it, and by which prompts (name, version, hash)
    Column("working", Text),  # the same in the operators' language, when it was translated for the customer
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
    Index("support_case_conversation", "conversation"),  # a customer's earlier cases
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
    Column("approved_by", Text),  # the second person, where one was needed
    Column("amount", Integer),  # minor units that leave the shop with it
    Column("currency", Text),
    Column("error", Text, nullable=False, server_default=""),
    Column("looked_up", Integer, nullable=False, server_default="0"),  # times the source was asked what became of it
    Column("procedure", Text),  # the procedure that it belongs to
    _created(),
    Column("updated_at", DateTime(timezone=True), nullable=False, server_default=func.now()),
    CheckConstraint("state in ('waiting','planned','sent','confirmed','failed','unknown')", name="effect_state_check"),
    CheckConstraint("amount >= 0 and (amount is null) = (currency is null)", name="effect_amount"),
    Index("effect_turn", "turn"),
    Index("effect_order", "order_number"),
    Index("effect_open", "updated_at", postgresql_where="state in ('sent','unknown')"),
)

# Codes mailed to prove who writes. Only a digest is kept.
proof_code = Table(
    "proof_code",
    metadata,
    Column("id", Text, primary_key=True),
    Column("conversation", ForeignKey("conversation.id"), nullable=False),
    Column("email", Text, nullable=False),
    Column("digest", Text, nullable=False),
    Column("tries", Integer, nullable=False, server_default="0"),
    Column("expires_at", DateTime(timezone=True), nullable=False),
    Column("used_at", DateTime(timezone=True)),
    _created(),
    Index("proof_code_conversation", "conversation", "created_at"),
)

# Who a conversation belongs to, as a person confirmed (or denied) it. Suggestions are never stored.
customer_match = Table(
    "customer_match",
    metadata,
    Column("conversation", ForeignKey("conversation.id"), primary_key=True),
    Column("email", Text, primary_key=True),
    Column("confirmed", Boolean, nullable=False),
    Column("by", Text, nullable=False),
    Column("at", DateTime(timezone=True), nullable=False, server_default=func.now()),
    Index("customer_match_email", "email"),
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
    Column("authority", Text, nullable=False, server_default="operator"),  # how much money: operator | lead | finance
    Column("password_hash", Text, nullable=False),
    _created(),
    CheckConstraint("authority in ('operator', 'lead', 'finance')", name="operator_authority"),
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
