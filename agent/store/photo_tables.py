"""Tables of photos: catalogue pictures, labelled examples, fitted classifiers and what was found in customers' photos."""

from sqlalchemy import Boolean, CheckConstraint, Column, DateTime, Float, ForeignKey, Index, Integer, LargeBinary, Table, Text, func
from sqlalchemy.dialects.postgresql import ARRAY, JSONB

from agent.store.tables import metadata

# What an article looks like: uploaded by editors, or of the demo shop. `id` is the SHA-256 of the stored JPEG.
product_picture = Table(
    "product_picture",
    metadata,
    Column("id", Text, primary_key=True),
    Column("sku", Text, primary_key=True),
    Column("data", LargeBinary, nullable=False),
    Column("width", Integer, nullable=False),
    Column("height", Integer, nullable=False),
    Column("features", LargeBinary),  # float16, by the extractor named beside it
    Column("extractor", Text, nullable=False, server_default=""),
    Column("by", Text, nullable=False),
    Column("at", DateTime(timezone=True), nullable=False, server_default=func.now()),
    Index("product_picture_sku", "sku"),
)

# A photo of which an editor says what it shows.
photo_example = Table(
    "photo_example",
    metadata,
    Column("id", Text, primary_key=True),
    Column("sku", Text, nullable=False),
    Column("category", Text, nullable=False),
    Column("defect", Text, nullable=False),
    Column("severity", Text),
    Column("data", LargeBinary, nullable=False),
    Column("width", Integer, nullable=False),
    Column("height", Integer, nullable=False),
    Column("features", LargeBinary),
    Column("extractor", Text, nullable=False, server_default=""),
    Column("by", Text, nullable=False),
    Column("at", DateTime(timezone=True), nullable=False, server_default=func.now()),
    Index("photo_example_category", "category", "defect"),
)

# One row a fit; the newest of a category is `active`, the earlier ones are kept to look back at. `classes` are those that passed their
# held-out check: only they are told, whatever else the weights know. A fit of which nothing passed counts too, with no classes at all.
photo_classifier = Table(
    "photo_classifier",
    metadata,
    Column("id", Text, primary_key=True),
    Column("category", Text, nullable=False),
    Column("extractor", Text, nullable=False),
    Column("classes", ARRAY(Text), nullable=False, server_default="{}"),
    Column("weights", LargeBinary, nullable=False),
    Column("report", JSONB, nullable=False),
    Column("active", Boolean, nullable=False, server_default="true"),
    Column("by", Text, nullable=False),
    Column("at", DateTime(timezone=True), nullable=False, server_default=func.now()),
    Index("photo_classifier_newest", "category", "at"),
)

# What was found in a customer's photo: counted by SKU and batch as signals.
photo_finding = Table(
    "photo_finding",
    metadata,
    Column("conversation", ForeignKey("conversation.id"), primary_key=True),
    Column("photo", Text, primary_key=True),
    Column("turn", Text, nullable=False),
    Column("verdict", Text, nullable=False),
    Column("order_number", Text),
    Column("sku", Text),
    Column("batch", Text),
    Column("defect", Text),
    Column("severity", Text),
    Column("confidence", Float, nullable=False),
    Column("eye", Text, nullable=False),
    Column("reason", Text),
    Column("at", DateTime(timezone=True), nullable=False, server_default=func.now()),
    CheckConstraint("verdict in ('defect', 'no_defect', 'cannot_tell')", name="photo_finding_verdict"),
    Index("photo_finding_sku", "sku", "at"),
    Index("photo_finding_batch", "batch", "at"),
)
