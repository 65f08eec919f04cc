"""A second person: nothing happens before they agree, nobody agrees with themselves, one decision counts."""

import asyncio
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from sqlalchemy import text

from agent.desk import approvals, cases, chat
from agent.desk.ordering import Shop, Wanted
from agent.desk.settle import settle
from agent.desk.sweep import sweep
from agent.domain.authority import Role
from agent.domain.commerce import OrderState, Piece
from agent.domain.decision import Remedy, RemedyKind
from agent.domain.effect import EffectResult, EffectState
from agent.domain.intents import Intent
from agent.domain.money import Money
from agent.domain.reply import OperatorAction
from agent.errors import BadInput, Conflict, Forbidden, NotFound, NotReady

REFUND = Remedy(kind=RemedyKind.REFUND, intent=Intent.DEFECTIVE, order="1042")
RETURN = Remedy(kind=RemedyKind.RETURN, intent=Intent.DEFECTIVE, order="1042")


class Source:
    """Orders, articles and stock of a shop with one order."""

    def __init__(self, order):
        self.order, self.down = order, False

    async def by_number(self, number):
        if self.down:
            raise ConnectionError
        return self.order if number == self.order.number else None

    async def availability(self, skus):
        return ()

    async def products(self, skus):
        return ()


class Till:
    """Carries out, and counts."""

    def __init__(self, state=EffectState.CONFIRMED):
        self.done, self.state = [], state

    async def carry_out(self, effect):
        self.done.append((effect.kind, effect.payload.get("minor")))
        return EffectResult(state=self.state, data={})

    async def look_up(self, effect):
        return None


@pytest.fixture
def source(make):
    line = make.order().lines[0]
    return Source(make.order(OrderState.DELIVERED, total=Money(79_900, "EUR"), lines=(line,)))


@pytest.fixture
def shop(source):
    return Shop(orders=source, catalogue=source, stock=source)


@pytest.fixture
async def case(scene):
    received = await scene.receive("It is broken, I want my money back")
    turn = await scene.turn(received.conversation)
    await scene.commit(scene.handed_over(turn, suggested=(REFUND, RETURN)))
    return (await scene.rows("select id, conversation, version from support_case"))[0]


@pytest.fixture
def order(scene, case, shop):
    """An operator answers the case and orders something with it."""

    async def ordered(*wanted, remedies=(), who="mia", role=Role.OPERATOR, words="It goes back to you.", action="edit"):
        act = OperatorAction(action=action, text=words, operator=who, remedies=remedies)
        (row,) = await scene.rows("select version from support_case")
        told = await cases.act(scene.engine, scene.queue, case["id"], row["version"], act, wanted, role=role, shop=shop)
        async with scene.engine.connect() as connection:
            found = await cases.get(connection, case["id"])
        await cases.answered(scene.engine, scene.queue, found, act, datetime.now(UTC))
        return told

    return ordered


def eur(minor):
    return Wanted(kind="refund", amount=Money(minor, "EUR"))


async def waiting(scene):
    async with scene.engine.connect() as connection:
        return await approvals.listing(connection)


async def work(scene, till):
    """Run the jobs that settle, once."""
    for row in await scene.rows("select args ->> 'message' as message from procrastinate_jobs where task_name = 'settle'"):
        await settle(scene.engine, scene.queue, till, row["message"], "https://shop.example")


async def effects(scene):
    return await scene.rows("select kind, amount, state, error, approved_by from effect order by kind desc, created_at")


async def test_within_the_limit_it_happens_at_once(scene, order):
    (told,) = await order(eur(5000))
    assert (told["state"], told["needs"]) == ("planned", None)
    till = Till()
    await work(scene, till)
    assert till.done == [("refund", 5000)]
    assert await scene.rows("select held from message where author = 'operator'") == [{"held": False}]
    assert await waiting(scene) == []


async def test_above_it_waits_and_the_conversation_goes_on_meanwhile(scene, case, order):
    (told,) = await order(eur(30_000))
    assert (told["state"], told["needs"]) == ("waiting", "lead")
    till = Till()
    await work(scene, till)
    assert till.done == []
    (asked,) = await waiting(scene)
    assert (asked["requested_by"], asked["needs"], asked["case"], asked["order"]) == ("mia", "lead", case["id"], "1042")
    assert (asked["amount"]["minor"], asked["paid"]["minor"], asked["given"]["minor"]) == (30_000, 79_900, 0)
    await scene.receive("Hello?")
    turn = await scene.turn(case["conversation"])
    await scene.commit(scene.outcome(turn))
    assert [each["author"] for each in await chat.messages(scene.engine, case["conversation"])] == ["customer", "bot", "customer", "bot"]
    await approvals.approve(scene.engine, scene.queue, asked["id"], "fay", Role.LEAD)
    await work(scene, till)
    assert till.done == [("refund", 30_000)]
    seen = await chat.messages(scene.engine, case["conversation"])
    assert (seen[-1]["author"], seen[-1]["text"]) == ("operator", "It goes back to you.")
    assert [each["seq"] for each in seen] == sorted({each["seq"] for each in seen})


