"""Reference data: skipped in one sentence, sampled fairly, mapped whole."""

from __future__ import annotations

from pathlib import Path

import pytest

from eval.suites import SUITES, bitext, folder, run


@pytest.mark.parametrize("name", SUITES)
def test_without_the_data_it_says_so_in_one_sentence(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PORTSIDE_REFERENCE_DATA", str(tmp_path))
    lines = run(name, 10)
    assert len(lines) == 1
    assert "skipped" in lines[0]


def test_an_unknown_suite_names_the_known() -> None:
    with pytest.raises(ValueError, match="bitext_intent"):
        run("nothing", None)


def test_a_sample_is_even_and_the_same_every_time() -> None:
    rows = [{"group": "a" if at % 10 else "b", "at": at} for at in range(100)]
    chosen = folder.sample(rows, 10, by="group")
    assert [row["group"] for row in chosen].count("b") == 5
    assert chosen == folder.sample(rows, 10, by="group")
    assert folder.sample(rows, None, by="group") == rows


@pytest.mark.skipif(not folder.present("bitext_intent"), reason="no reference data")
def test_every_foreign_intent_is_mapped() -> None:
    assert {row["intent"] for row in folder.rows("bitext_intent")} == bitext.MEANS.keys()
