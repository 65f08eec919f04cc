"""Money, goods and proof against customers who choose twice, and against people who split, name small amounts, or have lost their authority."""

import asyncio
import importlib.util
import os
import sys
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from types import SimpleNamespace

import pytest

from agent.commerce.connectors.shops_file import load as load_shops
from agent.desk import approvals, ordering, proof
from agent.desk.granting import Standing, decided
from agent.desk.jobs import make_app
from agent.desk.ledger import plan_effects
from agent.desk.proof import ProvingEffects
from agent.desk.turns import load
from agent.domain.authority import Role
from agent.domain.commerce import InventoryLevel, Line, OrderState, Piece
from agent.domain.context import CustomerContext, Granted
from agent.domain.decision import Decision, Desk, Offer, Outcome, Reason, Remedy, RemedyKind
from agent.domain.effect import EffectState, PlannedEffect
from agent.domain.intents import Intent
from agent.domain.message import Identity
from agent.domain.money import Money
from agent.domain.pending import OFFERED_FOR, CodeCheck, Pending, pending_json
from agent.errors import BadInput, Conflict, UnsafeSettings
from agent.nodes.gather import staff_view
from agent.policy import candidates
from agent.policy.candidates import Situation
from agent.policy.plan import effects, on_order
from agent.policy.proving import CODE
from agent.store import migrate
from agent.store.tables import conversation, operator, proof_code


def _desk():
    """The desk's stage, which stands in another folder."""
    spec = importlib.util.spec_from_file_location("desk_stage", Path(__file__).parents[1] / "desk" / "conftest.py")
    module = sys.modules["desk_stage"] = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


DESK = _desk()
scene = DESK.scene


@pytest.fixture(scope="session")
def migrated(pg_server):
    """Beside the desk's own, which may run in the same process."""
    name = f"attacked_{os.getpid()}"
    DESK.administer(pg_server, "CREATE DATABASE {} TEMPLATE template0", name)
    url = pg_server.replace("/postgres?", f"/{name}?", 1)
    migrate.upgrade(url)
    asyncio.run(migrate.upgrade_libraries(url, make_app(url)))
    return name


@pytest.fixture
async def thread(scene):
    return (await scene.receive("both, please")).conversation


@pytest.fixture
def two(make):
    """A pair of earbuds and a mat, EUR 50 each, delivered."""
    lines = tuple(
        Line(sku=sku, title=sku, category="audio", quantity=1, price=Money(5000, "EUR"), product=sku) for sku in ("EAR-130", "MAT-1")
    )
    return make.order(OrderState.DELIVERED, lines=lines, total=Money(10_000, "EUR"))


def refund(order, minor, *skus):
    pieces = tuple(Piece(sku, 1) for sku in skus)
    return Remedy(
        kind=RemedyKind.REFUND, intent=Intent.DAMAGED, order=order.number, amount=Money(minor, "EUR"), pieces=pieces, rule="p@1#r:1"
    )


def goods(kind, order, *skus, **more):
    pieces = tuple(Piece(sku, 1) for sku in skus)
    others = pieces if kind is RemedyKind.EXCHANGE else ()
    return Remedy(kind=kind, intent=Intent.DAMAGED, order=order.number, pieces=pieces, others=others, rule="p@1#r:1", **more)


async def chosen(scene, thread, turn, order, remedy, role=Role.OPERATOR, who="mia"):
    """As the commit plans what a customer chose of an operator's offers."""
    decision = Decision(outcome=Outcome.RESOLVE, desk=Desk.AGENT, reasons=(Reason.REMEDIED,), remedies=(remedy,), by=who, role=role)
    async with scene.engine.begin() as connection:
        (entry,) = await plan_effects(connection, thread, turn, effects(turn, (remedy,), [order]), who, decided(turn, decision, [order]))
    return entry.state.value, entry.error


async def test_many_offers_do_not_add_up_to_more_than_a_day(scene, thread, two):
    states = []
    for number in range(11):
        order = replace(two, number=f"20{number:02}")
        states.append((await chosen(scene, thread, f"t:{number}", order, refund(order, 10_000)))[0])
    assert states == ["planned"] * 10 + ["waiting"]


async def test_one_answer_with_several_refunds_is_held_to_the_day_as_a_whole(scene, thread, two):
    planned = []
    for number in range(11):
        order = replace(two, number=f"20{number:02}")
        planned.append(on_order("t:1", refund(order, 10_000), order))
    async with scene.engine.begin() as connection:
        entries = await plan_effects(connection, thread, "t:1", planned, "mia", Standing(who="mia", role=Role.OPERATOR))
    assert [entry.state.value for entry in entries] == ["planned"] * 10 + ["waiting"]


