"""A mailed code proves who writes: once, for a while, after few tries."""

from dataclasses import replace
from datetime import timedelta
from types import SimpleNamespace

import pytest

from agent.desk import proof
from agent.desk.proof import ProvingEffects
from agent.desk.send import DeliveryError
from agent.desk.turns import load
from agent.domain.decision import Offer, Remedy, RemedyKind
from agent.domain.effect import EffectState, PlannedEffect
from agent.domain.intents import Intent
from agent.domain.message import Identity
from agent.domain.pending import CodeCheck, Pending, pending_json, read_pending
from agent.policy.proving import CODE, masked
from agent.store.tables import conversation


class Postbox:
    def __init__(self) -> None:
        self.mails: list[str] = []
        self.broken = False

    async def send(self, *, to: str, subject: str, text: str) -> None:
        if self.broken:
            raise DeliveryError("away", permanent=False)
        self.mails.append(text)


class Words:
    def render(self, key, language, values=None):
        return f"{key} {dict(values or {})['code']}"


@pytest.fixture
def post():
    return Postbox()


@pytest.fixture
async def thread(scene):
    return (await scene.receive("I want my money back")).conversation


@pytest.fixture
def desk(scene, post, make):
    clock = SimpleNamespace(now=lambda: make.now)
    return ProvingEffects(SimpleNamespace(), scene.engine, post, Words(), clock)


def mailing(thread: str, email: str = "Anna@example.com") -> PlannedEffect:
    return PlannedEffect(key="proof_code-1", kind=CODE, order="1042", payload={"email": email, "conversation": thread, "language": "en"})


async def checked(scene, thread, text, now):
    async with scene.engine.connect() as connection:
        return await proof.check(connection, thread, text, now)


async def told(scene, thread, check, now):
    turn = replace(await scene.turn(thread), code=check, now=now, identity=Identity(code_email="anna@example.com"))
    async with scene.engine.begin() as connection:
        await proof.settle(connection, turn)


async def test_the_right_code_proves_the_address_once_and_for_an_hour(scene, thread, desk, post, make):
    assert (await desk.carry_out(mailing(thread))).state is EffectState.CONFIRMED
    code = post.mails[0].split()[-1]
    found = await checked(scene, thread, f"it says {code}, thanks", make.now)
    assert (found.check, found.email) == (CodeCheck.RIGHT, "anna@example.com")
    await told(scene, thread, CodeCheck.RIGHT, make.now)
    assert (await checked(scene, thread, code, make.now)).check is CodeCheck.NONE
    (row,) = await scene.rows("select strong_email, strong_until from conversation")
    assert row == {"strong_email": "anna@example.com", "strong_until": make.now + timedelta(hours=1)}


async def test_digits_of_every_script_are_read_and_longer_numbers_are_no_code(scene, thread, desk, post, make):
    await desk.carry_out(mailing(thread))
    code = post.mails[0].split()[-1]
    arabic = code.translate(str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩"))
    assert (await checked(scene, thread, arabic, make.now)).check is CodeCheck.RIGHT
    assert (await checked(scene, thread, f"order 9{code}", make.now)).check is CodeCheck.NONE


async def test_after_five_wrong_codes_the_right_one_is_refused_too(scene, thread, desk, post, make):
    await desk.carry_out(mailing(thread))
    code = post.mails[0].split()[-1]
    wrong = f"{(int(code) + 1) % 1_000_000:06}"
    for left in (4, 3, 2, 1, 0):
        found = await checked(scene, thread, wrong, make.now)
        assert (found.check, found.left) == (CodeCheck.WRONG, left)
        await told(scene, thread, CodeCheck.WRONG, make.now)
    assert (await checked(scene, thread, code, make.now)).check is CodeCheck.SPENT


async def test_a_code_is_too_old_after_a_quarter_of_an_hour(scene, thread, desk, post, make):
    await desk.carry_out(mailing(thread))
    code = post.mails[0].split()[-1]
    assert (await checked(scene, thread, code, make.now + timedelta(minutes=14))).check is CodeCheck.RIGHT
    assert (await checked(scene, thread, code, make.now + timedelta(minutes=15))).check is CodeCheck.SPENT


async def test_another_conversation_cannot_use_it(scene, thread, desk, post, make):
    other = (await scene.receive("Hi", thread="u", external_id="x2")).conversation
    await desk.carry_out(mailing(thread))
    assert (await checked(scene, other, post.mails[0].split()[-1], make.now)).check is CodeCheck.NONE


async def test_a_mailbox_is_not_flooded(scene, thread, desk, post):
    results = [await desk.carry_out(mailing(thread)) for _ in range(6)]
    assert [result.state for result in results] == [EffectState.CONFIRMED] * 4 + [EffectState.FAILED] * 2
    assert results[-1].error == "too_many_codes"
    assert len(post.mails) == 4


async def test_a_mail_that_cannot_be_sent_is_a_failed_effect(desk, thread, post):
    post.broken = True
    assert (await desk.carry_out(mailing(thread))).state is EffectState.FAILED


async def test_no_code_is_stored_as_it_was_mailed(scene, thread, desk, post):
    await desk.carry_out(mailing(thread))
    code = post.mails[0].split()[-1]
    assert all(code not in str(value) for row in await scene.rows("select digest from proof_code") for value in row.values())


async def test_a_proof_ends_and_so_does_what_it_opened(scene, thread, make):
    async with scene.engine.begin() as connection:
        values = {"strong_email": "anna@example.com", "strong_until": make.now + timedelta(minutes=5)}
        await connection.execute(conversation.update().values(values))
    seen = [(await load(scene.engine, thread, make.now + timedelta(minutes=late))).identity.code_email for late in (4, 5)]
    assert seen == ["anna@example.com", None]


def test_an_address_is_shown_by_its_first_letter():
    assert masked("anna.weber@example.com") == "a•••@example.com"


def test_offers_come_back_from_the_database_as_they_went():
    remedy = Remedy(kind=RemedyKind.RESHIP, intent=Intent.PARCEL_LOST, order="1042", detail=(("warehouse", "RTM"),), rule="a@1#b:2")
    offer = Offer(remedy=remedy, key="offer-reship", days=(3, 6))
    pending = Pending(offers=(offer,), by="mia", chosen=offer)
    assert read_pending(pending_json(pending)) == pending
    assert read_pending(None) is None
