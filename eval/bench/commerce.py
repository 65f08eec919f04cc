"""Commerce: what gathering a turn's facts costs, whether a thousand at once pay once, and how long a judgement takes."""

import asyncio
import time
from collections.abc import AsyncGenerator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import partial
from itertools import cycle, islice
from typing import TypeVar, cast
from urllib.parse import urlsplit

import psycopg
from langgraph.runtime import Runtime
from psycopg.sql import SQL, Identifier
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncEngine

from agent.bootstrap import Portside, portside
from agent.commerce.as_json import from_json, to_json
from agent.commerce.demo.seed import seed
from agent.commerce.mirror import Mirror
from agent.commerce.mirrored import Mirrored
from agent.desk import audit
from agent.desk.granting import Standing
from agent.desk.jobs import make_app
from agent.desk.ledger import plan_effects
from agent.domain.authority import Role
from agent.domain.commerce import Order
from agent.domain.context import Context
from agent.domain.decision import Remedy, RemedyKind
from agent.domain.effect import EffectState, PlannedEffect
from agent.domain.intents import Intent
from agent.domain.message import Author, Identity, Message, Turn
from agent.domain.triage import Entity, EntityKind, IntentScore, Sentiment, Triage, Urgency
from agent.nodes.decide import view
from agent.nodes.gather import gather
from agent.policy.choice import chosen
from agent.policy.judge import judge
from agent.policy.offers import offers
from agent.policy.requests import request, situation
from agent.policy.view import View
from agent.state import TurnState
from agent.store import migrate
from agent.store.engine import reading
from agent.writing.card import card
from eval.bench.stage import Stage
from knowledge.search import SearchResult

T = TypeVar("T")
AT_ONCE = 1000
#: Connections that they share, as many as the service keeps open.
_DOORS = 12
_NAME = "bench_commerce"
#: Turns that fill memory, prepare statements and are not counted.
_WARM = 30
_TROUBLES = (Intent.DAMAGED, Intent.EXCHANGE, Intent.NOT_RECEIVED, Intent.REFUND_REQUEST)
#: A choice in some languages, and a text that is none.
_SAID = (
    ("en", "The second one, please"),
    ("de", "Ich nehme lieber die Erstattung"),
    ("fr", "Plutôt le remboursement"),
    ("ja", "2番でお願いします"),
    ("en", "I have been waiting for three weeks now and nobody could tell me where my parcel is, please look into it"),
)
_NOW = datetime.now(UTC)
#: A year of conversations, cases and codes about every order, a third of the cases still open.
_PAST = (
    "INSERT INTO conversation (id, channel, account, thread, market, language, signed_email, proven_orders)"
    " SELECT n || '-' || number, 'web', 'web', n || '-' || number, 'DE', 'en', email, ARRAY[number]"
    " FROM demo_shop.orders, generate_series(1, 3) n",
    "INSERT INTO message (id, conversation, seq, author, channel, account, external_id, text)"
    " SELECT id, id, 1, 'bot', 'web', 'web', id, 'Order ' || proven_orders[1] || ' arrives within 5 days.' FROM conversation",
    "INSERT INTO support_case (id, conversation, turn, desk, urgency, reasons, subjects, status, packet, draft, due_at, closed_at)"
    " SELECT c.id, c.id, c.id, 'operator', 'normal', '{}', ARRAY(SELECT sku FROM demo_shop.order_line WHERE order_number = proven_orders[1]),"
    " CASE WHEN c.id LIKE '1-%' THEN 'open' ELSE 'answered' END, '{\"summary\": \"A lamp that flickers\"}', '', now(),"
    " CASE WHEN c.id LIKE '1-%' THEN NULL ELSE now() END FROM conversation c",
    "INSERT INTO effect (key, conversation, turn, kind, order_number, payload, authority, state)"
    " SELECT id, id, id, 'coupon', proven_orders[1], '{}', 'bot', 'confirmed' FROM conversation WHERE id LIKE '2-%'",
)


@dataclass(frozen=True, slots=True)
class Rush:
    """Many at once on one order. `floor`: as many transactions of one row each, through as many connections. Seconds."""

    at_once: int
    won: int
    seconds: float
    floor: float


