"""A real `portside serve` is killed with signal 9 in mid-turn and in mid-effect: after a restart there is one reply and one effect."""

import asyncio
import os
import signal
import socket
import subprocess
import sys
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path
from uuid import uuid4

import httpx
import psycopg
import pytest

ROOT = Path(__file__).parents[2]
CANCEL = "Please cancel my order #1054. oliver@example.com"


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Service:
    """A process of its own on the test's database; `serving` starts it and waits until it answers."""

    def __init__(self, url, data, port):
        self.base = f"http://127.0.0.1:{port}"
        self._command = [sys.executable, "-m", "api.cli", "serve", "--port", str(port)]
        self._environment = os.environ | {"PORTSIDE_DATA": str(data), "DATABASE_URL": url}
        self._log = data / "log"
        self.process = None

    def launch(self):
        with self._log.open("ab") as log:
            self.process = subprocess.Popen(self._command, cwd=ROOT, env=self._environment, stdout=log, stderr=log)

    async def start(self):
        self.launch()
        async with httpx.AsyncClient(base_url=self.base) as client:
            for _ in range(600):
                assert self.process.poll() is None, self._log.read_text()[-3000:]
                try:
                    return (await client.get("/healthz")).raise_for_status()
                except httpx.TransportError:
                    await asyncio.sleep(0.1)
        raise AssertionError(self._log.read_text()[-3000:])

    def kill(self):
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()


@pytest.fixture
async def service(url, settings, tmp_path):
    data = tmp_path / "data"
    data.mkdir()
    (data / "models").symlink_to(settings.models.resolve())
    made = Service(url, data, free_port())
    await made.start()
    yield made
    if made.process.poll() is None:
        made.kill()


@contextmanager
def locked(url, table, mode="ACCESS EXCLUSIVE"):
    """Nobody else gets at the table meanwhile: whoever needs it stands still."""
    with psycopg.connect(url) as connection:
        connection.execute(f"LOCK TABLE {table} IN {mode} MODE")
        yield
        connection.rollback()


class Watch:
    """What the tables say, beside the service."""

    def __init__(self, url):
        self._connection = psycopg.connect(url, autocommit=True)

    def all(self, query):
        return [row[0] for row in self._connection.execute(query)]

    async def until(self, query, seconds=40):
        for _ in range(seconds * 20):
            if found := self.all(query):
                return found
            await asyncio.sleep(0.05)
        raise AssertionError(f"waited in vain: {query}")


@pytest.fixture
def watch(url):
    made = Watch(url)
    yield made
    made._connection.close()


STANDS_STILL = "select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock' and query ilike '%{}%'"
REPLIES = "select text from message where author = 'bot' and not held"
EFFECTS = "select state from effect"


@asynccontextmanager
async def chatting(service):
    async with httpx.AsyncClient(base_url=service.base, timeout=20) as client:
        token = (await client.post("/api/chat/session", json={"market": "GB"})).json()["token"]

        async def send(text):
            body = {"client_id": str(uuid4()), "text": text}
            return (await client.post("/api/chat/messages", json=body, headers={"authorization": f"Bearer {token}"})).raise_for_status()

        yield send


async def test_a_kill_in_mid_turn_and_in_mid_effect_loses_nothing_and_doubles_nothing(service, watch, url):
    # In the middle of a turn, and the customer writes once more while it stands still.
    async with chatting(service) as send:
        with locked(url, "demo_shop.orders"):
            await send("Please cancel my order #1054.")
            await send("My e-mail is oliver@example.com")
            await send("Please be quick.")
            await watch.until(STANDS_STILL.format("o.placed_at"))
            service.kill()
        assert watch.all(REPLIES) == []
    # In the middle of an effect, before the shop has done it.
    with locked(url, "demo_shop.effect_done", "EXCLUSIVE"):
        await service.start()
        await watch.until(STANDS_STILL.format("effect_done"))
        assert watch.all(EFFECTS) == ["sent"]
        service.kill()
    assert watch.all(REPLIES) == []
    # And once more, after the shop has done it, before it was written down.
    with locked(url, "audit", "EXCLUSIVE"):
        await service.start()
        await watch.until("select 1 from demo_shop.effect_done where state = 'confirmed'")
        await watch.until(STANDS_STILL.format("audit"))
        service.kill()
    assert watch.all(EFFECTS) == ["sent"]
    assert watch.all(REPLIES) == []
    await service.start()
    (reply,) = await watch.until(REPLIES)
    assert "#1054 is cancelled" in reply
    await watch.until("select 1 where not exists (select 1 from procrastinate_jobs where task_name in ('handle', 'settle'))")
    assert len(watch.all(REPLIES)) == 1
    assert watch.all(EFFECTS) == ["confirmed"]
    assert watch.all("select state from demo_shop.orders where number = '1054'") == ["cancelled"]
    assert watch.all("select count(*) from audit where action = 'effect.confirmed'") == [1]
