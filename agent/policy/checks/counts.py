"""Spans of time and plain numbers, in digits or in words. Pure."""

import re
from collections.abc import Iterator
from decimal import Decimal
from functools import lru_cache

from agent.policy.checks.amounts import CJK_NUM, NUM, cjk_number, number
from agent.policy.checks.lexicon import Lexicon
from agent.policy.checks.plain import plain

#: One unit for what is the same span: a fortnight is 14 days, two years are 24 months.
_AS = {"week": (7, "day"), "year": (12, "month")}
#: What is counted in Chinese and Japanese; without one, a numeral is part of a word.
_COUNTED = "[个個件つ次回倍名人张張枚台本箱份位点步歩項项]"


@lru_cache(maxsize=64)
def _said(words: Lexicon) -> dict[str, str]:
    """Number word -> value."""
    return {word: value for value, entries in words.table("numbers").items() for word in entries}


@lru_cache(maxsize=64)
def _units(words: Lexicon) -> dict[str, str]:
    return {" ".join(form.split()): unit for unit, forms in words.table("units").items() for form in forms}


@lru_cache(maxsize=64)
def _durations(words: Lexicon) -> re.Pattern[str]:
    counted = words.any_of([*_said(words), *words.words("ones")])
    one = f"{NUM}|{CJK_NUM}" if words.dense else f"{NUM}|{counted}"
    joints = "|".join(re.escape(plain(joint)) for joint in sorted(words.words("ranges"), key=len, reverse=True))
    between = rf"\s*[-–—~〜]\s*|\s*(?:{joints})\s*" if words.dense else rf"\s*[-–—~]\s*|\s+(?:{joints})\s+"
    span = rf"(?P<a>{one})(?:(?:{between})(?P<b>{one}))?"
    return re.compile(rf"{span}(?:\s*-\s*|\s*)(?P<u>{words.any_of(_units(words))})", re.IGNORECASE)


@lru_cache(maxsize=64)
def _fixed(words: Lexicon) -> tuple[re.Pattern[str], dict[str, str]]:
    return words.pattern(words.table("spans")), words.table("spans")


def durations(text: str, words: Lexicon) -> Iterator[tuple[int, int, str]]:
    """As "5 workday"; of a range both ends."""
    pattern, spans = _fixed(words)
    for match in pattern.finditer(text):
        value = _entry(match.group(), spans, words)
        if value:
            yield match.start(), match.end(), value
    for match in _durations(words).finditer(text):
        unit = _entry(match["u"], _units(words), words) or ""
        if match["b"]:
            yield match.start("a"), match.end("a"), _span(match["a"], unit, words)
            yield match.start("b"), match.end(), _span(match["b"], unit, words)
        else:
            yield match.start(), match.end(), _span(match["a"], unit, words)


def _entry(said: str, table: dict[str, str], words: Lexicon) -> str | None:
    """What a matched word stands for: the longest entry that it ends with, for Arabic writes particles on to its front."""
    folded = " ".join(said.casefold().split())
    fitting = [entry for entry in table if folded.endswith(plain(entry).casefold())]
    return table[max(fitting, key=len)] if fitting else None


def _span(said: str, unit: str, words: Lexicon) -> str:
    factor, base = _AS.get(unit, (1, unit))
    return f"{_normal(Decimal(_value(said, words)) * factor)} {base}"


def _normal(value: Decimal) -> str:
    return number(f"{value:f}") if value != value.to_integral() else str(int(value))


def _value(said: str, words: Lexicon) -> str:
    """Of digits, of a numeral, of a number word, or of "a"."""
    if said[0].isdigit():
        return number(said)
    if words.dense:
        return str(cjk_number(said))
    return _entry(said, _said(words), words) or "1"


@lru_cache(maxsize=64)
def _plain_words(words: Lexicon) -> re.Pattern[str]:
    """Number words that can be nothing else."""
    unsure = set(words.words("unsure"))
    return words.pattern(word for word in _said(words) if word not in unsure)


_DIGITS = re.compile(NUM)
_NUMERALS = re.compile(rf"({CJK_NUM})(?={_COUNTED})")


def numbers(text: str, words: Lexicon) -> Iterator[tuple[int, int, str]]:
    """Beyond one: "one" is an article more often than a figure."""
    for match in _DIGITS.finditer(text):
        yield match.start(), match.end(), number(match.group())
    if words.dense:
        for match in _NUMERALS.finditer(text):
            if (value := cjk_number(match[1])) > 1:
                yield match.start(), match.end(), str(value)
        return
    for match in _plain_words(words).finditer(text):
        if value := _entry(match.group(), _said(words), words):
            yield match.start(), match.end(), value
