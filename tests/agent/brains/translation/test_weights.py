"""Real MarianMT and NLLB folders, though tiny and untaught: found, loaded, asked in the right languages, bounded, refused."""

from __future__ import annotations

import json
import shutil
import time
from pathlib import Path

import pytest

from agent.brains.translation import open_folder
from agent.brains.translation.manifest import read
from agent.brains.translation.marks import FORMS
from agent.brains.translation.weights import TooLong, TooSlow, Weights
from agent.errors import NotReady
from agent.settings import Settings


def test_a_marian_folder_speaks_one_way(marian: Path) -> None:
    speaks = read(marian)
    assert (speaks.kind, speaks.pair) == ("marian", ("de", "en"))
    assert speaks.speaks("de", "en") and not speaks.speaks("en", "de") and not speaks.speaks("fr", "en")


def test_an_nllb_folder_speaks_what_its_tokenizer_lists(nllb: Path) -> None:
    speaks = read(nllb)
    assert speaks.kind == "nllb"
    assert set(speaks.codes) == {"en", "pl", "de"}
    assert speaks.speaks("pl", "en") and speaks.speaks("en", "pl") and not speaks.speaks("en", "fr") and not speaks.speaks("en", "en")


@pytest.mark.parametrize("which", ["marian", "nllb"])
def test_sentences_go_through_within_the_time(which: str, request: pytest.FixtureRequest) -> None:
    folder: Path = request.getfixturevalue(which)
    weights = Weights(folder, read(folder), beams=2)
    said = weights.say(["Wo ist sie ?", "Ja"] * 5, "de", "en", time.monotonic() + 120)
    assert len(said) == 10
    with pytest.raises(TooSlow):
        weights.say(["Wo ist meine Bestellung ?"], "de", "en", time.monotonic() - 1)
    with pytest.raises(TooLong):
        weights.say(["Wo ist " * 400], "de", "en", time.monotonic() + 30)


def test_the_vocabulary_says_which_marks_survive(marian: Path) -> None:
    weights = Weights(marian, read(marian), beams=1)
    assert [form for form in FORMS if weights.survives(form.format(1))] == ["[{}]", "X{}X", "<{}>", "#{}#"]


@pytest.mark.parametrize("which", ["marian", "nllb"])
async def test_babble_is_refused_and_the_original_kept(which: str, request: pytest.FixtureRequest) -> None:
    folder: Path = request.getfixturevalue(which)
    opened = open_folder(Settings(_env_file=None, translation_model=folder))
    assert opened
    found = await opened.translate("Wo ist meine Bestellung #1042 ?", "de", "en")
    assert found.text is None
    assert found.engine.startswith(f"none (folder {folder.name} lost numbers")
    assert (await opened.translate("Où est mon colis ?", "fr", "en")).engine.endswith("does not speak fr to en)")
    opened.close()


def test_none_is_opened_when_none_is_configured() -> None:
    assert open_folder(Settings(_env_file=None)) is None


@pytest.mark.parametrize(
    ("file", "text", "said"),
    [
        ("config.json", None, "config.json cannot be read"),
        ("config.json", "{", "config.json cannot be read"),
        ("config.json", '{"model_type": "bert"}', "type 'bert'"),
        ("tokenizer_config.json", '{"tokenizer_class": "MarianTokenizer"}', "source_lang"),
    ],
)
def test_a_wrong_folder_is_told_with_its_cure(marian: Path, tmp_path: Path, file: str, text: str | None, said: str) -> None:
    folder = shutil.copytree(marian, tmp_path / "copy")
    (folder / file).unlink() if text is None else (folder / file).write_text(text, encoding="utf-8")
    with pytest.raises(NotReady) as caught:
        read(folder)
    assert said in str(caught.value)


def test_a_marian_folder_may_say_its_pair_by_its_name(marian: Path, tmp_path: Path) -> None:
    folder = shutil.copytree(marian, tmp_path / "opus-mt-tc-big-pl-en")
    (folder / "tokenizer_config.json").write_text(json.dumps({"tokenizer_class": "MarianTokenizer"}), encoding="utf-8")
    assert read(folder).pair == ("pl", "en")


def test_a_list_of_one_language_is_no_nllb(nllb: Path, tmp_path: Path) -> None:
    folder = shutil.copytree(nllb, tmp_path / "copy")
    for name in ("tokenizer.json", "special_tokens_map.json", "tokenizer_config.json"):
        (folder / name).unlink(missing_ok=True)
    (folder / "tokenizer_config.json").write_text('{"tokenizer_class": "NllbTokenizer", "x": "pol_Latn"}', encoding="utf-8")
    with pytest.raises(NotReady, match="fewer than two languages"):
        read(folder)
