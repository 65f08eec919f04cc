"""What a remedy may do to the shop, whichever way the shop keeps its books; and how it reports."""

from typing import Any, Protocol

from agent.commerce.papers import Coupon, Document, ReturnSlip
from agent.domain.commerce import Address, Order, OrderState
from agent.domain.effect import EffectResult, EffectState
from agent.domain.money import Money


class Books(Protocol):
    """All of it happens, or none of it."""

    async def order(self, number: str) -> Order | None:
        """As it is now, and held: nobody else changes it until the effect is done."""
        ...

    async def move(self, number: str, state: OrderState) -> None: ...

    async def readdress(self, number: str, address: Address) -> None: ...

    async def release(self, order: Order) -> None:
        """Give the pieces of an order that was not sent back to the shelf."""
        ...

    async def open_return(self, slip: ReturnSlip) -> None: ...

    async def file(self, document: Document) -> None: ...

    async def has_coupon(self, order: str) -> bool: ...

    async def issue(self, coupon: Coupon) -> None: ...


def done(**data: Any) -> EffectResult:
    return EffectResult(state=EffectState.CONFIRMED, data=data)


def refused(reason: str, **data: Any) -> EffectResult:
    """`reason` is a code for the hand-off, never for the customer."""
    return EffectResult(state=EffectState.FAILED, data=data, error=reason)


def as_data(money: Money) -> dict[str, Any]:
    return {"minor": money.minor, "currency": money.currency}
