"""Marks that stand for numbers, addresses, links and names while an engine translates the words around them."""

import re
from collections.abc import Iterable
from typing import NamedTuple

from agent.brains.translation.glossary import NONE, Glossary
from agent.domain import entities

LINK = re.compile(r"(?:https?://|www\.)[^\s<>\"'，。、）】⟦⟧]+", re.IGNORECASE)
#: The longest is the slot of an effect: its key and field.
MARK = re.compile(r"⟦[^⟧]{0,120}⟧")
#: Letters before a digit are bounded: without it a long word costs a second.
NUMBER = re.compile(r"[A-Za-z#+-]{0,40}\d(?:[\d.,:/A-Za-z-]*[\dA-Za-z])?")

#: How a mark may be written for an engine whose pieces do not know ⟦ ⟧: what survives differs from model to model.
FORMS = ("[{}]", "X{}X", "{{{}}}", "<{}>", "#{}#")
_TOLERANT = {
    "[{}]": re.compile(r"[\[［【]\s*(\d{1,3})\s*[\]］】]"),
    "X{}X": re.compile(r"[XxХх]\s?(\d{1,3})\s?[XxХх]"),
    "{{{}}}": re.compile(r"[{｛]\s*(\d{1,3})\s*[}｝]"),
    "<{}>": re.compile(r"[<＜〈《]\s*(\d{1,3})\s*[>＞〉》]"),
    "#{}#": re.compile(r"[#＃]\s*(\d{1,3})\s*[#＃]"),
}
_FIGURES = re.compile(r"\d[\d.,\s]*")
_OURS = re.compile(r"⟦(\d{1,3})⟧")


class Span(NamedTuple):
    """Code points of a text, the end outside, and what shall stand there in the translation."""

    start: int
    end: int
    becomes: str


def mask(text: str, glossary: Glossary = NONE, target: str = "") -> tuple[str, list[str]]:
    """The text with ⟦1⟧, ⟦2⟧ ... for every link, id, e-mail, amount, number, kept name and glossary term, and what they become.

    What already looks like a mark is masked too, so that every mark in the result is ours. A term becomes the `target` language's.
    """
    taken, covered = list[Span](), bytearray(len(text))
    found = [Span(entity.start, entity.end, text[entity.start : entity.end]) for entity in entities.find(text)]
    mails = _spans(entities.EMAIL, text)
    named = [Span(*place) for place in glossary.places(text, target)]
    for span in [*_spans(MARK, text), *_spans(LINK, text), *mails, *named, *found, *_spans(NUMBER, text)]:
        if not any(covered[span.start : span.end]):
            covered[span.start : span.end] = bytes([1]) * (span.end - span.start)
            taken.append(span)
    parts: list[str] = []
    at = 0
    for number, span in enumerate(sorted(taken), start=1):
        parts += [text[at : span.start], f"⟦{number}⟧"]
        at = span.end
    return "".join([*parts, text[at:]]), [span.becomes for span in sorted(taken)]


def unmask(translation: str, kept: list[str]) -> str | None:
    """The translation with everything back in place; None when a mark is lost, doubled or foreign, or a figure or link was made up.

    None, too, when two things of one form have changed places, such as two amounts: they may be said the wrong way round.
    """
    words = MARK.sub(" ", translation)
    if in_it(translation) != [f"⟦{number}⟧" for number in sorted(range(1, len(kept) + 1), key=str)]:
        return None
    if any(char.isdecimal() for char in words) or entities.find(words) or LINK.search(words) or "⟦" in words or "⟧" in words:
        return None
    if in_form(kept[int(mark[1:-1]) - 1] for mark in MARK.findall(translation)) != in_form(kept):
        return None
    return MARK.sub(lambda mark: kept[int(mark.group()[1:-1]) - 1], translation)


def in_form(values: Iterable[str]) -> dict[str, list[str]]:
    """In their order: another order of one form's values means that they have changed places."""
    groups: dict[str, list[str]] = {}
    for value in values:
        groups.setdefault(form(value), []).append(value)
    return groups


def form(value: str) -> str:
    """What can be taken for one another: equal but for the figures in it."""
    return _FIGURES.sub("0", value)


def in_it(text: str) -> list[str]:
    """Its marks, sorted: equal lists mean that none was lost, doubled or made up."""
    return sorted(MARK.findall(text), key=lambda mark: mark[1:-1])


def written(text: str, form: str) -> str:
    """Our marks in another form."""
    return _OURS.sub(lambda mark: form.format(mark[1]), text)


def ours(text: str, form: str) -> str:
    """... and back, though an engine may have put spaces into them or widened them."""
    return _TOLERANT[form].sub(lambda mark: f"⟦{int(mark[1])}⟧", text)


def _spans(pattern: re.Pattern[str], text: str) -> list[Span]:
    return [Span(*match.span(), match.group()) for match in pattern.finditer(text)]
