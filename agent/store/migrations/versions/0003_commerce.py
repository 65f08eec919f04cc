"""Approvals, procedures, accounts of orders, mirrored sources, proofs; payments, claims and repairs of the demo shop."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    op.create_table(
        "delivery",
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("topic", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.PrimaryKeyConstraint("source", "id"),
    )
    op.create_index("delivery_at", "delivery", ["at"], unique=False)
    op.create_table(
        "mirror",
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("data", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("read_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("dirty", sa.Boolean(), server_default="false", nullable=False),
        sa.PrimaryKeyConstraint("source", "kind", "id"),
    )
    op.create_table(
        "order_account",
        sa.Column("order_number", sa.Text(), nullable=False),
        sa.Column("paid", sa.Integer(), nullable=False),
        sa.Column("currency", sa.Text(), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.CheckConstraint("paid >= 0", name="order_account_paid"),
        sa.PrimaryKeyConstraint("order_number"),
    )
    op.create_table(
        "customer_match",
        sa.Column("conversation", sa.Text(), nullable=False),
        sa.Column("email", sa.Text(), nullable=False),
        sa.Column("confirmed", sa.Boolean(), nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.ForeignKeyConstraint(
            ["conversation"],
            ["conversation.id"],
        ),
        sa.PrimaryKeyConstraint("conversation", "email"),
    )
    op.create_index("customer_match_email", "customer_match", ["email"], unique=False)
    op.create_table(
        "procedure",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("conversation", sa.Text(), nullable=True),
        sa.Column("order_number", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("step", sa.Text(), nullable=False),
        sa.Column("detail", postgresql.JSONB(astext_type=sa.Text()), server_default="{}", nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["conversation"],
            ["conversation.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("procedure_due", "procedure", ["due_at"], unique=False, postgresql_where="closed_at is null")
    op.create_index("procedure_order", "procedure", ["order_number", "created_at"], unique=False)
    op.create_table(
        "proof_code",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("conversation", sa.Text(), nullable=False),
        sa.Column("email", sa.Text(), nullable=False),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.Column("tries", sa.Integer(), server_default="0", nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.ForeignKeyConstraint(
            ["conversation"],
            ["conversation.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("proof_code_conversation", "proof_code", ["conversation", "created_at"], unique=False)
    op.create_table(
        "approval",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("effect", sa.Text(), nullable=False),
        sa.Column("conversation", sa.Text(), nullable=False),
        sa.Column("support_case", sa.Text(), nullable=True),
        sa.Column("needs", sa.Text(), nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("requested_by", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), server_default="waiting", nullable=False),
        sa.Column("decided_by", sa.Text(), nullable=True),
        sa.Column("note", sa.Text(), server_default="", nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("needs in ('operator','lead','finance')", name="approval_needs"),
        sa.CheckConstraint("state in ('waiting','approved','refused','expired')", name="approval_state"),
        sa.CheckConstraint("decided_by is distinct from requested_by", name="approval_four_eyes"),
        sa.ForeignKeyConstraint(
            ["conversation"],
            ["conversation.id"],
        ),
        sa.ForeignKeyConstraint(
            ["effect"],
            ["effect.key"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("effect"),
    )
    op.create_index("approval_queue", "approval", ["state", "created_at"], unique=False)
    op.create_table(
        "procedure_step",
        sa.Column("id", sa.BigInteger(), autoincrement=True, nullable=False),
        sa.Column("procedure", sa.Text(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("event", sa.Text(), nullable=False),
        sa.Column("before", sa.Text(), nullable=True),
        sa.Column("after", sa.Text(), nullable=False),
        sa.Column("actor", sa.Text(), nullable=False),
        sa.Column("detail", postgresql.JSONB(astext_type=sa.Text()), server_default="{}", nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.ForeignKeyConstraint(
            ["procedure"],
            ["procedure.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("procedure", "key"),
    )
    op.create_table(
        "claim",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("order_number", sa.Text(), nullable=False),
        sa.Column("tracking", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), server_default="open", nullable=False),
        sa.Column("amount", sa.Integer(), nullable=False),
        sa.Column("currency", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.ForeignKeyConstraint(["order_number"], ["demo_shop.orders.number"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id"),
        schema="demo_shop",
    )
    op.create_index("claim_one_parcel", "claim", ["tracking"], unique=True, schema="demo_shop")
    op.create_index(op.f("ix_demo_shop_claim_order_number"), "claim", ["order_number"], unique=False, schema="demo_shop")
    op.create_table(
        "payment",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("order_number", sa.Text(), nullable=False),
        sa.Column("method", sa.Text(), nullable=False),
        sa.Column("amount", sa.Integer(), nullable=False),
        sa.Column("currency", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("succeeded", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["order_number"], ["demo_shop.orders.number"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id"),
        schema="demo_shop",
    )
    op.create_index(op.f("ix_demo_shop_payment_order_number"), "payment", ["order_number"], unique=False, schema="demo_shop")
    op.create_table(
        "repair",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("order_number", sa.Text(), nullable=False),
        sa.Column("sku", sa.Text(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("part_of_day", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), server_default="booked", nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.ForeignKeyConstraint(["order_number"], ["demo_shop.orders.number"], ondelete="CASCADE"),
        sa.ForeignKeyConstraint(
            ["sku"],
            ["demo_shop.product.sku"],
        ),
        sa.PrimaryKeyConstraint("id"),
        schema="demo_shop",
    )
    op.create_index(op.f("ix_demo_shop_repair_order_number"), "repair", ["order_number"], unique=False, schema="demo_shop")
    op.create_index(
        "repair_one_open", "repair", ["order_number", "sku"], unique=True, schema="demo_shop", postgresql_where="state = 'booked'"
    )
    op.add_column("conversation", sa.Column("offers", postgresql.JSONB(astext_type=sa.Text()), nullable=True))
    op.add_column("conversation", sa.Column("strong_email", sa.Text(), nullable=True))
    op.add_column("conversation", sa.Column("strong_until", sa.DateTime(timezone=True), nullable=True))
    op.add_column("effect", sa.Column("approved_by", sa.Text(), nullable=True))
    op.add_column("effect", sa.Column("amount", sa.Integer(), nullable=True))
    op.add_column("effect", sa.Column("currency", sa.Text(), nullable=True))
    op.add_column("effect", sa.Column("error", sa.Text(), server_default="", nullable=False))
    op.add_column("effect", sa.Column("looked_up", sa.Integer(), server_default="0", nullable=False))
    op.add_column("effect", sa.Column("procedure", sa.Text(), nullable=True))
    op.create_index("effect_open", "effect", ["updated_at"], unique=False, postgresql_where="state in ('sent','unknown')")
    op.create_index("effect_order", "effect", ["order_number"], unique=False)
    op.add_column("operator", sa.Column("authority", sa.Text(), server_default="operator", nullable=False))
    op.add_column("orders", sa.Column("service", sa.Text(), server_default="standard", nullable=False), schema="demo_shop")
    op.add_column("orders", sa.Column("priority", sa.Boolean(), server_default="false", nullable=False), schema="demo_shop")
    op.add_column("orders", sa.Column("parent", sa.Text(), nullable=True), schema="demo_shop")
    op.create_foreign_key(
        "orders_parent_fkey", "orders", "orders", ["parent"], ["number"], source_schema="demo_shop", referent_schema="demo_shop"
    )
    op.add_column("refund", sa.Column("payment", sa.Text(), nullable=True), schema="demo_shop")
    op.create_foreign_key(
        "refund_payment_fkey", "refund", "payment", ["payment"], ["id"], source_schema="demo_shop", referent_schema="demo_shop"
    )
    op.add_column("return", sa.Column("step", sa.Text(), server_default="labelled", nullable=False), schema="demo_shop")
    op.add_column("return", sa.Column("inspection", postgresql.JSONB(astext_type=sa.Text()), nullable=True), schema="demo_shop")
    op.add_column("shipment", sa.Column("skus", postgresql.ARRAY(sa.Text()), server_default="{}", nullable=False), schema="demo_shop")
    op.drop_constraint(op.f("shipment_order_number_key"), "shipment", schema="demo_shop", type_="unique")
    op.create_index(op.f("ix_demo_shop_shipment_order_number"), "shipment", ["order_number"], unique=False, schema="demo_shop")
    op.create_index("support_case_conversation", "support_case", ["conversation"])
    op.drop_constraint("effect_state_check", "effect", type_="check")
    states = "state in ('waiting','planned','sent','confirmed','failed','unknown')"
    op.create_check_constraint("effect_state_check", "effect", states)
    op.create_check_constraint("effect_amount", "effect", "amount >= 0 and (amount is null) = (currency is null)")
    op.create_check_constraint("operator_authority", "operator", "authority in ('operator', 'lead', 'finance')")
    op.create_check_constraint("refund_positive", "refund", "amount > 0", schema="demo_shop")
    # A demo shop that was seeded before: its orders were paid by card, its closed returns are through.
    op.execute(
        "INSERT INTO demo_shop.payment (id, order_number, method, amount, currency, at, succeeded)"
        " SELECT 'PAY-' || number, number, 'card', total, currency, placed_at, true FROM demo_shop.orders WHERE state <> 'unpaid'"
    )
    op.execute("UPDATE demo_shop.\"return\" SET step = 'closed' WHERE state = 'closed'")
