"""Nothing is lost and nothing is done twice, however often and however fast it arrives."""

import asyncio
import json
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from uuid import uuid4

import pytest

from agent.brains.unaided import Unaided
from agent.commerce.demo_effects import DemoEffects
from api.channels.webhook import signature
from knowledge.errors import IndexUnavailable

CANCEL = "Please cancel my order #1054. oliver@example.com"


async def test_ten_messages_in_a_second_get_one_answer_to_all_of_them(running):
    chat = await running.chat()
    parts = [
        "Hi",
        "hello??",
        "Where is my order?",
        "It is #1042",
        "my mail is",
        "anna@example.com",
        "are you there?",
        "please",
        "now",
        "thanks",
    ]
    sent = await asyncio.gather(*(chat.post(part) for part in parts))
    assert {answer.status_code for answer in sent} == {202}
    await running.quiet()
    replies = await chat.replies()
    (thread,) = await running.rows("select last_inbound_seq, answered_seq from conversation")
    assert 1 <= len(replies) <= 2
    assert len(await running.rows("select 1 from turn_record")) == len(replies)
    assert "BL" in replies[-1]["text"]
    assert thread["answered_seq"] == thread["last_inbound_seq"]


async def test_the_same_message_sent_a_hundred_times_is_one_message_and_one_effect(running):
    chat, client_id = await running.chat(), str(uuid4())
    sent = await asyncio.gather(*(chat.post(CANCEL, client_id) for _ in range(100)))
    assert {answer.status_code for answer in sent} <= {202, 429}
    assert len({answer.json()["id"] for answer in sent if answer.status_code == 202}) == 1
    await running.quiet()
    assert [message["author"] for message in await chat.messages()] == ["customer", "bot"]
    assert len(await running.rows("select 1 from effect")) == 1


@pytest.fixture
def platform():
    """A bot platform's end: what Portside posts to it, with the answers it gives, one status a call (200 when none is left)."""
    posted, statuses = [], []

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self):
            body = self.rfile.read(int(self.headers["content-length"]))
            posted.append((dict(self.headers), json.loads(body)))
            self.send_response(statuses.pop(0) if statuses else 200)
            self.end_headers()

        def log_message(self, *args):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    server.posted, server.statuses, server.url = posted, statuses, f"http://127.0.0.1:{server.server_port}/replies"
    yield server
    server.shutdown()
    thread.join()
    server.server_close()


async def deliver(running, body, secret=None):
    raw, stamp = json.dumps(body).encode(), str(int(time.time()))
    key = secret or running.p.settings.webhook_secret.get_secret_value()
    headers = {"x-portside-timestamp": stamp, "x-portside-signature": signature(key, stamp, raw)}
    return await running.client.post("/api/channels/webhook/telegram", content=raw, headers=headers)


async def test_a_webhook_delivered_a_hundred_times_is_one_message_one_effect_and_one_delivery(start, settings, platform):
    async with start(settings=settings.model_copy(update={"webhook_callback": platform.url})) as running:
        body = {"id": "update-1", "thread": "chat-7", "text": CANCEL}
        answers = await asyncio.gather(*(deliver(running, body) for _ in range(100)))
        assert {answer.status_code for answer in answers} == {200}
        assert sorted(answer.json()["duplicate"] for answer in answers) == [False] + [True] * 99
        await running.quiet()
        ((headers, reply),) = platform.posted
        assert reply["thread"] == "chat-7"
        assert "#1054 is cancelled" in reply["text"]
        lower = {name.lower(): value for name, value in headers.items()}
        assert lower["idempotency-key"] == reply["id"]
        assert lower["x-portside-signature"]
        assert [row["state"] for row in await running.rows("select state from effect")] == ["confirmed"]
        assert [row["state"] for row in await running.rows("select state from outbox")] == ["sent"]
        late = await deliver(running, body)
        assert late.json()["duplicate"]
        await running.quiet()
        assert len(platform.posted) == 1


