"""What the warehouse does with returns and new orders. Each changes the books and tells what happened, for the procedures.

Told twice, it happens once and tells the same. What cannot happen now raises MoveNotAllowed, an unknown number NotFound.
"""

from dataclasses import replace
from datetime import datetime

from agent.commerce.papers import ReturnSlip
from agent.commerce.remedies.books import Books
from agent.commerce.remedies.cancel import OPEN, undo
from agent.commerce.remedies.procedures.inspection import STANDARDS, Grade
from agent.commerce.remedies.return_ import accepted, close, grade_of
from agent.commerce.remedies.value import given
from agent.domain.commerce import Order, ReturnState
from agent.domain.decision import RemedyKind
from agent.domain.procedure import Happening, MoveNotAllowed
from agent.errors import NotFound

Happenings = tuple[Happening, ...]


async def receive(books: Books, at: datetime, number: str) -> Happenings:
    """The parcel of this return is at the door."""
    slip, _ = await _held(books, number)
    if slip.step is ReturnState.LABELLED:
        await books.put_return(replace(slip, step=ReturnState.RECEIVED))
    elif slip.step is not ReturnState.RECEIVED:
        raise _not_now(slip, "received")
    return (await _told(books, slip, "received"),)


async def inspect(books: Books, at: datetime, number: str, grade: Grade, note: str = "") -> Happenings:
    """Graded by the written standard. A and B release what waits for it; D and E send it back; C is for a person to decide."""
    slip, order = await _held(books, number)
    if slip.step is ReturnState.RECEIVED:
        slip = replace(slip, step=ReturnState.INSPECTED, inspection={"grade": grade.value, "note": note, "at": at.isoformat()})
        await books.put_return(slip)
    elif grade_of(slip) is not grade:
        raise _not_now(slip, "inspected")
    told = await _told(books, slip, "inspected", grade=grade.value, note=note)
    if told.kind is RemedyKind.EXCHANGE and grade in {Grade.AS_NEW, Grade.OPENED}:
        return (told, *await accept(books, at, number))
    if slip.step is ReturnState.INSPECTED and accepted(slip) and await _made_good(books, order, slip):
        await close(books, order, slip)
    return (told,)


async def accept(books: Books, at: datetime, number: str) -> Happenings:
    """The old piece of an exchange is taken back, and the new one may go."""
    slip, order = await _held(books, number)
    told = await _told(books, slip, "accepted")
    if not accepted(slip) or told.kind is not RemedyKind.EXCHANGE:
        raise _not_now(slip, "accepted")
    if slip.step is ReturnState.INSPECTED:
        await close(books, order, slip)
    return (told,)


async def send_back(books: Books, at: datetime, number: str) -> Happenings:
    """The piece goes back to the customer; a new one that waited for it goes back to the shelf."""
    slip, _ = await _held(books, number)
    grade = grade_of(slip)
    if slip.step is ReturnState.INSPECTED and grade and "send_back" in STANDARDS[grade].events:
        await _give_up(books, slip, at)
    elif slip.step is not ReturnState.REFUSED:
        raise _not_now(slip, "send_back")
    return (await _told(books, slip, "send_back"),)


async def lapse(books: Books, at: datetime, number: str) -> Happenings:
    """The parcel never came."""
    slip, _ = await _held(books, number)
    if slip.step is ReturnState.LABELLED:
        await _give_up(books, slip, at)
    elif slip.step is not ReturnState.REFUSED or slip.inspection:
        raise _not_now(slip, "lapsed")
    return (await _told(books, slip, "lapsed"),)


async def _held(books: Books, number: str) -> tuple[ReturnSlip, Order]:
    """The slip, with its order held before the slip is read for good."""
    known = await books.slip(number)
    order = await books.order(known.order) if known else None
    slip = await books.slip(number)
    if slip is None or order is None:
        raise NotFound(f'There is no return "{number}". Its number is on the label, like RL-ABC234.')
    return slip, order


async def _give_up(books: Books, slip: ReturnSlip, at: datetime) -> None:
    await books.put_return(replace(slip, step=ReturnState.REFUSED, open=False))
    deed = await books.deed("return", slip.number)
    new = await books.order(str(deed.data.get("new_order", ""))) if deed else None
    if new and new.state in OPEN:
        await undo(books, new, at)


async def _made_good(books: Books, order: Order, slip: ReturnSlip) -> bool:
    """Paid back before it was inspected: nothing is left to be settled."""
    state = await given(books, order)
    return state.left == 0 or all(state.room(sku) == 0 for sku, _ in slip.lines)


async def _told(books: Books, slip: ReturnSlip, event: str, **detail: str) -> Happening:
    deed = await books.deed("return", slip.number)
    kind = RemedyKind.EXCHANGE if deed and deed.kind == RemedyKind.EXCHANGE else RemedyKind.RETURN
    return Happening(key=f"{slip.number}:{event}", event=event, order=slip.order, kind=kind, reference=slip.number, detail=detail)


def _not_now(slip: ReturnSlip, event: str) -> MoveNotAllowed:
    return MoveNotAllowed(f'Return {slip.number} is "{slip.step}": "{event}" cannot happen to it now. Look at its steps in the case.')
