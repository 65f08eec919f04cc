"""A conversation with a remedy under way, at a shop that says what it is told to."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from agent.desk.following import Following
from agent.desk.granting import Standing
from agent.desk.ledger import plan_effects
from agent.desk.ordering import Shop
from agent.desk.settle import carry_out
from agent.domain.authority import Role
from agent.domain.commerce import OrderState
from agent.domain.decision import RemedyKind
from agent.domain.effect import EffectResult, EffectState, PlannedEffect
from agent.domain.money import Money
from agent.domain.procedure import Happening
from agent.phrasing import Phrases
from agent.policy.pack import packs

DATA = {
    "return": {"return": "RL-ABC123", "lines": [{"sku": "EAR-130", "quantity": 1}], "fee": {"minor": 690, "currency": "EUR"}},
    "exchange": {"return": "RL-XYZ999", "new_order": "1071"},
    "reship": {"new_order": "1072"},
    "claim": {"claim": "CL-ABC234"},
    "repair": {"repair": "RP-ABC234"},
}


class Source:
    """A shop with one order, whose effects say what they are told to."""

    def __init__(self, order):
        self.order, self.says, self.down = order, EffectState.CONFIRMED, False

    async def by_number(self, number):
        if self.down:
            raise ConnectionError
        return self.order

    async def availability(self, skus):
        return ()

    products = availability

    async def carry_out(self, effect):
        return EffectResult(state=self.says, data=DATA.get(effect.kind, {}), error="" if self.says == "confirmed" else "no")

    async def look_up(self, effect):
        return None


class Clock:
    ahead = timedelta(0)

    def now(self):
        return datetime.now(UTC) + self.ahead


def generous(country):
    """A pack that lets the agent pay back up to EUR 200."""
    pack = packs(country)
    bot = pack.limits[Role.BOT].model_copy(update={"alone": None, "amounts": {RemedyKind.REFUND: Money(20_000, "EUR")}})
    return pack.model_copy(update={"limits": {**pack.limits, Role.BOT: bot}})


@dataclass
class Floor:
    """What a test does to the remedy, and sees of it."""

    scene: Any
    source: Source
    RETURN = PlannedEffect(key="return-1042-k", kind="return", order="1042", payload={"reason": "return_request"})

    def on(self, generous: bool = False):
        of = GENEROUS if generous else packs
        shop = Shop(orders=self.source, catalogue=self.source, stock=self.source, packs=of)
        return Following(engine=self.scene.engine, queue=self.scene.queue, shop=shop, phrases=Phrases(), clock=Clock())

    async def begun(self, planned=RETURN):
        """The conversation in which this remedy was granted and confirmed."""
        received = await self.scene.receive("I want to send it back")
        async with self.scene.engine.begin() as connection:
            standing = Standing(who="fay", role=Role.FINANCE)
            await plan_effects(connection, received.conversation, f"{received.conversation}:1", (planned,), "fay", standing)
        await carry_out(self.scene.engine, self.source, planned.key)
        return received.conversation

    def told(self, event, kind=RemedyKind.RETURN, reference="RL-ABC123", order="1042", **detail):
        return Happening(key=f"{reference}:{event}", event=event, order=order, kind=kind, reference=reference, detail=detail)

    def inspected(self, grade, **more):
        return self.told("inspected", grade=grade, standard="As written.", **more)

    async def step(self, key=RETURN.key):
        (row,) = await self.scene.rows("select step from procedure where id = :key", key=key)
        return row["step"]

    async def news(self):
        rows = await self.scene.rows("select text from message where author = 'bot' and not held order by seq")
        return [row["text"] for row in rows]

    async def cases(self):
        return await self.scene.rows(
            "select status, reasons, packet ->> 'summary' as summary, packet from support_case order by created_at"
        )

    async def late(self):
        await self.scene.run("update procedure set due_at = now() - interval '40 days' where closed_at is null")


GENEROUS = generous


@pytest.fixture
def floor(scene, make):
    return Floor(scene, Source(make.order(OrderState.DELIVERED, total=Money(79_900, "EUR"))))
