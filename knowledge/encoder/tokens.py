"""Texts to token ids at run time.

The `tokenizers` library spends 280 MB on XLM-R's 250,000 pieces; a dict does the same search in 40 MB. So a Unigram model keeps only its
normaliser and word splitter in `tokenizer.json`, and its pieces in `pieces.tsv`. Other kinds of model are used as they are.
"""

import json
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any, Final, Protocol

from tokenizers import Tokenizer

from knowledge.encoder.model import PIECES, TOKENIZER

UNKNOWN_PENALTY: Final = 10.0
"""An unknown character scores this much below the rarest piece, as in SentencePiece."""
WORDS: Final = 16_384
"""Segmented words to remember."""
WORD_LENGTH: Final = 32
"""Longest word to remember, so that nobody fills the memory with long ones."""


class Tokens(Protocol):
    """Makes a text what the model reads."""

    def encode(self, text: str) -> list[int]:
        """Token ids with the model's begin and end marks, cut at its limit."""
        ...


class LibraryTokens:
    """Any `tokenizer.json`, by the library."""

    def __init__(self, tokenizer: Tokenizer, max_tokens: int) -> None:
        self._tokenizer = tokenizer
        tokenizer.no_padding()
        tokenizer.enable_truncation(max_tokens)  # pyright: ignore[reportUnknownMemberType]

    def encode(self, text: str) -> list[int]:
        return self._tokenizer.encode(text).ids


class Unigram:
    """The most probable split of a word into known pieces (Viterbi)."""

    def __init__(self, pieces: Mapping[str, tuple[int, float]], unknown: int) -> None:
        self._pieces = pieces
        self._unknown = unknown
        self.longest = max(map(len, pieces))
        self._penalty = min(score for _, score in pieces.values()) - UNKNOWN_PENALTY
        self._remembered = lru_cache(WORDS)(self._split)

    def split(self, word: str) -> tuple[int, ...]:
        """Ids of the pieces; neighbouring unknown characters become one unknown token."""
        return self._remembered(word) if len(word) <= WORD_LENGTH else self._split(word)

    def _split(self, word: str) -> tuple[int, ...]:
        end = len(word)
        best = [0.0] + [float("-inf")] * end
        came: list[tuple[int, int]] = [(0, self._unknown)] * (end + 1)
        for start in range(end):
            self._extend(word, start, best, came)
        ids: list[int] = []
        while end:
            end, piece = came[end]
            if piece != self._unknown or not ids or ids[-1] != piece:
                ids.append(piece)
        return tuple(reversed(ids))

    def _extend(self, word: str, start: int, best: list[float], came: list[tuple[int, int]]) -> None:
        base = best[start]
        if base + self._penalty > best[start + 1]:
            best[start + 1], came[start + 1] = base + self._penalty, (start, self._unknown)
        for stop in range(start + 1, min(len(word), start + self.longest) + 1):
            found = self._pieces.get(word[start:stop])
            if found is not None and base + found[1] > best[stop]:
                best[stop], came[stop] = base + found[1], (start, found[0])


class UnigramTokens:
    """A Unigram `tokenizer.json` whose pieces were taken out by `compact`."""

    def __init__(self, folder: Path, max_tokens: int) -> None:
        self._pipeline = Tokenizer.from_file(str(folder / TOKENIZER))
        self._room = max_tokens - 2
        pieces, special = read_pieces(folder / PIECES)
        self._bos, self._eos = special["bos"], special["eos"]
        self._unigram = Unigram(pieces, special["unk"])

    def encode(self, text: str) -> list[int]:
        ids = [self._bos]
        for word in self._words(text):
            ids.extend(self._unigram.split(word))
            if len(ids) > self._room:
                break
        return [*ids[: self._room + 1], self._eos]

    def _words(self, text: str) -> list[str]:
        normaliser, splitter = self._pipeline.normalizer, self._pipeline.pre_tokenizer
        assert normaliser is not None  # `compact` accepts no other
        assert splitter is not None
        # Normalising can make a text longer; no more characters than this fit into the tokens.
        text = normaliser.normalize_str(text)[: self._room * self._unigram.longest]
        return [word for word, _ in splitter.pre_tokenize_str(text)]


def load(folder: Path, max_tokens: int) -> Tokens:
    """The tokens of a prepared folder."""
    if (folder / PIECES).is_file():
        return UnigramTokens(folder, max_tokens)
    return LibraryTokens(Tokenizer.from_file(str(folder / TOKENIZER)), max_tokens)


def read_pieces(path: Path) -> tuple[dict[str, tuple[int, float]], dict[str, int]]:
    """Pieces with id and score, and the ids of bos, eos and unk (in the first line)."""
    lines = path.read_bytes().decode().split("\n")  # other line ends can be pieces
    special: dict[str, int] = json.loads(lines[0])
    rows = (line.rpartition("\t") for line in lines[1:])
    # Special pieces are left out: a customer who types "</s>" must not end the sentence.
    return {piece: (i, float(score)) for i, (piece, _, score) in enumerate(rows) if score}, special


def compact(tokenizer: Path, folder: Path, special: Mapping[str, int]) -> bool:
    """Write `tokenizer.json` without its pieces and `pieces.tsv` to `folder`; False when the model is no Unigram with a word splitter."""
    whole: dict[str, Any] = json.loads(tokenizer.read_text(encoding="utf-8"))
    model = whole["model"]
    if model["type"] != "Unigram" or model.get("byte_fallback") or not (whole.get("normalizer") and whole.get("pre_tokenizer")):
        return False
    if any("\n" in piece for piece, _ in model["vocab"]):
        return False
    marks = {added["id"] for added in whole["added_tokens"]}
    rows = ["" if i in marks else f"{piece}\t{score!r}" for i, (piece, score) in enumerate(model["vocab"])]
    (folder / PIECES).write_text("\n".join([json.dumps(dict(special)), *rows]), encoding="utf-8", newline="\n")
    whole["model"] = {**model, "vocab": [model["vocab"][model["unk_id"]]], "unk_id": 0}
    whole["added_tokens"] = []
    whole["post_processor"] = None
    (folder / TOKENIZER).write_text(json.dumps(whole), encoding="utf-8")
    return True
