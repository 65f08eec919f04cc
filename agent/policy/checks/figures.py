"""Every figure of a text, in ten languages, as (kind, value): what can be compared with evidence whatever the way it is written. Pure.

Kinds: link, email, id, date, time, money, percent, duration, number.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from agent.policy.checks import amounts, counts, dates
from agent.policy.checks.lexicon import Lexicon, lexicon
from agent.policy.checks.plain import plain
from agent.writing.slots import SLOT


@dataclass(frozen=True, slots=True, order=True)
class Figure:
    """`value` by kind: money "79.9 EUR", date "2026-05-12" or "05-12" or "weekday2" or "+1", duration "5 workday", number "5"."""

    kind: str
    value: str

    def __str__(self) -> str:
        return f"{self.kind} {self.value}"


@dataclass(frozen=True, slots=True)
class Found:
    """Where it stands in the plain text."""

    figure: Figure
    start: int
    end: int


#: (start, end, value); "" hides the place from what is looked for later.
Spans = Iterable[tuple[int, int, str]]
#: No link holds a Chinese or Japanese mark: what follows without a space is the sentence's.
_PATH = r"[^\s<>\"'）)\]（、。，；「」『』【】]"
_LINK = re.compile(rf"(?:https?://|www\.){_PATH}+|(?<![@\w.-])(?:[a-z0-9-]{{2,}}\.)+[a-z]{{2,}}(?:/{_PATH}*)?", re.ASCII)
_EMAIL = re.compile(r"[^\s<>()（）:,;，。、「」@]{1,64}@(?:[A-Za-z0-9-]{1,63}\.)+[A-Za-z]{2,}")
_NUMBERED = re.compile(r"[#№]\s?(\d{1,12})")
_PHONE = re.compile(r"(?<![\w#])\+\d[\d ()/.-]{7,18}\d", re.ASCII)
_CODE = re.compile(r"(?<![A-Za-z0-9])(?=[A-Z0-9-]*\d)(?=[A-Z0-9-]*[A-Z])[A-Z0-9]{2,}(?:-[A-Z0-9]+)*(?![A-Za-z0-9])", re.ASCII)
#: "2XL", "5G", "H2O" are no ids.
_SHORTEST_CODE = 4


def _links(text: str, words: Lexicon) -> Iterator[tuple[int, int, str]]:
    for match in _LINK.finditer(text):
        link = match.group().rstrip(".,;:!?")
        host, slash, path = link.partition("://")[2].partition("/") if "://" in link else link.partition("/")
        yield match.start(), match.start() + len(link), f"{host.casefold()}{slash}{path}"


def _emails(text: str, words: Lexicon) -> Spans:
    return ((match.start(), match.end(), match.group().casefold()) for match in _EMAIL.finditer(text))


def _ids(text: str, words: Lexicon) -> Iterator[tuple[int, int, str]]:
    for match in _PHONE.finditer(text):
        yield match.start(), match.end(), "".join(char for char in match.group() if char.isdigit())
    for match in _NUMBERED.finditer(text):
        yield match.start(), match.end(), match[1]
    for match in _CODE.finditer(text):
        if len(match.group()) >= _SHORTEST_CODE and match.group()[:3] not in words.currencies:
            yield match.start(), match.end(), match.group()


#: In this order: what one has taken is hidden from the next.
_FINDERS: tuple[tuple[str, Callable[[str, Lexicon], Spans]], ...] = (
    ("email", _emails),
    ("link", _links),
    ("id", _ids),
    ("date", dates.dates),
    ("time", dates.times),
    ("money", amounts.money),
    ("percent", amounts.percents),
    ("duration", counts.durations),
    ("date", dates.relative),
    ("number", counts.numbers),
)


@lru_cache(maxsize=8192)
def figures(text: str, language: str) -> tuple[Found, ...]:
    """In reading order; slots are none."""
    words, left = lexicon(language), SLOT.sub(lambda slot: _HIDDEN * len(slot.group()), plain(text))
    found: list[Found] = []
    for kind, find in _FINDERS:
        taken = list(find(left, words))
        for start, end, value in taken:
            if _HIDDEN in left[start:end]:
                continue
            left = left[:start] + _HIDDEN * (end - start) + left[end:]
            if value:
                found.append(Found(Figure(kind, value), start, end))
    return tuple(sorted(found, key=lambda each: each.start))


_HIDDEN = "\x1a"


def values(text: str, language: str) -> frozenset[Figure]:
    return frozenset(each.figure for each in figures(text, language))


def numbers(text: str) -> set[str]:
    """Digit groups as ASCII, so that every script's digits compare."""
    return set(re.findall(r"[0-9]+", plain(text)))
