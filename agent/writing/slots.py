"""Places in a reply that only the confirmation of an effect can fill."""

import re
from collections.abc import Mapping
from datetime import date
from typing import Any

from agent.domain.languages import FALLBACK, is_supported
from agent.domain.money import Money
from agent.phrasing import day, day_abroad, money, percent

SLOT = re.compile(r"⟦(?P<key>[\w.-]{1,80})\|(?P<field>\w{1,30})⟧")

#: What a code takes off. An order has one: what is told is what that one is worth, whatever would be promised today.
WORTH = "worth"


def slot(key: str, field: str) -> str:
    return f"⟦{key}|{field}⟧"


def fill(text: str, results: Mapping[str, Mapping[str, Any]], language: str, url: str) -> str:
    """The text with every slot filled from the effects' results; dates in the reader's form, documents as links.

    Raises:
        KeyError: a result lacks a field that the text needs. The reply must not be sent.
    """

    def value(match: re.Match[str]) -> str:
        if match["field"] == WORTH:
            return _worth(results[match["key"]], language)
        found = str(results[match["key"]][match["field"]])
        if match["field"] == "document":
            return f"{url}/documents/{found}"
        return _day(date.fromisoformat(found), language) if match["field"] == "valid_until" else found

    return SLOT.sub(value, text)


def _day(value: date, language: str) -> str:
    """As it is written there, in a language too that only a translator speaks."""
    if is_supported(language):
        return day(value, language)
    return day_abroad(value, language) or day(value, FALLBACK)


def _worth(result: Mapping[str, Any], language: str) -> str:
    """Of `percent`, or `amount` as minor units and currency."""
    if result.get("percent") is not None:
        return percent(int(result["percent"]), language)
    return money(Money(int(result["amount"]["minor"]), result["amount"]["currency"]), language)
