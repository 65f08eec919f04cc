"""Effects become rows of the ledger: each wish once, none beyond what was paid, none beyond what its role may grant."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import Row, select
from sqlalchemy.dialects.postgresql import insert as upsert
from sqlalchemy.ext.asyncio import AsyncConnection

from agent.desk import accounts, approvals, audit, procedures
from agent.desk.accounts import Account
from agent.desk.granting import COUNTED, LIMITED, Given, Need, Standing, by_limits
from agent.domain.authority import Role
from agent.domain.decision import RemedyKind
from agent.domain.effect import EffectState, PlannedEffect
from agent.domain.money import Money
from agent.store.tables import effect

#: Largest amount that a row can hold.
MOST = 2**31 - 1
#: Codes for the customer's next order: one an order, whatever it is called.
_CODES = frozenset({RemedyKind.COUPON.value, RemedyKind.WAIT.value})


@dataclass(frozen=True, slots=True)
class Entry:
    """What became of one planned effect. `error` says why it failed at once: over_paid, currency, amount, once, over_limit, refused."""

    effect: PlannedEffect
    state: EffectState
    error: str = ""
    need: Need | None = None


async def plan_effects(
    connection: AsyncConnection, thread: str, turn: str, effects: Sequence[PlannedEffect], authority: str, standing: Standing | None = None
) -> tuple[Entry, ...]:
    """Ledger rows; the same wish is the same row, and what became of it stays.

    What may not be is written as `failed`, so that the reply that waits for it is withdrawn and its case handed over. What a second person must
    agree to is `waiting`, with an approval. Orders are held one after the other by number, so that two plans never wait for each other.
    """
    if not effects:
        return ()
    on = standing or Standing(who=authority)
    known = {row.key: row for row in await connection.execute(select(effect).where(effect.c.key.in_([each.key for each in effects])))}
    entries = [_known(each, known[each.key]) for each in effects if each.key in known]
    fresh = sorted((each for each in effects if each.key not in known), key=lambda each: (each.order, each.key))
    for each in fresh:
        judged = await _judged(connection, each, on) if each.kind in LIMITED else Entry(each, EffectState.PLANNED)
        entries.append(judged)
        await _write(connection, thread, turn, judged, authority, on)
    return tuple(entries)


def _known(planned: PlannedEffect, row: Row[Any]) -> Entry:
    return Entry(planned, EffectState(row.state), row.error)


async def _judged(connection: AsyncConnection, planned: PlannedEffect, on: Standing) -> Entry:
    """Against the order's account first, then against what the role may grant, with all that this plan has granted before."""
    today = await accounts.given_today(connection, on.who) if on.role is not Role.BOT else None
    account = await accounts.hold(connection, planned.order, planned.paid)
    refunded = on.refunded.get(planned.order)
    planned = with_amount(planned, account, refunded)
    error = fault(planned, account, refunded) or (await _second_code(connection, planned))
    if error:
        return Entry(planned, EffectState.FAILED, error)
    given = Given(account.given(refunded) if account else None, today)
    need = on.judging.get(planned.key, by_limits)(planned, given)
    if need.refused:
        return Entry(planned, EffectState.FAILED, "refused", need)
    if need.role.rank < Role.LEAD.rank and await accounts.made_good(connection, planned):
        need = Need(Role.LEAD, need.why, "Something was given for these pieces already.")
    if need.role.rank <= on.role.rank:
        return Entry(planned, EffectState.PLANNED, need=need)
    if on.role is Role.BOT and not on.asks:  # never a row that waits on the agent's word: a person must have looked at it first
        return Entry(planned, EffectState.FAILED, "over_limit", need)
    return Entry(planned, EffectState.WAITING, need=need)


def with_amount(planned: PlannedEffect, account: Account | None, refunded: Money | None) -> PlannedEffect:
    """A refund or a new parcel that names no amount is all that is left."""
    if planned.kind not in COUNTED or planned.amount is not None or account is None:
        return planned
    amount = Money(max(account.left(refunded), 0), account.currency)
    told = {"minor": amount.minor, "currency": amount.currency} if planned.kind == RemedyKind.REFUND else {}
    return replace(planned, amount=amount, payload={**planned.payload, **told})


def fault(planned: PlannedEffect, account: Account | None, refunded: Money | None) -> str:
    """Why it may not be, whoever orders it; "" when nothing speaks against it. Pure."""
    amount, counted = planned.amount, planned.kind in COUNTED
    if amount is None:
        return "over_paid" if counted else ""  # nobody ever said what was paid
    if account is None:
        return "over_paid"
    currencies = {amount.currency, account.currency} | ({planned.paid.currency} if planned.paid else set[str]())
    if len(currencies) > 1:
        return "currency"
    if counted and account.left(refunded) <= 0:
        return "over_paid"
    if amount.minor <= 0:
        return "amount"
    return "over_paid" if amount.minor > min(account.left(refunded), MOST) else ""


async def _second_code(connection: AsyncConnection, planned: PlannedEffect) -> str:
    """Codes cannot be stacked: an order earns one."""
    if planned.kind not in _CODES:
        return ""
    same = select(effect.c.key).where(effect.c.order_number == planned.order, effect.c.kind.in_(sorted(_CODES)), effect.c.state != "failed")
    return "once" if (await connection.execute(same.limit(1))).first() else ""


async def _write(connection: AsyncConnection, thread: str, turn: str, entry: Entry, authority: str, on: Standing) -> None:
    """The row with its approval, its procedure and its line in the audit; nothing when somebody else has just written it."""
    planned = entry.effect
    bad = planned.amount is not None and not 0 <= planned.amount.minor <= MOST
    amount = None if bad else planned.amount
    row = {
        "key": planned.key,
        "conversation": thread,
        "turn": turn,
        "kind": planned.kind,
        "order_number": planned.order,
        "payload": planned.payload,
        "authority": authority,
        "state": entry.state.value,
        "error": entry.error,
        "amount": amount.minor if amount else None,
        "currency": amount.currency if amount else None,
    }
    made = upsert(effect).values(row).on_conflict_do_nothing().returning(effect.c.key)
    if (await connection.execute(made)).first() is None:
        return
    if entry.state is EffectState.FAILED:
        why = entry.need.why if entry.need else ""
        await audit.record(connection, authority, "effect.refused", thread, key=planned.key, error=entry.error, rule=why)
        return
    await procedures.start(connection, thread, planned, turn)
    if entry.state is EffectState.WAITING and entry.need:
        await approvals.request(connection, thread, planned, entry.need, on)


async def fresh_key(connection: AsyncConnection, planned: PlannedEffect) -> PlannedEffect:
    """For what a person orders: another try after one that failed, or another amount, is another wish; the same one is not."""
    for attempt in range(1, 50):
        key = planned.key if attempt == 1 else f"{planned.key}.{attempt}"
        row = (await connection.execute(select(effect.c.state, effect.c.payload).where(effect.c.key == key))).one_or_none()
        if row is None or (row.state != "failed" and row.payload == planned.payload):
            return replace(planned, key=key)
    return planned


def failures(entries: Iterable[Entry]) -> tuple[Entry, ...]:
    return tuple(entry for entry in entries if entry.state is EffectState.FAILED)
