"""The ledger over HTTP and on the command line: what was done, what accountants get, where the shop says otherwise."""

import csv
import io
import json
from datetime import UTC, datetime

import psycopg
import pytest
from typer.testing import CliRunner

from agent.domain.authority import Role
from agent.domain.effect import EffectResult, EffectState
from api import auth
from api.cli import app

TODAY = datetime.now(UTC).date().isoformat()


async def cancelled(running):
    """A chat in which the agent has cancelled an order."""
    chat = await running.chat(market="GB")
    await chat.ask("Please cancel my order #1054. oliver@example.com")
    await running.quiet()
    return chat


async def test_the_desk_reads_what_was_done_and_how_far_it_is(running):
    await cancelled(running)
    desk = await running.operator()
    (row,) = (await desk.get("/ledger?order=%231054"))["effects"]
    assert (row["kind"], row["state"], row["authority"], row["amount"]) == ("cancel", "confirmed", "bot", None)
    (procedure,) = (await desk.get(f"/procedures?conversation={row['conversation']}"))["procedures"]
    assert (procedure["id"], procedure["step"], procedure["closed_at"] is not None) == (row["key"], "done", True)
    over = await desk.post(f"/procedures/{row['key']}/events", event="received")
    assert (over.status_code, "it is over" in over.text) == (409, True)
    assert (await desk.post("/procedures/none/events", event="received")).status_code == 404
    assert (await desk.client.get("/api/desk/procedures", headers=desk.headers)).status_code == 422


async def test_nobody_reads_it_without_signing_in(running):
    for path in ("ledger", "ledger/differences", f"ledger/export?from={TODAY}&to={TODAY}", "approvals", "procedures?order=1"):
        assert (await running.client.get(f"/api/desk/{path}")).status_code == 401
    desk = await running.operator()
    forged = {**desk.headers, "x-csrf-token": "no"}
    for path in ("approvals/x/approve", "approvals/x/refuse", "procedures/x/events"):
        assert (await running.client.post(f"/api/desk/{path}", json={"note": "n", "event": "e"}, headers=forged)).status_code == 403


async def test_the_export_is_for_lead_and_finance(running):
    await cancelled(running)
    desk = await running.operator()
    path = f"/api/desk/ledger/export?from={TODAY}&to={TODAY}"
    assert (await desk.client.get(path, headers=desk.headers)).status_code == 403
    await running.rows("update operator set authority = 'finance' returning 1")
    found = await desk.client.get(path, headers=desk.headers)
    assert found.headers["content-disposition"].endswith('.csv"')
    (line,) = csv.DictReader(io.StringIO(found.text))
    assert (line["kind"], line["order"], line["state"]) == ("cancel", "1054", "confirmed")
    (data,) = (await desk.client.get(f"{path}&format=jsonl", headers=desk.headers)).text.splitlines()
    assert json.loads(data)["key"] == line["key"]
    for span in (f"from={TODAY}&to=2020-01-01", f"from=2020-01-01&to={TODAY}", "from=x&to=y"):
        assert (await desk.client.get(f"/api/desk/ledger/export?{span}", headers=desk.headers)).status_code == 422


class Forgetful:
    """Says that it has done everything, and never heard of it when it is asked."""

    async def carry_out(self, effect):
        return EffectResult(state=EffectState.CONFIRMED, data={"address": "x", "order": effect.order})

    async def look_up(self, effect):
        return None


async def test_where_the_shop_says_otherwise_it_is_listed(start):
    async with start(effects=Forgetful()) as running:
        await cancelled(running)
        found = await (await running.operator()).get("/ledger/differences?days=2")
        assert [(each["kind"], each["order"], each["what"], each["source"]) for each in found["differences"]] == [
            ("cancel", "1054", "missing", "never done")
        ]


@pytest.fixture
def portside(url, monkeypatch, tmp_path):
    monkeypatch.setenv("DATABASE_URL", url)
    monkeypatch.setenv("PORTSIDE_DATA", str(tmp_path))
    return lambda *words: CliRunner().invoke(app, words)


def test_the_command_line_writes_the_accountants_file(portside, tmp_path):
    file = tmp_path / "out.csv"
    done = portside("ledger", "export", "--from", TODAY, "--to", TODAY, "--out", str(file))
    assert done.exit_code == 0, done.output
    assert "0 effects" in done.output and file.read_text().startswith("at,key,kind,order,amount")
    assert portside("ledger", "export", "--from", TODAY, "--to", TODAY, "--format", "jsonl").output == ""
    assert "before the first" in str(portside("ledger", "export", "--from", TODAY, "--to", "2020-01-01").exception)
    assert portside("ledger", "export", "--from", "soon", "--to", TODAY).exit_code == 2


def test_the_command_line_compares_the_ledger_with_the_shop(portside, url):
    assert "says the same" in portside("ledger", "check").output
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute("insert into conversation (id, channel, account, thread, market) values ('c', 'web', 'web', 'c', 'DE')")
        connection.execute(
            "insert into effect (key, conversation, turn, kind, order_number, payload, authority, state)"
            " values ('cancel-1', 'c', 'c:1', 'cancel', '1054', '{}', 'bot', 'confirmed')"
        )
    found = portside("ledger", "check", "--days", "2")
    assert (found.exit_code, "missing" in found.output, "never done" in found.output) == (1, True, True)


async def test_authority_comes_with_the_session(running):
    await auth.set_password(running.p.engine, "fay@shop.example", "Fay", "a password", "operator", Role.FINANCE)
    token, person = await auth.sign_in(running.p.engine, "fay@shop.example", "a password")
    kept = await auth.session(running.p.engine, token)
    assert (person.authority, kept.authority) == (Role.FINANCE, Role.FINANCE)
