"""What happens to parcels and visits: sent, delivered, looked for, mended. As in warehouse.py: told twice, it happens once."""

from dataclasses import replace
from datetime import datetime

from agent.commerce.demo.journeys import CARRIERS, TRACKING_SITE
from agent.commerce.papers import Deed
from agent.commerce.remedies.books import Books
from agent.commerce.remedies.codes import digits
from agent.commerce.remedies.warehouse import Happenings
from agent.commerce.routing import WAREHOUSES, add_business_days, local_day, transit_days
from agent.domain.commerce import Checkpoint, Order, OrderState, ReturnState, Shipment
from agent.domain.decision import RemedyKind
from agent.domain.procedure import Happening, MoveNotAllowed
from agent.errors import NotFound

_TO_SEND = frozenset({OrderState.PAID, OrderState.PACKED})
_UNDER_WAY = frozenset({OrderState.IN_TRANSIT, OrderState.PART_SHIPPED, OrderState.CUSTOMS_HOLD, OrderState.LATE, OrderState.LOST})
#: What the carrier may answer -> the word of the claim's row.
_ANSWERS = {"found": "found", "lost": "lost", "denied": "refused"}
_VISITS = {"repaired": "done", "missed": "missed", "beyond_repair": "done"}


async def ship(books: Books, at: datetime, number: str) -> Happenings:
    """Packed and handed to the carrier: the pieces leave the shelf, the customer gets a tracking number."""
    order = await _order(books, number)
    deed = await books.deed("new_order", order.number)
    if order.state in _TO_SEND:
        await _released(books, order, deed)
        await _send(books, order, at)
        order = await _order(books, number)
    elif not order.shipments:
        raise MoveNotAllowed(f'Order #{order.number} is "{order.state}": it cannot be shipped.')
    return _of(deed, order, "shipped", order.shipments[0].tracking)


async def deliver(books: Books, at: datetime, number: str, tracking: str) -> Happenings:
    """One parcel has arrived; the order is delivered with the last."""
    order = await _order(books, number)
    parcel = next((each for each in order.shipments if each.tracking == tracking), None)
    if parcel is None:
        raise NotFound(f"Order #{order.number} has no parcel {tracking!r}.")
    if parcel.delivered_at is None:
        scan = Checkpoint(at=at, state="delivered", place=order.address.city)
        await books.put_shipment(order.number, replace(parcel, delivered_at=at, checkpoints=(*parcel.checkpoints, scan)))
        others = [each for each in order.shipments if each.tracking != tracking]
        if order.state in _UNDER_WAY and all(each.delivered_at for each in others):
            await books.move(order.number, OrderState.DELIVERED)
    return _of(await books.deed("new_order", order.number), order, "delivered", tracking)


async def answer_claim(books: Books, at: datetime, claim: str, answer: str) -> Happenings:
    """`answer` is found, lost or denied. A parcel that was found may be lost again."""
    if answer not in _ANSWERS:
        raise MoveNotAllowed(f"A carrier answers {', '.join(_ANSWERS)}, not {answer!r}.")
    known = await books.claim(id=claim)
    if known is None:
        raise NotFound(f"There is no claim {claim!r}. Its number looks like CL-ABC234.")
    if known.state in {"open", "found"} and known.state != _ANSWERS[answer]:
        if known.state == "found" and answer == "denied":
            raise MoveNotAllowed(f"The carrier has found the parcel of claim {claim}: it can be lost again, not denied.")
        await books.put_claim(replace(known, state=_ANSWERS[answer]))
    elif known.state != _ANSWERS[answer]:
        raise MoveNotAllowed(f'Claim {claim} was answered already: "{known.state}".')
    told = Happening(key=f"{claim}:{answer}", event=answer, order=known.order, kind=RemedyKind.CLAIM, reference=claim)
    return (told,)


async def visit(books: Books, at: datetime, repair: str, outcome: str) -> Happenings:
    """`outcome` is repaired, missed or beyond_repair."""
    known = await books.repair(id=repair)
    if known is None or outcome not in _VISITS:
        raise NotFound(f"There is no visit {repair!r} with the outcome {outcome!r}. Outcomes: {', '.join(_VISITS)}.")
    if known.state == "booked":
        await books.put_repair(replace(known, state=_VISITS[outcome]))
    elif known.state != _VISITS[outcome]:
        raise MoveNotAllowed(f'Visit {repair} is "{known.state}" already.')
    return (Happening(key=f"{repair}:{outcome}", event=outcome, order=known.order, kind=RemedyKind.REPAIR, reference=repair),)


async def _order(books: Books, number: str) -> Order:
    order = await books.order(number)
    if order is None:
        raise NotFound(f"There is no order #{number}.")
    return order


async def _released(books: Books, order: Order, deed: Deed | None) -> None:
    """The new piece of an exchange waits until the old one has been taken back."""
    slip = await books.slip(str(deed.data["return"])) if deed and "return" in deed.data else None
    if slip and slip.step is not ReturnState.CLOSED:
        raise MoveNotAllowed(f'Order #{order.number} waits for return {slip.number}, which is "{slip.step}".')


async def _send(books: Books, order: Order, at: datetime) -> None:
    house = await books.house(order)
    shelves = {level.sku: level for level in await books.shelves(sorted({line.sku for line in order.lines})) if level.warehouse == house}
    short = [line.sku for line in order.lines if line.sku not in shelves or shelves[line.sku].on_hand < line.quantity]
    if short:
        raise MoveNotAllowed(
            f"{WAREHOUSES[house].city} has too few of {', '.join(short)} for order #{order.number}. Count the shelf first."
        )
    for line in sorted(order.lines, key=lambda line: line.sku):
        await books.shelve(line.sku, house, on_hand=-line.quantity, committed=-line.quantity)
    await books.put_shipment(order.number, _parcel(order, house, await books.service(order.number), at))
    await books.move(order.number, OrderState.IN_TRANSIT)


def _parcel(order: Order, house: str, service: str, at: datetime) -> Shipment:
    prefix = "BL" if service == "express" else "PH"
    tracking = f"{prefix}{digits(9)}{WAREHOUSES[house].suffix}"
    slowest = transit_days(house, order.address.country)[1]
    days = -(-slowest // 2) if service == "express" else slowest
    return Shipment(
        carrier=CARRIERS[prefix],
        tracking=tracking,
        url=f"{TRACKING_SITE}/{tracking}",
        warehouse=house,
        shipped_at=at,
        promised=add_business_days(local_day(at, order.address.country), days),
        checkpoints=(Checkpoint(at=at, state="picked_up", place=WAREHOUSES[house].city),),
    )


def _of(deed: Deed | None, order: Order, event: str, tracking: str) -> Happenings:
    """For the procedure of the remedy that made this order; an ordinary order has none."""
    if deed is None:
        return ()
    told = Happening(
        key=f"{order.number}:{event}",
        event=event,
        order=deed.order,
        kind=RemedyKind(deed.kind),
        reference=order.number,
        detail={"tracking": tracking, "new_order": order.number},
    )
    return (told,)
