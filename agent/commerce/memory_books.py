"""The shop's books as dictionaries."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any

from agent.commerce.memory_shop import MemoryShop
from agent.commerce.papers import Claim, Coupon, Deed, Document, Repair, Replacement, ReturnSlip, as_return
from agent.commerce.routing import warehouse_of
from agent.domain.commerce import (
    Address,
    InventoryLevel,
    Line,
    Order,
    OrderState,
    Payment,
    Piece,
    Product,
    Refund,
    Shipment,
    TracedLine,
)
from agent.domain.effect import EffectResult, EffectState, PlannedEffect
from agent.domain.money import Money


class MemoryBooks:
    """One remedy at a time: whoever calls holds them all."""

    def __init__(self, shop: MemoryShop) -> None:
        self.shop = shop
        self.done: dict[str, tuple[PlannedEffect, EffectResult]] = {}
        self.returns: dict[str, ReturnSlip] = {}
        self.coupons: dict[str, Coupon] = {}
        self.documents: dict[str, Document] = {}
        self.claims: dict[str, Claim] = {}
        self.repairs: dict[str, Repair] = {}

    async def order(self, number: str) -> Order | None:
        return await self.shop.by_number(number)

    async def state(self, number: str) -> OrderState | None:
        order = self.shop.orders.get(number)
        return order.state if order else None

    async def parent(self, number: str) -> str:
        return self.shop.parents.get(number, "")

    async def service(self, number: str) -> str:
        return self.shop.services.get(number, "standard")

    async def next_number(self) -> str:
        return str(max(map(int, self.shop.orders), default=0) + 1)

    async def place(self, new: Replacement) -> None:
        lines = tuple(_traceable(line) for line in new.order.lines)
        self.shop.orders[new.order.number] = replace(new.order, lines=lines)
        self.shop.parents[new.order.number] = new.parent

    async def move(self, number: str, state: OrderState) -> None:
        self._set(number, state=state)

    async def readdress(self, number: str, address: Address) -> None:
        self._set(number, address=address)

    async def serve(self, number: str, service: str) -> None:
        self.shop.services[number] = service

    async def swap(self, number: str, old: Piece, new: Line) -> None:
        lines = list(self.shop.orders[number].lines)
        at = next(at for at, line in enumerate(lines) if line.sku == old.sku and line.quantity >= old.quantity)
        rest = lines[at].quantity - old.quantity
        lines[at : at + 1] = [replace(lines[at], quantity=rest)] if rest else []
        self._set(number, lines=(*lines, _traceable(new)))

    async def take_back(self, number: str, lines: Iterable[tuple[str, int]]) -> None:
        back = dict(lines)
        kept: list[Line] = []
        for line in self.shop.orders[number].lines:
            part = min(back.get(line.sku, 0), line.quantity - line.returned)
            back[line.sku] = back.get(line.sku, 0) - part
            kept.append(replace(line, returned=line.returned + part))
        self._set(number, lines=tuple(kept))

    async def retotal(self, number: str, total: Money) -> None:
        self._set(number, total=total)

    async def put_payment(self, number: str, payment: Payment) -> None:
        others = [each for each in self.shop.orders[number].payments if each.id != payment.id]
        self._set(number, payments=tuple(sorted([*others, payment], key=lambda each: each.id)))

    async def repay(self, number: str, refund: Refund) -> None:
        refunds = sorted([*self.shop.orders[number].refunds, refund], key=lambda each: (each.at, each.id))
        self._set(number, refunds=tuple(refunds))

    async def put_shipment(self, number: str, shipment: Shipment) -> None:
        others = [each for each in self.shop.orders[number].shipments if each.tracking != shipment.tracking]
        self._set(number, shipments=tuple(sorted([*others, shipment], key=lambda each: (each.shipped_at, each.tracking))))

    async def shelves(self, skus: Sequence[str]) -> tuple[InventoryLevel, ...]:
        return await self.shop.levels(skus)

    async def shelve(self, sku: str, warehouse: str, *, on_hand: int = 0, committed: int = 0) -> None:
        if level := self.shop.stock.get((sku, warehouse)):
            level = replace(level, on_hand=level.on_hand + on_hand, committed=max(level.committed + committed, 0))
            self.shop.stock[sku, warehouse] = level

    async def product(self, sku: str) -> Product | None:
        return self.shop.catalogue.get(sku)

    async def house(self, order: Order) -> str:
        deed = await self.deed("new_order", order.number) if order.number in self.shop.parents else None
        return deed.data["warehouse"] if deed else warehouse_of(order.address.country)

    async def open_return(self, slip: ReturnSlip) -> None:
        await self.put_return(slip)

    async def put_return(self, slip: ReturnSlip) -> None:
        self.returns[slip.number] = slip
        others = [each for each in self.shop.orders[slip.order].returns if each.number != slip.number]
        returns = sorted([*others, as_return(slip)], key=lambda each: (each.at, each.number))
        was = self.shop.orders[slip.order].open_return
        still = slip.number if slip.open else (None if was == slip.number else was)
        self._set(slip.order, returns=tuple(returns), open_return=still)

    async def slip(self, number: str) -> ReturnSlip | None:
        return self.returns.get(number) or self.shop.slips.get(number)

    async def file(self, document: Document) -> None:
        self.documents[document.id] = document

    async def has_coupon(self, order: str) -> bool:
        return any(coupon.order == order for coupon in self.coupons.values())

    async def issue(self, coupon: Coupon) -> None:
        self.coupons[coupon.code] = coupon

    async def claim(self, *, id: str = "", tracking: str = "") -> Claim | None:  # noqa: A002
        return next((each for each in self.claims.values() if each.id == id or each.tracking == tracking), None)

    async def put_claim(self, claim: Claim) -> None:
        self.claims[claim.id] = claim

    async def repair(self, *, id: str = "", order: str = "", sku: str = "") -> Repair | None:  # noqa: A002
        for each in self.repairs.values():
            if each.id == id or ((each.order, each.sku, each.state) == (order, sku, "booked")):
                return each
        return None

    async def put_repair(self, repair: Repair) -> None:
        self.repairs[repair.id] = repair

    async def deeds(self, order: str) -> tuple[Deed, ...]:
        return tuple(deed for deed in self._deeds() if deed.order == order)

    async def deed(self, name: str, value: str) -> Deed | None:
        return next((deed for deed in self._deeds() if deed.data.get(name) == value), None)

    def _deeds(self) -> Iterable[Deed]:
        for effect, result in self.done.values():
            if result.state is EffectState.CONFIRMED:
                yield Deed(kind=effect.kind, order=str(result.data.get("order", effect.order)), data=result.data)

    def _set(self, number: str, **changes: Any) -> None:
        self.shop.orders[number] = replace(self.shop.orders[number], **changes)


def _traceable(line: Line) -> TracedLine:
    """Its batch is not known before it is packed."""
    plain = {name: getattr(line, name) for name in ("sku", "title", "category", "quantity", "price", "returned")}
    return TracedLine(**plain)
