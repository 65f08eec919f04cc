"""Word match: BM25 inside one language, and exact identifiers (SKU, model, error code) across languages."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence

import numpy as np
import numpy.typing as npt

Rows = npt.NDArray[np.int32]
Scores = npt.NDArray[np.float32]

_K1, _B = 1.2, 0.75
_MAX_TERMS = 64
_WORD = re.compile(r"\w+")
# Scripts written without spaces are matched by pairs of characters.
_UNSPACED = re.compile(r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]+")
# Hurried writers leave out the marks of Latin, Greek, Cyrillic and Arabic; those of Thai and kana are letters.
_MARKS = re.compile(r"[\u0300-\u036f\u064b-\u0652\u0640]")
_IDENTIFIER = re.compile(r"(?<![\w@./-])(?=[\w-]*\d)(?=[\w-]*[A-Za-z])[A-Za-z0-9]+(?:[-_][A-Za-z0-9]+)*(?![\w@-])")
_UNIT = re.compile(r"\d+[a-z]{1,3}")  # 40cm, 24h, 2x: a quantity, not a name


def terms(text: str) -> list[str]:
    """Folded words; runs of Chinese, Japanese or Thai as overlapping pairs."""
    found: list[str] = []
    for word in _WORD.findall(_fold(text)):
        found.extend(_pairs(word) if _UNSPACED.search(word) else (word,))
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


class Bm25:
    """BM25 over the passages of one language; `rows` says which passage a document is."""

    def __init__(self, rows: Sequence[int], texts: Iterable[str]) -> None:
        self.rows = np.asarray(rows, dtype=np.int32)
        counts = [Counter(terms(text)) for text in texts]
        lengths = np.asarray([max(1, count.total()) for count in counts], dtype=np.float32)
        postings: dict[str, tuple[list[int], list[int]]] = {}
        for document, count in enumerate(counts):
            for term, times in count.items():
                documents, seen = postings.setdefault(term, ([], []))
                documents.append(document)
                seen.append(times)
        norm = _K1 * (1 - _B + _B * lengths / lengths.mean()) if counts else lengths
        self._weights = {term: self._weigh(*posting, norm) for term, posting in postings.items()}
        self._unseen = float(np.log(1 + (len(counts) + 0.5) / 0.5))

    def _weigh(self, documents: list[int], times: list[int], norm: Scores) -> tuple[Rows, Scores, float]:
        rows, often = np.asarray(documents, dtype=np.int32), np.asarray(times, dtype=np.float32)
        rarity = float(np.log(1 + (len(norm) - len(rows) + 0.5) / (len(rows) + 0.5)))
        return rows, (rarity * often * (_K1 + 1) / (often + norm[rows])).astype(np.float32), rarity

    def scores(self, query: str) -> tuple[Scores, Scores]:
        """For each document its BM25 score, and the share (0..1) of the query's rarity that it covers."""
        score = np.zeros(len(self.rows), dtype=np.float32)
        covered = np.zeros(len(self.rows), dtype=np.float32)
        total = 0.0
        for term in list(dict.fromkeys(terms(query)))[:_MAX_TERMS]:
            documents, weights, rarity = self._weights.get(term, (None, None, self._unseen))
            total += rarity
            if documents is not None and weights is not None:
                score[documents] += weights
                covered[documents] += rarity
        return score, covered / total if total else covered
