"""The ledger as accountants read it: exact decimals, every row once, and nothing that a spreadsheet would run."""

import csv
import io
import json
from datetime import UTC, datetime, timedelta

import pytest

from agent.desk import statement
from agent.desk.granting import Standing
from agent.desk.ledger import plan_effects
from agent.domain.authority import Role
from agent.domain.effect import PlannedEffect
from agent.domain.money import Money

TODAY = datetime.now(UTC).date()


@pytest.fixture
async def thread(scene):
    """Three refunds in three currencies, and one that may not be."""
    received = await scene.receive("Money, please")
    on = Standing(who="=cmd|'/c calc'!A0", role=Role.FINANCE)
    async with scene.engine.begin() as connection:
        for order, currency in (("1001", "EUR"), ("1002", "JPY"), ("1003", "USD"), ("1004", "EUR")):
            amount = Money(1230 if order != "1004" else 99_999, currency)
            one = PlannedEffect(key=f"r-{order}", kind="refund", order=order, payload={}, amount=amount, paid=Money(5000, currency))
            await plan_effects(connection, received.conversation, f"{received.conversation}:1", (one,), on.who, on)
    return received.conversation


async def lines(scene, first=TODAY, last=TODAY):
    return [line async for line in statement.export(scene.engine, first, last)]


async def test_every_row_with_its_amount_as_a_decimal(scene, thread):
    found = await lines(scene)
    assert [(line["order"], line["amount"], line["currency"], line["state"], line["error"]) for line in found] == [
        ("1001", "12.30", "EUR", "planned", ""),
        ("1002", "1230", "JPY", "planned", ""),
        ("1003", "12.30", "USD", "planned", ""),
        ("1004", "999.99", "EUR", "failed", "over_paid"),
    ]
    assert {line["conversation"] for line in found} == {thread}


async def test_days_are_utc_and_both_are_included(scene, thread):
    for days, count in ((0, 4), (1, 0), (-1, 0)):
        day = TODAY + timedelta(days=days)
        assert len(await lines(scene, day, day)) == count
    await scene.run(f"update effect set created_at = '{TODAY}T23:59:59.999Z' where order_number = '1001'")
    await scene.run(f"update effect set created_at = '{TODAY + timedelta(days=1)}T00:00:00Z' where order_number = '1002'")
    assert len(await lines(scene)) == 3


async def test_a_long_span_comes_in_pages_and_every_row_once(scene, thread, monkeypatch):
    monkeypatch.setattr(statement, "PAGE", 3)
    await scene.run("update effect set created_at = now()")  # all at the same instant
    assert [line["order"] for line in await lines(scene)] == ["1001", "1002", "1003", "1004"]


async def test_no_cell_is_a_formula_and_the_data_file_is_as_it_was(scene, thread):
    found, sheet, data = await lines(scene), io.StringIO(newline=""), io.StringIO()
    assert (statement.write_csv(found, sheet), statement.write_jsonl(found, data)) == (4, 4)
    rows = list(csv.DictReader(io.StringIO(sheet.getvalue())))
    assert tuple(rows[0]) == statement.COLUMNS
    assert rows[0]["authority"] == "'=cmd|'/c calc'!A0"
    assert json.loads(data.getvalue().splitlines()[0])["authority"] == "=cmd|'/c calc'!A0"


@pytest.mark.parametrize("cell", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1"])
def test_what_a_spreadsheet_would_run_is_text(cell):
    assert statement.harmless(cell) == f"'{cell}"


@pytest.mark.parametrize("cell", ["", "12.30", "a=b", "refund-1042-ab"])
def test_anything_else_is_as_it_is(cell):
    assert statement.harmless(cell) == cell


async def test_the_desk_sees_an_order_with_its_account(scene, thread):
    async with scene.engine.connect() as connection:
        found = await statement.listing(connection, order="1001")
        everything = await statement.listing(connection)
        nothing = await statement.listing(connection, case="none")
    assert found["accounts"] == [{"order": "1001", "currency": "EUR", "paid": 5000, "given": 1230, "left": 3770}]
    (row,) = found["effects"]
    assert (row["amount"], row["approval"], row["state"]) == ({"minor": 1230, "currency": "EUR"}, None, "planned")
    assert len(everything["effects"]) == 4
    assert nothing == {"effects": [], "accounts": []}
