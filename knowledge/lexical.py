"""Word match: how much of a question a passage of its language holds, and identifiers (SKU, error code) in any."""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Iterable, Sequence

import numpy as np
import numpy.typing as npt

Rows = npt.NDArray[np.int32]
Scores = npt.NDArray[np.float32]

_MAX_TERMS = 96
_STEM = 5  # letters; endings differ, most of all in Russian and Arabic
_WORD = re.compile(r"\w+")
# Scripts written without spaces are matched by pairs of characters.
_UNSPACED = re.compile(r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]+")
# Hurried writers leave out the marks of Latin, Greek, Cyrillic and Arabic; those of Thai and kana are letters.
_MARKS = re.compile(r"[\u0300-\u036f\u064b-\u0652\u0640]")
_IDENTIFIER = re.compile(r"(?<![\w@./-])(?=[\w-]*\d)(?=[\w-]*[A-Za-z])[A-Za-z0-9]+(?:[-_][A-Za-z0-9]+)*(?![\w@-])")
_UNIT = re.compile(r"\d+[a-z]{1,3}")  # 40cm, 24h, 2x: a quantity, not a name


def terms(text: str) -> list[str]:
    """Folded words, longer ones also by their beginning; runs of Chinese, Japanese or Thai as overlapping pairs."""
    found: list[str] = []
    for word in _WORD.findall(_fold(text)):
        if _UNSPACED.search(word):
            found.extend(_pairs(word))
        else:
            found.extend((word, word[:_STEM] + "*") if len(word) >= _STEM else (word,))
    return found


def _fold(text: str) -> str:
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    return _MARKS.sub("", decomposed)


def _pairs(word: str) -> Iterable[str]:
    for run in re.split(rf"({_UNSPACED.pattern})", word):
        if len(run) > 1 and _UNSPACED.fullmatch(run):
            yield from (run[at : at + 2] for at in range(len(run) - 1))
        elif run:
            yield run


def identifiers(text: str) -> set[str]:
    """Names with letters and digits, such as `LL-EB200` or `E04`, upper case."""
    found = {match.group() for match in _IDENTIFIER.finditer(text)}
    return {name.upper() for name in found if not _UNIT.fullmatch(name.lower())}


class WordIndex:
    """The passages of one language by their words; `rows` says which passage a document is."""

    def __init__(self, rows: Sequence[int], texts: Iterable[str]) -> None:
        self.rows = np.asarray(rows, dtype=np.int32)
        postings: dict[str, list[int]] = {}
        for document, text in enumerate(texts):
            for term in set(terms(text)):
                postings.setdefault(term, []).append(document)
        self._postings = {term: np.asarray(documents, np.int32) for term, documents in postings.items()}

    def coverage(self, query: str) -> Scores:
        """For each document the share (0..1) of the query that it holds, rare words counting more."""
        covered = np.zeros(len(self.rows), dtype=np.float32)
        total = 0.0
        for term in list(dict.fromkeys(terms(query)))[:_MAX_TERMS]:
            documents = self._postings.get(term)
            rarity = self._rarity(0 if documents is None else len(documents))
            total += rarity
            if documents is not None:
                covered[documents] += rarity
        return covered / total if total else covered

    def _rarity(self, documents: int) -> float:
        return math.log(1 + (len(self.rows) - documents + 0.5) / (documents + 0.5))
