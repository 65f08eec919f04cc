"""Quotations: whole sentences of the passage that is cited, one after the other. Half a sentence may say the opposite. Pure."""

from collections.abc import Iterable
from functools import lru_cache

from agent.policy.checks.plain import condensed
from knowledge.search import Passage
from knowledge.sentences import sentences


def is_quoted(text: str, passages: Iterable[Passage]) -> bool:
    said = condensed(text)
    return any(_holds(said, _sentences(passage.text, passage.language)) for passage in passages)


def _holds(said: str, source: tuple[str, ...]) -> bool:
    """Whether it is a run of them."""
    for start in range(len(source)):
        left = said
        for sentence in source[start:]:
            if not left.startswith(sentence):
                break
            left = left[len(sentence) :]
            if not left:
                return True
    return False


@lru_cache(maxsize=1024)
def _sentences(text: str, language: str) -> tuple[str, ...]:
    return tuple(condensed(sentence) for sentence in sentences(text, language))
