"""The command line hires people and takes the articles out; the demo has two people to try the second reader with."""

from __future__ import annotations

import asyncio
import re

import pytest
from typer.testing import CliRunner

from agent.store.engine import make_engine
from api import auth, setup
from api.cli import app
from knowledge.sources.folder import FolderSource


@pytest.fixture
def portside(url, monkeypatch, tmp_path):
    monkeypatch.setenv("DATABASE_URL", url)
    monkeypatch.setenv("PORTSIDE_DATA", str(tmp_path))
    return lambda *words: CliRunner().invoke(app, words)


def signed_in(url: str, email: str, password: str) -> auth.Operator:
    async def sign_in() -> auth.Operator:
        engine = make_engine(url, pool=1)
        try:
            return (await auth.sign_in(engine, email, password))[1]
        finally:
            await engine.dispose()

    return asyncio.run(sign_in())


def test_somebody_is_hired_promoted_and_listed(portside, url) -> None:
    assert portside("operators", "add", "Ada@lumenandloom.example", "Ada").exit_code == 0
    hired = portside("operators", "add", "Ada@lumenandloom.example", "Ada", "--role", "reviewer")
    password = re.search(r"password (\S+)", hired.output)[1]
    assert signed_in(url, "ada@lumenandloom.example", password).role == "reviewer"
    assert signed_in(url, "ada@lumenandloom.example", password).authority == "operator"
    trusted = portside("operators", "add", "Ada@lumenandloom.example", "Ada", "--role", "reviewer", "--authority", "finance")
    password = re.search(r"password (\S+)", trusted.output)[1]
    assert signed_in(url, "ada@lumenandloom.example", password).authority == "finance"
    assert "the agent's own" in str(portside("operators", "add", "ada@x.example", "Ada", "--authority", "bot").exception)
    listed = portside("operators", "list").output
    assert "ada@lumenandloom.example" in listed and "reviewer" in listed and "finance" in listed and password not in listed
    assert portside("operators", "add", "ada@lumenandloom.example", "Ada", "--role", "king").exit_code == 2
    assert portside("operators", "add", "no address", "Ada").exit_code != 0


def test_what_is_published_goes_out_as_files_and_is_the_same(portside, settings, tmp_path) -> None:
    done = portside("knowledge", "export", str(tmp_path / "out"))
    assert done.exit_code == 0, done.output
    back = FolderSource(tmp_path / "out").read()
    assert not back.problems and set(back.articles) == set(FolderSource(settings.corpus).read().articles)


def test_the_demo_has_three_people_with_one_password(url, settings, tmp_path) -> None:
    demo = settings.model_copy(update={"data": tmp_path})
    password = asyncio.run(setup.prepare_operator(demo, url, renew=True))
    people = [signed_in(url, email, password) for email in (setup.OPERATOR, setup.EDITOR, setup.LEAD)]
    assert [(person.role, person.authority) for person in people] == [("reviewer", "operator"), ("editor", "lead"), ("operator", "finance")]
    assert asyncio.run(setup.prepare_operator(demo, url)) == password
    assert signed_in(url, setup.EDITOR, password).role == "editor"
