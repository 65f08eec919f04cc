"""The table of suites: each skips in one sentence, refuses another format, and gives figures with an identity."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from eval.suites import SUITES, BadRows, Skipped, Suite, run
from eval.suites.show import as_json, lines

Write = Callable[..., Path]
pytestmark = pytest.mark.usefixtures("no_models")


@pytest.fixture(autouse=True)
def nowhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PORTSIDE_REFERENCE_DATA", str(tmp_path / "nothing"))


@pytest.mark.parametrize("name", SUITES)
async def test_without_the_data_it_says_so_in_one_sentence(name: str) -> None:
    found = await run(name)
    assert isinstance(found, Skipped)
    assert found.why.startswith("There is no ") and found.why.count(". ") == 0
    assert list(lines(found)) == [f"{name}: skipped. {found.why}"]
    assert as_json(found) == {"name": name, "skipped": found.why}


@pytest.mark.parametrize("name", SUITES)
async def test_another_format_is_refused_with_file_line_and_field(name: str, write: Write) -> None:
    with pytest.raises(BadRows, match=r"^own\.jsonl:1: \w+: Field required\. This suite needs id, "):
        await run(name, data=write({"colour": "red"}))


async def test_an_unknown_suite_names_the_known() -> None:
    with pytest.raises(ValueError, match="bitext, clinc"):
        await run("nothing")


async def test_a_sample_of_one_row_is_refused(write: Write) -> None:
    with pytest.raises(ValueError, match="at least 2"):
        await run("bitext", data=write({"text": "a", "intent": "track_order"}), limit=1)


async def test_a_suite_tells_what_it_looked_at_and_how_far_it_is(write: Write) -> None:
    told: list[tuple[int, int]] = []
    data = write(*({"text": f"where is it {at}", "intent": "track_order"} for at in range(150)))
    found = await run("bitext", data=data, limit=100, progress=lambda done, total: told.append((done, total)))
    assert isinstance(found, Suite)
    assert (found.name, found.n, found.total, len(found.data)) == ("bitext", 100, 150, 16)
    assert told == [(64, 100), (100, 100)]


async def test_lines_and_json_carry_every_figure(write: Write) -> None:
    found = await run("umsab", data=write({"text": "bad", "sentiment": "negative"}, {"text": "good", "sentiment": "negative"}))
    assert isinstance(found, Suite)
    shown = list(lines(found))
    assert shown[0].startswith("umsab: ") and "(2 of 2 rows" in shown[0]
    assert "published 0.69" in shown[1] and "Barbieri" in shown[1]
    data = as_json(found)
    assert [item["name"] for item in data["measures"]] == [measure.name for measure in found.measures]
    assert data["measures"][0]["published"]["value"] == 0.69
    assert data["broken"] == []
