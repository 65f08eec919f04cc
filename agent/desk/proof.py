"""Codes mailed to the address of an order: who sends one back has shown to be its customer. Only digests are kept."""

import asyncio
import hashlib
import hmac
import re
import secrets
import unicodedata
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Row, func, insert, select, text, update
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from agent.desk.mail import Mailer
from agent.desk.send import DeliveryError
from agent.domain.effect import EffectResult, EffectState, PlannedEffect
from agent.domain.message import Turn
from agent.domain.pending import CodeCheck
from agent.phrasing import Phrases
from agent.policy.proving import CODE, DIGITS
from agent.ports import Clock, Effects
from agent.store.tables import conversation, proof_code

VALID = timedelta(minutes=15)
#: How long the writer counts as proven after the code came back.
TRUSTED = timedelta(hours=1)
TRIES = 5
#: Codes an hour to one address, whoever asks: a mailbox must not be flooded.
MOST_AN_HOUR = 4
#: And a day: whoever knows an order and its address could else try so often that one guess is right.
MOST_A_DAY = 12
_ONE_AT_A_TIME = text("select pg_advisory_xact_lock(hashtextextended('portside.codes.' || cast(:email as text), 0))")
_SIX = re.compile(rf"(?<!\d)\d{{{DIGITS}}}(?!\d)")


@dataclass(frozen=True, slots=True)
class Checked:
    """What the customer's words say about the open code. `email` is proven when it is right."""

    check: CodeCheck = CodeCheck.NONE
    left: int = 0
    email: str | None = None


async def check(connection: AsyncConnection, thread: str, text: str, now: datetime) -> Checked:
    """Reads alone; `settle` writes down what it came to."""
    row = await _open(connection, thread)
    if row is None:
        return Checked()
    given = _SIX.findall("".join(str(unicodedata.decimal(char)) if char.isdecimal() else char for char in text))
    if not given:
        return Checked(left=TRIES - row.tries)
    if row.tries >= TRIES or row.expires_at <= now:
        return Checked(CodeCheck.SPENT)
    if await asyncio.to_thread(_matches, row.digest, given[0]):
        return Checked(CodeCheck.RIGHT, TRIES - row.tries, row.email)
    return Checked(CodeCheck.WRONG, TRIES - row.tries - 1)


async def settle(connection: AsyncConnection, turn: Turn) -> None:
    """Within the turn's transaction: a right code is used up, a wrong one counts."""
    if turn.code is CodeCheck.NONE:
        return
    row = await _open(connection, turn.conversation)
    if row is None:
        return
    mine = update(proof_code).where(proof_code.c.id == row.id)
    if turn.code is CodeCheck.RIGHT:
        if row.email != turn.identity.code_email:
            return  # mailed meanwhile to somebody else: that one nobody has sent back
        await connection.execute(mine.values(used_at=turn.now))
        proven = {"strong_email": row.email, "strong_until": turn.now + TRUSTED}
        await connection.execute(update(conversation).where(conversation.c.id == turn.conversation).values(proven))
    else:
        await connection.execute(mine.values(tries=proof_code.c.tries + 1))


async def _open(connection: AsyncConnection, thread: str) -> Row[Any] | None:
    """The newest code, unless it was used."""
    newest = select(proof_code).where(proof_code.c.conversation == thread).order_by(proof_code.c.created_at.desc()).limit(1)
    row = (await connection.execute(newest)).one_or_none()
    return row if row is not None and row.used_at is None else None


class ProvingEffects:
    """The shop's effects, and beside them the one that Portside carries out itself: to mail a code."""

    def __init__(self, shop: Effects, engine: AsyncEngine, mailer: Mailer, phrases: Phrases, clock: Clock) -> None:
        self._shop, self._engine, self._mailer, self._phrases, self._clock = shop, engine, mailer, phrases, clock

    async def carry_out(self, effect: PlannedEffect) -> EffectResult:
        return await self._mail(effect) if effect.kind == CODE else await self._shop.carry_out(effect)

    async def look_up(self, effect: PlannedEffect) -> EffectResult | None:
        """A code that nobody knows to be sent is forgotten: the customer asks for another."""
        return None if effect.kind == CODE else await self._shop.look_up(effect)

    async def _mail(self, effect: PlannedEffect) -> EffectResult:
        email, language, now = str(effect.payload["email"]), str(effect.payload["language"]), self._clock.now()
        code = "".join(secrets.choice("0123456789") for _ in range(DIGITS))
        async with self._engine.begin() as connection:
            if await _too_many(connection, email, now):
                return EffectResult(state=EffectState.FAILED, data={}, error="too_many_codes")
            await connection.execute(insert(proof_code).values(await _row(effect, email, code, now)))
        words = {name: self._phrases.render(name, language, {"code": code}) for name in ("mail-code-subject", "mail-code")}
        try:
            await self._mailer.send(to=email, subject=words["mail-code-subject"], text=words["mail-code"])
        except DeliveryError as error:
            return EffectResult(state=EffectState.FAILED, data={}, error=str(error))
        return EffectResult(state=EffectState.CONFIRMED, data={})


async def _row(effect: PlannedEffect, email: str, code: str, now: datetime) -> dict[str, Any]:
    digest = await asyncio.to_thread(_digest, code, secrets.token_bytes(16))
    return {
        "id": secrets.token_hex(16),
        "conversation": effect.payload["conversation"],
        "email": email.casefold(),
        "digest": digest,
        "expires_at": now + VALID,
        "created_at": now,
    }


async def _too_many(connection: AsyncConnection, email: str, now: datetime) -> bool:
    """Many conversations may ask at once: they are counted one after the other."""
    await connection.execute(_ONE_AT_A_TIME, {"email": email.casefold()})
    mine, hour = proof_code.c.email == email.casefold(), proof_code.c.created_at > now - timedelta(hours=1)
    recent = select(func.count(), func.count().filter(hour)).where(mine, proof_code.c.created_at > now - timedelta(days=1))
    today, lately = (await connection.execute(recent)).one()
    return lately >= MOST_AN_HOUR or today >= MOST_A_DAY


def _digest(code: str, salt: bytes) -> str:
    """Slow on purpose: six digits are few."""
    return f"{salt.hex()}${hashlib.scrypt(code.encode(), salt=salt, n=2**13, r=8, p=1).hex()}"


def _matches(digest: str, code: str) -> bool:
    salt = bytes.fromhex(digest.partition("$")[0])
    return hmac.compare_digest(_digest(code, salt), digest)