@pytest.mark.parametrize("pieces", [(Piece("EAR-130", 1),), ()])
def test_goods_are_worth_their_price_whatever_amount_is_named(two, pieces):
    cheap = Remedy(kind=RemedyKind.RESHIP, intent=Intent.DAMAGED, order=two.number, pieces=pieces, amount=Money(1, "EUR"))
    assert ordering.with_price(cheap, two).amount == Money(5000 if pieces else 10_000, "EUR")


def test_what_was_paid_back_is_not_sent_again_for_the_rest(make, two):
    back = make.order(OrderState.REFUNDED).refunds[0]
    order = replace(two, refunds=(replace(back, amount=Money(6000, "EUR")),))
    with pytest.raises(BadInput):
        ordering.with_price(goods(RemedyKind.RESHIP, order, "EAR-130"), order)
    levels = (InventoryLevel(sku="EAR-130", warehouse="RTM", on_hand=9, committed=0, incoming=0, read_at=make.now),)
    situation = Situation(
        order=order, intent=Intent.DAMAGED, now=make.now, judge=lambda remedy: None, pieces=(Piece("EAR-130", 1),), stock=levels
    )
    assert candidates.reship(situation) == ()
    assert candidates.reship(replace(situation, order=two)) != ()


@pytest.mark.parametrize("second", [RemedyKind.RESHIP, RemedyKind.EXCHANGE, RemedyKind.REFUND])
async def test_two_remedies_for_one_piece_need_a_second_person(scene, thread, two, second):
    """The shop may not know that its new order, or its refund, was for the same piece."""
    assert await chosen(scene, thread, "t:1", two, refund(two, 5000, "EAR-130")) == ("planned", "")
    other = await scene.receive("the other one", thread="u")
    again = refund(two, 4000, "EAR-130") if second is RemedyKind.REFUND else goods(second, two, "EAR-130", amount=Money(5000, "EUR"))
    assert await chosen(scene, other.conversation, "u:1", two, again, who="tom") == ("waiting", "")
    if second is RemedyKind.REFUND:
        assert await chosen(scene, thread, "t:2", two, refund(two, 900, "MAT-1"), who="tom") == ("planned", "")


async def test_an_exchange_counts_against_limits_and_needs_what_was_paid(scene, thread, two):
    dear = replace(
        two, number="9", total=Money(40_000, "EUR"), lines=tuple(replace(line, price=Money(20_000, "EUR")) for line in two.lines)
    )
    assert (await chosen(scene, thread, "t:1", dear, goods(RemedyKind.EXCHANGE, dear, "EAR-130"), role=Role.LEAD))[0] == "planned"
    (row,) = await scene.rows("select amount, currency, payload from effect")
    assert (row["amount"], row["currency"], "minor" in row["payload"]) == (20_000, "EUR", False)
    assert await chosen(scene, thread, "t:2", two, refund(two, 9000)) == ("planned", "")
    assert await chosen(scene, thread, "t:3", two, goods(RemedyKind.EXCHANGE, two, "MAT-1")) == ("failed", "over_paid")


async def test_an_exchange_is_not_agreed_to_after_the_money_went_back(scene, thread, two):
    first = goods(RemedyKind.EXCHANGE, two, "EAR-130")
    async with scene.engine.begin() as connection:
        await plan_effects(connection, thread, "t:1", [on_order("t:1", first, two)], "bot", Standing(asks=True))
        await plan_effects(
            connection, thread, "t:2", [on_order("t:2", refund(two, 10_000), two)], "fay", Standing(who="fay", role=Role.FINANCE)
        )
    (row,) = await scene.rows("select id from approval where state = 'waiting'")
    with pytest.raises(Conflict):
        await approvals.approve(scene.engine, scene.queue, row["id"], "lea", Role.LEAD, order=two)


async def offered(scene, thread, pending):
    async with scene.engine.begin() as connection:
        await connection.execute(conversation.update().where(conversation.c.id == thread).values(offers=pending_json(pending)))


async def test_an_offer_ends(scene, thread, make, two):
    pending = Pending(offers=(Offer(remedy=refund(two, 5000), key="offer-refund"),), until=make.now + OFFERED_FOR)
    await offered(scene, thread, pending)
    later = make.now + OFFERED_FOR
    assert (await load(scene.engine, thread, later - timedelta(seconds=1))).pending == pending
    assert (await load(scene.engine, thread, later)).pending is None


