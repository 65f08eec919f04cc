"""A shop's orders with a memory: young answers are not asked for again, and a shop that is down is answered for with the age of what is known."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from agent.commerce.keys import email_key, order_number
from agent.commerce.mirror import DOWN, Kept, Mirror, down, told_as_old
from agent.domain.commerce import Customer, Order
from agent.domain.effect import EffectResult, PlannedEffect
from agent.ports import Effects, Orders


@dataclass(frozen=True, slots=True)
class OrderList:
    """Numbers of a customer's newest orders, of which at most `limit` were asked for."""

    limit: int
    numbers: tuple[str, ...]


class Mirrored:
    """The Orders port. Nothing known and the shop down: SourceDown, for a right e-mail and a wrong one alike."""

    def __init__(self, orders: Orders, mirror: Mirror, *, ttl: timedelta) -> None:
        self._orders, self._mirror, self._ttl = orders, mirror, ttl

    async def find(self, number: str, email: str) -> Order | None:
        """Only the order's own customer is spared the reading: for a stranger, an order that is known takes as long as one that is not."""
        kept = await self._kept(number)
        mine = kept if kept and _of(kept.value, email) else None
        began = self._mirror.now()
        if mine and mine.fresh(began, self._ttl):
            return mine.value
        try:
            order = await self._orders.find(number, email)
        except DOWN as error:
            return self._old(mine, error)
        if order:
            await self._keep((order,), began, kept)
        return order

    async def by_number(self, number: str) -> Order | None:
        kept = await self._kept(number)
        began = self._mirror.now()
        if kept and kept.fresh(began, self._ttl):
            return kept.value
        try:
            order = await self._orders.by_number(number)
        except DOWN as error:
            return self._old(kept, error)
        if order:
            await self._keep((order,), began, kept)
        elif kept:
            await self._mirror.forget("order", kept.value.number)  # deleted at the shop, perhaps because its customer asked for it
        return order

    async def of_customer(self, email: str, limit: int = 5) -> tuple[Order, ...]:
        key = email_key(email)
        lists = await self._mirror.get("orders_of", OrderList, [key])
        listed = lists.get(key)
        kept = await self._mirror.get("order", Order, listed.value.numbers) if listed else {}
        began = self._mirror.now()
        if listed and self._enough(listed, kept, limit, began):
            return tuple(kept[number].value for number in listed.value.numbers[: max(limit, 0)])
        try:
            orders = await self._orders.of_customer(email, limit)
        except DOWN as error:
            if listed is None or len(kept) < len(listed.value.numbers[:limit]):
                raise down(self._mirror.source, error) from error
            told_as_old(self._mirror.source, error)
            return tuple(replace(kept[number].value, stale=True) for number in listed.value.numbers[: max(limit, 0)])
        await self._keep(orders, began, *kept.values())
        found = OrderList(limit, tuple(order.number for order in orders))
        await self._mirror.keep("orders_of", OrderList, {key: found}, began, lists)
        return orders

    async def customer(self, email: str) -> Customer | None:
        key = email_key(email)
        known = (await self._mirror.get("customer", Customer, [key])).get(key)
        began = self._mirror.now()
        if known and known.fresh(began, self._ttl):
            return known.value
        try:
            found = await self._orders.customer(email)
        except DOWN as error:
            if known is None:
                raise down(self._mirror.source, error) from error
            told_as_old(self._mirror.source, error)
            return known.value
        if found:
            await self._mirror.keep("customer", Customer, {key: found}, began, {key: known} if known else None)
        elif known:
            await self._mirror.forget("customer", key)
        return found

    async def _kept(self, number: str) -> Kept[Order] | None:
        digits = order_number(number)
        return (await self._mirror.get("order", Order, [digits])).get(digits)

    def _old(self, kept: Kept[Order] | None, error: BaseException) -> Order:
        if kept is None:
            raise down(self._mirror.source, error) from error
        told_as_old(self._mirror.source, error)
        return replace(kept.value, stale=True)

    def _enough(self, listed: Kept[OrderList], kept: Mapping[str, Kept[Order]], limit: int, now: datetime) -> bool:
        asked, numbers = listed.value.limit, listed.value.numbers
        if not listed.fresh(now, self._ttl) or (limit > asked and len(numbers) >= asked):
            return False
        return all(number in kept and kept[number].fresh(now, self._ttl) for number in numbers[: max(limit, 0)])

    async def _keep(self, orders: tuple[Order, ...], began: datetime, *before: Kept[Order] | None) -> None:
        seen = {row.value.number: row for row in before if row}
        await self._mirror.keep("order", Order, {order.number: order for order in orders}, began, seen)


def _of(order: Order, email: str) -> bool:
    return bool(key := email_key(email)) and email_key(order.customer.email) == key


class MirroredEffects:
    """The Effects port: what an effect has changed is read again before it is told."""

    def __init__(self, effects: Effects, mirror: Mirror) -> None:
        self._effects, self._mirror = effects, mirror

    async def carry_out(self, effect: PlannedEffect) -> EffectResult:
        try:
            return await self._effects.carry_out(effect)
        finally:  # also when nobody knows whether it was done
            await self._mirror.touch("order", order_number(effect.order))

    async def look_up(self, effect: PlannedEffect) -> EffectResult | None:
        return await self._effects.look_up(effect)
