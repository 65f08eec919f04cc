"""Order, shipment, stock and batch. What a customer may see and what only staff may see are different types."""

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from agent.domain.money import Money


class OrderState(StrEnum):
    UNPAID = "unpaid"
    PAID = "paid"  # paid, not packed yet
    PACKED = "packed"
    IN_TRANSIT = "in_transit"
    CUSTOMS_HOLD = "customs_hold"
    LATE = "late"
    LOST = "lost"
    DELIVERED = "delivered"
    PART_RETURNED = "part_returned"
    REFUNDED = "refunded"
    CANCELLED = "cancelled"


class Tier(StrEnum):
    """Loyalty tier of a customer; BEACON is the VIP tier."""

    DRIFT = "drift"
    SWELL = "swell"
    TIDE = "tide"
    BEACON = "beacon"


@dataclass(frozen=True, slots=True, kw_only=True)
class Customer:
    id: str
    email: str
    name: str
    country: str
    language: str
    tier: Tier


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    sku: str
    title: str
    category: str  # audio | textiles | beauty | fashion
    quantity: int
    price: Money
    returned: int = 0
    batch: str | None = None  # staff only: never composed into a reply


@dataclass(frozen=True, slots=True, kw_only=True)
class Address:
    name: str
    street: str
    city: str
    postcode: str
    country: str
    phone: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Checkpoint:
    at: datetime
    state: str
    place: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Shipment:
    carrier: str
    tracking: str
    url: str
    warehouse: str
    shipped_at: datetime
    promised: date
    delivered_at: datetime | None = None
    checkpoints: tuple[Checkpoint, ...] = ()  # oldest first


@dataclass(frozen=True, slots=True, kw_only=True)
class Refund:
    amount: Money
    at: datetime
    succeeded: bool  # "refunded" is only said when the transaction succeeded


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    number: str  # digits only
    customer: Customer
    state: OrderState
    placed_at: datetime
    total: Money
    lines: tuple[Line, ...]
    address: Address
    shipment: Shipment | None = None
    refunds: tuple[Refund, ...] = ()
    open_return: str | None = None
    source: str = "demo-shop"
    read_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Product:
    """Catalogue data, open to anybody."""

    sku: str
    title: str
    category: str
    price: Money
    text: str
    sizes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Availability:
    """What a customer may know of stock: yes or no, and from where in the world."""

    sku: str
    available: bool
    warehouses: tuple[str, ...] = ()
    restock: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class StockLevel:
    """Staff only: pieces in one warehouse."""

    sku: str
    warehouse: str
    on_hand: int
    committed: int
    incoming: int
    read_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Batch:
    """Staff only: a production batch and how often its buyers complained (0..1)."""

    id: str
    sku: str
    supplier: str
    produced: date
    sold: int
    complaints: int

    @property
    def complaint_rate(self) -> float:
        return self.complaints / self.sold if self.sold else 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class StaffContext:
    """Internal facts for the hand-off packet. No node that writes to a customer may read it."""

    stock: tuple[StockLevel, ...] = ()
    batches: tuple[Batch, ...] = ()
    past_cases: int = 0  # this customer's earlier cases
    similar_open: int = 0  # open cases of the last days about the same article or batch


@dataclass(frozen=True, slots=True, kw_only=True)
class CustomerContext:
    """What the proven writer may be told."""

    orders: tuple[Order, ...] = ()
    products: tuple[Product, ...] = ()
    availability: tuple[Availability, ...] = ()
    identified: bool = False
    mismatch: bool = False  # order number and e-mail were given and do not belong together, or do not exist
    newly_proven: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Context:
    customer: CustomerContext = field(default_factory=CustomerContext)
    staff: StaffContext = field(default_factory=StaffContext)
    stale: tuple[str, ...] = ()  # sources that could not be read
