"""What an editor typed: kept as it is while it is a draft, read as an article when it is to be published."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from pydantic import ValidationError

from knowledge.article import Article
from knowledge.editorial.errors import TooLarge
from knowledge.sources.source import Key

Value = str | int | float | bool | None | list[str]
Front = Mapping[str, Any]

MAX_BODY = 200_000
MAX_FRONT = 20_000
_DATES = ("valid_from", "valid_to", "review_on")
_MESSAGES = {
    "id": "Use small letters, digits and hyphens, such as returns-eu.",
    "title": "Give the article a title of at most 200 characters.",
    "body": "Write the text of the article.",
    "audience": "Choose customer, operator or internal.",
    "language": "Use a language code, such as de.",
    "second_reader": "Say yes or no.",
    **dict.fromkeys(_DATES, "Write the date as year-month-day, such as 2026-12-31."),
}


@dataclass(frozen=True, slots=True)
class Text:
    """Front matter and Markdown, not checked."""

    front: dict[str, Any]
    body: str


@dataclass(frozen=True, slots=True)
class Fault:
    """What keeps a draft from being an article; `line` counts in the body, None for front matter."""

    field: str
    line: int | None
    message: str


def typed(front: Front, body: str) -> Text:
    """What was typed, in letters that every store takes. Raises TooLarge."""
    text = Text({_letters(name): _clean(value) for name, value in front.items() if name != "body"}, _letters(body))
    if len(text.body) > MAX_BODY or len(json.dumps(text.front)) > MAX_FRONT:
        raise TooLarge
    return text


def _clean(value: Any) -> Any:
    if isinstance(value, list):
        return [_clean(item) for item in value]
    return _letters(value) if isinstance(value, str) else value


def _letters(text: str) -> str:
    """Halves of surrogate pairs and NUL fit in no database; line ends and accents are written one way."""
    whole = text.encode("utf-8", "replace").decode("utf-8").replace("\0", "").replace("\r\n", "\n")
    return unicodedata.normalize("NFC", whole)


def read(key: Key, text: Text) -> tuple[Article | None, tuple[Fault, ...]]:
    """The article, or everything that keeps the text from being one. Its id and language are where it is kept, whatever the form says."""
    fields = tidied(text.front)
    fields |= {"id": key[0], "language": key[1], "body": text.body.strip()}
    try:
        article = Article.model_validate(fields)
    except ValidationError as error:
        return None, tuple(dict.fromkeys(_faults(error)))
    faults = tuple(_doubts(article))
    return (None if faults else article), faults


def tidied(front: Front) -> dict[str, Any]:
    """What the fields mean, without blanks around it: rules are held against this, never against what was typed."""
    return {name: _tidy(name, value) for name, value in front.items()}


def _tidy(name: str, value: Any) -> Any:
    """An emptied field of the form is one that is not given."""
    if isinstance(value, str):
        return (value.strip() or None) if name in _DATES else value.strip()
    if isinstance(value, list):
        return list(dict.fromkeys(item.strip() for item in value if item.strip()))
    return value


def _faults(error: ValidationError) -> Iterator[Fault]:
    for found in error.errors(include_input=False, include_url=False, include_context=False):
        field = str(found["loc"][0]) if found["loc"] else "valid_to"  # only the order of the dates concerns no single field
        if found["type"] == "extra_forbidden":
            yield Fault(field, None, "There is no such field. Remove it.")
        elif not found["loc"]:
            yield Fault(field, None, "The article would end before it begins. Change one of the two dates.")
        else:
            yield Fault(field, 1 if field == "body" else None, _MESSAGES.get(field, found["msg"]))


def _doubts(article: Article) -> Iterator[Fault]:
    """What an article file may say, but nobody means."""
    if not re.fullmatch(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*", article.source_language):
        yield Fault("source_language", None, _MESSAGES["language"])
    for market in article.markets:
        if not re.fullmatch("[A-Z]{2}", market):
            yield Fault("markets", None, f"{market} is no country code of two letters, such as DE, nor EU.")
