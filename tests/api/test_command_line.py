"""The command line starts quickly: a command's module is imported when it runs, and the list tells the same as the commands."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest
from typer.testing import CliRunner

from agent.store.engine import AWAY
from api import cli, lazy

HEAVY = {"alembic", "babel", "chromadb", "httpx", "langchain_core", "langgraph", "numpy", "onnxruntime", "PIL"}
HEAVY |= {"procrastinate", "psycopg", "scipy", "sklearn", "sqlalchemy", "torch", "transformers", "uvicorn"}
#: What only a turn, a search or a fit needs.
HEAVIEST = {"alembic", "chromadb", "langchain_core", "langgraph", "scipy", "sklearn", "torch", "transformers", "uvicorn"}


def loaded(*arguments: str) -> set[str]:
    """Top-level modules that a new process has after `portside ...`."""
    run = "import sys; from typer.testing import CliRunner; from api.cli import app; done = CliRunner().invoke(app, sys.argv[1:])"
    tell = "assert done.exit_code == 0, done.output; print(*{name.partition('.')[0] for name in sys.modules})"
    done = subprocess.run([sys.executable, "-c", f"{run}; {tell}", *arguments], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return set(done.stdout.split())


def test_the_help_imports_nothing_heavy() -> None:
    assert not loaded("--help") & HEAVY
    assert not loaded("demo", "--help") & HEAVY


def test_a_light_command_imports_no_graph_and_no_model() -> None:
    assert not loaded("policy", "check") & HEAVIEST


@pytest.mark.parametrize("group", ["operators", "knowledge", "ledger", "models", "photos", "serve", "sync", "doctor"])
def test_a_light_group_imports_no_graph_and_no_model(group: str) -> None:
    assert not loaded(group, "--help") & HEAVIEST


def places() -> dict[str, str]:
    return cli.OURS | cli.others


@pytest.mark.parametrize("name", sorted(places()))
def test_every_command_is_there_and_the_list_tells_what_it_tells_itself(name: str) -> None:
    found = lazy.opened(name, places()[name])
    assert found.help
    assert lazy.summary(places()[name]) == found.help


def test_commands_of_commands_are_lazy_too() -> None:
    found = CliRunner().invoke(cli.app, ["demo", "photo", "--help"])
    assert found.exit_code == 0, found.output
    assert "--sku" in found.output
    found = CliRunner().invoke(cli.app, ["demo", "parcel", "ship", "--help"])
    assert "ORDER" in found.output.upper()


def test_other_packages_commands_are_in_the_list() -> None:
    found = CliRunner().invoke(cli.app, ["--help"])
    assert {"cases", "calibrate"} <= set(found.output.split())


def test_another_packages_broken_command_leaves_the_others_and_tells_its_error_when_it_runs() -> None:
    app = lazy.lazily({"doctor": cli.OURS["doctor"], "gone": "no_such_package.commands:gone", "built": "math:floor"}, help="Both.")
    found = CliRunner().invoke(app, ["--help"])
    assert found.exit_code == 0, found.output
    assert {"doctor", "gone", "built"} <= set(found.output.split())
    assert isinstance(CliRunner().invoke(app, ["gone"]).exception, ModuleNotFoundError)


def test_a_database_that_is_away_is_one_line_with_its_cure() -> None:
    away = os.environ | {"DATABASE_URL": "postgresql://nobody:hidden@127.0.0.1:9/none"}
    done = subprocess.run([sys.executable, "-m", "api.cli", "operators", "list"], capture_output=True, text=True, check=False, env=away)
    told = " ".join(done.stderr.split())
    assert (done.returncode, told) == (2, f"Error: {AWAY}")


def test_a_command_that_is_not_there_is_answered_with_the_nearest() -> None:
    found = CliRunner().invoke(cli.app, ["doctr"])
    assert found.exit_code == 2
    assert "doctor" in found.output


def test_no_command_shows_the_help() -> None:
    assert "Commands" in CliRunner().invoke(cli.app, []).output
