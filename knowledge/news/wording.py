"""The patterns (Fluent) of news articles in each language, and figures, dates and places in the reader's form (Babel)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from functools import lru_cache
from importlib.resources import files

from babel import Locale
from babel.dates import format_date
from babel.lists import format_list
from babel.numbers import format_currency, format_percent
from fluent.runtime import FluentBundle, FluentResource

from knowledge.article import EU

LANGUAGES = ("en", "zh", "de", "fr", "es", "it", "pt", "ar", "ja", "ru")
JOINED = frozenset({"zh", "ja"})  # no space between sentences

_LOCALE = {"zh": "zh_Hans", "pt": "pt_PT", "en": "en_GB"}
_NAMED_IN_TITLE, _NAMED = 3, 12


def say(key: str, language: str, values: Mapping[str, str | int]) -> str:
    """Raises KeyError for an unknown key and ValueError when a variable is missing."""
    pattern = _bundle(language).get_message(key).value
    if pattern is None:
        raise KeyError(key)
    text, errors = _bundle(language).format_pattern(pattern, dict(values))
    if errors:
        raise ValueError(f"phrase {key} ({language}): {errors[0]}")
    return " ".join(str(text).split())


@lru_cache(maxsize=len(LANGUAGES))
def _bundle(language: str) -> FluentBundle:
    # Marks around slots would be embedded and searched as if they were words.
    bundle = FluentBundle([language], use_isolating=False)
    bundle.add_resource(FluentResource(patterns(language)))
    return bundle


def patterns(language: str) -> str:
    return files("knowledge.news").joinpath(f"phrases/{language}.ftl").read_text(encoding="utf-8")


def _locale(language: str) -> Locale:
    return Locale.parse(_LOCALE.get(language, language))


def day(value: date, language: str) -> str:
    """In full. The Russian abbreviation of "year" is written out, or its full stop would end the sentence."""
    return re.sub(r"\sг\.", " года", format_date(value, format="long", locale=_locale(language)))


def money(amount: Decimal, currency: str, language: str) -> str:
    return format_currency(amount, currency, locale=_locale(language), numbering_system="latn")


def percent(value: Decimal, language: str) -> str:
    return format_percent(value / 100, locale=_locale(language), numbering_system="latn", decimal_quantization=False)


def span(low: int, high: int) -> str:
    return str(high) if low == high else f"{low}–{high}"


def country(code: str, language: str) -> str:
    return _locale(language).territories.get(code, code)


def listing(items: Iterable[str], language: str) -> str:
    return format_list(list(items), locale=_locale(language))


def places(codes: tuple[str, ...], language: str, *, title: bool = False) -> str:
    """The countries by name, the Union as one; "" when there are more than a reader takes in."""
    whole = ("EU", *(code for code in codes if code not in EU)) if set(codes) >= EU else codes
    named = [country(code, language) for code in whole]
    return listing(named, language) if len(named) <= (_NAMED_IN_TITLE if title else _NAMED) else ""
