"""A remedy carried out on a real system, once."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from agent.domain.money import Money


class EffectState(StrEnum):
    WAITING = "waiting"  # for a second person's approval
    PLANNED = "planned"
    SENT = "sent"
    CONFIRMED = "confirmed"
    FAILED = "failed"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedEffect:
    """`key` is the idempotency key: the same wish in the same case is the same row, however often it is planned."""

    key: str
    kind: str
    order: str
    payload: dict[str, Any]
    amount: Money | None = None  # what leaves the shop with it; counted against what was paid
    paid: Money | None = None  # what the customer had paid, as it was read when the effect was planned
    bought: tuple[tuple[str, int], ...] = ()  # SKU and pieces of the order's lines, so that none is made good twice


@dataclass(frozen=True, slots=True, kw_only=True)
class EffectResult:
    state: EffectState
    data: dict[str, Any]
    error: str = ""
