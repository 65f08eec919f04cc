"""What an operator orders with a reply: read against what was suggested and what the shop says now, then judged with their authority."""

import contextlib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from sqlalchemy import Row
from sqlalchemy.ext.asyncio import AsyncConnection

from agent.desk.granting import COUNTED, LIMITED, Judging, Standing, by_pack
from agent.desk.ledger import MOST, Entry, failures, fresh_key, plan_effects
from agent.domain.authority import Role
from agent.domain.commerce import Order, Piece
from agent.domain.decision import Remedy, RemedyKind
from agent.domain.effect import EffectState
from agent.domain.money import Money
from agent.domain.pending import read_remedy
from agent.errors import BadInput, NotReady, SourceDown
from agent.policy.pack import Pack, packs
from agent.policy.plan import can_be_ordered, on_order
from agent.policy.request import Item
from agent.policy.worth import goods, share
from agent.ports import Catalogue, Orders, Stock


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """A kind that was suggested, perhaps with another amount or for some pieces only."""

    kind: str
    amount: Money | None = None
    pieces: tuple[Piece, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """As it is to be planned. `order` as read just now; None for what neither money nor goods hang on."""

    remedy: Remedy
    order: Order | None = None
    items: dict[str, Item] = field(default_factory=dict[str, Item])
    packs: Callable[[str], Pack] = packs


@dataclass(frozen=True, slots=True, kw_only=True)
class Shop:
    """Where orders, articles and stock are read, and the policy by country."""

    orders: Orders
    catalogue: Catalogue
    stock: Stock
    packs: Callable[[str], Pack] = packs


def suggested(packet: dict[str, Any]) -> list[Remedy]:
    """The stored suggestions that an operator can order with a reply."""
    return [remedy for remedy in map(read_remedy, packet["suggested"]) if can_be_ordered(remedy)]


def orderable(packet: dict[str, Any]) -> list[Remedy]:
    """Those, and what stands on the case's list of offers."""
    offered = [read_remedy(offer["remedy"]) for offer in packet.get("offers") or ()]
    return suggested(packet) + [remedy for remedy in offered if can_be_ordered(remedy)]


def chosen(packet: dict[str, Any], wanted: Iterable[Wanted]) -> list[Remedy]:
    """Raises BadInput for what was not suggested, or what the shop cannot be ordered to do from here."""
    known = {remedy.kind.value: remedy for remedy in reversed(orderable(packet))}
    asked = list(wanted)
    unknown = {each.kind for each in asked} - set(known)
    if unknown:
        raise BadInput(
            f"This cannot be ordered with the reply: {', '.join(sorted(unknown))}. Carry it out in the shop, then answer without it."
        )
    if len({(each.kind, each.pieces) for each in asked}) < len(asked):
        raise BadInput("The same is ordered twice. Send each once, with its whole amount.")
    if any((each.amount or each.pieces) and each.kind not in COUNTED for each in asked):
        raise BadInput("Only a refund or a new parcel takes an amount or pieces. Leave them out for anything else.")
    return [_as_wanted(known[each.kind], each) for each in asked]


def _as_wanted(remedy: Remedy, wanted: Wanted) -> Remedy:
    """Other pieces than suggested have another price."""
    if wanted.pieces:
        return replace(remedy, pieces=wanted.pieces, amount=wanted.amount)
    return replace(remedy, amount=wanted.amount or remedy.amount)


async def wishes(remedies: Sequence[Remedy], shop: Shop | None) -> tuple[Wish, ...]:
    """With the orders as they are now.

    Raises:
        BadInput: pieces or an amount that the order does not have.
        NotReady: the shop does not answer, and money or goods hang on it.
    """
    return tuple([await _wish(remedy, shop) for remedy in remedies])


async def _wish(remedy: Remedy, shop: Shop | None) -> Wish:
    if remedy.kind.value not in LIMITED:
        return Wish(remedy=remedy)
    order, shop = await read(remedy.order, shop)
    priced = with_price(remedy, order)
    return Wish(remedy=priced, order=order, items=await _items(priced, shop), packs=shop.packs)


async def read(number: str | None, shop: Shop | None) -> tuple[Order, Shop]:
    """The order as it is now. Raises NotReady."""
    found = None
    with contextlib.suppress(SourceDown, OSError, TimeoutError):
        found = await shop.orders.by_number(number or "") if shop else None
    if shop is None or found is None or found.stale:
        raise NotReady("The shop does not say what was paid for this order. Nothing was ordered; try again in a minute.")
    return found, shop


async def _items(remedy: Remedy, shop: Shop) -> dict[str, Item]:
    """What an exchange would give, and whether it can be had."""
    skus = [piece.sku for piece in (*remedy.pieces, *remedy.others)]
    if not skus:
        return {}
    found = {each.sku: each.available for each in await shop.stock.availability(skus)}
    return {each.sku: Item(each, found.get(each.sku, False)) for each in await shop.catalogue.products(skus)}


def with_price(remedy: Remedy, order: Order) -> Remedy:
    """Every refund and parcel has an amount: the one named, else its pieces' price, else all that is left. Raises BadInput."""
    if remedy.kind.value not in COUNTED:
        return remedy
    left = Money(order.paid.minor - order.refunded.minor, order.total.currency)
    price = _price(remedy, order, left)
    if price is None or not _on_order(remedy.pieces, order):
        raise BadInput(f"Order #{order.number} does not have these pieces. Name articles that are on it, and no more than were bought.")
    amount = remedy.amount or Money(min(price.minor, left.minor), left.currency)
    if remedy.kind is RemedyKind.RESHIP:  # goods are worth what they are, whatever is named
        amount = Money(max(amount.minor, price.minor), amount.currency)
    if amount.currency != left.currency:
        raise BadInput(f"Order #{order.number} was paid in {left.currency}. Give the amount in {left.currency}.")
    if not 0 < amount.minor <= min(left.minor, MOST):
        raise BadInput(
            f"Of order #{order.number}, {left.amount} {left.currency} of what was paid are left. Order at most that, and more than 0."
        )
    return replace(remedy, amount=amount)


def _price(remedy: Remedy, order: Order, left: Money) -> Money | None:
    if remedy.kind is RemedyKind.RESHIP:
        return share(order, remedy.pieces)
    return goods(order, remedy.pieces) if remedy.pieces else left


def _on_order(pieces: Iterable[Piece], order: Order) -> bool:
    bought: dict[str, int] = {}
    for line in order.lines:
        bought[line.sku] = bought.get(line.sku, 0) + line.quantity
    for piece in pieces:
        bought[piece.sku] = bought.get(piece.sku, 0) - piece.quantity
        if piece.quantity < 1 or bought[piece.sku] < 0:
            return False
    return True


async def order(
    connection: AsyncConnection, case: Row[Any], found: Sequence[Wish], who: str, role: Role, now: datetime
) -> tuple[Entry, ...]:
    """Plan them on the operator's word; all of them, or none.

    Raises:
        BadInput: more than is left of what was paid, or against a rule that nobody may break; it says which.
    """
    turn = case.turn.rpartition(":")[0]  # the graph's thread is the turn and its run
    planned = [await fresh_key(connection, on_order(turn, wish.remedy, wish.order)) for wish in found]
    both = list(zip(planned, found, strict=True))
    judging: dict[str, Judging] = {
        each.key: by_pack(wish.remedy, wish.order, now, role, wish.items, wish.packs) for each, wish in both if wish.order is not None
    }
    refunded = {wish.order.number: wish.order.refunded for wish in found if wish.order}
    standing = Standing(who=who, role=role, case=case.id, judging=judging, refunded=refunded)
    entries = await plan_effects(connection, case.conversation, turn, planned, who, standing)
    refuse_failed(entries)
    return entries


def refuse_failed(entries: Iterable[Entry]) -> None:
    """Raises BadInput, which takes back all that was planned with it."""
    for entry in failures(entries):
        raise BadInput(f"This {entry.effect.kind.replace('_', ' ')} cannot be ordered: {_why(entry)}")


def _why(entry: Entry) -> str:
    if entry.need:
        return f"{entry.need.says or 'a rule forbids it.'} ({entry.need.why})"
    return {
        "over_paid": "with all that was given on this order, it would be more than was paid. Look at the ledger of the order.",
        "currency": "the order was paid in another currency.",
        "amount": "the amount must be more than 0.",
        "once": "this order has had its code already.",
    }.get(entry.error, f"{entry.error}.")


def told(entries: Iterable[Entry]) -> list[dict[str, Any]]:
    """For the page: what was ordered, and what waits for whom."""
    return [
        {"key": each.effect.key, "kind": each.effect.kind, "order": each.effect.order, "state": each.state.value}
        | {"needs": each.need.role.value if each.need and each.state is EffectState.WAITING else None}
        | {"why": each.need.why if each.need else ""}
        for each in entries
    ]
