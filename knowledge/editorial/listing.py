"""The list of all articles: what is published, what is being written, what needs a look, and how much it is used."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Row

from knowledge.editorial.catalogue import Catalogue
from knowledge.editorial.health import marks, never_used, outdated, usual_languages
from knowledge.editorial.published import EDITORIAL
from knowledge.editorial.underway import Imported, Underway
from knowledge.variants import front_of

_FIELDS = ("title", "audience", "owner", "source_language", "review_on", "valid_from", "valid_to")
_LISTS = ("intents", "markets", "products")


@dataclass(frozen=True, slots=True)
class Listed:
    """One article of the list, as values and as the JSON that is sent."""

    row: dict[str, Any]
    encoded: str


class Listing:
    """Rows of the list. A row is made again only when something about its article changed, for there may be thousands."""

    def __init__(self) -> None:
        self.imported = Imported()
        self._of: tuple[str, datetime | None, date] | None = None
        self._usual: frozenset[str] = frozenset()
        self._made: dict[str, tuple[object, Listed]] = {}

    def rows(self, catalogue: Catalogue, desk: Underway, today: date) -> list[Listed]:
        """All articles, by id."""
        ids = catalogue.articles.keys() | desk.drafts.keys() | desk.revisions.keys()
        return [self.one(id_, catalogue, desk, today) for id_ in sorted(ids)]

    def one(self, id_: str, catalogue: Catalogue, desk: Underway, today: date) -> Listed:
        if self._of != (made := (catalogue.snapshot, catalogue.published_at, today)):
            self._of, self._usual, self._made = made, usual_languages(catalogue), {}
        told = desk.about(id_)
        known = self._made.get(id_)
        if known is None or known[0] != told:
            row = self._row(id_, catalogue, desk, today)
            known = self._made[id_] = told, Listed(row, json.dumps(row, ensure_ascii=False))
        return known[1]

    def _row(self, id_: str, catalogue: Catalogue, desk: Underway, today: date) -> dict[str, Any]:
        shown, drafts, revisions = catalogue.articles.get(id_, {}), desk.drafts.get(id_, {}), desk.revisions.get(id_, {})
        late = outdated_languages(id_, catalogue, desk)
        times = [row.updated_at for row in drafts.values()] + [row.at for row in revisions.values()]
        published = min((row.at.date() for row in revisions.values()), default=None)
        used = desk.used.get(id_, 0)
        unused = never_used(shown, published, used, desk.counted_since, today) if shown else None
        health = [
            *(marks(id_, catalogue, self._usual, today) if shown else ()),
            *([outdated(late)] if late else []),
            *([unused] if unused else []),
        ]
        return {
            "id": id_,
            **_front(id_, catalogue, desk),
            "used_30d": used,
            "updated_at": max(times).isoformat() if times else None,
            "languages": [
                {"language": language, "state": _state(language, drafts, revisions), "outdated": language in late}
                for language in sorted(shown.keys() | drafts.keys() | revisions.keys())
            ],
            "health": [{"kind": mark.kind, "text": mark.text} for mark in health],
        }


def _state(language: str, drafts: Mapping[str, Row[Any]], revisions: Mapping[str, Row[Any]]) -> str:
    if language in drafts:
        return drafts[language].state
    return "retired" if language in revisions and revisions[language].kind == "retired" else "published"


def _front(id_: str, catalogue: Catalogue, desk: Underway) -> dict[str, Any]:
    """Of the source language's text where there is one, else of any."""
    shown = catalogue.articles.get(id_, {})
    if shown:
        first = next((found for found in shown.values() if found.article.language == found.article.source_language), None)
        chosen = first or next(iter(shown.values()))
        front, source = front_of(chosen.article), chosen.variant.source
    else:
        typed = next((row.front for row in desk.drafts.get(id_, {}).values()), {})
        front, source = {name: _fit(name, value) for name, value in (desk.absent.get(id_) or typed).items()}, EDITORIAL
    lists = {name: front.get(name) or [] for name in _LISTS}
    return {name: front.get(name) for name in _FIELDS} | lists | {"second_reader": bool(front.get("second_reader")), "source": source}


def _fit(name: str, value: Any) -> Any:
    """A draft's field may be anything that somebody typed."""
    if name in _LISTS:
        return value if isinstance(value, list) else []
    return value if isinstance(value, str | bool) else None


def outdated_languages(id_: str, catalogue: Catalogue, desk: Underway) -> frozenset[str]:
    """The translations that do not follow their source's published text. Unknown counts as in line."""
    found: set[str] = set()
    shown, revisions = catalogue.articles.get(id_, {}), desk.revisions.get(id_, {})
    for language, translation in shown.items():
        source = shown.get(translation.article.source_language)
        own = revisions.get(language)
        base = own.source_base if own else desk.imported.get((id_, translation.article.source_language))
        if source and source is not translation and base and base != source.text_id:
            found.add(language)
    return frozenset(found)