@dataclass(frozen=True, slots=True)
class Costs:
    """Milliseconds, one entry a turn; of judgements, one entry a round of them, for a single one."""

    trip: list[float] = field(default_factory=list[float])  #: one `select 1`
    order: list[float] = field(default_factory=list[float])  #: one order with all that is on it, in one query
    gathered: list[float] = field(default_factory=list[float])
    carded: list[float] = field(default_factory=list[float])  #: the card on top of it
    kept: list[float] = field(default_factory=list[float])  #: an order that the mirror holds and that is young enough
    partly: list[str] = field(default_factory=list[str])  #: turns that did not get all there is
    parsed: list[float] = field(default_factory=list[float])  #: floor of the judgements: an order read from its JSON
    judged: list[float] = field(default_factory=list[float])
    offered: list[float] = field(default_factory=list[float])
    chosen: list[float] = field(default_factory=list[float])
    rushes: list[Rush] = field(default_factory=list[Rush])


async def measure(stage: Stage, turns: int, at_once: int = AT_ONCE) -> Costs:
    """In a database of its own beside the shop's, so that its past burdens nobody else."""
    costs = Costs()
    async with _shop(stage) as p:
        asked = await _asked(p.engine, _WARM + turns)
        views = [await _gathered(p, each, costs if at >= _WARM else Costs()) for at, each in enumerate(asked)]
        _judgements([each for each in views if each.orders], costs)
        planned, paid = await _paid_orders(p)
        for attempt in (partial(_plan, p, planned), partial(_pay, p, paid)):
            costs.rushes.append(await _rush(p, at_once, attempt))
    return costs


@asynccontextmanager
async def _shop(stage: Stage) -> AsyncGenerator[Portside]:
    """The demo shop with a year behind it."""
    with psycopg.connect(stage.url, autocommit=True) as connection:
        connection.execute(SQL("CREATE DATABASE {}").format(Identifier(_NAME)))
    url = urlsplit(stage.url)._replace(path=f"/{_NAME}").geturl()
    await asyncio.to_thread(migrate.upgrade, url)
    await migrate.upgrade_libraries(url, make_app(url))
    async with portside(stage.settings, url=url) as p:
        await seed(p.engine, today=_NOW.date())
        async with p.engine.begin() as connection:
            for statement in _PAST:
                await connection.execute(text(statement))
        async with p.engine.execution_options(isolation_level="AUTOCOMMIT").connect() as connection:
            await connection.execute(text("VACUUM ANALYZE"))  # as the database itself would do in time
        yield p


async def _asked(engine: AsyncEngine, number: int) -> list[TurnState]:
    """About one order after the other: by its number and e-mail, from a signed-in customer, and in a conversation that had proven it."""
    async with reading(engine).connect() as connection:
        rows = (await connection.execute(text("SELECT number, email FROM demo_shop.orders ORDER BY md5(number)"))).all()
    return [_ask(at, row.number, row.email) for at, row in enumerate(islice(cycle(rows), number))]


def _ask(at: int, number: str, email: str) -> TurnState:
    """As far as the graph has filled it when it gathers."""
    ways = (Identity(), Identity(signed_email=email), Identity(proven_orders=(number,)))
    words = f"The earbuds of order {number} are not what I wanted, I would like a refund. {email}"
    values = ((EntityKind.ORDER, number), (EntityKind.EMAIL, email))[: 2 if at % len(ways) == 0 else 1]
    entities = tuple(Entity(kind, value, words.index(value), words.index(value) + len(value)) for kind, value in values)
    turn = Turn(
        id=f"bench:{at}",
        conversation="bench",
        channel="web",
        market="DE",
        messages=(Message(seq=1, author=Author.CUSTOMER, text=words, at=_NOW),),
        identity=ways[at % len(ways)],
        now=_NOW,
    )
    wish = IntentScore(_TROUBLES[at % len(_TROUBLES)], 0.9)
    triage = Triage(
        language="en",
        language_sure=True,
        intents=(wish,),
        sentiment=Sentiment.NEGATIVE,
        sentiment_score=-0.5,
        urgency=Urgency.NORMAL,
        entities=entities,
    )
    return cast(TurnState, {"turn": turn, "triage": triage})


async def _gathered(p: Portside, asked: TurnState, costs: Costs) -> View:
    """Floors and figures one after the other for each turn, so that all see the same machine."""
    number = asked["triage"].values(EntityKind.ORDER)[0]
    await _timed(costs.trip, _select_one(p.engine))
    await _timed(costs.order, p.parts.orders.by_number(number))
    context: Context = (await _timed(costs.gathered, gather(asked, Runtime(context=p.parts))))["context"]
    await _timed(costs.carded, card(context, p.parts.surroundings, asked["turn"].now))
    await _keep(p, number, costs.kept)
    if not _whole(context):
        costs.partly.append(asked["turn"].id)
    return view({**asked, "context": context, "found": SearchResult((), answerable=False, snapshot="")}, p.parts)


