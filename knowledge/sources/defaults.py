"""Files without front matter: what a source says about all of them, and the id each gets."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Mapping
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator

from knowledge.article import MAX_BYTES, Article, Audience, Problem
from knowledge.sources.markup import plain

_MOST_TITLE = 200


class Defaults(BaseModel):
    """What holds for every article of a source unless the row or page itself says otherwise."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    language: str = Field(default="", pattern=r"^([a-z]{2,3})?$")
    audience: Audience = "customer"
    markets: tuple[str, ...] = ()
    products: tuple[str, ...] = ()
    owner: str = ""
    intents: tuple[str, ...] = ()

    @field_validator("intents", "markets", "products", mode="before")
    @classmethod
    def _one_or_many(cls, value: object) -> object:
        return words(value) if isinstance(value, str) else value

    def article(self, file: str, line: int, fields: Mapping[str, Any]) -> Article | Problem:
        """The article of these fields (empty ones count as not given), without raw HTML, or what is wrong with it."""
        given = {key: _storable(value) for key, value in fields.items() if value}
        whole = self.model_dump() | given
        whole["language"] = language(str(whole["language"]))
        if not whole["language"]:
            return Problem(file, line, "has no language: give it one, or set `language` in the defaults of the source")
        if not str(whole.get("body", "")).strip():
            return Problem(file, line, "holds no text: write some, or leave the file out")
        if len(str(whole["body"])) > MAX_BYTES:
            return Problem(file, line, f"larger than {MAX_BYTES:,} characters: split it into several articles")
        whole["title"] = clipped(str(whole.get("title", "")))
        try:
            made = plain(Article(source_language=self.language or whole["language"], **whole), file)
        except ValidationError as error:
            first = error.errors(include_input=False, include_url=False)[0]
            return Problem(file, line, f"{'.'.join(map(str, first['loc'])) or 'article'}: {first['msg']}")
        return Problem(file, line, made.message) if isinstance(made, Problem) else made


NO_DEFAULTS = Defaults()


def _storable(value: Any) -> Any:
    """Texts as the database takes them: no NUL, no half characters (PDFs have both), one way to write an accent."""
    if isinstance(value, str):
        return unicodedata.normalize("NFC", value.encode(errors="ignore").decode().replace("\0", ""))
    return tuple(map(_storable, value)) if isinstance(value, tuple) else value


def language(tag: str) -> str:
    """`de` of `de-DE`, `de_AT` or `DE`: articles are kept by language, not by country."""
    return re.split(r"[-_]", tag.strip().lower())[0]


def words(text: str) -> tuple[str, ...]:
    """The entries of a list that someone typed into one cell."""
    return tuple(part for part in (part.strip() for part in re.split(r"[,;|\n]", text)) if part)


def clipped(title: str) -> str:
    """A title of bearable length on one line."""
    line = " ".join(title.split())
    return line if len(line) <= _MOST_TITLE else line[: _MOST_TITLE - 1].rstrip() + "…"


def slug(text: str, *, hashed: bool = False) -> str:
    """An article id made of this text, the same at every sync.

    A digest is added when asked for, and when letters were lost (not Latin, too long), so that two texts never share an id by that.
    """
    folded = "".join(letter for letter in unicodedata.normalize("NFKD", text.casefold()) if not unicodedata.combining(letter))
    whole = "-".join(re.findall(r"[a-z0-9]+", folded))
    short = whole[:60].strip("-")
    lost = short != whole or any(letter.isalnum() and not letter.isascii() for letter in folded)
    if not (hashed or lost) and short:
        return short
    digest = hashlib.blake2s(unicodedata.normalize("NFC", text).casefold().encode(), digest_size=4).hexdigest()
    return f"{short}-{digest}".lstrip("-")
