"""Localised sentence patterns (Fluent) and figures, dates and amounts in the reader's form (Babel)."""

import re
from collections.abc import Mapping
from datetime import date, datetime
from functools import cache, lru_cache
from importlib.resources import files

from babel import Locale, UnknownLocaleError
from babel.dates import format_date, format_datetime
from babel.lists import format_list
from babel.numbers import format_currency, format_percent
from fluent.runtime import FluentBundle, FluentResource

from agent.domain.languages import FALLBACK, RIGHT_TO_LEFT, SUPPORTED
from agent.domain.money import Money

_LOCALE = {"zh": "zh_Hans", "pt": "pt_PT", "en": "en_GB"}


#: Addresses, numbers and codes are followed and copied: a mark stuck to them would break a link. (Slots become such.)
_COPIED = re.compile("\u2068(https?://[^\u2069]*|[A-Z0-9-]+|⟦[^⟧]*⟧)\u2069")


class Phrases:
    """Renders a pattern by key. A language that is not served is rendered in English."""

    def __init__(self) -> None:
        self._bundles = {language: _bundle(language) for language in sorted(SUPPORTED)}

    def render(self, key: str, language: str, values: Mapping[str, str | int] | None = None) -> str:
        """Raises KeyError for an unknown key and ValueError when a variable is missing."""
        bundle = self._bundles[spoken(language)]
        pattern = bundle.get_message(key).value
        if pattern is None:
            raise KeyError(key)
        text, errors = bundle.format_pattern(pattern, dict(values or {}))
        if errors:
            raise ValueError(f"phrase {key} ({language}): {errors[0]}")
        return _COPIED.sub(r"\1", str(text))


@cache  # parsing the ten files takes half a second
def _bundle(language: str) -> FluentBundle:
    # In right-to-left text a Latin name would drag the words beside it along; elsewhere the marks would only stick to copied numbers.
    bundle = FluentBundle([language], use_isolating=language in RIGHT_TO_LEFT)
    bundle.add_resource(FluentResource(files("agent").joinpath(f"phrases/{language}.ftl").read_text(encoding="utf-8")))
    return bundle


def spoken(language: str) -> str:
    return language if language in SUPPORTED else FALLBACK


def _locale(language: str) -> str:
    return _LOCALE.get(spoken(language), spoken(language))


@lru_cache(maxsize=2048)
def day(value: date, language: str) -> str:
    return format_date(value, format="long", locale=_locale(language))


def day_abroad(value: date, language: str) -> str | None:
    """In a language that only a translator speaks; None where nobody knows how a day is written there."""
    try:
        return format_date(value, format="long", locale=Locale.parse(language))
    except (UnknownLocaleError, ValueError):
        return None


def moment(value: datetime, language: str) -> str:
    return format_datetime(
        value, format="d MMM HH:mm" if spoken(language) not in {"zh", "ja"} else "M月d日 HH:mm", locale=_locale(language)
    )


@lru_cache(maxsize=2048)
def money(value: Money, language: str) -> str:
    return format_currency(value.amount, value.currency, locale=_locale(language), numbering_system="latn")


def percent(value: int, language: str) -> str:
    return format_percent(value / 100, locale=_locale(language), numbering_system="latn")


def listing(items: list[str], language: str) -> str:
    return format_list(items, locale=_locale(language))