def _whole(context: Context) -> bool:
    staff = context.staff
    parts = (context.customer.orders, staff.lines, staff.stock, staff.batches, staff.granted.kinds, staff.past_cases)
    return all(parts) and not context.stale


async def _select_one(engine: AsyncEngine) -> None:
    async with reading(engine).connect() as connection:
        await connection.execute(text("SELECT 1"))


async def _keep(p: Portside, number: str, took: list[float]) -> None:
    kept = Mirrored(p.parts.orders, Mirror(p.engine, "bench"), ttl=timedelta(hours=1))
    await kept.by_number(number)
    await _timed(took, kept.by_number(number))


async def _timed(took: list[float], work: Awaitable[T]) -> T:
    started = time.perf_counter()
    result = await work
    took.append((time.perf_counter() - started) * 1000)
    return result


def _judgements(views: Sequence[View], costs: Costs) -> None:
    """Each view is a round of the floor and of every judgement, so that all see the same machine."""
    for seen in views:
        order, intent = seen.orders[0], seen.triage.main.intent
        pack, plain = seen.packs(order.customer.country), to_json(Order, order)
        asked = [request(seen, order, Remedy(kind=kind, intent=intent, order=order.number)) for kind in RemedyKind]
        ways = partial(offers, situation(seen, order, intent))
        _each(costs.parsed, [partial(from_json, Order, plain)] * len(asked))
        _each(costs.judged, [partial(judge, pack, each) for each in asked])
        _each(costs.offered, [ways] * 4)
        if made := ways():
            _each(costs.chosen, [partial(chosen, said, made, language) for language, said in _SAID])


def _each(took: list[float], calls: Sequence[Callable[[], object]]) -> None:
    """Of processor time, so that neighbours cost nothing."""
    started = time.thread_time()
    for call in calls:
        call()
    took.append((time.thread_time() - started) * 1000 / len(calls))


async def _paid_orders(p: Portside) -> list[Order]:
    """Two that were paid for, and of which nothing went back."""
    async with reading(p.engine).connect() as connection:
        numbers = await connection.scalars(text("SELECT number FROM demo_shop.orders WHERE state = 'delivered' ORDER BY number"))
    found = [order for number in numbers.all()[:20] if (order := await p.parts.orders.by_number(number))]
    return [order for order in found if order.paid.minor and not order.refunded.minor and not order.returns][:2]


def _refund(order: Order, at: int) -> PlannedEffect:
    """All of it, as a wish of its own."""
    payload = {"reason": "damaged", "minor": order.paid.minor, "currency": order.paid.currency}
    return PlannedEffect(
        key=f"rush:{order.number}:{at}", kind="refund", order=order.number, payload=payload, amount=order.paid, paid=order.paid
    )


async def _plan(p: Portside, order: Order, at: int) -> bool:
    """Each by somebody else, so that nothing but the order's account stands between them."""
    standing = Standing(who=f"operator {at}", role=Role.FINANCE)
    async with p.engine.begin() as connection:
        (entry,) = await plan_effects(connection, f"1-{order.number}", f"rush:{at}", [_refund(order, at)], standing.who, standing)
    return entry.state is EffectState.PLANNED


async def _pay(p: Portside, order: Order, at: int) -> bool:
    result = await p.effects.carry_out(_refund(order, at))
    if result.state is EffectState.UNKNOWN:
        raise RuntimeError(f"nobody knows whether a refund was paid ({result.error}); look at the database's log")
    return result.state is EffectState.CONFIRMED


async def _write(p: Portside, at: int) -> bool:
    async with p.engine.begin() as connection:
        await audit.record(connection, "bench", "floor", at=at)
    return True


async def _rush(p: Portside, at_once: int, attempt: Callable[[int], Awaitable[bool]]) -> Rush:
    _, floor = await _crowd(at_once, partial(_write, p))
    won, seconds = await _crowd(at_once, attempt)
    return Rush(at_once, won, seconds, floor)


async def _crowd(number: int, attempt: Callable[[int], Awaitable[bool]]) -> tuple[int, float]:
    """(how many succeeded, seconds)."""
    doors = asyncio.Semaphore(_DOORS)

    async def one(at: int) -> bool:
        async with doors:  # a connection is waited for here; the pool would give up after some seconds
            return await attempt(at)

    started = time.perf_counter()
    won = sum(await asyncio.gather(*map(one, range(number))))
    return won, time.perf_counter() - started
