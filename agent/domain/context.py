"""What is known of a turn's customer, order and goods: for the customer, and for staff alone."""

from dataclasses import dataclass, field

from agent.domain.arguments import Arguments
from agent.domain.commerce import Availability, Batch, InventoryLevel, Order, Product, TracedLine
from agent.domain.money import Money


@dataclass(frozen=True, slots=True, kw_only=True)
class Granted:
    """What the ledger holds for an order: kinds of remedy, and the worth of those that the shop does not show as refunds."""

    kinds: tuple[str, ...] = ()
    open: Money | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class StaffContext:
    """Internal facts for the hand-off packet. No node that writes to a customer may read it."""

    order: str | None = None  # which order the rest is about
    lines: tuple[TracedLine, ...] = ()
    stock: tuple[InventoryLevel, ...] = ()
    batches: tuple[Batch, ...] = ()
    granted: Granted = field(default_factory=Granted)
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
    strange_label: bool = False  # a label in a photo names an order that is not theirs: never spoken of, but counted as a mismatch
    newly_proven: tuple[str, ...] = ()
    arguments: Arguments = field(default_factory=Arguments)  # what a model read beside the wish, as far as it is true


@dataclass(frozen=True, slots=True, kw_only=True)
class Context:
    customer: CustomerContext = field(default_factory=CustomerContext)
    staff: StaffContext = field(default_factory=StaffContext)
    stale: tuple[str, ...] = ()  # sources that could not be read
