"""What simpler ways find on the same rows: BM25, and the nearest whole text by cosine."""

import math
import re
from collections import Counter
from collections.abc import Sequence

import numpy as np

from knowledge.embed import Embedder, Floats

_WORD = re.compile(r"\w+")
#: The usual constants: how soon a repeated word stops counting, how much long texts pay for their length.
_SATURATION, _LENGTH = 1.2, 0.75


def bm25(queries: Sequence[str], texts: Sequence[str]) -> list[list[int]]:
    """Texts by number, best first, for each query; words are folded to lower case."""
    documents = [Counter(_WORD.findall(text.casefold())) for text in texts]
    held = Counter(word for document in documents for word in document)
    rarity = {word: math.log(1 + (len(texts) - n + 0.5) / (n + 0.5)) for word, n in held.items()}
    usual = sum(document.total() for document in documents) / len(documents)

    def score(words: Sequence[str], document: Counter[str]) -> float:
        length = _SATURATION * (1 - _LENGTH + _LENGTH * document.total() / usual)
        return sum(rarity[w] * document[w] * (_SATURATION + 1) / (document[w] + length) for w in words if w in document)

    asked = [_WORD.findall(query.casefold()) for query in queries]
    return [sorted(range(len(texts)), key=lambda at, words=words: -score(words, documents[at])) for words in asked]


async def dense(queries: Sequence[str], texts: Sequence[str], embedder: Embedder) -> list[list[int]]:
    """Texts by number, nearest first, for each query."""
    nearness = await embedder.queries(queries) @ (await embedder.passages(texts)).T
    return [np.argsort(-row, kind="stable").tolist() for row in nearness]


class RememberingEmbedder:
    """Embeds a passage once, though floor and search both ask for it."""

    def __init__(self, embedder: Embedder) -> None:
        self._embedder = embedder
        self._known: dict[str, Floats] = {}

    @property
    def fingerprint(self) -> str:
        return self._embedder.fingerprint

    @property
    def dim(self) -> int:
        return self._embedder.dim

    async def queries(self, texts: Sequence[str]) -> Floats:
        """Vectors of queries; the embedder itself remembers those."""
        return await self._embedder.queries(texts)

    async def passages(self, texts: Sequence[str]) -> Floats:
        """Vectors of passages; only new ones are computed."""
        new = [text for text in dict.fromkeys(texts) if text not in self._known]
        if new:
            self._known.update(zip(new, await self._embedder.passages(new), strict=True))
        return np.array([self._known[text] for text in texts], np.float32).reshape(-1, self.dim)
