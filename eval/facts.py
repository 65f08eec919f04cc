"""Facts a reply must or must not state, found in any language: `date:2026-05-22`, `number:4.90`, `text:KL874769129NL`."""

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from babel.dates import format_date

from agent.domain.languages import SUPPORTED

_NUMBER = re.compile(r"\d+(?:\.\d{1,2})?")


class BadFact(ValueError):
    """A fact that cannot be looked for."""


@dataclass(frozen=True, slots=True)
class Fact:
    kind: str
    value: str


def parse(raw: str) -> Fact:
    """Raises BadFact with its cure."""
    kind, _, value = raw.partition(":")
    if kind not in FINDERS or not value:
        raise BadFact(f"fact {raw!r}: write {', '.join(f'{name}:...' for name in FINDERS)}.")
    if kind == "number" and not _NUMBER.fullmatch(value):
        raise BadFact(f"fact {raw!r}: a number is written as 30 or 4.90.")
    if kind == "date":
        try:
            date.fromisoformat(value)
        except ValueError:
            raise BadFact(f"fact {raw!r}: a date is written as 2026-05-22.") from None
    return Fact(kind, value)


def states(text: str, fact: Fact) -> bool:
    """Whether a text states the fact, in whichever script its digits are."""
    return FINDERS[fact.kind](plain(text), fact.value)


def plain(text: str) -> str:
    """Digits as 0-9, every decimal sign a point, no marks that only steer the direction of writing, spaces as one kind."""
    kept = (char for char in text if unicodedata.category(char) != "Cf")
    digits = "".join(str(unicodedata.decimal(char)) if char.isdecimal() else char for char in kept)
    points = re.sub(r"(?<=\d)[٫,](?=\d{2}\b)", ".", digits)
    return " ".join(points.split())


def _number(text: str, value: str) -> bool:
    whole, _, cents = value.partition(".")
    grouped = "[.,' ]?".join(_groups(whole))
    tail = rf"\.{cents}" if cents.strip("0") else r"(?:\.0+)?"
    return re.search(rf"(?<!\d)(?<!\d\.){grouped}{tail}(?![\d])(?!\.\d)", text) is not None


def _groups(digits: str) -> list[str]:
    """Thousands as they may be set apart: 1234 -> 1, 234."""
    first = len(digits) % 3 or 3
    return [digits[:first], *(digits[at : at + 3] for at in range(first, len(digits), 3))]


def _date(text: str, value: str) -> bool:
    return _forms(value).search(text.casefold()) is not None


@lru_cache(maxsize=4096)
def _forms(value: str) -> re.Pattern[str]:
    """The day as it is written in every served language, in full and in short, with and without the year."""
    day = date.fromisoformat(value)
    patterns = [format_date(day, style, locale=code) for code in sorted(SUPPORTED) for style in ("long", "medium")]
    patterns += [format_date(day, pattern, locale=code) for code in sorted(SUPPORTED) for pattern in ("d MMMM", "d. MMMM", "d MMM")]
    patterns += [format_date(day, "M月d日", locale="zh"), value]
    forms = sorted({re.escape(plain(form).casefold()) for form in patterns})
    return re.compile(rf"(?<!\d)(?:{'|'.join(forms)})(?!\d)")


def _text(text: str, value: str) -> bool:
    return plain(value).casefold() in text.casefold()


FINDERS: dict[str, Callable[[str, str], bool]] = {"date": _date, "number": _number, "text": _text}
