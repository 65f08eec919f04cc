"""Names stay letter for letter, terms become the one right word; a faulty file is told by its key and cure."""

from pathlib import Path

import pytest

from agent.brains.translation import BadGlossary, Glossary
from agent.brains.translation.glossary import load
from agent.brains.translation.marks import mask, unmask

GLOSSARY = Glossary(keep=("Lumen & Loom", "Drift", "Beacon"), terms={"de": {"store credit": "Guthaben", "Drift status": "Drift-Stufe"}})


def test_names_stand_behind_marks_and_terms_become_their_word() -> None:
    masked, kept = mask("Lumen  & Loom gave me Store Credit for my Drift status, not Drifter.", GLOSSARY, "de")
    assert masked == "⟦1⟧ gave me ⟦2⟧ for my ⟦3⟧, not Drifter."
    assert kept == ["Lumen  & Loom", "Guthaben", "Drift-Stufe"]


@pytest.mark.parametrize("text", ["我的Beacon会员", "drift Drifts aDrift", "care@Drift.example www.drift.example/Drift"])
def test_a_name_is_whole_and_in_its_own_case(text: str) -> None:
    masked, kept = mask(text, GLOSSARY, "fr")
    assert unmask(masked, kept) == text
    assert ("Beacon" in kept) == ("Beacon" in text)
    assert "Drift" not in kept


def test_terms_hold_for_their_language_alone() -> None:
    assert mask("store credit", GLOSSARY, "fr") == ("store credit", [])


def test_no_file_is_an_empty_glossary_and_the_brand_may_be_added(tmp_path: Path) -> None:
    assert load(tmp_path / "none.toml").keeping("Lumen & Loom", "").keep == ("Lumen & Loom",)


def test_a_file_is_read(tmp_path: Path) -> None:
    file = tmp_path / "glossary.toml"
    file.write_text('keep = ["Drift"]\n[terms.de]\n"store credit" = "Guthaben"\n', encoding="utf-8")
    assert load(file) == Glossary(("Drift",), {"de": {"store credit": "Guthaben"}})


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("keep = 'Drift'", "keep must be a list"),
        ("keep = ['']", "keep: ''"),
        ("keep = [5]", "keep: 5"),
        ("names = []", "does not know names"),
        ("terms = 3", "terms. is no table"),
        ("[terms.German]\n'a' = 'b'", "terms.German"),
        ("[terms.de]\n'a' = '⟦1⟧'", "terms.de.a"),
        ("[terms.de]\n'a' = 4", "terms.de.a"),
        ("keep = [", "is not TOML"),
    ],
)
def test_a_faulty_file_names_key_and_cure(tmp_path: Path, text: str, said: str) -> None:
    file = tmp_path / "glossary.toml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(BadGlossary, match=r"glossary\.toml") as caught:
        load(file)
    assert said in str(caught.value)


def test_a_file_that_is_no_text_is_told(tmp_path: Path) -> None:
    (tmp_path / "glossary.toml").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(BadGlossary, match="UTF-8"):
        load(tmp_path / "glossary.toml")
