"""What an order may still give back: its account is held while money is planned on it, so that all plans together never exceed what was paid."""

from collections import Counter
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, and_, case, func, select, text, update
from sqlalchemy.dialects.postgresql import insert as upsert
from sqlalchemy.ext.asyncio import AsyncConnection

from agent.commerce.currency import in_euro
from agent.desk.granting import COUNTED, LIMITED
from agent.domain.decision import RemedyKind
from agent.domain.effect import PlannedEffect
from agent.domain.money import Money
from agent.store.remedy_tables import order_account
from agent.store.tables import effect

_LIVE = effect.c.state != "failed"
_REFUND = effect.c.kind == RemedyKind.REFUND.value
#: One person's grants are planned one after the other, whatever orders they are on: a day's limit counts them all.
_ONE_AT_A_TIME = text("select pg_advisory_xact_lock(hashtextextended('portside.grants.' || cast(:who as text), 0))")
_MIDNIGHT = text("date_trunc('day', now() at time zone 'UTC') at time zone 'UTC'")


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """One order's, held by this transaction. Minor units of `currency`.

    `paid`: by the customer. `promised`: by the ledger, in whatever state but failed. `repaid`: refunds among it that were confirmed.
    `other`: goods that were exchanged. `cancelled`: a cancellation is planned or done, and gives back all that was left.
    """

    paid: int
    currency: str
    promised: int
    repaid: int
    other: int
    cancelled: bool

    def left(self, refunded: Money | None) -> int:
        """What may still be given, when the source says that `refunded` went back. What it shows beyond ours was paid by somebody else."""
        if self.cancelled:
            return 0
        return self.paid - self.promised - self._elsewhere(refunded)

    def given(self, refunded: Money | None) -> Money:
        """What was promised that the source's refunds do not show."""
        shown = min(refunded.minor, self.repaid) if refunded and refunded.currency == self.currency else 0
        return Money(self.promised + self.other - shown, self.currency)

    def _elsewhere(self, refunded: Money | None) -> int:
        return max(refunded.minor - self.repaid, 0) if refunded and refunded.currency == self.currency else 0


async def hold(connection: AsyncConnection, order: str, paid: Money | None, without: str = "") -> Account | None:
    """The order's account, held until the transaction ends; None when nobody ever said what was paid.

    `paid` is the newest reading and replaces an older one in the same currency. `without`: key of an effect that is not to be counted.
    """
    if paid is not None:
        row = {"order_number": order, "paid": max(paid.minor, 0), "currency": paid.currency}
        await connection.execute(upsert(order_account).values(row).on_conflict_do_nothing())
    mine = order_account.c.order_number == order
    held = (await connection.execute(select(order_account).where(mine).with_for_update())).one_or_none()
    if held is None:
        return None
    if paid is not None and paid.currency == held.currency and max(paid.minor, 0) != held.paid:
        await connection.execute(update(order_account).where(mine).values(paid=max(paid.minor, 0), updated_at=func.now()))
        return await _summed(connection, order, max(paid.minor, 0), held.currency, without)
    return await _summed(connection, order, held.paid, held.currency, without)


async def _summed(connection: AsyncConnection, order: str, paid: int, currency: str, without: str) -> Account:
    counted = effect.c.kind.in_(sorted(COUNTED))
    query = select(
        _sum(counted).label("promised"),
        _sum(and_(_REFUND, effect.c.state == "confirmed")).label("repaid"),
        _sum(effect.c.kind == RemedyKind.EXCHANGE.value).label("other"),
        func.coalesce(func.bool_or(effect.c.kind == RemedyKind.CANCEL.value), False).label("cancelled"),
    ).where(effect.c.order_number == order, _LIVE, effect.c.key != without)
    row = (await connection.execute(query)).one()
    return Account(paid=paid, currency=currency, promised=row.promised, repaid=row.repaid, other=row.other, cancelled=bool(row.cancelled))


async def made_good(connection: AsyncConnection, planned: PlannedEffect) -> bool:
    """Whether money or another piece was promised for some of its pieces already. The shop may not know: to it, each is an order of its own."""
    bought = Counter[str]()
    for sku, pieces in planned.bought:
        bought[sku] += pieces
    wanted = _pieces(planned.payload)
    if not wanted or not bought:
        return False
    kinds = effect.c.kind.in_(sorted(COUNTED | {RemedyKind.EXCHANGE.value}))
    earlier = await connection.scalars(select(effect.c.payload).where(effect.c.order_number == planned.order, kinds, _LIVE))
    promised = sum((_pieces(payload) for payload in earlier), Counter[str]())
    return any(promised[sku] and promised[sku] + pieces > bought[sku] for sku, pieces in wanted.items())


def _pieces(payload: dict[str, Any]) -> Counter[str]:
    count = Counter[str]()
    for line in payload.get("lines") or ():
        count[line["sku"]] += line["quantity"]
    return count


def _sum(condition: ColumnElement[bool]) -> ColumnElement[int]:
    return func.coalesce(func.sum(case((condition, effect.c.amount), else_=0)), 0)


async def given_today(connection: AsyncConnection, who: str) -> Money:
    """In euro: what this person has granted since midnight UTC. Their other plans wait until this transaction ends.

    To be asked before the first account is held: the other way round, two of their plans could wait for each other.
    """
    await connection.execute(_ONE_AT_A_TIME, {"who": who})
    query = (
        select(effect.c.currency, func.sum(effect.c.amount).label("minor"))
        .where(effect.c.authority == who, effect.c.created_at >= _MIDNIGHT, _LIVE, effect.c.kind.in_(sorted(LIMITED)))
        .where(effect.c.amount.is_not(None))
        .group_by(effect.c.currency)
    )
    return Money(sum([_euro(int(row.minor), row.currency) for row in await connection.execute(query)]), "EUR")


def _euro(minor: int, currency: str) -> int:
    """An amount without a book rate was granted by finance, whom no day's limit binds."""
    found = in_euro(Money(minor, currency))
    return found.minor if found else 0
