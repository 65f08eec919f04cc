"""What a remedy leaves behind in the shop: return slips, coupons, claims, repairs, documents."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from agent.domain.commerce import Order, Piece, Return, ReturnState
from agent.domain.money import Money


@dataclass(frozen=True, slots=True, kw_only=True)
class ReturnSlip:
    """An announced return. `lines` are (SKU, pieces); `fee` is deducted from the refund."""

    number: str  # RL-XXXXXX
    order: str
    lines: tuple[tuple[str, int], ...]
    warehouse: str
    fee: Money
    at: datetime
    document: str | None = None
    open: bool = True
    step: ReturnState = ReturnState.LABELLED
    inspection: Mapping[str, Any] | None = None  # grade, note, at


@dataclass(frozen=True, slots=True, kw_only=True)
class Coupon:
    """Either `percent` or `amount`; `minimum` is the smallest basket it works on."""

    code: str
    order: str
    percent: int | None
    amount: Money | None
    minimum: Money
    valid_until: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """Bytes under an unguessable id."""

    id: str
    kind: str
    content_type: str
    content: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """With the carrier, for one parcel; `state` is open, found, lost or denied."""

    id: str  # CL-XXXXXX
    order: str
    tracking: str
    amount: Money
    at: datetime
    state: str = "open"


@dataclass(frozen=True, slots=True, kw_only=True)
class Repair:
    """A technician's visit; `state` is booked, done or missed."""

    id: str  # RP-XXXXXX
    order: str
    sku: str
    day: date
    part_of_day: str
    at: datetime
    state: str = "booked"


@dataclass(frozen=True, slots=True, kw_only=True)
class Replacement:
    """A new order that makes `parent` good."""

    order: Order
    parent: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Deed:
    """An effect that was carried out on an order: what has been given for it already."""

    kind: str
    order: str
    data: Mapping[str, Any] = field(default_factory=dict[str, Any])


def as_return(slip: ReturnSlip) -> Return:
    """The slip as an order shows it."""
    pieces = tuple(Piece(sku, quantity) for sku, quantity in sorted(slip.lines))
    return Return(number=slip.number, state=slip.step, pieces=pieces, at=slip.at, warehouse=slip.warehouse)
