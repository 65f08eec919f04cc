"""The demo shop's tables (SQLAlchemy Core), in a PostgreSQL schema of their own, apart from Portside's."""

from sqlalchemy import (
    Boolean,
    CheckConstraint,
    Column,
    Date,
    DateTime,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Text,
    func,
)
from sqlalchemy.dialects.postgresql import ARRAY, JSONB

SCHEMA = "demo_shop"
metadata = MetaData(schema=SCHEMA)


def _at(name: str = "created_at") -> Column[object]:
    return Column(name, DateTime(timezone=True), nullable=False, server_default=func.now())


def _of_order() -> Column[str]:
    return Column("order_number", Text, ForeignKey(f"{SCHEMA}.orders.number", ondelete="CASCADE"), nullable=False, index=True)


def _sku(primary_key: bool = False) -> Column[str]:
    return Column("sku", Text, ForeignKey(f"{SCHEMA}.product.sku"), nullable=False, primary_key=primary_key)


product = Table(
    "product",
    metadata,
    Column("sku", Text, primary_key=True),
    Column("title", Text, nullable=False),
    Column("category", Text, nullable=False),
    Column("prices", JSONB, nullable=False),  # currency -> minor units
    Column("text", Text, nullable=False),
    Column("sizes", ARRAY(Text), nullable=False, server_default="{}"),
)

warehouse = Table(
    "warehouse",
    metadata,
    Column("code", Text, primary_key=True),
    Column("city", Text, nullable=False),
    Column("address", JSONB, nullable=False),
)

stock_level = Table(
    "stock_level",
    metadata,
    _sku(primary_key=True),
    Column("warehouse", Text, ForeignKey(f"{SCHEMA}.warehouse.code"), primary_key=True),
    Column("on_hand", Integer, nullable=False),
    Column("committed", Integer, nullable=False),
    Column("incoming", Integer, nullable=False),
    Column("restock", Date),
    CheckConstraint("on_hand >= 0 AND committed >= 0 AND incoming >= 0", name="stock_level_not_negative"),
)

batch = Table(
    "batch",
    metadata,
    Column("id", Text, primary_key=True),
    _sku(),
    Column("supplier", Text, nullable=False),
    Column("produced", Date, nullable=False),
    Column("sold", Integer, nullable=False),
    Column("complaints", Integer, nullable=False),
)

carrier = Table("carrier", metadata, Column("code", Text, primary_key=True), Column("name", Text, nullable=False, unique=True))

customer = Table(
    "customer",
    metadata,
    Column("id", Text, primary_key=True),
    Column("email", Text, nullable=False, unique=True),  # case-folded
    Column("name", Text, nullable=False),
    Column("country", Text, nullable=False),
    Column("language", Text, nullable=False),
    Column("tier", Text, nullable=False),
)

orders = Table(
    "orders",
    metadata,
    Column("number", Text, primary_key=True),
    Column("customer", Text, ForeignKey(f"{SCHEMA}.customer.id"), nullable=False),
    # Beside the number, so that a wrong e-mail costs one index probe, just as an unknown number does.
    Column("email", Text, nullable=False),
    Column("state", Text, nullable=False),
    Column("currency", Text, nullable=False),
    Column("total", Integer, nullable=False),  # minor units, as everywhere here
    Column("placed_at", DateTime(timezone=True), nullable=False),
    Column("address", JSONB, nullable=False),
    Column("service", Text, nullable=False, server_default="standard"),  # standard | express | green
    Column("priority", Boolean, nullable=False, server_default="false"),  # packed before others
    Column("parent", Text, ForeignKey(f"{SCHEMA}.orders.number")),  # the order that this one replaces or makes good
    Index("orders_of_customer", "email", "placed_at"),
)

order_line = Table(
    "order_line",
    metadata,
    Column("order_number", Text, ForeignKey(f"{SCHEMA}.orders.number", ondelete="CASCADE"), primary_key=True),
    Column("position", Integer, primary_key=True),
    _sku(),
    Column("title", Text, nullable=False),  # as sold: a later change of the catalogue leaves it alone
    Column("category", Text, nullable=False),
    Column("quantity", Integer, nullable=False),
    Column("price", Integer, nullable=False),
    Column("returned", Integer, nullable=False, server_default="0"),
    Column("batch", Text, ForeignKey(f"{SCHEMA}.batch.id")),
    CheckConstraint("quantity > 0 AND returned BETWEEN 0 AND quantity", name="order_line_quantities"),
)

shipment = Table(
    "shipment",
    metadata,
    Column("tracking", Text, primary_key=True),
    Column("order_number", Text, ForeignKey(f"{SCHEMA}.orders.number", ondelete="CASCADE"), nullable=False, index=True),
    Column("carrier", Text, ForeignKey(f"{SCHEMA}.carrier.code"), nullable=False),
    Column("url", Text, nullable=False),
    Column("warehouse", Text, ForeignKey(f"{SCHEMA}.warehouse.code"), nullable=False),
    Column("shipped_at", DateTime(timezone=True), nullable=False),
    Column("promised", Date, nullable=False),
    Column("delivered_at", DateTime(timezone=True)),
    Column("skus", ARRAY(Text), nullable=False, server_default="{}"),  # what is in it; {} = the whole order
)