async def test_requester_and_approver_are_in_ledger_and_audit(scene, order):
    await order(eur(30_000))
    (asked,) = await waiting(scene)
    await approvals.approve(scene.engine, scene.queue, asked["id"], "fay", Role.FINANCE, "Seen the photo.")
    await work(scene, Till())
    (row,) = await scene.rows("select authority, approved_by, state from effect")
    assert row == {"authority": "mia", "approved_by": "fay", "state": "confirmed"}
    (line,) = await scene.rows("select actor, detail from audit where action = 'approval.approved'")
    assert line["actor"] == "fay"
    assert line["detail"].items() >= {"requested_by": "mia", "decided_by": "fay", "note": "Seen the photo."}.items()
    (line,) = await scene.rows("select actor, detail from audit where action = 'effect.confirmed'")
    assert (line["actor"], line["detail"]["approved_by"]) == ("mia", "fay")


async def test_nobody_agrees_with_themselves_or_beyond_their_authority(scene, order):
    await order(eur(60_000), who="lea", role=Role.LEAD)
    (asked,) = await waiting(scene)
    for who, role, error in (("lea", Role.FINANCE, "second person"), ("mia", Role.OPERATOR, "finance"), ("tom", Role.LEAD, "finance")):
        for decide in (approvals.approve, approvals.refuse):
            with pytest.raises(Forbidden, match=error):
                await decide(scene.engine, scene.queue, asked["id"], who, role, "note")
    with pytest.raises(Exception, match="approval_four_eyes"):
        async with scene.engine.begin() as connection:
            await connection.execute(text("update approval set state = 'approved', decided_by = requested_by"))
    with pytest.raises(NotFound):
        await approvals.approve(scene.engine, scene.queue, "none", "fay", Role.FINANCE)
    assert [row["state"] for row in await effects(scene)] == ["waiting"]


async def test_of_fifty_who_agree_at_once_one_does(scene, order):
    await order(eur(30_000))
    (asked,) = await waiting(scene)
    agree = (approvals.approve(scene.engine, scene.queue, asked["id"], f"lead{n}", Role.LEAD) for n in range(50))
    results = await asyncio.gather(*agree, return_exceptions=True)
    assert [type(each) for each in results if each is not None] == [Conflict] * 49
    assert len(await scene.rows("select 1 from audit where action = 'approval.approved'")) == 1
    till = Till()
    await asyncio.gather(*(work(scene, till) for _ in range(3)))
    assert till.done == [("refund", 30_000)]


async def test_agreeing_and_refusing_at_once_one_counts(scene, order):
    await order(eur(30_000))
    (asked,) = await waiting(scene)
    both = await asyncio.gather(
        *(approvals.approve(scene.engine, scene.queue, asked["id"], f"a{n}", Role.LEAD) for n in range(10)),
        *(approvals.refuse(scene.engine, scene.queue, asked["id"], f"b{n}", Role.LEAD, "No.") for n in range(10)),
        return_exceptions=True,
    )
    assert [each for each in both if each is None] == [None]
    (row,) = await scene.rows("select a.state, e.state as effect from approval a join effect e on e.key = a.effect")
    assert row in ({"state": "approved", "effect": "planned"}, {"state": "refused", "effect": "failed"})


async def test_refused_nothing_is_done_and_the_case_waits_again_with_the_note(scene, case, order):
    await order(eur(30_000), remedies=("return",))
    assert [row["state"] for row in await effects(scene)] == ["planned", "waiting"]
    (asked,) = await waiting(scene)
    with pytest.raises(BadInput, match="note"):
        await approvals.refuse(scene.engine, scene.queue, asked["id"], "fay", Role.LEAD, "  ")
    await approvals.refuse(scene.engine, scene.queue, asked["id"], "fay", Role.LEAD, "Ask for a photo first.")
    till = Till()
    await work(scene, till)
    assert till.done == []
    assert [(row["state"], row["error"]) for row in await effects(scene)] == [("failed", "withdrawn"), ("failed", "refused")]
    (row,) = await scene.rows("select id, status, reasons, packet, version from support_case")
    assert (row["id"], row["status"]) == (case["id"], "open")
    assert "needs_approval" in row["reasons"]
    assert "Ask for a photo first." in row["packet"]["facts"][0]["value"]
    assert await scene.rows("select owner from conversation") == [{"owner": "desk"}]
    assert [each["author"] for each in await chat.messages(scene.engine, case["conversation"])] == ["customer", "bot"]
    assert [row["step"] for row in await scene.rows("select step from procedure where kind = 'refund'")] == ["refused"]
    # The operator thinks again, and orders less.
    (told,) = await order(eur(9000))
    assert told["state"] == "planned"
    await work(scene, till)
    assert till.done == [("refund", 9000)]


