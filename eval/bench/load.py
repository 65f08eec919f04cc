"""Latency at a steady rate, and the rate that 50 customers reach who write again as soon as they are answered."""

import asyncio
import time
from collections.abc import Awaitable, Callable, Iterator
from dataclasses import dataclass, field

import httpx

from eval.bench.chats import Chat, Chats
from eval.bench.served import Service
from eval.bench.stage import Stage
from eval.bench.texts import Texts
from eval.bench.usage import machine_cpu, own_cpu, tree_cpu

CUSTOMERS = 50
RATE = 10.0


@dataclass(slots=True)
class Load:
    """Seconds of each acknowledgement and each commit, both from the moment of sending."""

    acknowledged: list[float] = field(default_factory=list[float])
    committed: list[float] = field(default_factory=list[float])
    failed: list[str] = field(default_factory=list[str])
    seconds: float = 0.0
    service_cpu: float = 0.0  #: ms a turn
    database_cpu: float = 0.0  #: ms a turn
    elsewhere: float = 0.0  #: cores that processes apart from this measurement kept busy

    @property
    def rate(self) -> float:
        return len(self.committed) / self.seconds


@dataclass(frozen=True, slots=True)
class Loads:
    steady: Load
    flat_out: Load


async def measure(stage: Stage, service: Service, texts: Texts, seconds: float) -> Loads:
    """Both loads against a running service, with every customer's widget open."""
    limits = httpx.Limits(max_connections=None, max_keepalive_connections=CUSTOMERS)
    async with httpx.AsyncClient(base_url=service.url, limits=limits, timeout=30) as client:
        chats = Chats(client)
        opened = [await chats.open(text) for text in texts.take(CUSTOMERS, hard=False)]
        async with chats.listening(stage.url), chats.watching(opened):
            await asyncio.sleep(4)  # the first messages' turns come to rest
            steady = await _metered(stage, service, lambda load: _steady(chats, opened, texts, load, seconds))
            await asyncio.sleep(1)
            flat_out = await _metered(stage, service, lambda load: _flat_out(chats, opened, texts, load, seconds))
    return Loads(steady, flat_out)


async def _metered(stage: Stage, service: Service, work: Callable[[Load], Awaitable[None]]) -> Load:
    load, database = Load(), stage.postmaster()
    cpu, machine, here = (own_cpu(service.process), tree_cpu(database)), machine_cpu(), time.process_time()
    started = time.perf_counter()
    await work(load)
    load.seconds = time.perf_counter() - started
    turns = max(1, len(load.committed))
    spent = own_cpu(service.process) - cpu[0], tree_cpu(database) - cpu[1]
    load.service_cpu, load.database_cpu = spent[0] / turns, spent[1] / turns
    ours = sum(spent) + (time.process_time() - here) * 1000
    load.elsewhere = max(0.0, machine_cpu() - machine - ours) / 1000 / load.seconds
    return load


async def _steady(chats: Chats, opened: list[Chat], texts: Texts, load: Load, seconds: float) -> None:
    """Sent by the clock, whether or not the service keeps up."""
    started, running = time.perf_counter(), list[asyncio.Task[None]]()
    for at, text in enumerate(texts.take(int(seconds * RATE), hard=False)):
        await asyncio.sleep(max(0.0, started + at / RATE - time.perf_counter()))
        running.append(asyncio.create_task(_turn(chats, opened[at % CUSTOMERS], text, load)))
    await asyncio.gather(*running)


async def _flat_out(chats: Chats, opened: list[Chat], texts: Texts, load: Load, seconds: float) -> None:
    until = time.perf_counter() + seconds
    supply = iter(texts.take(int(seconds * 200), hard=False))
    await asyncio.gather(*(_write_until(chats, chat, supply, load, until) for chat in opened))


async def _write_until(chats: Chats, chat: Chat, supply: Iterator[str], load: Load, until: float) -> None:
    while time.perf_counter() < until:
        await _turn(chats, chat, next(supply), load)


async def _turn(chats: Chats, chat: Chat, text: str, load: Load) -> None:
    started = time.perf_counter()
    try:
        seq, acknowledged = await chats.send(chat, text)
        load.acknowledged.append(acknowledged)
        load.committed.append(await chats.committed(chat, seq) - started)
    except (httpx.HTTPError, TimeoutError) as error:
        load.failed.append(f"{type(error).__name__} {error}"[:200])
        await asyncio.sleep(0.5)  # a refusal must not become a storm
