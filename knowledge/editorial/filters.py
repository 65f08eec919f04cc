"""Which rows of the list an editor asked for. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from knowledge.editorial.catalogue import Catalogue, words_of
from knowledge.editorial.listing import Listed
from knowledge.editorial.underway import Underway


@dataclass(frozen=True, slots=True)
class Wanted:
    """Filters; an empty one lets everything through."""

    q: str = ""
    language: str = ""
    status: str = ""
    audience: str = ""
    owner: str = ""
    health: str = ""
    intent: str = ""
    market: str = ""


def chosen(rows: Sequence[Listed], wanted: Wanted, catalogue: Catalogue, desk: Underway) -> list[Listed]:
    """Those that pass all filters. An article for no market in particular is for each."""
    words = wanted.q.casefold().split()
    return [one for one in rows if _passes(one.row, wanted) and (not words or _mentions(one.row["id"], words, catalogue, desk))]


def _passes(row: dict[str, Any], wanted: Wanted) -> bool:
    # A language and a status together ask for that language in that state.
    languages = [known for known in row["languages"] if wanted.language in ("", known["language"])]
    checks = (
        not wanted.language or languages,
        not wanted.status or any(known["state"] == wanted.status for known in languages),
        wanted.audience in ("", row["audience"]),
        wanted.owner in ("", row["owner"]),
        not wanted.health or any(mark["kind"] == wanted.health for mark in row["health"]),
        not wanted.intent or wanted.intent in (row["intents"] or ()),
        not wanted.market or not row["markets"] or wanted.market.upper() in row["markets"],
    )
    return all(checks)


def _mentions(id_: str, words: Sequence[str], catalogue: Catalogue, desk: Underway) -> bool:
    texts = [shown.words for shown in catalogue.articles.get(id_, {}).values()]
    texts += [words_of(id_, str(row.front.get("title", "")), row.body) for row in desk.drafts.get(id_, {}).values()]
    return any(all(word in text for word in words) for text in texts)
