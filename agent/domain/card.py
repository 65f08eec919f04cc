"""The supply-chain context card: order, batch, parcel, shelf, lane and customer at a glance. Staff only.

These are types of their own: nothing that writes to a customer imports this module, and a test holds it to that.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from agent.domain.money import Money


class Stop(StrEnum):
    ORDER = "order"
    BATCH = "batch"
    SHIPMENT = "shipment"
    CHECKPOINT = "checkpoint"
    DELIVERY = "delivery"


@dataclass(frozen=True, slots=True, kw_only=True)
class Leg:
    """One stop on the line from order to door.

    `late`: days past what was promised for this leg, 0 = in time, None = nothing was promised; `done`: it has happened.
    """

    stop: Stop
    label: str
    place: str = ""
    at: date | datetime | None = None
    promised: date | None = None
    late: int | None = None
    done: bool = True
    note: str = ""
    parcel: str = ""  # tracking number, for what belongs to one parcel


@dataclass(frozen=True, slots=True, kw_only=True)
class ShelfCover:
    """One SKU in one warehouse. `days`: how long the free pieces last at the pace of the last weeks; None = cannot be said."""

    sku: str
    warehouse: str
    free: int = 0
    on_hand: int | None = None  # None = the warehouse keeps no record of it
    committed: int = 0
    incoming: int = 0
    pace: float = 0.0  # pieces sold a day
    days: float | None = None
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class BatchRate:
    """How often buyers of a batch complained (0..1), against the limit from which the supply chain looks at it."""

    batch: str
    sku: str
    supplier: str
    produced: date
    sold: int
    rate: float
    limit: float
    over: bool
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class LaneDelay:
    """Median days late (below 0 = early) of the parcels due on a lane now, and over the months before; None = no parcels."""

    warehouse: str
    country: str
    now: float | None
    usual: float | None
    parcels: int


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseLink:
    id: str
    summary: str
    status: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """A message of ours, as it was sent to this customer."""

    conversation: str
    by: str  # bot | operator
    text: str
    language: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Done:
    """A row of the ledger for this customer."""

    kind: str
    order: str
    state: str
    at: datetime
    amount: Money | None = None
    error: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Promise:
    """What the customer was told. `kept`: True, False, or None while it is open or cannot be told from the data."""

    text: str
    at: datetime
    by: str
    kept: bool | None = None
    due: date | None = None
    why: str = ""  # what tells whether it was kept
    conversation: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Spending:
    """Over all orders that were not cancelled: one sum a currency."""

    orders: int = 0
    sums: tuple[Money, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class DeskMemory:
    """What the desk remembers of this customer, and of others with the same goods."""

    said: tuple[Said, ...] = ()
    done: tuple[Done, ...] = ()
    similar: tuple[CaseLink, ...] = ()
    similar_count: int = 0
    earlier: tuple[CaseLink, ...] = ()
    earlier_count: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class CustomerLine:
    name: str
    country: str
    tier: str
    spending: Spending = field(default_factory=Spending)
    earlier: tuple[CaseLink, ...] = ()
    earlier_count: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """What the order brought in and gave back, and up to where each role may refund; None = whatever was paid."""

    paid: Money
    refunded: Money
    limits: tuple[tuple[str, Money | None], ...] = ()  # in rising order of roles


@dataclass(frozen=True, slots=True, kw_only=True)
class Age:
    """How old what a source said is. `answers` False: it is down, and this is what it said last, if anything."""

    source: str
    at: datetime | None
    answers: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Around:
    """What is known beside the turn's context, read for the card alone. `silent` names what could not be read."""

    lanes: tuple[LaneDelay, ...] = ()
    pace: Mapping[tuple[str, str], float] = field(default_factory=dict[tuple[str, str], float])  # (SKU, warehouse) -> pieces a day
    spending: Spending = field(default_factory=Spending)
    desk: DeskMemory = field(default_factory=DeskMemory)
    silent: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    order: str | None
    made_at: datetime
    legs: tuple[Leg, ...] = ()
    shelves: tuple[ShelfCover, ...] = ()
    batches: tuple[BatchRate, ...] = ()
    lanes: tuple[LaneDelay, ...] = ()
    similar: tuple[CaseLink, ...] = ()
    similar_count: int = 0
    promises: tuple[Promise, ...] = ()
    customer: CustomerLine | None = None
    account: Account | None = None
    ages: tuple[Age, ...] = ()
