"""The canonical model: order, shipment, stock and batch. What a customer may see and what only staff may see are different types.

Connectors are lenient towards their sources (a state nobody knows becomes UNKNOWN, with the source's own word kept); inside, types are strict.
"""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from agent.domain.money import Money


class OrderState(StrEnum):
    UNPAID = "unpaid"
    PAID = "paid"  # paid, not packed yet
    PACKED = "packed"
    PART_SHIPPED = "part_shipped"  # some of its parcels are under way, the rest is not
    IN_TRANSIT = "in_transit"
    CUSTOMS_HOLD = "customs_hold"
    LATE = "late"
    LOST = "lost"
    DELIVERED = "delivered"
    PART_RETURNED = "part_returned"
    REFUNDED = "refunded"
    CANCELLED = "cancelled"
    UNKNOWN = "unknown"  # a state of the source that we do not know: told to nobody, handed over


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
    phone: str = ""
    since: date | None = None
    spent: Money | None = None  # over all orders, where the source says it


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    sku: str
    title: str
    category: str  # audio | textiles | beauty | fashion in the demo shop; other shops have their own
    quantity: int
    price: Money  # of one piece, as the customer sees it
    returned: int = 0
    id: str = ""  # the source's own, where a SKU is not enough
    product: str = ""  # what its variants have in common
    options: tuple[tuple[str, str], ...] = ()  # ("colour", "sage")


@dataclass(frozen=True, slots=True, kw_only=True)
class TracedLine(Line):
    """Staff only: a line with the production batch it was taken from."""

    batch: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Address:
    name: str
    street: str
    city: str
    postcode: str
    country: str
    phone: str = ""
    region: str = ""  # state or province, where addresses have one


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
    skus: tuple[str, ...] = ()  # what is in it; () = the whole order
    state: str = ""  # the carrier's own word for it
    source: str = ""  # who told us, when it was not the order's own source
    read_at: datetime | None = None  # None = with the order


@dataclass(frozen=True, slots=True, kw_only=True)
class Payment:
    """What the customer paid with. Money goes back to where it came from, or nowhere a policy does not name."""

    id: str
    method: str  # card | paypal | gift_card | store_credit | bank | other
    amount: Money
    at: datetime | None = None
    succeeded: bool = True
    balance: Money | None = None  # of a gift card, where it is known


@dataclass(frozen=True, slots=True, kw_only=True)
class Refund:
    amount: Money
    at: datetime
    succeeded: bool  # "refunded" is only said when the transaction succeeded
    id: str = ""
    payment: str = ""  # id of the payment it goes back to


class ReturnState(StrEnum):
    """How far a return has come; the same words as its procedure's steps."""

    REQUESTED = "requested"
    LABELLED = "labelled"
    RECEIVED = "received"
    INSPECTED = "inspected"
    CLOSED = "closed"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Piece:
    """So many of one SKU."""

    sku: str
    quantity: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Return:
    number: str
    state: ReturnState
    pieces: tuple[Piece, ...]
    at: datetime
    warehouse: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    number: str  # digits only
    customer: Customer
    state: OrderState
    placed_at: datetime
    total: Money
    lines: tuple[Line, ...]
    address: Address
    shipments: tuple[Shipment, ...] = ()
    payments: tuple[Payment, ...] = ()
    refunds: tuple[Refund, ...] = ()
    returns: tuple[Return, ...] = ()
    open_return: str | None = None
    shop_total: Money | None = None  # the same in the shop's currency, where it differs from what the customer saw
    raw_state: str = ""  # the source's own word, when we do not know it
    source: str = "demo-shop"
    read_at: datetime
    stale: bool = False  # the source is down: this is what it said at `read_at`

    @property
    def shipment(self) -> Shipment | None:
        """The parcel a question is about: the one still under way that is promised last, else the one delivered last."""
        return max(self.shipments, key=_weight, default=None)

    @property
    def paid(self) -> Money:
        """What was really taken, in the customer's currency; the total when the source keeps no payments and the order is paid."""
        if self.payments:
            mine = [payment for payment in self.payments if payment.succeeded and payment.amount.currency == self.total.currency]
            return Money(sum(payment.amount.minor for payment in mine), self.total.currency)
        return Money(0 if self.state is OrderState.UNPAID else self.total.minor, self.total.currency)

    @property
    def refunded(self) -> Money:
        """What went back, or is on its way back: a refund that is not confirmed yet counts, so that it is not paid twice."""
        mine = [refund.amount.minor for refund in self.refunds if refund.amount.currency == self.total.currency]
        return Money(sum(mine), self.total.currency)


def _weight(shipment: Shipment) -> tuple[bool, date, datetime]:
    return shipment.delivered_at is None, shipment.promised, shipment.delivered_at or shipment.shipped_at


@dataclass(frozen=True, slots=True, kw_only=True)
class Product:
    """Catalogue data, open to anybody."""

    sku: str
    title: str
    category: str
    price: Money
    text: str
    sizes: tuple[str, ...] = ()
    product: str = ""  # what its variants have in common
    options: tuple[tuple[str, str], ...] = ()
    revisions: tuple["Revision", ...] = ()  # oldest first
    weight: int | None = None  # grams
    bulky: bool = False  # repaired at the customer's home rather than sent


@dataclass(frozen=True, slots=True, kw_only=True)
class Revision:
    """A change of a product: which batches are made by it is staff's business, what changed is everybody's."""

    id: str
    since: date
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Availability:
    """What a customer may know of stock: yes or no, and from where in the world."""

    sku: str
    available: bool
    warehouses: tuple[str, ...] = ()
    restock: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class InventoryLevel:
    """Staff only: pieces in one warehouse. `on_hand` below 0 is a booking mistake of the warehouse: nothing is free then."""

    sku: str
    warehouse: str
    on_hand: int
    committed: int
    incoming: int
    read_at: datetime
    source: str = "warehouse"
    stale: bool = False

    @property
    def free(self) -> int:
        """Pieces that may be promised; never below 0."""
        return max(self.on_hand - self.committed, 0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Batch:
    """Staff only: a production batch and how often its buyers complained (0..1)."""

    id: str
    sku: str
    supplier: str
    produced: date
    sold: int
    complaints: int
    source: str = "factory"
    read_at: datetime | None = None

    @property
    def complaint_rate(self) -> float:
        return self.complaints / self.sold if self.sold else 0.0
