"""Cases played through the real graph: only the shop, its effects and the clock are twins, so that a run needs no service."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from langgraph.checkpoint.memory import InMemorySaver

from agent.bootstrap import make_brain, open_embedder
from agent.commerce.memory import MemoryEffects, MemoryShop
from agent.desk.outcome import TurnOutcome
from agent.desk.rehearsal import following, opening
from agent.desk.run import forget, think
from agent.domain.commerce import Order
from agent.domain.decision import Reason
from agent.domain.effect import EffectResult, EffectState, PlannedEffect
from agent.domain.message import Turn
from agent.errors import frames
from agent.graph import Graph, build
from agent.phrasing import Phrases
from agent.policy.limits import LIMITS
from agent.policy.proving import CODE
from agent.policy.terms import TERMS
from agent.policy.thresholds import Thresholds
from agent.ports import Brain, Knowledge, Orders
from agent.settings import Settings
from agent.signals.history import NoHistory
from agent.state import Parts
from agent.vision.eye import HonestEye
from agent.writing.slots import fill
from eval import shelf, world
from eval.case import Case, CaseTurn, Fault
from eval.faults import NoKnowledge, RefusingEffects, ShopDown, SilentEffects
from eval.record import OrderAfter, Record, record

#: Where the links of a reply lead.
URL = "https://care.lumenandloom.example"


@dataclass(frozen=True, slots=True, kw_only=True)
class Stage:
    """What all cases share. `demo`: act on thresholds that are provisional."""

    brain: Brain
    knowledge: Knowledge
    thresholds: Thresholds
    demo: bool
    graph: Graph
    phrases: Phrases
    brand: str


async def open_stage(settings: Settings, thresholds: Thresholds, *, demo: bool, brain: Brain | None = None) -> Stage:
    """Raises NotReady with its cure when the models are not prepared."""
    embedder = open_embedder(settings)
    return Stage(
        brain=brain or make_brain(settings, embedder),
        knowledge=await shelf.knowledge(settings.corpus, embedder, settings.data / "eval"),
        thresholds=thresholds,
        demo=demo,
        graph=build(InMemorySaver()),
        phrases=Phrases(),
        brand=settings.brand,
    )


@dataclass(slots=True)
class Scene:
    """One conversation under way."""

    stage: Stage
    shop: MemoryShop
    effects: MemoryEffects
    parts: Parts
    before: dict[str, Order]
    last: TurnOutcome | None = None


def scene(stage: Stage, case: Case) -> Scene:
    shop = world.shop(extra=[world.copied(**dict(order)) for order in case.orders], now=case.now)
    faults = set(case.faults)
    orders: Orders = ShopDown() if Fault.SHOP_DOWN in faults else shop
    made = Parts(
        brain=stage.brain,
        eye=HonestEye(),
        orders=orders,
        catalogue=shop,
        stock=shop,
        history=NoHistory(),
        knowledge=NoKnowledge() if Fault.KNOWLEDGE_EMPTY in faults else stage.knowledge,
        phrases=stage.phrases,
        thresholds=stage.thresholds,
        terms=TERMS,
        limits=LIMITS,
        brand=stage.brand,
        demo=stage.demo,
    )
    return Scene(stage, shop, _effects(faults)(shop), made, dict(shop.orders))


def _effects(faults: set[Fault]) -> Callable[[MemoryShop], MemoryEffects]:
    if Fault.EFFECT_REFUSED in faults:
        return RefusingEffects
    return SilentEffects if Fault.EFFECT_UNKNOWN in faults else MemoryEffects


def nothing_more(running: Scene) -> None:
    """The shop as the world has it."""


async def play(stage: Stage, case: Case, prepare: Callable[[Scene], None] = nothing_more) -> list[Record]:
    """One record a turn; a crash ends the conversation. `prepare` may fill the shop before it begins."""
    running = scene(stage, case)
    prepare(running)
    records: list[Record] = []
    for index, turn in enumerate(case.turns):
        records.append(await recorded_turn(running, case, index, turn))
        if records[-1].crash:
            break
    return records


async def recorded_turn(running: Scene, case: Case, index: int, given: CaseTurn) -> Record:
    """The next turn; a crash is recorded as what it is."""
    try:
        return await next_turn(running, case, index, given)
    except Exception as error:  # any crash is a result of the evaluation
        return Record(case=case.id, turn=index, crash=f"{type(error).__name__} at {frames(error)}: {error}"[:400])


async def next_turn(running: Scene, case: Case, index: int, given: CaseTurn) -> Record:
    """Read, decide, carry out; what fails at the shop is decided once more, and handed over."""
    text = (given.text, given.photos)
    if running.last is None:
        turn = opening(text, customer=case.customer, channel=case.channel, market=case.market, now=case.now)
    else:
        turn = following(running.last, text, case.now)
    outcome = await _think(running, turn)
    results = [(effect, await _carry_out(running, effect)) for effect in outcome.effects]
    reply = _reply(outcome, results)
    if reply is None:
        outcome = await _think(running, replace(turn, forced=Reason.EFFECT_FAILED.value))
        reply = outcome.reply.text if outcome.reply else ""
    running.last = outcome
    made = record(case.id, index, outcome, reply, results)
    return made.model_copy(update={"after": _changed(running)})


async def _carry_out(running: Scene, effect: PlannedEffect) -> EffectResult:
    """A code that proves who writes is mailed by Portside itself; nobody of the cases reads mail."""
    if effect.kind == CODE:
        return EffectResult(state=EffectState.CONFIRMED, data={})
    return await running.effects.carry_out(effect)


async def _think(running: Scene, turn: Turn) -> TurnOutcome:
    outcome = await think(running.stage.graph, running.parts, turn)
    await forget(running.stage.graph, outcome.thread)
    return outcome


def _reply(outcome: TurnOutcome, results: list[tuple[PlannedEffect, EffectResult]]) -> str | None:
    """The text as the customer reads it; None when an effect it reports did not happen."""
    if any(result.state is not EffectState.CONFIRMED for _, result in results):
        return None
    if outcome.reply is None:
        return ""
    try:
        return fill(outcome.reply.text, {plan.key: result.data for plan, result in results}, outcome.reply.language, URL)
    except (KeyError, ValueError):
        return None


def _changed(running: Scene) -> dict[str, OrderAfter]:
    coupons = {coupon.order for coupon in running.effects.books.coupons.values()}
    now = running.shop.orders
    touched = {number for number, order in now.items() if order != running.before.get(number)} | coupons
    return {number: _after(now[number], number in coupons) for number in sorted(touched)}


def _after(order: Order, coupon: bool) -> OrderAfter:
    return OrderAfter(state=order.state.value, returned=order.open_return is not None, coupon=coupon, city=order.address.city)
