"""Which articles a visitor is likely to need, the likeliest first, each with the reason why. Pure."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from typing import Literal

from knowledge.article import countries
from knowledge.passages import base
from knowledge.variants import Variant

Why = Literal["order", "asked_now", "market", "popular"]
Topic = Literal["news", "orders", "returns", "trouble", "payment", "products", "account", "help"]
Open = Mapping[str, Mapping[str, Variant]]
"""The customers' articles by id and language."""

NEWS = "news"  # the source that supply-chain news come from
#: What a customer whose order is in this state is likely to ask, the likeliest first.
NEXT = {
    "unpaid": ("payment", "cancel_order"),
    "paid": ("change_items", "change_address", "cancel_order", "shipping_info"),
    "packed": ("order_status", "shipping_info"),
    "in_transit": ("order_status", "shipping_info", "not_received"),
    "customs_hold": ("customs", "order_status"),
    "late": ("delivery_late", "order_status", "parcel_lost"),
    "lost": ("parcel_lost", "delivery_late"),
    "delivered": ("return_request", "damaged", "exchange", "not_received"),
    "part_returned": ("refund_status", "return_request"),
    "refunded": ("refund_status",),
    "cancelled": ("refund_status", "payment"),
}
#: What shops are asked most, by experience: the order until replies have been counted.
COMMON = (
    *("order_status", "shipping_info", "return_request", "refund_status", "delivery_late", "customs", "exchange", "cancel_order"),
    *("refund_request", "size_advice", "payment", "damaged", "not_received", "invoice", "coupon", "warranty", "change_items", "account"),
)
_ORDERS = "order_status delivery_late parcel_lost not_received customs shipping_info change_address change_items cancel_order"
TOPICS: dict[Topic, frozenset[str]] = {
    "orders": frozenset(_ORDERS.split()),
    "returns": frozenset(("return_request", "exchange", "refund_request", "refund_status", "withdrawal")),
    "trouble": frozenset(("damaged", "defective", "wrong_item", "missing_item", "warranty", "safety")),
    "payment": frozenset(("payment", "invoice", "coupon")),
    "products": frozenset(("product_question", "size_advice", "stock")),
    "account": frozenset(("account", "privacy")),
}
#: Conversations a day below which nothing counts as asked a lot: a single visitor must not move what others see.
FEWEST = 3
#: Standard deviations above an ordinary day from which an intent is asked a lot.
UNUSUAL = 2.0
#: Replies that experience is worth against counted ones.
PRIOR = 10
_EXPECTED = {intent: PRIOR / (1 + place) for place, intent in enumerate(COMMON)}
#: An article is about its first intent; the others it only touches.
TOUCHES = 0.4
SUMMARY = 180

_INLINE = ((re.compile(r"!?\[([^\]]*)\]\([^)]*\)"), r"\1"), (re.compile(r"[*_`]{1,3}(\S(?:.*?\S)?)[*_`]{1,3}"), r"\1"))
_NO_PROSE = re.compile(r"\s*(#|[-*+] |\d+[.)] |\||>|```)")


@dataclass(frozen=True, slots=True)
class Visitor:
    """Who looks for help. States and products are those of their orders, and only of a proven customer."""

    language: str
    today: date
    market: str | None = None
    states: tuple[str, ...] = ()  # newest order first
    products: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Asked:
    """What the visitor's like ask: conversations by intent in the last day and on an ordinary day; replies by article."""

    now: Mapping[str, int] = field(default_factory=dict[str, int])
    usual: Mapping[str, float] = field(default_factory=dict[str, float])
    used: Mapping[str, int] = field(default_factory=dict[str, int])


@dataclass(frozen=True, slots=True)
class Suggestion:
    variant: Variant
    why: Why


_Score = Callable[[Variant], float]


