"""What we promised this customer: sentences we sent and rows of the ledger, whether they were kept, and where they stand."""

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import datetime

from agent.desk.help.case_file import CaseFile
from agent.desk.help.told import Piece, Source
from agent.domain.card import DeskMemory, Promise, Said
from agent.domain.commerce import Order
from agent.ports import Orders
from agent.signals.promises import promises
from agent.signals.surroundings import Surroundings

#: Messages of ours that are shown when nothing in them has a day or an amount.
LAST = 3
_STATE = {True: "kept", False: "not kept", None: "open"}


async def promised(file: CaseFile, orders: Orders, desk: Surroundings, now: datetime) -> AsyncIterator[Piece]:
    """Newest first; what we wrote last when there is no promise with a figure."""
    order = await orders.by_number(file.order) if file.order else None
    memory = await _memory(file, order, desk, now)
    found = promises(memory, order, now.date())
    for each in found:
        yield _piece(each, file)
    if not found:
        yield Piece(text="Nothing that we wrote or did promises a day or an amount." + (" What we wrote last:" if memory.said else ""))
        for said in sorted(memory.said, key=lambda each: each.at, reverse=True)[:LAST]:
            yield Piece(text=said.text, sources=(_conversation(said.conversation),), more=_when(said.by, said.at))


async def _memory(file: CaseFile, order: Order | None, desk: Surroundings, now: datetime) -> DeskMemory:
    """All that was sent to this customer; without a proven order, what was sent in this conversation."""
    memory = await desk.recall(order.number, order.customer.email, file.subjects, now) if order else DeskMemory()
    here = tuple(
        Said(conversation=file.conversation, by=line.author, text=line.text, language=file.packet["language"], at=line.at)
        for line in file.lines
        if line.author != "customer"
    )
    known = {(said.conversation, said.text) for said in memory.said}
    return replace(memory, said=(*memory.said, *(said for said in here if (said.conversation, said.text) not in known)))


def _piece(promise: Promise, file: CaseFile) -> Piece:
    ledger = promise.by == "ledger"
    source = _ledger(file) if ledger else _conversation(promise.conversation or file.conversation)
    due = f"due {promise.due}" if promise.due else ""
    more = " · ".join(part for part in (_when(promise.by, promise.at), due, promise.why) if part)
    return Piece(text=promise.text, sources=(source,), tag=_STATE[promise.kept], more=more)


def _when(by: str, at: datetime) -> str:
    return f"{'assistant' if by == 'bot' else by}, {at:%Y-%m-%d %H:%M} UTC"


def _conversation(conversation: str) -> Source:
    return Source(label="conversation", href=f"/desk/conversations/{conversation}")


def _ledger(file: CaseFile) -> Source:
    return Source(label="ledger", href=f"/desk/ledger?order={file.order or ''}")
