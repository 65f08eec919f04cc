"""A reader that hangs, dies or prints is one file's problem; the next file gets a fresh one."""

import os

import pytest

from knowledge.sources.apart import Apart

HANGS = b"<p>" + b"<b>" * 500_000 + b"x" + b"</b>" * 500_000


def test_a_file_that_takes_too_long_is_given_up_and_the_next_is_read() -> None:
    with Apart("html_markdown", seconds=2) as apart:
        assert apart.read(b"<p>one")["body"] == "one"
        assert "takes longer than 2 s" in apart.read(HANGS)["error"]
        assert apart.read(b"<p>two")["body"] == "two"


def test_a_reader_that_does_not_start_is_a_problem_of_the_file() -> None:
    with Apart("no_such_reader") as apart:
        assert "can not be read" in apart.read(b"x")["error"]


def test_the_reader_knows_none_of_our_secrets(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", "secret")
    with Apart("html_markdown") as apart:
        apart.read(b"<p>one")
        process = apart._process  # pyright: ignore[reportPrivateUsage]
        assert process
        try:
            with open(f"/proc/{process.pid}/environ", "rb") as file:
                assert b"secret" not in file.read()
        except FileNotFoundError:
            pytest.skip("this system has no /proc")
    assert process.poll() is not None
    assert os.environ["OPENAI_API_KEY"] == "secret"