checkpoint = Table(
    "checkpoint",
    metadata,
    Column("tracking", Text, ForeignKey(f"{SCHEMA}.shipment.tracking", ondelete="CASCADE"), primary_key=True),
    Column("position", Integer, primary_key=True),
    Column("at", DateTime(timezone=True), nullable=False),
    Column("state", Text, nullable=False),
    Column("place", Text, nullable=False),
)

payment = Table(
    "payment",
    metadata,
    Column("id", Text, primary_key=True),
    _of_order(),
    Column("method", Text, nullable=False),  # card | paypal | gift_card | store_credit | bank | other
    Column("amount", Integer, nullable=False),
    Column("currency", Text, nullable=False),
    Column("at", DateTime(timezone=True)),
    Column("succeeded", Boolean, nullable=False),
)

refund = Table(
    "refund",
    metadata,
    Column("id", Text, primary_key=True),
    _of_order(),
    Column("amount", Integer, nullable=False),
    Column("currency", Text, nullable=False),
    Column("at", DateTime(timezone=True), nullable=False),
    Column("succeeded", Boolean, nullable=False),
    Column("payment", Text, ForeignKey(f"{SCHEMA}.payment.id")),
    CheckConstraint("amount > 0", name="refund_positive"),
)

claim = Table(
    "claim",
    metadata,
    Column("id", Text, primary_key=True),
    _of_order(),
    Column("tracking", Text, nullable=False),
    Column("state", Text, nullable=False, server_default="open"),  # open | found | lost | refused
    Column("amount", Integer, nullable=False),
    Column("currency", Text, nullable=False),
    _at(),
    # One claim a parcel, whoever files it.
    Index("claim_one_parcel", "tracking", unique=True),
)

repair = Table(
    "repair",
    metadata,
    Column("id", Text, primary_key=True),
    _of_order(),
    _sku(),
    Column("day", Date, nullable=False),
    Column("part_of_day", Text, nullable=False),  # morning | afternoon
    Column("state", Text, nullable=False, server_default="booked"),  # booked | done | missed
    _at(),
    Index("repair_one_open", "order_number", "sku", unique=True, postgresql_where="state = 'booked'"),
)

document = Table(
    "document",
    metadata,
    Column("id", Text, primary_key=True),  # unguessable: whoever has it may read the document
    Column("kind", Text, nullable=False),
    Column("content_type", Text, nullable=False),
    Column("content", LargeBinary, nullable=False),
    _at(),
)

return_ = Table(
    "return",
    metadata,
    Column("number", Text, primary_key=True),
    _of_order(),
    Column("state", Text, nullable=False, server_default="open"),  # open | closed
    Column("lines", JSONB, nullable=False),  # sku -> pieces
    Column("warehouse", Text, ForeignKey(f"{SCHEMA}.warehouse.code"), nullable=False),
    Column("fee", Integer, nullable=False),
    Column("currency", Text, nullable=False),
    Column("document", Text, ForeignKey(f"{SCHEMA}.document.id")),
    Column("step", Text, nullable=False, server_default="labelled"),  # of agent.domain.commerce.ReturnState
    Column("inspection", JSONB),  # what the warehouse found, by its written standard
    _at(),
    # One open return an order, whatever two effects believe at the same time.
    Index("return_one_open", "order_number", unique=True, postgresql_where="state = 'open'"),
)

coupon = Table(
    "coupon",
    metadata,
    Column("code", Text, primary_key=True),
    # One goodwill coupon an order, for the same reason.
    Column("order_number", Text, ForeignKey(f"{SCHEMA}.orders.number", ondelete="CASCADE"), nullable=False, unique=True),
    Column("percent", Integer),
    Column("amount", Integer),
    Column("currency", Text),
    Column("minimum", Integer, nullable=False),
    Column("valid_until", Date, nullable=False),
    _at(),
    CheckConstraint("(percent IS NULL) <> (amount IS NULL)", name="coupon_percent_or_amount"),
)

effect_done = Table(
    "effect_done",
    metadata,
    Column("key", Text, primary_key=True),  # the idempotency key
    Column("kind", Text, nullable=False),
    Column("order_number", Text, nullable=False),
    Column("state", Text, nullable=False),
    Column("data", JSONB, nullable=False, server_default="{}"),
    Column("error", Text, nullable=False, server_default=""),
    _at(),
)

seeding = Table(
    "seeding",
    metadata,
    Column("id", Integer, primary_key=True, server_default="1"),
    Column("seed", Integer, nullable=False),
    Column("today", Date, nullable=False),
    Column("counts", JSONB, nullable=False),
    _at(),
    CheckConstraint("id = 1", name="seeding_one_row"),
)
