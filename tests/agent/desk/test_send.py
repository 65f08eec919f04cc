"""The outbox: once, under its key; and the sweeper for what nobody works on any more."""

import pytest

from agent.desk.send import DeliveryError, send
from agent.desk.sweep import sweep


class Channel:
    """Fails as often as it was told to."""

    def __init__(self, *failures):
        self.failures, self.sent = list(failures), []

    async def send(self, *, thread, text, key):
        if self.failures:
            raise self.failures.pop(0)
        self.sent.append((thread, text, key))


@pytest.fixture
async def key(scene):
    """The outbox key of a reply on a channel that is pushed to."""
    received = await scene.receive(channel="webhook", account="telegram", thread="chat-7")
    await scene.commit(scene.outcome(await scene.turn(received.conversation)))
    assert "send" in await scene.jobs()
    (row,) = await scene.rows("select key from outbox where state = 'queued'")
    return row["key"]


async def outbox(scene):
    return (await scene.rows("select state, attempts, error from outbox"))[0]


async def test_a_reply_is_sent_once_under_its_key(scene, key):
    channel = Channel()
    for _ in range(3):
        await send(scene.engine, {"webhook": channel}, key)
    assert channel.sent == [("chat-7", "Hello.", key)]
    assert await outbox(scene) == {"state": "sent", "attempts": 1, "error": ""}


async def test_a_passing_failure_is_raised_for_another_try_and_the_row_stays_queued(scene, key):
    channel = Channel(DeliveryError("HTTP 503", permanent=False))
    with pytest.raises(DeliveryError, match="503"):
        await send(scene.engine, {"webhook": channel}, key)
    assert (await outbox(scene))["state"] == "queued"
    await send(scene.engine, {"webhook": channel}, key)
    assert [item[2] for item in channel.sent] == [key]


async def test_a_permanent_failure_is_marked_told_in_the_audit_and_not_tried_again(scene, key):
    channel = Channel(DeliveryError("HTTP 410", permanent=True))
    for _ in range(2):
        await send(scene.engine, {"webhook": channel}, key)
    assert channel.sent == []
    row = await outbox(scene)
    assert (row["state"], row["error"]) == ("failed", "HTTP 410")
    assert "message.failed" in [line["action"] for line in await scene.rows("select action from audit")]


async def test_the_web_chat_reads_the_tables_and_needs_no_outbox(scene):
    received = await scene.receive()
    await scene.commit(scene.outcome(await scene.turn(received.conversation)))
    assert await scene.rows("select 1 from outbox") == []


async def test_what_was_left_lying_is_put_on_the_queue_again(scene):
    turn, effect, case = [(await scene.receive(thread=name)).conversation for name in ("turn", "effect", "case")]
    await scene.commit(scene.cancelling(await scene.turn(effect)))
    await scene.commit(scene.handed_over(await scene.turn(case)))
    await scene.run("update support_case set status = 'answering'")
    assert await sweep(scene.engine, scene.queue) == 0
    for table in ("message", "support_case"):
        await scene.run(f"update {table} set created_at = now() - interval '2 minutes'")
    await scene.run("update conversation set updated_at = now() - interval '2 minutes'")
    assert await sweep(scene.engine, scene.queue) == 0
    await scene.run("delete from procrastinate_jobs")
    assert await sweep(scene.engine, scene.queue) == 3
    rows = await scene.rows("select task_name, lock from procrastinate_jobs order by task_name")
    assert [(row["task_name"], row["lock"]) for row in rows] == [("handle", turn), ("resume", case), ("settle", effect)]
    assert await sweep(scene.engine, scene.queue) == 0
