"""What models cost our own process: a turn that asks them against a turn by the local brain alone. The endpoint runs in another process."""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from multiprocessing import get_context
from multiprocessing.connection import Connection
from statistics import fmean

from pydantic import SecretStr

from agent.bootstrap import Portside
from agent.brains.llm import Models, open_models
from agent.brains.opening import open_brain
from agent.desk.spending import TableMeter
from agent.domain.intents import Intent
from eval.bench.texts import Texts
from eval.bench.turn import BLOCK, run_turn
from eval.bench.usage import cpu_of
from eval.cascade.asked import Answer, Asked
from eval.cascade.endpoint import serving
from eval.cascade.oracle import Oracle, beside, read_as

LOCAL, CASCADE, ALWAYS = "local", "cascade", "always"
#: What the benchmark's texts want, by words in them.
WISHES = (
    ("defekt", "de", (Intent.DAMAGED, Intent.REFUND_REQUEST)),
    ("Where is the parcel", "en", (Intent.ORDER_STATUS,)),
    ("unworn", "en", (Intent.RETURN_REQUEST,)),
    ("Wo bleibt", "de", (Intent.ORDER_STATUS,)),
    ("livraison", "fr", (Intent.SHIPPING_INFO,)),
    ("¿Dónde", "es", (Intent.ORDER_STATUS,)),
    ("退款", "zh", (Intent.REFUND_STATUS,)),
    ("cancel", "en", (Intent.CANCEL_ORDER,)),
    ("disponibili", "it", (Intent.STOCK,)),
    ("届きますか", "ja", (Intent.ORDER_STATUS,)),
)


@dataclass(frozen=True, slots=True)
class Turned:
    """One turn: the kind of its text, its processor time in ms, and the model calls that it made."""

    kind: int
    cpu: float
    calls: int


@dataclass(frozen=True, slots=True)
class Costs:
    """Turns by way, in the order in which they ran."""

    turns: dict[str, list[Turned]] = field(default_factory=lambda: {LOCAL: [], CASCADE: [], ALWAYS: []})

    def asking(self, way: str) -> list[Turned]:
        """The turns that asked a model."""
        return [turn for turn in self.turns[way] if turn.calls]

    def against_local(self, way: str) -> float:
        """What those cost against turns by the local brain with the same kinds of text: means, for the rare dear parts are paid for too."""
        usual = {kind: fmean(turn.cpu for turn in self.turns[LOCAL] if turn.kind == kind) for kind in range(BLOCK)}
        asking = self.asking(way)
        return sum(turn.cpu for turn in asking) / sum(usual[turn.kind] for turn in asking) if asking else 1.0


class Counting(TableMeter):
    """The real meter, with its statements; and how often it was asked."""

    asked = 0

    async def reserve(self, conversation: str, cost: int, known: bool = True) -> bool:
        self.asked += 1
        return await super().reserve(conversation, cost, known)


async def measure(p: Portside, texts: Texts, runs: int) -> Costs:
    """The ways by turns, so that they see the same machine; each text once."""
    costs = Costs()
    async with _endpoint() as url, _ways(p, url) as (ways, meters):
        for way in ways.values():  # imports, connections, prepared schemas
            for text in texts.take(BLOCK):
                await run_turn(way, text)
        names = list(ways)
        for at in range(max(len(names), runs // BLOCK)):
            # Each is first as often as last: what comes first after a pause is dearer.
            for name in names[at % len(names) :] + names[: at % len(names)]:
                for kind, text in enumerate(texts.take(BLOCK)):
                    costs.turns[name].append(await _turned(ways[name], kind, text, meters.get(name)))
    return costs


async def _turned(way: Portside, kind: int, text: str, meter: Counting | None) -> Turned:
    before = meter.asked if meter else 0
    cpu = await cpu_of(lambda: run_turn(way, text))
    return Turned(kind, cpu.all, meter.asked - before if meter else 0)


@asynccontextmanager
async def _ways(p: Portside, url: str) -> AsyncGenerator[tuple[dict[str, Portside], dict[str, Counting]]]:
    """The same Portside with three brains."""
    named = {"model_small": "small", "model_large": "large", "openai_base_url": url, "openai_api_key": SecretStr("none")}
    ways, meters, models = {LOCAL: p}, dict[str, Counting](), list[Models]()
    for name in (CASCADE, ALWAYS):
        settings = p.settings.model_copy(
            update=named
            | {"model_use": name, "budget_conversation": 100.0, "budget_day": 100.0, "budget_hour": 100.0, "budget_strangers": 1.0}
        )
        meters[name] = Counting(p.engine, settings)
        models.append(open_models(settings, meters[name]))
        ways[name] = replace(p, parts=replace(p.parts, brain=open_brain(settings, p.parts.brain, models[-1])))
    try:
        yield ways, meters
    finally:
        for each in models:
            await each.aclose()


@asynccontextmanager
async def _endpoint() -> AsyncGenerator[str]:
    """The address of a stand-in in a process of its own."""
    context = get_context("spawn")
    here, there = context.Pipe()
    process = context.Process(target=_serve, args=(there,), daemon=True)
    process.start()
    try:
        yield await asyncio.to_thread(here.recv)
    finally:
        process.kill()
        process.join()


def _serve(told: Connection) -> None:
    asyncio.run(_forever(told))


async def _forever(told: Connection) -> None:
    async with serving(Reader()) as endpoint:
        told.send(endpoint.url)
        await asyncio.Event().wait()


class Reader(Oracle):
    """Reads the benchmark's texts by their words."""

    def __call__(self, asked: Asked) -> Answer:
        if "intents" not in asked.fields:
            return super().__call__(asked)
        found = next((row for row in WISHES if row[0] in asked.user), ("", "en", (Intent.OUT_OF_SCOPE,)))
        return Answer(read_as(found[1], found[2]) | {"translation": beside(asked)})