def readable(variants: Mapping[str, Variant], visitor: Visitor) -> Variant | None:
    """The article as this visitor reads it: in their language, else in English, else as it was written; None if it is not for them."""
    exact = variants.get(visitor.language)
    if exact and _open(exact, visitor):  # nearly always, and looked up for every article of the page
        return exact
    for language in (visitor.language, "en", *(v.article.source_language for v in variants.values())):
        found = variants.get(language) or next((v for name, v in variants.items() if base(name) == base(language)), None)
        if found and _open(found, visitor):
            return found
    return None


def rank(articles: Open, visitor: Visitor, asked: Asked, limit: int) -> tuple[Suggestion, ...]:
    """News that concern them, then their orders, what others ask now, what names their market, what is used most."""
    left = _varied([variant for variants in articles.values() if (variant := readable(variants, visitor))], visitor, asked)
    leading: list[Suggestion] = []
    for why, most, score in _groups(visitor, asked):
        # A stable sort: equals keep the order of use.
        fitting = sorted((v for v in left if score(v) > 0), key=score, reverse=True)[:most]
        leading += [Suggestion(variant, why) for variant in fitting]
        taken = {variant.id for variant in fitting}
        left = [variant for variant in left if variant.id not in taken]
    return (*leading, *(Suggestion(variant, "popular") for variant in left))[:limit]


def topic(variant: Variant) -> Topic:
    """Where the article stands on the page: by what it is about first."""
    if variant.source == NEWS:
        return "news"
    first = next(iter(variant.article.intents), "")
    for name, intents in TOPICS.items():
        if first in intents:
            return name
    return "help"


def related(articles: Open, to: Variant, visitor: Visitor, limit: int = 3) -> tuple[Variant, ...]:
    """Articles on the same matters."""
    wanted = set(to.article.intents)
    found = [v for name, variants in articles.items() if name != to.article.id and (v := readable(variants, visitor))]
    near = [v for v in found if wanted & set(v.article.intents) and not _of_others(v, visitor)]
    near.sort(key=lambda v: (-_nearness(to, v) * _ease(v, visitor), v.article.id))
    return tuple(near[:limit])


def titled(articles: Open, query: str, visitor: Visitor, limit: int) -> tuple[Variant, ...]:
    """Articles whose title holds all words of the query, the last perhaps unfinished: what is meant while somebody is typing."""
    words = set(query.casefold().split())
    found = (v for variants in articles.values() if (v := readable(variants, visitor)))
    hits = [v for v in found if words and all(_begins(word, v.article.title.casefold()) for word in words)]
    return tuple(sorted(hits, key=lambda v: len(v.article.title))[:limit])


def summary(body: str, longest: int = SUMMARY) -> str:
    """The first paragraph as plain text, cut between words."""
    blocks = (block for block in re.split(r"\n\s*\n", body) if block.strip() and not _NO_PROSE.match(block))
    # A paragraph may be as long as an article, and the patterns take time by its square.
    text = " ".join(next(blocks, "")[: 4 * longest].split())
    for pattern, plain in _INLINE:
        text = pattern.sub(plain, text)
    return shorten(text, longest)


