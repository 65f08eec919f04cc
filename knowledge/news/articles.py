"""A news item becomes short articles: one a language for customers, and one for operators where there is more to know."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterator
from typing import Any

from knowledge.article import Article, Audience
from knowledge.news import facts
from knowledge.news.report import Item, reach
from knowledge.news.wording import JOINED, LANGUAGES, say

OWNER = "supply-chain"
STAFF = "en"

INTENTS: dict[str, tuple[str, ...]] = {
    "delayed_lane": ("delivery_late", "shipping_info", "order_status"),
    "stock_out": ("stock", "product_question"),
    "batch_change": ("product_question",),
    "customs_change": ("customs",),
    "product_revision": ("product_question",),
}
_Lines = Callable[[Any, str, str], Iterator[facts.Line]]
_LINES: dict[str, tuple[_Lines, _Lines]] = {
    "delayed_lane": (facts.delayed_lane, facts.nothing_more),
    "stock_out": (facts.stock_out, facts.stock_out_staff),
    "batch_change": (facts.batch_change, facts.batch_change_staff),
    "customs_change": (facts.customs_change, facts.nothing_more),
    "product_revision": (facts.product_revision, facts.nothing_more),
}


def articles(item: Item, brand: str) -> tuple[Article, ...]:
    """The source language first. Batches, warehouses' levels and notes stand only in the operators' article."""
    public, internal = _LINES[item.kind]
    found = [_article(item, language, "customer", list(public(item, language, brand))) for language in LANGUAGES]
    if more := [*internal(item, STAFF, brand), *facts.note(item)]:
        title, *_ = public(item, STAFF, brand)
        found.append(_article(item, STAFF, "operator", [("staff-title", {"title": _say(title, STAFF)}), *more]))
    return tuple(found)


def article_id(item: Item, audience: Audience = "customer") -> str:
    """Two ids that look alike in it (`a/b`, `a:b`) stay apart by a few letters of their digest."""
    plain = re.sub(r"[^a-z0-9]+", "-", item.id.lower()).strip("-")[:40].strip("-")
    slug = plain if plain == item.id else f"{plain}-{hashlib.sha256(item.id.encode()).hexdigest()[:8]}"
    return f"news-{item.kind.replace('_', '-')}-{slug}{'' if audience == 'customer' else '-staff'}"


def _article(item: Item, language: str, audience: Audience, lines: list[facts.Line]) -> Article:
    title, *sentences = (_say(line, language) for line in lines)
    return Article(
        id=article_id(item, audience),
        title=title[:200],
        language=language,
        source_language=LANGUAGES[0],
        intents=INTENTS[item.kind],
        markets=reach(item),
        products=item.products,
        audience=audience,
        valid_from=item.valid_from,
        valid_to=item.valid_to,
        owner=OWNER,
        body=("" if language in JOINED else " ").join(sentences),
    )


def _say(line: facts.Line, language: str) -> str:
    key, values = line
    return say(key, language, values)
