"""Inbound messages are stored once, numbered, and put their conversation on the queue once."""

import asyncio

import pytest

from agent.desk.inbox import MAX_TEXT
from agent.errors import TooLong


async def test_messages_of_a_thread_are_numbered_and_are_one_job(scene):
    received = [await scene.receive(str(n)) for n in range(3)]
    assert [item.seq for item in received] == [1, 2, 3]
    assert len({item.conversation for item in received}) == 1
    assert await scene.jobs() == ["handle"]
    (job,) = await scene.rows("select lock, queueing_lock, args from procrastinate_jobs")
    assert job["lock"] == job["queueing_lock"] == job["args"]["conversation"] == received[0].conversation


async def test_a_redelivery_changes_nothing(scene):
    first = await scene.receive(external_id="same")
    again = await scene.receive("other words", external_id="same")
    assert (again.message, again.seq, again.duplicate) == (first.message, 1, True)
    assert await scene.rows("select last_seq, last_inbound_seq from conversation") == [{"last_seq": 1, "last_inbound_seq": 1}]


async def test_twenty_deliveries_at_once_are_one_message(scene):
    received = await asyncio.gather(*(scene.receive(external_id="same") for _ in range(20)))
    assert sorted(item.duplicate for item in received) == [False] + [True] * 19
    assert len({item.message for item in received}) == 1
    assert await scene.rows("select last_seq from conversation") == [{"last_seq": 1}]


async def test_twenty_messages_at_once_get_twenty_numbers(scene):
    received = await asyncio.gather(*(scene.receive() for _ in range(20)))
    assert sorted(item.seq for item in received) == list(range(1, 21))
    assert await scene.jobs() == ["handle"]


async def test_threads_and_accounts_are_conversations_of_their_own(scene):
    one = await scene.receive(thread="a")
    two = await scene.receive(thread="b")
    three = await scene.receive(thread="a", account="other shop")
    assert len({one.conversation, two.conversation, three.conversation}) == 3


async def test_a_message_too_long_is_refused_and_not_cut(scene):
    await scene.receive("x" * MAX_TEXT)
    with pytest.raises(TooLong, match="8,000"):
        await scene.receive("x" * (MAX_TEXT + 1))
    assert len(await scene.rows("select 1 from message")) == 1


async def test_a_nul_is_dropped_and_all_else_is_kept(scene):
    words = "a\0b \u202e <b> 😡 'quoted' %s"
    await scene.receive(words)
    assert await scene.rows("select text from message") == [{"text": words.replace("\0", "")}]


async def test_a_signed_identity_stays_with_the_conversation(scene):
    received = await scene.receive()
    assert (await scene.turn(received.conversation)).identity.signed_email is None
    await scene.receive(signed_email="anna@example.com")
    await scene.receive()
    assert (await scene.turn(received.conversation)).identity.signed_email == "anna@example.com"


async def test_a_turn_is_everything_that_is_not_answered_yet(scene):
    received = await scene.receive("one")
    await scene.commit(scene.outcome(await scene.turn(received.conversation)))
    await scene.receive("two")
    await scene.receive("three")
    turn = await scene.turn(received.conversation)
    assert turn.id == f"{received.conversation}:4"
    assert turn.text == "two\nthree"
    assert [message.text for message in turn.history] == ["one", "Hello."]
    assert not turn.first_contact
