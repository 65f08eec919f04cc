"""`demo parcel|return|claim|repair`: play the warehouse, the carrier and the technician, and see a remedy go its way."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import datetime
from functools import partial
from typing import Annotated, Any, Literal

import typer

from agent.commerce.demo_effects import DemoEffects
from agent.commerce.demo_shop import DemoShop
from agent.commerce.remedies.books import Books
from agent.commerce.remedies.parcels import answer_claim, deliver, ship, visit
from agent.commerce.remedies.procedures.inspection import Grade
from agent.commerce.remedies.warehouse import Happenings, inspect, receive
from agent.desk import happenings
from agent.desk.following import Following
from agent.desk.jobs import Queue, make_app
from agent.desk.ordering import Shop
from agent.errors import BadInput, NotFound
from agent.phrasing import Phrases
from agent.policy.pack import load, packs
from agent.store.engine import database_url, make_engine
from api.configured import settings as load_settings

parcels = typer.Typer(no_args_is_help=True, help="Parcels of the demo shop: ship, deliver.")
returns = typer.Typer(no_args_is_help=True, help="Returns at the demo shop's warehouse: receive, inspect.")
claims = typer.Typer(no_args_is_help=True, help="The carrier's answer to a claim.")
repairs = typer.Typer(no_args_is_help=True, help="The technician's visit.")
Event = Callable[[Books, datetime], Awaitable[Happenings]]
ORDER = typer.Argument(help="Number of the order, like 1042.")
RETURN = typer.Argument(help="Number on the label, like RL-ABC234.")


@parcels.command("ship")
def ship_parcel(order: Annotated[str, ORDER]) -> None:
    """The warehouse has packed it and handed it to the carrier."""
    _play(partial(ship, number=_number(order)), "warehouse", f"order #{_number(order)} is on its way")


@parcels.command("deliver")
def deliver_parcel(
    order: Annotated[str, ORDER], tracking: Annotated[str, typer.Option(help="Which parcel; else the next one.")] = ""
) -> None:
    """The carrier has brought it."""

    async def brought(books: Books, at: datetime) -> Happenings:
        return await deliver(books, at, _number(order), tracking or await _next_parcel(books, _number(order)))

    _play(brought, "carrier", f"a parcel of order #{_number(order)} is delivered")


@returns.command("receive")
def receive_return(number: Annotated[str, RETURN]) -> None:
    """The parcel is at the warehouse's door."""
    _play(partial(receive, number=_paper(number)), "warehouse", f"return {_paper(number)} is received")


@returns.command("inspect")
def inspect_return(
    number: Annotated[str, RETURN],
    grade: Annotated[Grade, typer.Option(case_sensitive=False, help="By the written standard; A is as new.")] = Grade.AS_NEW,
    note: Annotated[str, typer.Option(help="What was found; for staff only.")] = "",
) -> None:
    """The warehouse has looked at it."""
    event = partial(inspect, number=_paper(number), grade=grade, note=note)
    _play(event, "warehouse", f"return {_paper(number)} is inspected: grade {grade.value}")


@claims.command("answer")
def answer(
    number: Annotated[str, typer.Argument(help="Number of the claim, like CL-ABC234.")], said: Literal["found", "lost", "denied"]
) -> None:
    """The carrier has looked for the parcel."""
    _play(partial(answer_claim, claim=_paper(number), answer=said), "carrier", f"claim {_paper(number)} is answered: {said}")


@repairs.command("done")
def repaired(number: Annotated[str, typer.Argument(help="Id of the visit.")]) -> None:
    """The technician has mended it."""
    _play(partial(visit, repair=_paper(number), outcome="repaired"), "technician", f"visit {_paper(number)} is done")


@repairs.command("missed")
def missed(number: Annotated[str, typer.Argument(help="Id of the visit.")]) -> None:
    """Nobody met."""
    _play(partial(visit, repair=_paper(number), outcome="missed"), "technician", f"visit {_paper(number)} was missed")


def _number(order: str) -> str:
    return order.strip().lstrip("#")


def _paper(number: str) -> str:
    return number.strip().upper()


async def _next_parcel(books: Books, number: str) -> str:
    order = await books.order(number)
    waiting = [parcel.tracking for parcel in order.shipments if parcel.delivered_at is None] if order else []
    if not waiting:
        raise NotFound(f"Order #{number} has no parcel under way. Ship it first: portside demo parcel ship {number}")
    return waiting[0]


def _play(event: Event, who: str, what: str) -> None:
    moved = asyncio.run(_happened(event, who))
    typer.echo(f"{what}; " + ("its remedy has gone a step on" if moved else "no remedy under way waited for it"))


async def _happened(event: Event, who: str) -> int:
    """In the shop's books first, then told: told again after a kill in between, it is the same event."""
    from agent.bootstrap import SystemClock

    settings = load_settings()
    if not settings.demo:
        raise BadInput("Only the demo shop can be played with, and this is no demo. Your warehouse tells it through its connector.")
    url = database_url(settings)
    engine = make_engine(url, pool=2)
    try:
        shop: Any = DemoShop(engine)
        of = load(settings.policy).of if settings.policy else packs
        following = Following(
            engine=engine,
            queue=Queue(make_app(url)),
            shop=Shop(orders=shop, catalogue=shop, stock=shop, packs=of),
            phrases=Phrases(),
            clock=SystemClock(),
        )
        told = await DemoEffects(engine).happen(event)
        return await happenings.tell(following, told, who)
    finally:
        await engine.dispose()
