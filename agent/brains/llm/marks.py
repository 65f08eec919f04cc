"""Marks that stand for numbers, addresses and links while a model translates the words around them."""

import re
from typing import NamedTuple

from agent.domain import entities

LINK = re.compile(r"(?:https?://|www\.)[^\s<>\"'，。、）】⟦⟧]+", re.IGNORECASE)
MARK = re.compile(r"⟦[^⟧]{0,12}⟧")
NUMBER = re.compile(r"[A-Za-z#+-]*\d(?:[\d.,:/A-Za-z-]*[\dA-Za-z])?", re.ASCII)


class Span(NamedTuple):
    """Code points of a text, the end outside."""

    start: int
    end: int


def mask(text: str) -> tuple[str, list[str]]:
    """The text with ⟦1⟧, ⟦2⟧ ... for every link, id, e-mail, amount and number, and what they stand for.

    What already looks like a mark is masked too, so that every mark in the result is ours.
    """
    taken: list[Span] = []
    found = [Span(entity.start, entity.end) for entity in entities.find(text)]
    for span in [*_spans(MARK, text), *_spans(LINK, text), *found, *_spans(NUMBER, text)]:
        if not any(span.start < other.end and other.start < span.end for other in taken):
            taken.append(span)
    parts: list[str] = []
    at = 0
    for number, span in enumerate(sorted(taken), start=1):
        parts += [text[at : span.start], f"⟦{number}⟧"]
        at = span.end
    return "".join([*parts, text[at:]]), [text[span.start : span.end] for span in sorted(taken)]


def unmask(translation: str, kept: list[str]) -> str | None:
    """The translation with everything back in place; None when a mark is lost, doubled or foreign, or an id or link was made up."""
    marks = MARK.findall(translation)
    words = MARK.sub(" ", translation)
    if sorted(marks) != sorted(f"⟦{number}⟧" for number in range(1, len(kept) + 1)):
        return None
    if entities.find(words) or LINK.search(words) or "⟦" in words or "⟧" in words:
        return None
    return MARK.sub(lambda mark: kept[int(mark.group()[1:-1]) - 1], translation)


def _spans(pattern: re.Pattern[str], text: str) -> list[Span]:
    return [Span(*match.span()) for match in pattern.finditer(text)]