async def test_a_channel_that_is_down_for_a_moment_gets_the_reply_later_under_the_same_key(start, settings, platform):
    platform.statuses += [503]
    async with start(settings=settings.model_copy(update={"webhook_callback": platform.url})) as running:
        await deliver(running, {"id": "1", "thread": "a", "text": "How long does delivery to Germany take?"})
        await running.quiet()
        assert len(platform.posted) == 2
        assert platform.posted[0][1] == platform.posted[1][1]
        assert [row["state"] for row in await running.rows("select state from outbox")] == ["sent"]


async def test_a_forged_a_stale_and_a_misshapen_delivery_change_nothing(running):
    body = {"id": "1", "thread": "a", "text": "hi"}
    assert (await deliver(running, body, secret="somebody else's")).status_code == 401
    stale = {"x-portside-timestamp": "1700000000", "x-portside-signature": "00"}
    assert (await running.client.post("/api/channels/webhook/x", json=body, headers=stale)).status_code == 401
    unknown = await deliver(running, {"event": "user_joined"})
    assert (unknown.status_code, unknown.json()) == (200, {"stored": False})
    assert await running.rows("select 1 from message") == []


class Flaky(Unaided):
    """A brain that fails on its first reading, after a second message has come in."""

    def __init__(self, brain):
        self.brain, self.name, self.calls = brain, brain.name, 0
        self.reading, self.go = asyncio.Event(), asyncio.Event()

    async def triage(self, turn):
        self.calls += 1
        if self.calls == 1:
            self.reading.set()
            await self.go.wait()
            raise RuntimeError("a passing fault")
        return await self.brain.triage(turn)

    async def triage_texts(self, texts, hints):
        return await self.brain.triage_texts(texts, hints)

    async def translate(self, text, source, target):
        return await self.brain.translate(text, source, target)


async def test_a_turn_that_fails_while_the_customer_writes_again_is_still_answered(start, brain):
    flaky = Flaky(brain)
    async with start(brain=flaky) as running:
        chat = await running.chat()
        await chat.post("Where is my order #1042?")
        await flaky.reading.wait()
        await chat.post("My mail is anna@example.com")
        flaky.go.set()
        await running.until(chat.replies, 15)
        await running.quiet()
        assert "BL" in (await chat.replies())[-1]["text"]


async def test_a_message_behind_a_reply_that_waits_for_its_effect_is_not_shown_before_it(start):
    class Waiting:
        def __init__(self):
            self.called, self.go = asyncio.Event(), asyncio.Event()

        async def carry_out(self, effect):
            self.called.set()
            await self.go.wait()
            return await DemoEffects(running.p.engine).carry_out(effect)

    effects = Waiting()
    async with start(effects=effects) as running:
        chat = await running.chat()
        await chat.post(CANCEL)
        await effects.called.wait()
        await chat.post("Thank you!")
        assert [message["seq"] for message in await chat.messages()] == [1]
        effects.go.set()
        await running.quiet()
        seen = await chat.messages()
        assert [message["seq"] for message in seen] == sorted(message["seq"] for message in seen)
        assert "#1054 is cancelled" in seen[1]["text"]
        assert seen[2]["text"] == "Thank you!"
        assert len(seen) == 4


class Broken(Unaided):
    """A part that fails whenever it is asked."""

    name = "broken"

    def __init__(self, error):
        self.error = error

    async def search(self, query, **how):
        raise self.error

    async def triage(self, turn):
        raise self.error

    async def triage_texts(self, texts, hints):
        return []


FAULTS = [RuntimeError("a fault"), TimeoutError(), ConnectionResetError("gone"), IndexUnavailable("no answer")]


@pytest.mark.parametrize("part", ["brain", "knowledge"])
@pytest.mark.parametrize("error", FAULTS, ids=lambda error: type(error).__name__)
async def test_a_part_that_always_fails_hands_the_customer_to_a_person_soon(start, part, error):
    async with start() as running:
        object.__setattr__(running.p.parts, part, Broken(error))
        chat = await running.chat(market="GB")
        began = time.monotonic()
        assert "colleague" in (await chat.ask("Where is my order #1042? anna@example.com"))["text"]
        assert time.monotonic() - began < 10
        assert (await chat.state())["waiting"]
