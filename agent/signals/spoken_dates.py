"""Days and amounts that a sentence of ours names, read back from its words in any of the languages we write."""

import re
import unicodedata
from datetime import date, timedelta
from functools import cache

from babel.dates import get_month_names

from agent.domain.languages import SUPPORTED

_ISO = re.compile(r"\b(\d{4})-(\d{1,2})-(\d{1,2})\b")
_ASIAN = re.compile(r"(?:(\d{4})\s*年\s*)?(\d{1,2})\s*月\s*(\d{1,2})\s*日")
#: Day first, as everywhere we write but for the Americas, where operators spell the month.
_NUMERIC = re.compile(r"(?<![\d.,])(\d{1,2})[./](\d{1,2})(?:[./](\d{4}|\d{2})(?!\d)|\.(?!\d))")
_DAY_MONTH = re.compile(r"(?<![\d.,])(\d{1,2})(?:st|nd|rd|th|er|º|\.)?(?:\s+(?:de|of))?\s+([^\W\d_]{3,})\.?(?:,?\s+(?:de\s+)?(\d{4}))?")
_MONTH_DAY = re.compile(r"([^\W\d_]{3,})\.?\s+(\d{1,2})(?:st|nd|rd|th)?(?![\d:.])(?:,?\s+(\d{4}))?")
#: Currency signs and codes beside a number, on either side of it.
_SIGN = r"(?:[A-Z]{0,2}[€£$¥₩₹₽]|(?:EUR|GBP|USD|JPY|CNY|SGD|AUD|CAD|BRL|SAR|CHF|KZT|MXN|AED|PLN|SEK)\b|元|円|ر\.س)"
_NUMBER = r"\d+(?:[ .,٬']\d{3})*(?:[.,٫]\d{1,2})?"
_AMOUNT = re.compile(rf"{_SIGN}\s*{_NUMBER}|{_NUMBER}\s*(?:{_SIGN}|%|٪)")
_HALF_YEAR = timedelta(days=183)


def plain_digits(text: str) -> str:
    """All decimal digits as 0-9 and all spaces and signs in their plain form, so that one pattern reads every script."""
    words = unicodedata.normalize("NFKC", text)
    return words if words.isascii() else "".join(str(unicodedata.decimal(char)) if char.isdecimal() else char for char in words)


def amounts(text: str) -> list[str]:
    """Amounts of money and percentages as written."""
    return [found.strip() for found in _AMOUNT.findall(plain_digits(text))]


def dates(text: str, near: date) -> list[date]:
    """Days named in a text, in no order; where the year is left out, the day nearest to `near`."""
    words = plain_digits(text)
    found = [_day(y, m, d, near) for y, m, d in _ISO.findall(words)]
    found += [_day(y, m, d, near) for y, m, d in _ASIAN.findall(words)]
    found += [_day(y, m, d, near) for d, m, y in _NUMERIC.findall(words)]
    found += [_day(y, _month(name), d, near) for d, name, y in _DAY_MONTH.findall(words)]
    found += [_day(y, _month(name), d, near) for name, d, y in _MONTH_DAY.findall(words)]
    return list(dict.fromkeys(day for day in found if day))


def _day(year: str, month: str | int | None, day: str, near: date) -> date | None:
    if month is None:
        return None
    try:
        if year:
            return date(int(year) + (2000 if len(year) == 2 else 0), int(month), int(day))
        made = date(near.year, int(month), int(day))
    except ValueError:
        return None  # 31 February, or a number that was no date
    if abs(made - near) <= _HALF_YEAR:
        return made
    return _shifted(made, near.year + (1 if made < near else -1))


def _shifted(day: date, year: int) -> date | None:
    try:
        return day.replace(year=year)
    except ValueError:
        return None


def _month(name: str) -> int | None:
    return _months().get(name.casefold())


@cache
def _months() -> dict[str, int]:
    """Month names of all languages, whole and short; names that two languages share mean the same month."""
    found: dict[str, int] = {}
    for language in sorted(SUPPORTED):
        for width in ("wide", "abbreviated"):
            names = get_month_names(width, locale=language).items()  # pyright: ignore[reportArgumentType]
            found |= {str(name).casefold().rstrip("."): number for number, name in names}
    return found