async def test_what_nobody_decides_expires_and_comes_back(scene, order):
    await order(eur(30_000))
    await scene.run("update approval set created_at = now() - interval '71 hours'")
    assert await sweep(scene.engine, scene.queue) == 0
    await scene.run("update approval set created_at = now() - interval '73 hours'")
    assert await sweep(scene.engine, scene.queue) == 1
    assert await scene.rows("select state, decided_by from approval") == [{"state": "expired", "decided_by": None}]
    assert [(row["state"], row["error"]) for row in await effects(scene)] == [("failed", "expired")]
    assert await scene.rows("select status from support_case") == [{"status": "open"}]
    (asked,) = await scene.rows("select id from approval")
    with pytest.raises(Conflict, match="expired"):
        await approvals.approve(scene.engine, scene.queue, asked["id"], "fay", Role.LEAD)


async def test_what_was_given_meanwhile_counts_when_somebody_agrees(scene, order, source, make):
    await order(eur(70_000))
    (asked,) = await waiting(scene)
    back = make.order(OrderState.REFUNDED).refunds[0]
    order_now = replace(source.order, refunds=(replace(back, amount=Money(20_000, "EUR")),))  # somebody paid back in the shop
    with pytest.raises(Conflict, match="more than was paid"):
        await approvals.approve(scene.engine, scene.queue, asked["id"], "fay", Role.FINANCE, "", order_now)
    assert len(await waiting(scene)) == 1
    await approvals.approve(scene.engine, scene.queue, asked["id"], "fay", Role.FINANCE, "", source.order)


@pytest.mark.parametrize(
    ("wanted", "words"),
    [
        (eur(79_901), "799.00 EUR"),
        (Wanted(kind="refund", amount=Money(100, "USD")), "paid in EUR"),
        (Wanted(kind="refund", pieces=(Piece("NONE-1"),)), "does not have these pieces"),
        (Wanted(kind="refund", pieces=(Piece("EAR-130", 2),)), "does not have these pieces"),
        (Wanted(kind="reship"), "cannot be ordered"),
        (Wanted(kind="return", amount=Money(1, "EUR")), "takes an amount"),
    ],
    ids=["too much", "currency", "unknown piece", "too many pieces", "not suggested", "amount of a return"],
)
async def test_what_cannot_be_is_said_at_once_and_leaves_nothing(scene, case, order, wanted, words):
    with pytest.raises(BadInput, match=words):
        await order(wanted)
    assert await effects(scene) == []
    assert await scene.rows("select status, version from support_case") == [{"status": "open", "version": case["version"]}]


async def test_pieces_are_paid_back_at_their_price_and_twice_is_refused(scene, order):
    piece = Wanted(kind="refund", pieces=(Piece("EAR-130"),))
    with pytest.raises(BadInput, match="twice"):
        await order(piece, piece)
    (told,) = await order(piece)
    assert told["state"] == "planned"
    assert [row["amount"] for row in await effects(scene)] == [7990]


async def test_without_the_shop_no_money_is_ordered_and_a_label_is(scene, order, source):
    source.down = True
    with pytest.raises(NotReady, match="try again"):
        await order(eur(100))
    (told,) = await order(remedies=("return",))
    assert told["state"] == "planned"


async def test_what_is_ordered_needs_a_reply_that_tells_of_it(scene, order):
    with pytest.raises(BadInput, match="Write the reply"):
        await order(eur(100), action="reject", words="")
    assert await effects(scene) == []


async def test_the_sweeper_leaves_what_waits_and_finds_what_was_approved_days_later(scene, order):
    await order(eur(30_000))
    await scene.run("delete from procrastinate_jobs")
    await scene.run("update message set created_at = now() - interval '60 hours'")
    assert await sweep(scene.engine, scene.queue) == 0
    (asked,) = await waiting(scene)
    await approvals.approve(scene.engine, scene.queue, asked["id"], "fay", Role.LEAD)
    await scene.run("delete from procrastinate_jobs")
    await scene.run("update effect set updated_at = now() - interval '2 minutes'")
    assert await sweep(scene.engine, scene.queue) == 1
    assert await scene.jobs() == ["settle"]
