"""What a customer was promised before: sentences of ours with a day or an amount, and rows of the ledger; and whether it was kept. Pure."""

import re
from collections.abc import Iterable
from datetime import date

from agent.domain.card import DeskMemory, Done, Promise, Said
from agent.domain.commerce import Order
from agent.domain.effect import EffectState
from agent.domain.money import Money
from agent.phrasing import money
from agent.signals.spoken_dates import amounts, dates, plain_digits

MOST = 8
#: A full stop behind a figure ends a day or a number, not a sentence.
_END = re.compile(r"(?:(?<=[!?؟])|(?<=\D\.)|(?<=\d{4}\.))\s+(?=\S)|(?<=[。！？])|\n+")
_ORDER = re.compile(r"#\d{3,}")
#: What the ledger's states say about a promise; the others are still open.
_KEPT = {EffectState.CONFIRMED.value: True, EffectState.FAILED.value: False}


def promises(memory: DeskMemory, order: Order | None, today: date) -> tuple[Promise, ...]:
    """Newest first, each text once."""
    found = [promise for said in memory.said for promise in _of_message(said, order, memory.done, today)]
    found += [_of_ledger(done) for done in memory.done]
    newest = {promise.text: promise for promise in sorted(found, key=lambda each: each.at)}
    return tuple(sorted(newest.values(), key=lambda each: each.at, reverse=True)[:MOST])


def sentences(text: str) -> list[str]:
    return [part.strip() for part in _END.split(text) if part and part.strip()]


def _of_message(said: Said, order: Order | None, done: Iterable[Done], today: date) -> Iterable[Promise]:
    for sentence in sentences(said.text):
        days = [day for day in dates(_ORDER.sub("", sentence), said.at.date()) if day >= said.at.date()]
        if days or amounts(sentence):
            due = max(days, default=None)
            kept, why = _kept(sentence, said, due, order, done, today)
            yield Promise(text=sentence, at=said.at, by=said.by, kept=kept, due=due, why=why, conversation=said.conversation)


def _kept(sentence: str, said: Said, due: date | None, order: Order | None, done: Iterable[Done], today: date) -> tuple[bool | None, str]:
    """A day is held against the parcel that was promised for it, an amount against what was really paid back."""
    if order is None:
        return None, ""
    parcel = next((each for each in order.shipments if due and each.promised == due), None)
    if parcel and due:
        if parcel.delivered_at:
            return parcel.delivered_at.date() <= due, f"delivered {parcel.delivered_at.date()}"
        return (False, "not delivered yet") if today > due else (None, "not due yet")
    return _paid(sentence, said, order, done)


def _paid(sentence: str, said: Said, order: Order, done: Iterable[Done]) -> tuple[bool | None, str]:
    for refund in order.refunds:
        if _names(sentence, refund.amount, said.language):
            return (True, f"paid back {refund.at.date()}") if refund.succeeded else (None, "on its way to the bank")
    for row in done:
        if row.amount and _names(sentence, row.amount, said.language):
            return _KEPT.get(row.state), f"{row.kind} {row.state}"
    return None, ""


def _names(sentence: str, amount: Money, language: str) -> bool:
    return plain_digits(money(amount, language)) in plain_digits(sentence)


def _of_ledger(done: Done) -> Promise:
    value = f" {money(done.amount, 'en')}" if done.amount else ""
    text = f"{done.kind.replace('_', ' ')}{value} for #{done.order}"
    why = f"ledger: {done.state}" + (f" ({done.error})" if done.error else "")
    return Promise(text=text, at=done.at, by="ledger", kept=_KEPT.get(done.state), why=why)
