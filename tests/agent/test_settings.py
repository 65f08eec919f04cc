"""Settings that cannot be used are refused at the start, by name and with their cure."""

from pathlib import Path

import pytest

from agent.errors import BadSettings
from agent.settings import read_settings


@pytest.fixture(autouse=True)
def elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Away from a file of settings."""
    monkeypatch.chdir(tmp_path)


def test_a_glossary_that_is_set_must_be_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PORTSIDE_GLOSSARY", str(tmp_path / "names.toml"))
    with pytest.raises(BadSettings, match=r"PORTSIDE_GLOSSARY: .*no such file. Unset it, or write one") as refused:
        read_settings()
    assert "names.toml" not in str(refused.value)
    (tmp_path / "names.toml").write_text('keep = ["Drift"]\n', encoding="utf-8")
    assert read_settings().glossary == tmp_path / "names.toml"


def test_without_the_usual_file_there_is_no_glossary_and_no_complaint() -> None:
    assert not read_settings().glossary.exists()


@pytest.mark.parametrize("share", ["-0.1", "1.1", "half"])
def test_the_strangers_share_is_one(monkeypatch: pytest.MonkeyPatch, share: str) -> None:
    monkeypatch.setenv("PORTSIDE_BUDGET_STRANGERS", share)
    with pytest.raises(BadSettings, match="PORTSIDE_BUDGET_STRANGERS"):
        read_settings()
