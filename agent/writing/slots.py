"""Places in a reply that only the confirmation of an effect can fill."""

import re
from collections.abc import Mapping
from datetime import date
from typing import Any

from agent.phrasing import day

SLOT = re.compile(r"⟦(?P<key>[\w.-]{1,80})\|(?P<field>\w{1,30})⟧")


def slot(key: str, field: str) -> str:
    return f"⟦{key}|{field}⟧"


def fill(text: str, results: Mapping[str, Mapping[str, Any]], language: str, url: str) -> str:
    """The text with every slot filled from the effects' results; dates in the reader's form, documents as links.

    Raises:
        KeyError: a result lacks a field that the text needs. The reply must not be sent.
    """

    def value(match: re.Match[str]) -> str:
        found = str(results[match["key"]][match["field"]])
        if match["field"] == "document":
            return f"{url}/documents/{found}"
        return day(date.fromisoformat(found), language) if match["field"] == "valid_until" else found

    return SLOT.sub(value, text)
