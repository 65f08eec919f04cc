"""`portside policy`: the packs checked, and a verdict explained with its rule, sentence and line."""

import asyncio
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import text
from typer.testing import CliRunner

from agent.commerce.demo.seed import seed
from agent.commerce.tables import SCHEMA, metadata
from agent.errors import BadInput, NotFound
from agent.policy.pack import BadPack
from agent.store.engine import make_engine
from api.commands import policy


def said(*words: str, code: int = 0) -> str:
    """What it prints. Errors of ours are raised: the command line makes one line of them."""
    done = CliRunner().invoke(policy.policy, list(words), catch_exceptions=False)
    assert done.exit_code == code, done.output
    return done.output


def test_the_packs_that_ship_are_checked() -> None:
    lines = said("check").splitlines()
    assert len(lines) == 6
    assert lines[0].startswith("lumen-and-loom-cn@2026-11  44 rules, 1 rights by law, for CN")


def test_a_folder_with_a_fault(tmp_path: Path) -> None:
    head = 'name = "shop"\nversion = "1"\nsays = "x"\nremedies = ["return"]\n[limits.bot]\nsays = "x"\n'
    rule = '[[rule]]\nid = "a"\nremedy = ["repair"]\nrequire = { bulky = true }\notherwise = "refuse"\nreason = "not_allowed"\nsays = "x"\n'
    (tmp_path / "shop.toml").write_text(head + rule, encoding="utf-8")
    assert f'{tmp_path}/shop.toml:7: "a" is never reached' in said("check", str(tmp_path), code=1)
    (tmp_path / "shop.toml").write_text(head + rule.replace("bulky", "bulk"), encoding="utf-8")
    with pytest.raises(BadPack, match='Did you mean "bulky"'):
        said("check", str(tmp_path))


@pytest.mark.parametrize(
    ("words", "rule", "place"),
    [
        (
            ["--remedy", "return", "--days", "40", "--country", "us"],
            "person by rule lumen-and-loom@2026-11#return-window:",
            "lumen-and-loom.toml:",
        ),
        (["--remedy", "refund", "--amount", "20", "--role", "operator"], "allow by rule lumen-and-loom@2026-11#limits.operator:", "toml:"),
        (
            ["--remedy", "cancel", "--state", "paid", "--pack", "tau_retail", "--detail", "reason=late"],
            "refuse by rule tau-retail@1#cancel-reason:",
            "agent/policy/packs/tau_retail.toml:",
        ),
    ],
)
def test_a_verdict_is_explained(words: list[str], rule: str, place: str) -> None:
    output = said("explain", *words)
    assert rule in output
    assert place in output


@pytest.mark.parametrize("wrong", [["--amount", "much"], ["--detail", "reason"], ["--proof", "some"]])
def test_what_cannot_be_read_is_told(wrong: list[str]) -> None:
    with pytest.raises(BadInput):
        said("explain", "--remedy", "refund", *wrong)


def test_by_order_number_on_the_demo_shop(database_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    async def shop() -> None:
        engine = make_engine(database_url, pool=2)
        async with engine.begin() as connection:
            await connection.execute(text(f"CREATE SCHEMA {SCHEMA}"))
            await connection.run_sync(metadata.create_all)
        await seed(engine, today=datetime.now(UTC).date())
        await engine.dispose()

    asyncio.run(shop())
    monkeypatch.setattr(policy, "settings", lambda: None)
    monkeypatch.setattr(policy, "database_url", lambda settings: database_url)
    output = said("explain", "--remedy", "change_address", "--order", "1042")
    assert "@2026-11#" in output and "lowest role" in output
    with pytest.raises(NotFound):
        said("explain", "--remedy", "return", "--order", "999999")
