"""`portside ledger` as a shell sees it."""

import pytest

from agent.errors import BadInput
from api.commands import ledger


def test_a_file_that_cannot_be_written_is_named_with_the_cure(monkeypatch, tmp_path):
    async def lines(first, last):
        return []

    monkeypatch.setattr(ledger, "_lines", lines)
    day = ledger.datetime(2026, 11, 22)
    with pytest.raises(BadInput, match="--out"):
        ledger.export(day, day, "csv", tmp_path / "nowhere" / "ledger.csv")
