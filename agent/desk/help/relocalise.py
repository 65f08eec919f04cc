"""A figure, date or word that code had put into a sentence, read back exactly and said in another language. Pure.

Every way back is proven by the way forth: what the value means is said in its own language again and must come out as it was.
"""

import re
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from functools import cache

from agent.commerce.currency import RATES
from agent.desk.help.told import CannotHelp
from agent.domain.money import Money
from agent.phrasing import Phrases, day, moment, money, percent
from agent.signals.spoken_dates import dates, plain_digits
from agent.writing.answer import WAREHOUSES
from agent.writing.facts import SCANS
from agent.writing.offering import span

Value = str | int
#: Says a value in a language.
Say = Callable[[str], Value]

_SAME = frozenset({"order", "name", "brand", "carrier", "tracking", "url", "product", "place", "email", "number", "address", "code"})
_DAYS = frozenset({"date", "promised"})
_AMOUNTS = frozenset({"amount", "price", "cost", "fee"})
_COUNTS = frozenset({"days", "parcels", "hours", "fewest", "most"})
#: Variable -> the keys of its words.
_WORDS = {
    "warehouse": tuple(WAREHOUSES.values()),
    "state": tuple(sorted(set(SCANS.values()))),
    "part": ("part-morning", "part-afternoon"),
    "service": ("service-express", "service-green", "service-standard"),
}
_CURRENCIES = tuple(sorted({*RATES, "CHF", "CAD", "SGD", "MXN", "KZT", "RUB", "AED", "PLN", "SEK", "DKK", "NOK", "KRW", "HKD", "INR"}))
_CLOCK = re.compile(r"(\d{1,2}):(\d{2})")


def said_in(name: str, value: str, source: str, target: str, phrases: Phrases, near: date) -> Value:
    """The value of a pattern's variable in `target`. `near` is a day about the time the sentence was made.

    Raises:
        CannotHelp: it is not certain what the value means.
    """
    if "⟦" in value or name in _SAME:
        return value
    say = _meaning(name, value, source, phrases, near)
    if say is None or str(say(source)) != value:
        raise CannotHelp(f"It is not certain how {value!r} is said in another language. Translate this sentence by hand.")
    return say(target)


def _meaning(name: str, value: str, source: str, phrases: Phrases, near: date) -> Say | None:
    if name in _COUNTS:
        return (lambda _: int(value)) if value.isascii() and value.isdigit() else None
    if name in _DAYS:
        return next((_spoken_day(found) for found in dates(value, near) if day(found, source) == value), None)
    if name in _AMOUNTS:
        return _amount(value, source)
    if name in _WORDS:
        return _word(_WORDS[name], value, source, phrases)
    if name == "span":
        return _span(value, phrases)
    special = {"time": _time, "worth": _worth, "percent": _worth}
    return special[name](value, source) if name in special else None


def _spoken_day(found: date) -> Say:
    return lambda language: day(found, language)


def _amount(value: str, source: str) -> Say | None:
    """The one amount of money that is written like this."""
    digits = "".join(char for char in plain_digits(value) if char.isdigit())
    found = [made for code in _CURRENCIES if digits and money(made := Money(int(digits), code), source) == value]
    return (lambda language: money(found[0], language)) if len(found) == 1 else None


def _worth(value: str, source: str) -> Say | None:
    digits = "".join(char for char in plain_digits(value) if char.isdigit())
    if digits and percent(int(digits), source) == value:
        return lambda language: percent(int(digits), language)
    return _amount(value, source)


def _word(known: tuple[str, ...], value: str, source: str, phrases: Phrases) -> Say | None:
    """A word of ours; None when two of them sound alike here."""
    keys = [key for key in known if phrases.render(key, source) == value]
    return (lambda language: phrases.render(keys[0], language)) if len(keys) == 1 else None


def _time(value: str, source: str) -> Say | None:
    """A moment is said without its year."""
    clock = _CLOCK.search(value)
    at = _moments(source).get(_CLOCK.sub("", value).strip()) if clock else None
    if clock is None or at is None:
        return None
    made = datetime(2024, *at, int(clock[1]), int(clock[2]), tzinfo=UTC)
    return lambda language: moment(made, language)


@cache
def _moments(language: str) -> dict[str, tuple[int, int]]:
    """How each day of a leap year begins a moment -> its month and day."""
    first = datetime(2024, 1, 1, tzinfo=UTC)
    days = [first + timedelta(days=number) for number in range(366)]
    return {_CLOCK.sub("", moment(each, language)).strip(): (each.month, each.day) for each in days}


def _span(value: str, phrases: Phrases) -> Say | None:
    figures = [int(found) for found in re.findall(r"\d+", plain_digits(value))]
    if len(figures) not in (1, 2):
        return None
    days = (figures[0], figures[-1])
    return lambda language: span(phrases, days, language)
