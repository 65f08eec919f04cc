"""Dates, weekdays, times of day and words like "tomorrow", in any of the languages. Pure."""

import re
from collections.abc import Callable, Iterator
from functools import lru_cache

from agent.policy.checks.lexicon import Lexicon
from agent.policy.checks.plain import plain

_ISO = re.compile(r"(?<!\d)(?P<y>\d{4})-(?P<m>\d{2})-(?P<d>\d{2})(?!\d)")
_CJK = re.compile(r"(?:(?P<y>\d{4})年\s?)?(?<!\d)(?P<m>\d{1,2})月(?:(?P<d>\d{1,2})[日号])?")
_DAY_FIRST = re.compile(r"(?<![\d.,/-])(?P<d>\d{1,2})(?P<s>[./-])(?P<m>\d{1,2})(?P=s)(?P<y>\d{4}|\d{2})(?![\d/-])")
_GERMAN = re.compile(r"(?<![\d.,])(?P<d>\d{1,2})\.\s?(?P<m>\d{1,2})\.(?!\d)")
_SLASHED = re.compile(r"(?<![\d/.,])(?P<d>\d{1,2})/(?P<m>\d{1,2})(?![\d/])")
_TIME = re.compile(r"(?<![\d:])(?P<h>\d{1,2}):(?P<n>\d{2})(?!\d)(?::\d{2})?(?:\s?(?P<p>[ap])\.?m\b\.?)?", re.IGNORECASE)
_HOUR = re.compile(r"(?<![\d:.,])(?P<h>\d{1,2})\s?(?:(?P<p>[ap])\.?m\b\.?|Uhr\b)", re.IGNORECASE)


@lru_cache(maxsize=64)
def _named(words: Lexicon) -> tuple[re.Pattern[str], ...]:
    """Day Month Year, Month Day Year, Month Year: with ordinals, commas and small words between."""
    month = "|".join(re.escape(name) for name in sorted(words.months, key=len, reverse=True))
    month = rf"(?<![^\W\d_])(?P<n>{month or '(?!)'})(?![^\W\d_])\.?"
    year = r"(?:,?\s+(?:de[l]?\s+|of\s+)?(?P<y>\d{4})(?!\d))"
    day = r"(?<![\d.,])(?P<d>\d{1,2})(?:\.|st|nd|rd|th|er|º|°)?"
    return (
        re.compile(rf"{day}\s+(?:of\s+|de\s+|d')?{month}{year}?(?:\s+г(?:ода|\.)?(?!\w))?", re.IGNORECASE),
        re.compile(rf"{month}\s+(?P<d>\d{{1,2}})(?:st|nd|rd|th)?(?![\d:.,]\d|\d){year}?", re.IGNORECASE),
        re.compile(rf"{month}{year}(?:\s+г(?:ода|\.)?(?!\w))?", re.IGNORECASE),
    )


def dates(text: str, words: Lexicon) -> Iterator[tuple[int, int, str]]:
    """As "2026-05-12", "05-12" without its year, "2026-05" without its day. Figures alone are read day first, as our own replies are."""
    patterns: list[re.Pattern[str]] = [_ISO, _CJK] if words.dense else [_ISO, *_named(words), _DAY_FIRST]
    if words.language == "de":
        patterns.append(_GERMAN)
    elif not words.dense:
        patterns.append(_SLASHED)
    for pattern in patterns:
        for match in pattern.finditer(text):
            value = _date(match.groupdict(), words)
            if value:
                yield match.start(), match.end(), value


def _date(parts: dict[str, str | None], words: Lexicon) -> str:
    name = parts.get("n")
    month = words.months[name.casefold()] if name else int(parts["m"] or 0)
    day, year = parts.get("d"), parts.get("y")
    if not 1 <= month <= 12 or (day and not 1 <= int(day) <= 31):
        return ""
    ends = f"{month:02}-{int(day):02}" if day else f"{month:02}"
    return f"{year if len(year) == 4 else '20' + year}-{ends}" if year else ends


def times(text: str, words: Lexicon) -> Iterator[tuple[int, int, str]]:
    for pattern in (_TIME, _HOUR):
        for match in pattern.finditer(text):
            hour, minutes = int(match["h"]), match.groupdict().get("n") or "00"
            half = (match["p"] or "").casefold()
            hour = hour % 12 + 12 if half == "p" else hour % 12 if half == "a" else hour
            yield match.start(), match.end(), f"{hour:02}:{minutes}"


@lru_cache(maxsize=64)
def _words(words: Lexicon) -> tuple[re.Pattern[str], Callable[[str], str]]:
    said = {entry: value for value, entries in words.table("relative").items() for entry in entries} | words.weekdays
    stems = {plain(entry).casefold().rstrip("*"): value for entry, value in said.items()}

    def meant(found: str) -> str:
        folded = " ".join(found.casefold().split())
        value = stems[max((stem for stem in stems if stem in folded), key=len)]
        return "" if value == "none" else value

    return words.pattern(said), meant


def relative(text: str, words: Lexicon) -> Iterator[tuple[int, int, str]]:
    """ "+1" for tomorrow, "weekday2" for a Tuesday, "morning"."""
    pattern, meant = _words(words)
    for match in pattern.finditer(text):
        yield match.start(), match.end(), meant(match.group())
