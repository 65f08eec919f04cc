"""The list of all articles: what is published, what is being written, what needs a look, and how much it is used."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import Row, func, select
from sqlalchemy.dialects.postgresql import distinct_on
from sqlalchemy.ext.asyncio import AsyncConnection

from knowledge.editorial.catalogue import Catalogue, words_of
from knowledge.editorial.health import Mark, marks, never_used, outdated, usual_languages
from knowledge.editorial.published import EDITORIAL, text_id
from knowledge.editorial.tables import draft, revision
from knowledge.gaps.tables import usage
from knowledge.sources.source import Key
from knowledge.variants import front_of

_FIELDS = ("title", "audience", "owner", "source_language", "review_on", "valid_from", "valid_to")
_LISTS = ("intents", "markets", "products")


@dataclass(frozen=True, slots=True)
class Desk:
    """What the tables say beside the catalogue: drafts and newest revisions by article, use, and texts before their first edit."""

    drafts: Mapping[str, Mapping[str, Row[Any]]]
    revisions: Mapping[str, Mapping[str, Row[Any]]]
    absent: Mapping[str, Mapping[str, Any]]  # front matter of articles that are not in the catalogue
    imported: Mapping[Key, str]
    used: Mapping[str, int]
    counted_since: date | None


class Imported:
    """Names of the texts that articles had before their first edit; revisions never change, so each is read once."""

    def __init__(self) -> None:
        self._known: dict[int, tuple[Key, str]] = {}

    async def now(self, connection: AsyncConnection) -> dict[Key, str]:
        latest = max(self._known, default=0)
        query = select(revision).where(revision.c.kind == "imported", revision.c.id > latest)
        for row in await connection.execute(query):
            self._known[row.id] = (row.article, row.language), text_id(row.front, row.body)
        return dict(self._known.values())


async def look(connection: AsyncConnection, catalogue: Catalogue, imported: Imported, today: date) -> Desk:
    """A few small queries; no text of a published article is among them."""
    drafts = (await connection.execute(select(draft))).all()
    columns = (revision.c.article, revision.c.language, revision.c.kind, revision.c.at, revision.c.source_base, revision.c.id)
    newest = select(*columns).ext(distinct_on(revision.c.article, revision.c.language))
    newest = newest.order_by(revision.c.article, revision.c.language, revision.c.number.desc())
    recent = select(usage.c.article, func.sum(usage.c.replies).label("replies")).where(usage.c.day > today - timedelta(days=30))
    used = {row.article: int(row.replies) for row in await connection.execute(recent.group_by(usage.c.article))}
    since = await connection.scalar(select(func.min(usage.c.day)))
    revisions = (await connection.execute(newest)).all()
    absent = [row.id for row in revisions if row.article not in catalogue.articles]  # retired, or the next sync publishes it
    fronts = await connection.execute(select(revision.c.article, revision.c.front).where(revision.c.id.in_(absent)))
    return Desk(
        _by_article(drafts), _by_article(revisions), {row.article: row.front for row in fronts}, await imported.now(connection), used, since
    )


def _by_article(rows: Iterable[Any]) -> dict[str, dict[str, Row[Any]]]:
    found: dict[str, dict[str, Row[Any]]] = defaultdict(dict)
    for row in rows:
        found[row.article][row.language] = row
    return found


class Listing:
    """Rows of the list. What a snapshot's articles show by themselves is worked out once a snapshot and day."""

    def __init__(self) -> None:
        self.imported = Imported()
        self._of: tuple[str, datetime | None, date] | None = None
        self._still: dict[str, tuple[Mark, ...]] = {}

    def rows(self, catalogue: Catalogue, desk: Desk, today: date) -> list[dict[str, Any]]:
        """All articles as JSON, by id."""
        ids = catalogue.articles.keys() | desk.drafts.keys() | desk.revisions.keys()
        return [self.row(id_, catalogue, desk, today) for id_ in sorted(ids)]

    def _marks(self, id_: str, catalogue: Catalogue, today: date) -> tuple[Mark, ...]:
        made = (catalogue.snapshot, catalogue.published_at, today)
        if self._of != made:
            usual = usual_languages(catalogue)
            self._still, self._of = {each: marks(each, catalogue, usual, today) for each in catalogue.articles}, made
        return self._still.get(id_, ())

    def row(self, id_: str, catalogue: Catalogue, desk: Desk, today: date) -> dict[str, Any]:
        """One article as JSON."""
        shown, drafts, revisions = catalogue.articles.get(id_, {}), desk.drafts.get(id_, {}), desk.revisions.get(id_, {})
        late = outdated_languages(id_, catalogue, desk)
        times = [row.updated_at for row in drafts.values()] + [row.at for row in revisions.values()]
        published = min((row.at.date() for row in revisions.values()), default=None)
        used = desk.used.get(id_, 0)
        unused = never_used(shown, published, used, desk.counted_since, today) if shown else None
        health = [*self._marks(id_, catalogue, today), *([outdated(late)] if late else []), *([unused] if unused else [])]
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


def _front(id_: str, catalogue: Catalogue, desk: Desk) -> dict[str, Any]:
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


def outdated_languages(id_: str, catalogue: Catalogue, desk: Desk) -> frozenset[str]:
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


def chosen(rows: Sequence[dict[str, Any]], wanted: Wanted, catalogue: Catalogue, desk: Desk) -> list[dict[str, Any]]:
    """Those that pass all filters. An article for no market in particular is for each."""
    words = wanted.q.casefold().split()
    return [row for row in rows if _passes(row, wanted) and (not words or _mentions(row["id"], words, catalogue, desk))]


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


def _mentions(id_: str, words: Sequence[str], catalogue: Catalogue, desk: Desk) -> bool:
    texts = [shown.words for shown in catalogue.articles.get(id_, {}).values()]
    texts += [words_of(id_, str(row.front.get("title", "")), row.body) for row in desk.drafts.get(id_, {}).values()]
    return any(all(word in text for word in words) for text in texts)
