"""What a remedy may do to the shop, whichever way the shop keeps its books; and how it reports."""

from collections.abc import Iterable, Sequence
from typing import Any, Protocol

from agent.commerce.papers import Claim, Coupon, Deed, Document, Repair, Replacement, ReturnSlip
from agent.domain.commerce import Address, InventoryLevel, Line, Order, OrderState, Payment, Piece, Product, Refund, Shipment
from agent.domain.effect import EffectResult, EffectState
from agent.domain.money import Money


class OrderBooks(Protocol):
    """The order itself."""

    async def order(self, number: str) -> Order | None:
        """As it is now, and held: nobody else changes it until the effect is done."""
        ...

    async def state(self, number: str) -> OrderState | None:
        """Of an order that need not be held."""
        ...

    async def parent(self, number: str) -> str:
        """The order that this one makes good; "" for an ordinary one."""
        ...

    async def service(self, number: str) -> str: ...

    async def next_number(self) -> str: ...

    async def place(self, new: Replacement) -> None: ...

    async def move(self, number: str, state: OrderState) -> None: ...

    async def readdress(self, number: str, address: Address) -> None: ...

    async def serve(self, number: str, service: str) -> None: ...

    async def swap(self, number: str, old: Piece, new: Line) -> None:
        """Take `old` out of the line that has enough of it, and add `new` at the end."""
        ...

    async def take_back(self, number: str, lines: Iterable[tuple[str, int]]) -> None:
        """Count pieces as returned."""
        ...

    async def retotal(self, number: str, total: Money) -> None: ...

    async def put_payment(self, number: str, payment: Payment) -> None:
        """A new one, or a known one as it is now."""
        ...

    async def repay(self, number: str, refund: Refund) -> None: ...

    async def put_shipment(self, number: str, shipment: Shipment) -> None: ...


class StockBooks(Protocol):
    """Shelves and articles."""

    async def shelves(self, skus: Sequence[str]) -> tuple[InventoryLevel, ...]:
        """Held, in one order for everybody, so that two remedies cannot lock each other out."""
        ...

    async def shelve(self, sku: str, warehouse: str, *, on_hand: int = 0, committed: int = 0) -> None:
        """Differences. What is committed never falls below 0; a shelf without a record stays without one."""
        ...

    async def product(self, sku: str) -> Product | None: ...

    async def house(self, order: Order) -> str:
        """Code of the warehouse its pieces are locked in."""
        ...


class PaperBooks(Protocol):
    """What was issued for it, and done before."""

    async def open_return(self, slip: ReturnSlip) -> None: ...

    async def put_return(self, slip: ReturnSlip) -> None:
        """A known slip, a step further."""
        ...

    async def slip(self, number: str) -> ReturnSlip | None: ...

    async def file(self, document: Document) -> None: ...

    async def has_coupon(self, order: str) -> bool: ...

    async def issue(self, coupon: Coupon) -> None: ...

    async def claim(self, *, id: str = "", tracking: str = "") -> Claim | None: ...  # noqa: A002

    async def put_claim(self, claim: Claim) -> None: ...

    async def repair(self, *, id: str = "", order: str = "", sku: str = "") -> Repair | None:  # noqa: A002
        """By its id, or the booked one of an order's piece."""
        ...

    async def put_repair(self, repair: Repair) -> None: ...

    async def deeds(self, order: str) -> tuple[Deed, ...]:
        """What was carried out on it, oldest first."""
        ...

    async def deed(self, name: str, value: str) -> Deed | None:
        """The one whose data says so: `new_order`, `return`, `claim`, `repair`."""
        ...


class Books(OrderBooks, StockBooks, PaperBooks, Protocol):
    """All of it happens, or none of it."""


def done(**data: Any) -> EffectResult:
    return EffectResult(state=EffectState.CONFIRMED, data=data)


def refused(reason: str, **data: Any) -> EffectResult:
    """`reason` is a code for the hand-off, never for the customer."""
    return EffectResult(state=EffectState.FAILED, data=data, error=reason)


def as_data(money: Money) -> dict[str, Any]:
    return {"minor": money.minor, "currency": money.currency}
