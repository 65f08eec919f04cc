"""Identity proof first; then order, shipment, stock, batch and history. A source that is down is named, not fatal."""

import asyncio
from dataclasses import replace
from typing import Any

import structlog
from langgraph.runtime import Runtime

from agent.domain.arguments import Asked
from agent.domain.commerce import Order
from agent.domain.context import Context, CustomerContext, StaffContext
from agent.domain.intents import Intent
from agent.domain.message import Turn
from agent.domain.pending import Pending
from agent.domain.triage import EntityKind, Triage
from agent.errors import SourceDown
from agent.policy.arguments import kept, wanted
from agent.policy.identity import offered
from agent.policy.unlinked import unlinked, unlinked_products
from agent.state import Parts, TurnState

log = structlog.get_logger()
#: Answered from the order alone; should such a case be handed over all the same, the hand-off looks the rest up.
PLAIN_QUESTIONS = (Intent.ORDER_STATUS, Intent.DELIVERY_LATE, Intent.REFUND_STATUS, Intent.SHIPPING_INFO)
ABOUT_PRODUCTS = (Intent.PRODUCT_QUESTION, Intent.STOCK, Intent.SIZE_ADVICE, Intent.EXCHANGE)


async def gather(state: TurnState, runtime: Runtime[Parts]) -> dict[str, Any]:
    turn, triage, parts = state["turn"], state["triage"], runtime.context
    try:
        customer = await argued(turn, triage, await customer_view(turn, triage, parts), parts)
        plain = all(item.intent in PLAIN_QUESTIONS for item in triage.intents) and turn.pending is None
        staff = StaffContext() if plain else await staff_view(customer, parts, turn.pending)
        return {"context": Context(customer=customer, staff=staff)}
    except (OSError, TimeoutError, SourceDown) as error:
        log.warning("gather.source_down", error=type(error).__name__)
        return {"context": Context(stale=("shop",))}


async def customer_view(turn: Turn, triage: Triage, parts: Parts) -> CustomerContext:
    proof = offered(turn, triage)
    known = await _proven(turn, proof.numbers, parts)
    fresh: list[Order] = []
    if proof.email and turn.mismatches < parts.limits.mismatches:  # a guard against guessing
        missing = [number for number in proof.numbers if number not in known]
        fresh = [order for number in missing if (order := await parts.orders.find(number, proof.email))]
    numbers = {*known, *(order.number for order in fresh)}
    products = await parts.catalogue.match(turn.text) if triage.wants(*ABOUT_PRODUCTS) or triage.values(EntityKind.SKU) else ()
    return CustomerContext(
        orders=tuple(map(unlinked, _in_question([*fresh, *known.values()], proof.named_now))),
        products=unlinked_products(products),
        availability=await parts.stock.availability([product.sku for product in products]) if products else (),
        identified=bool(numbers) or turn.identity.email is not None,
        mismatch=proof.complete and any(number not in numbers for number in proof.numbers),
        newly_proven=tuple(order.number for order in fresh),
    )


async def argued(turn: Turn, triage: Triage, customer: CustomerContext, parts: Parts) -> CustomerContext:
    """With what a model makes of the words beside the wish, as far as it is true of this customer's own orders."""
    asked = Asked(turn=turn, triage=triage, orders=customer.orders, products=customer.products, pending=turn.pending)
    if not customer.orders or not wanted(asked):
        return customer
    return replace(customer, arguments=kept(await parts.brain.argue(asked), asked))


async def _proven(turn: Turn, numbers: tuple[str, ...], parts: Parts) -> dict[str, Order]:
    """Orders the writer may see already, by number: proven before, or of the signed identity."""
    mine: dict[str, Order] = {}
    if email := turn.identity.email:
        mine = {order.number: order for order in await parts.orders.of_customer(email)}
        missing = [number for number in numbers if number not in mine]
        found = [await parts.orders.find(number, email) for number in missing]
        mine |= {order.number: order for order in found if order}
    for number in turn.identity.proven_orders:
        if number not in mine and (order := await parts.orders.by_number(number)):
            mine[number] = order
    return mine


def _in_question(orders: list[Order], named: tuple[str, ...]) -> tuple[Order, ...]:
    """The orders the customer names now, else all that are proven."""
    chosen = [order for order in orders if order.number in named]
    return tuple(chosen or ([] if named else orders))


async def staff_view(customer: CustomerContext, parts: Parts, pending: Pending | None = None) -> StaffContext:
    """What only the operator will see: of the order that something is offered for, else of the first."""
    if not customer.orders:
        return StaffContext()
    offered_for = {offer.remedy.order for offer in pending.offers} if pending else set[str | None]()
    order = next((each for each in customer.orders if each.number in offered_for), customer.orders[0])
    lines = await parts.stock.traced(order.number)
    skus = list(dict.fromkeys([*(line.sku for line in order.lines), *(other.sku for other in customer.arguments.others)]))
    batches = list(dict.fromkeys(line.batch for line in lines if line.batch))
    (past, similar), granted, stock, made = await asyncio.gather(
        parts.history.look_back(order.number, order.customer.email, [*skus, *batches]),
        parts.grants.granted(order.number),
        parts.stock.levels(skus),
        parts.stock.batches(batches),
    )
    return StaffContext(
        order=order.number,
        lines=lines,
        stock=stock,
        batches=made,
        granted=granted,
        past_cases=past,
        similar_open=similar,
    )
