"""A passage as it is stored: its text, what it may be shown for, and an id that changes with any of it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass, replace
from datetime import date

from knowledge.article import Article
from knowledge.chunk import chunks


@dataclass(frozen=True, slots=True)
class Entry:
    """One passage of one article in one language; `position` counts the passages of that article."""

    id: str
    article: str
    language: str
    title: str
    heading: str
    text: str
    audience: str = "customer"
    markets: tuple[str, ...] = ()
    products: tuple[str, ...] = ()
    intents: tuple[str, ...] = ()
    valid_from: date | None = None
    valid_to: date | None = None
    content_hash: str = ""
    position: int = 0

    @property
    def embedded(self) -> str:
        """The text that stands for this passage in the vector index: its trail says what a bare sentence leaves out."""
        trail = ". ".join(part for part in (self.title, self.heading) if part)
        return f"{trail}\n{self.text}" if trail else self.text


def entries(articles: Iterable[Article]) -> tuple[Entry, ...]:
    """All passages of these articles, each once."""
    found: dict[str, Entry] = {}
    for article in articles:
        for chunk in chunks(article.body, article.title, article.language):
            entry = _entry(article, chunk.heading, chunk.text, chunk.position)
            found.setdefault(entry.id, entry)
    return tuple(found.values())


def _entry(article: Article, heading: str, text: str, position: int) -> Entry:
    bare = Entry(
        id="",
        article=article.id,
        language=article.language,
        title=article.title,
        heading=heading,
        text=text,
        audience=article.audience,
        markets=article.markets,
        products=article.products,
        intents=article.intents,
        valid_from=article.valid_from,
        valid_to=article.valid_to,
    )
    # Validity and audience count too: a stored passage never changes, so an old snapshot stays what it was.
    content = {name: value for name, value in asdict(bare).items() if name not in {"id", "content_hash", "position"}}
    digest = hashlib.sha256(json.dumps(content, sort_keys=True, default=str).encode()).hexdigest()
    id_ = f"{article.id}/{article.language}/{digest[:8]}"
    return replace(bare, id=id_, content_hash=digest, position=position)
