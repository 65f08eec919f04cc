"""Any text a customer can send becomes a vector."""

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.encoder import model
from knowledge.encoder.errors import ModelDamaged, ModelNotPrepared
from knowledge.encoder.runtime import MAX_CHARACTERS, Encoder, clean

ANY_TEXT = st.text(st.characters(exclude_categories=()), max_size=60)


@given(ANY_TEXT)
def test_a_cleaned_text_is_valid_and_stays_as_it_is(text: str) -> None:
    cleaned = clean(text)
    cleaned.encode()
    assert clean(cleaned) == cleaned
    assert "\0" not in cleaned


@pytest.mark.parametrize(
    ("text", "cleaned"),
    [("\ud83d\ude00!", "😀!"), ("a\ud83d", "a\ufffd"), ("a\ud83db", "a\ufffdb"), ("a\0b", "a b"), ("  a\n\tb ", "a b"), ("", "")],
)
def test_what_cannot_be_encoded_is_repaired(text: str, cleaned: str) -> None:
    assert clean(text) == cleaned


def test_a_long_text_is_bounded() -> None:
    assert len(clean("x" * 10_000_000)) == MAX_CHARACTERS
    assert clean(" " * 20_000 + "x") == "x"


def test_vectors_have_length_one(tiny_model: Path) -> None:
    encoder = Encoder(tiny_model)
    for text in ("the parcel", "", "\ud800", "😀", "a " * 5000):
        vector = encoder.query(text)
        assert (vector.shape, vector.dtype) == ((8,), np.float32)
        assert np.linalg.norm(vector) == pytest.approx(1, abs=1e-5)


def test_queries_and_passages_have_prefixes_of_their_own(tiny_model: Path) -> None:
    encoder = Encoder(tiny_model)
    assert not np.allclose(encoder.query("parcel"), encoder.passage("parcel"))


def test_a_folder_without_model_names_the_cure(tmp_path: Path) -> None:
    with pytest.raises(ModelNotPrepared, match="portside models prepare"):
        Encoder(tmp_path)


@pytest.mark.parametrize("name", [model.GRAPH, model.TOKENIZER, model.PIECES])
def test_a_damaged_file_names_the_cure(tiny_model: Path, tmp_path: Path, name: str) -> None:
    for path in tiny_model.iterdir():
        (tmp_path / path.name).write_bytes(path.read_bytes())
    (tmp_path / name).write_bytes(b"\x00\xff")
    with pytest.raises(ModelDamaged, match="prepare"):
        Encoder(tmp_path)
