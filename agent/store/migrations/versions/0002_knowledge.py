"""Articles, drafts, revisions, news, gaps; roles of operators."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    op.create_table(
        "knowledge_alert",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("message", sa.Text(), nullable=False),
        sa.Column("raised_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("last_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("cleared_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_table(
        "knowledge_draft",
        sa.Column("article", sa.Text(), nullable=False),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), server_default="edit", nullable=False),
        sa.Column("state", sa.Text(), server_default="draft", nullable=False),
        sa.Column("front", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.Column("base", sa.Text(), nullable=True),
        sa.Column("source_base", sa.Text(), nullable=True),
        sa.Column("note", sa.Text(), server_default="", nullable=False),
        sa.Column("editors", postgresql.ARRAY(sa.Text()), nullable=False),
        sa.Column("updated_by", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.CheckConstraint("kind in ('edit', 'retire')", name="knowledge_draft_kind"),
        sa.CheckConstraint("state in ('draft', 'review')", name="knowledge_draft_state"),
        sa.PrimaryKeyConstraint("article", "language"),
    )
    op.create_table(
        "knowledge_gap",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("question", sa.Text(), nullable=False),
        sa.Column("centre", sa.LargeBinary(), nullable=False),
        sa.Column("fingerprint", sa.Text(), nullable=False),
        sa.Column("volume", sa.Integer(), nullable=False),
        sa.Column("first_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("last_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("status", sa.Text(), server_default="open", nullable=False),
        sa.Column("article", sa.Text(), nullable=True),
        sa.CheckConstraint("status in ('open', 'drafted', 'dismissed')", name="knowledge_gap_status"),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_table(
        "knowledge_news",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_to", sa.Date(), nullable=False),
        sa.Column("markets", postgresql.ARRAY(sa.Text()), nullable=False),
        sa.Column("products", postgresql.ARRAY(sa.Text()), nullable=False),
        sa.Column("detail", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("reported_by", sa.Text(), nullable=False),
        sa.Column("reported_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("knowledge_news_valid", "knowledge_news", ["valid_to"], unique=False)
    op.create_table(
        "knowledge_proposal",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("question", sa.Text(), nullable=False),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("intents", postgresql.ARRAY(sa.Text()), nullable=False),
        sa.Column("vector", sa.LargeBinary(), nullable=False),
        sa.Column("times", sa.Integer(), server_default="1", nullable=False),
        sa.Column("similar", sa.Text(), nullable=True),
        sa.Column("similarity", sa.Float(), server_default="0", nullable=False),
        sa.Column("status", sa.Text(), server_default="open", nullable=False),
        sa.Column("article", sa.Text(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.CheckConstraint("status in ('open', 'drafted', 'dismissed')", name="knowledge_proposal_status"),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_table(
        "knowledge_read_mark",
        sa.Column("what", sa.Text(), nullable=False),
        sa.Column("until", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("what"),
    )
    op.create_table(
        "knowledge_revision",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column("article", sa.Text(), nullable=False),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("front", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("source_base", sa.Text(), nullable=True),
        sa.Column("note", sa.Text(), server_default="", nullable=False),
        sa.Column("editors", postgresql.ARRAY(sa.Text()), nullable=False),
        sa.Column("approved_by", sa.Text(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.CheckConstraint("kind in ('imported', 'published', 'retired', 'restored')", name="knowledge_revision_kind"),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("article", "language", "number"),
    )
    op.create_table(
        "knowledge_source",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("checked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("good_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("articles", sa.Integer(), nullable=False),
        sa.Column("problems", postgresql.JSONB(astext_type=sa.Text()), server_default="[]", nullable=False),
        sa.Column("error", sa.Text(), server_default="", nullable=False),
        sa.PrimaryKeyConstraint("name"),
    )
    op.create_table(
        "knowledge_usage",
        sa.Column("article", sa.Text(), nullable=False),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("replies", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("article", "language", "day"),
    )
    op.create_table(
        "knowledge_variant",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("article", sa.Text(), nullable=False),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("front", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_table(
        "knowledge_gap_question",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("gap", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("vector", sa.LargeBinary(), nullable=False),
        sa.CheckConstraint("kind in ('unanswered', 'bad')", name="knowledge_gap_question_kind"),
        sa.ForeignKeyConstraint(["gap"], ["knowledge_gap.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("knowledge_gap_question_by_gap", "knowledge_gap_question", ["gap"], unique=False)
    op.create_table(
        "knowledge_snapshot_variant",
        sa.Column("snapshot_id", sa.Text(), nullable=False),
        sa.Column("variant_id", sa.Text(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["snapshot_id"], ["knowledge_snapshot.id"], ondelete="CASCADE"),
        sa.ForeignKeyConstraint(
            ["variant_id"],
            ["knowledge_variant.id"],
        ),
        sa.PrimaryKeyConstraint("snapshot_id", "variant_id"),
    )
    op.create_index("knowledge_snapshot_variant_by_variant", "knowledge_snapshot_variant", ["variant_id"], unique=False)
    op.create_index("turn_record_recent", "turn_record", ["created_at"], unique=False)
    op.drop_column("knowledge_active", "rejected")  # what is held stands in the report of the active snapshot
    # Until now everybody at the desk could sync and roll back: they keep that right.
    op.execute("update operator set role = 'reviewer'")
    op.create_check_constraint("operator_role", "operator", "role in ('operator', 'editor', 'reviewer')")


def downgrade() -> None:
    op.add_column("knowledge_active", sa.Column("rejected", sa.Text(), nullable=True))
    op.drop_constraint("operator_role", "operator")
    op.execute("update operator set role = 'operator'")
    op.drop_index("turn_record_recent", table_name="turn_record")
    op.drop_index("knowledge_snapshot_variant_by_variant", table_name="knowledge_snapshot_variant")
    op.drop_table("knowledge_snapshot_variant")
    op.drop_index("knowledge_gap_question_by_gap", table_name="knowledge_gap_question")
    op.drop_table("knowledge_gap_question")
    op.drop_table("knowledge_variant")
    op.drop_table("knowledge_usage")
    op.drop_table("knowledge_source")
    op.drop_table("knowledge_revision")
    op.drop_table("knowledge_read_mark")
    op.drop_table("knowledge_proposal")
    op.drop_index("knowledge_news_valid", table_name="knowledge_news")
    op.drop_table("knowledge_news")
    op.drop_table("knowledge_gap")
    op.drop_table("knowledge_draft")
    op.drop_table("knowledge_alert")