@pytest.mark.parametrize(("today", "role"), [("finance", Role.LEAD), ("operator", Role.OPERATOR), (None, None)])
async def test_an_offer_stands_on_the_authority_that_its_operator_has_today(scene, thread, two, today, role):
    pending = Pending(offers=(Offer(remedy=refund(two, 5000), key="offer-refund"),), role=Role.LEAD, by="lea")
    await offered(scene, thread, pending)
    if today:
        async with scene.engine.begin() as connection:
            row = {"id": "lea", "email": "lea@shop.example", "name": "Lea", "authority": today, "password_hash": "-"}
            await connection.execute(operator.insert().values(row))
    found = (await scene.turn(thread)).pending
    assert (found.role if found else None) == role


class Words:
    def render(self, key, language, values=None):
        return str(dict(values or {})["code"])


@pytest.fixture
def post(scene, make):
    """Codes by address, and who mails them."""
    mails = []

    async def send(*, to, subject, text):
        mails.append((to, text))

    sent = SimpleNamespace(mails=mails, now=make.now)
    sent.effects = ProvingEffects(
        SimpleNamespace(), scene.engine, SimpleNamespace(send=send), Words(), SimpleNamespace(now=lambda: sent.now)
    )
    return sent


def mailing(thread, email, number=1):
    payload = {"email": email, "conversation": thread, "language": "en"}
    return PlannedEffect(key=f"{CODE}-{number}", kind=CODE, order="1042", payload=payload)


async def test_a_code_for_the_attackers_order_proves_no_other_address(scene, thread, post, make):
    """The second code goes out between the reading of the first and the commit of its turn."""
    await post.effects.carry_out(mailing(thread, "eve@attack.example"))
    async with scene.engine.connect() as connection:
        found = await proof.check(connection, thread, post.mails[0][1], make.now)
    turn = replace(await scene.turn(thread), code=CodeCheck.RIGHT, now=make.now, identity=Identity(code_email=found.email))
    post.now = make.now + timedelta(seconds=1)
    await post.effects.carry_out(mailing(thread, "anna@example.com", 2))
    async with scene.engine.begin() as connection:
        await proof.settle(connection, turn)
    assert await scene.rows("select strong_email from conversation") == [{"strong_email": None}]


async def test_many_conversations_at_once_do_not_flood_a_mailbox(scene, thread, post):
    threads = [thread, *[(await scene.receive("me", thread=f"v{number}")).conversation for number in range(9)]]
    await asyncio.gather(*(post.effects.carry_out(mailing(each, "Anna@example.com", each)) for each in threads))
    assert len(post.mails) == proof.MOST_AN_HOUR
    for hour in range(1, 12):
        async with scene.engine.begin() as connection:
            await connection.execute(proof_code.update().values(created_at=proof_code.c.created_at - timedelta(hours=1)))
        results = [await post.effects.carry_out(mailing(thread, "anna@example.com", f"{hour}-{number}")) for number in range(5)]
    assert len(post.mails) == proof.MOST_A_DAY
    assert results[-1].state is EffectState.FAILED


async def test_what_an_order_was_given_is_looked_up_for_the_order_of_the_offer(make, two):
    """A code shows all orders of a customer: the newest is not the one that is spoken of."""
    asked = []

    async def nothing(*_):
        return ()

    async def granted(number):
        asked.append(number)
        return Granted(kinds=("refund",))

    async def look_back(*_):
        return (), 0

    parts = SimpleNamespace(
        stock=SimpleNamespace(traced=nothing, levels=nothing, batches=nothing),
        history=SimpleNamespace(look_back=look_back),
        grants=SimpleNamespace(granted=granted),
    )
    customer = CustomerContext(orders=(replace(two, number="2001"), two))
    pending = Pending(offers=(Offer(remedy=refund(two, 5000), key="offer-refund"),))
    found = await staff_view(customer, parts, pending)
    assert (found.order, asked) == (two.number, [two.number])


def test_the_demo_in_which_anybody_is_anybody_is_never_a_real_shop(tmp_path):
    """Its storefront signs in whom it is told, and its mailbox shows everybody's codes; demo mode is what is on when nothing is set."""
    file = tmp_path / "shops.toml"
    shop = '[[shop]]\nname = "loom"\nkind = "shopify"\naddress = "{}"\n[shop.secrets]\ntoken = "TOKEN"\n'
    file.write_text(shop.format("https://loom.myshopify.com"))
    with pytest.raises(UnsafeSettings):
        load_shops(file, demo=True, given={"TOKEN": "x"})
    assert load_shops(file, demo=False, given={"TOKEN": "x"}).shops[0].name == "loom"
    file.write_text(shop.format("http://127.0.0.1:8099"))
    assert load_shops(file, demo=True, given={"TOKEN": "x"}).shops[0].name == "loom"
