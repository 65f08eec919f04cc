"""What a model's sentence says beyond its sources, by its words: lies without a figure, a promise or a denial are new words. Pure."""

import re
from collections.abc import Iterable, Sequence

from agent.policy.checks.plain import is_dense
from agent.policy.checks.sources import Sentence, sentence

#: The share of its words that may be in none of its sources. Of 173 right paraphrases in ten languages none has more than .57 (the median
#: is below .3), of a dozen lies none has less than .67.
MOST_NEW = 0.6
#: Words from which a sentence, or a clause, says something; pairs of characters where words are not parted.
FEW, FEW_PAIRS = 3, 6
#: Words of the Latin alphabet among characters: an English sentence in a Chinese reply has no pairs.
_LATIN = re.compile(r"[A-Za-z]{4,}")


def novel(said: Iterable[Sentence], sources: Sequence[Sentence], values: Iterable[str], language: str) -> list[str]:
    """Sentences that are mostly new, and clauses that are altogether new. Sources in another language cannot be compared so."""
    if not sources or any(source.language != language for source in sources):
        return []
    known = frozenset(word for source in (*sources, *(sentence(value, language) for value in values)) for word in _words(source))
    found = [f"mostly in none of its sources: {each.text[:80]}" for each in said if _share(each, known) > MOST_NEW]
    parts = [clause for each in said for clause in each.clauses]
    return found + [f"in none of its sources: {part.text.strip()[:80]}" for part in parts if _share(part, known) == 1]


def _share(said: Sentence, known: frozenset[str]) -> float:
    words = _words(said)
    return len(words - known) / len(words) if len(words) >= (FEW_PAIRS if _is_paired(said) else FEW) else 0.0


def _is_paired(said: Sentence) -> bool:
    return is_dense(said.language) and not _latin(said.text)


def _words(said: Sentence) -> frozenset[str]:
    return said.tokens | _latin(said.text) if is_dense(said.language) else said.tokens


def _latin(text: str) -> frozenset[str]:
    return frozenset(word.casefold() for word in _LATIN.findall(text))