def shorten(text: str, longest: int = SUMMARY) -> str:
    """Cut after a sentence where one ends late enough, else between words, else where it must be."""
    if len(text) <= longest:
        return text
    cut = text[: longest - 1]
    sentence = max(cut.rfind(mark) + len(mark.rstrip()) for mark in (". ", "! ", "? ", "。", "！", "？", "؟ "))
    if sentence > longest // 2:
        return text[:sentence]
    word = cut.rfind(" ")
    return (cut[:word] if word > longest // 2 else cut).rstrip(" ,;:、，") + "…"


def _open(variant: Variant, visitor: Visitor) -> bool:
    article = variant.article
    dated = (article.valid_from or date.min) <= visitor.today <= (article.valid_to or date.max)
    return article.audience == "customer" and dated and (not visitor.market or not article.markets or _names_market(variant, visitor))


def _groups(visitor: Visitor, asked: Asked) -> Iterable[tuple[Why, int, _Score]]:
    """Why, how many at most, and how much: one group must not push the others off the page."""
    coming, surging = _next(visitor.states), _surging(asked)
    return (
        ("order", 2, lambda v: float(v.source == NEWS and not visitor.products.isdisjoint(v.article.products))),
        ("market", 2, lambda v: float(v.source == NEWS and not v.article.products and _names_market(v, visitor))),
        ("order", 3, lambda v: 0.0 if _of_others(v, visitor) else _about(v, coming) * _ease(v, visitor)),
        ("asked_now", 3, lambda v: 0.0 if _of_others(v, visitor) else _about(v, surging)),
        ("market", 2, lambda v: float(v.source != NEWS and _names_market(v, visitor))),
    )


def _names_market(variant: Variant, visitor: Visitor) -> bool:
    return bool(visitor.market and variant.article.markets) and not _codes(visitor.market or "").isdisjoint(variant.article.markets)


@lru_cache(maxsize=1024)
def _codes(market: str) -> frozenset[str]:
    return frozenset(countries((market,)))


def _of_others(variant: Variant, visitor: Visitor) -> bool:
    """News about goods the visitor has not bought."""
    return variant.source == NEWS and bool(variant.article.products) and visitor.products.isdisjoint(variant.article.products)


def _about(variant: Variant, worth: Mapping[str, float]) -> float:
    """The most an intent of the article is worth; one that it only touches is worth less."""
    return max((worth.get(intent, 0.0) * (TOUCHES if place else 1.0) for place, intent in enumerate(variant.article.intents)), default=0.0)


def _ease(variant: Variant, visitor: Visitor) -> float:
    return 1.0 if base(variant.article.language) == base(visitor.language) else 0.5


def _next(states: Sequence[str]) -> dict[str, float]:
    """What their orders make customers ask: the newest order and its first question weigh most."""
    worth: dict[str, float] = {}
    for older, state in enumerate(states):
        for later, intent in enumerate(NEXT.get(state, ())):
            worth[intent] = max(worth.get(intent, 0.0), 1 / (1 + older) / (1 + 2 * later))
    return worth


def _surging(asked: Asked) -> dict[str, float]:
    """Intents asked unusually often now, in standard deviations above an ordinary day."""
    often = ((intent, count, asked.usual.get(intent, 0.0)) for intent, count in asked.now.items() if count >= FEWEST)
    above = {intent: (count - usual) / math.sqrt(usual + 1) for intent, count, usual in often}
    return {intent: height for intent, height in above.items() if height >= UNUSUAL}


def _varied(variants: Iterable[Variant], visitor: Visitor, asked: Asked) -> list[Variant]:
    """By usefulness; the second article about the same thing counts half, the third a third."""
    worth = sorted(((_usefulness(v, visitor, asked), v) for v in variants), key=lambda pair: (-pair[0], pair[1].article.id))
    seen = Counter[str]()
    found: list[tuple[float, Variant]] = []
    for value, variant in worth:
        about = next(iter(variant.article.intents), variant.article.id)
        seen[about] += 1
        found.append((value / seen[about], variant))
    return [variant for _, variant in sorted(found, key=lambda pair: -pair[0])]


def _usefulness(variant: Variant, visitor: Visitor, asked: Asked) -> float:
    """Replies that rested on it and those to be expected; half where the visitor would read it in another language."""
    if _of_others(variant, visitor):
        return 0.0
    intents = variant.article.intents
    # The others decide only between articles about the same thing.
    expected = sum(_EXPECTED.get(intent, 0.0) * (0.1 if place else 1) for place, intent in enumerate(intents))
    counted = asked.used.get(variant.article.id, 0) + expected / max(len(intents), 1)
    return counted * _ease(variant, visitor)


def _nearness(to: Variant, other: Variant) -> float:
    ours, theirs = to.article.intents, other.article.intents
    shared = len(set(ours) & set(theirs)) / len(set(ours) | set(theirs))
    return 3 * shared + (ours[0] in theirs) + (theirs[0] in ours)


def _begins(word: str, title: str) -> bool:
    """Whether a word of the title begins so; titles without spaces are searched whole."""
    return re.search(rf"\b{re.escape(word)}", title) is not None or (not word.isascii() and word in title)
