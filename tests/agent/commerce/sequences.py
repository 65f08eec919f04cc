"""Draws random sequences of remedies and of what warehouse and carrier do, the same for the same number."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from functools import partial
from random import Random
from typing import Any

from agent.commerce.demo.generate import generate
from agent.commerce.remedies import parcels, warehouse
from agent.commerce.remedies.carry_out import REMEDIES
from agent.commerce.remedies.procedures.inspection import Grade
from agent.commerce.routing import WAREHOUSES
from agent.domain.commerce import Order
from agent.domain.effect import EffectResult, PlannedEffect
from agent.errors import PortsideError

TODAY = date(2026, 10, 20)  # summer time ends within the sequences
NOW = datetime(2026, 10, 20, 12, tzinfo=UTC)
STEPS = 12
DEMO = generate(7, TODAY)
SKUS = [product.sku for product in DEMO.products]


class Codes:
    """Numbers that can be drawn again."""

    def __init__(self, key: object) -> None:
        self._rng = Random(str(key))

    def choice(self, letters: str) -> str:
        return self._rng.choice(letters)

    def token_urlsafe(self, _: int) -> str:
        return f"{self._rng.getrandbits(120):x}"


@dataclass
class Clock:
    at: datetime = NOW

    def now(self) -> datetime:
        return self.at


@dataclass
class World:
    """One shop, and what a sequence has seen of it."""

    reads: Any
    effects: Any
    clock: Clock
    known: dict[str, list[str]] = field(default_factory=lambda: {"return": [], "new_order": [], "claim": [], "repair": []})
    done: list[tuple[PlannedEffect, EffectResult]] = field(default_factory=list)

    async def carry_out(self, effect: PlannedEffect) -> EffectResult:
        result = await self.effects.carry_out(effect)
        for name, numbers in self.known.items():
            if (number := result.data.get(name)) and number not in numbers:
                numbers.append(number)
        self.done.append((effect, result))
        return result

    async def happen(self, event: Callable[..., Any]) -> str:
        try:
            return ",".join(told.key for told in await self.effects.happen(event))
        except PortsideError as error:
            return type(error).__name__


Step = Callable[[World], Any]


def lines(rng: Random, order: Order) -> Any:
    """Mostly pieces of the order; sometimes too many, unknown, or no pieces at all."""
    if rng.random() < 0.06:
        return rng.choice([[], "all", [{"sku": "NO-SUCH", "quantity": 1}], [{"sku": order.lines[0].sku, "quantity": 0}], [None]])
    chosen = rng.sample(order.lines, rng.randint(1, len(order.lines)))
    return [{"sku": line.sku, "quantity": rng.choice((line.quantity, line.quantity, 1, line.quantity + 1))} for line in chosen]


def payload(rng: Random, kind: str, order: Order) -> dict[str, Any]:
    made: dict[str, Any] = {"reason": "test"}
    if kind in {"return", "reship", "refund"} and rng.random() < 0.7:
        made["lines"] = lines(rng, order)
    if kind == "refund" and rng.random() < 0.8:
        share = rng.choice((-1, 0, 1, order.total.minor // 3, order.total.minor // 2, order.total.minor, order.total.minor + 1))
        made |= {"minor": share, "currency": rng.choice((*[order.total.currency] * 9, "XXX"))}
        if rng.random() < 0.2:
            made["payment"] = rng.choice(("store_credit", f"PAY-{order.number}", "PAY-0"))
    if kind in {"exchange", "change_items"}:
        made["lines"] = lines(rng, order)
        pieces = [entry["quantity"] for entry in made["lines"] if isinstance(entry, dict)]
        made["others"] = [{"sku": rng.choice(SKUS), "quantity": count} for count in pieces]
    if kind in {"exchange", "reship"} and rng.random() < 0.3:
        made["warehouse"] = rng.choice([*WAREHOUSES, "XXX"])
    return made | extra(rng, kind, order)


def extra(rng: Random, kind: str, order: Order) -> dict[str, Any]:
    match kind:
        case "coupon" | "wait":
            return {"percent": rng.choice((5, 10, 11))}
        case "change_payment":
            return {"payment": rng.choice(("card", "paypal", "bank", "gift_card", "cash"))}
        case "change_shipping":
            return {"service": rng.choice(("express", "green", "standard", "rocket"))}
        case "repair":
            day = (TODAY + timedelta(days=rng.randint(-2, 40))).isoformat()
            return {"lines": [{"sku": rng.choice(order.lines).sku, "quantity": 1}], "day": day, "part_of_day": "morning"}
        case "claim" if order.shipments:
            return {"tracking": rng.choice(order.shipments).tracking}
        case "change_address":
            return {"address": {"street": f"{rng.randint(1, 99)} High Street"}}
        case _:
            return {}


def effect_step(rng: Random, order: Order, at: int, key: str) -> Step:
    kind = rng.choice([*REMEDIES, *["refund", "exchange", "reship", "return"] * 4])
    effect = PlannedEffect(key=f"{key}:{at}", kind=kind, order=order.number, payload=payload(rng, kind, order))
    child = rng.random()

    async def step(world: World) -> EffectResult:
        aimed = effect
        if world.known["new_order"] and child < 0.15:
            aimed = replace(effect, order=world.known["new_order"][-1])
        return await world.carry_out(aimed)

    return step


def event_step(rng: Random, order: Order) -> Step:
    """The warehouse, the carrier or the technician does the next thing, or the wrong thing."""
    which, grade, word, pick = rng.randrange(8), rng.choice(list(Grade)), rng.choice(("found", "lost", "denied")), rng.random()

    async def step(world: World) -> str:
        def some(name: str) -> str:
            numbers = world.known[name]
            return numbers[int(pick * len(numbers))] if numbers else ""

        slip, new = some("return"), some("new_order") or order.number
        sent = await world.reads.by_number(new)
        tracking = sent.shipments[-1].tracking if sent and sent.shipments else ""
        events = (
            partial(warehouse.receive, number=slip),
            partial(warehouse.inspect, number=slip, grade=grade),
            partial(warehouse.send_back, number=slip),
            partial(warehouse.accept if pick < 0.7 else warehouse.lapse, number=slip),
            partial(parcels.ship, number=new),
            partial(parcels.deliver, number=new, tracking=tracking),
            partial(parcels.answer_claim, claim=some("claim"), answer=word),
            partial(parcels.visit, repair=some("repair"), outcome="repaired" if pick < 0.5 else "missed"),
        )
        return await world.happen(events[which])

    return step


def again_step(pick: float) -> Step:
    async def step(world: World) -> EffectResult | None:
        """The same key comes once more: the same answer, and nothing else."""
        if not world.done:
            return None
        effect, first = world.done[int(pick * len(world.done))]
        before = await world.reads.by_number(effect.order)
        assert await world.effects.carry_out(effect) == first
        assert await world.effects.look_up(effect) == first
        assert await world.reads.by_number(effect.order) == before
        return first

    return step


def later_step(days: int) -> Step:
    async def step(world: World) -> None:
        world.clock.at += timedelta(days=days)

    return step


def sequence(number: int, order: Order | None = None) -> tuple[Order, list[Step]]:
    rng = Random(f"sequence:{number}")
    order = order or rng.choice(DEMO.orders[:17] if rng.random() < 0.2 else DEMO.orders)
    steps: list[Step] = []
    for at in range(STEPS):
        draw = rng.random()
        if draw < 0.55:
            steps.append(effect_step(rng, order, at, f"{number}"))
        elif draw < 0.87:
            steps.append(event_step(rng, order))
        else:
            steps.append(again_step(rng.random()) if draw < 0.95 else later_step(rng.choice((1, 3, 12))))
    return order, steps
