"""What a remedy leaves behind in the shop: return slips, coupons, documents."""

from dataclasses import dataclass
from datetime import date, datetime

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
