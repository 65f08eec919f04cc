"""Self-service: who looks for help, what they are shown first, and what a search finds."""

import asyncio
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from functools import lru_cache
from html import escape
from typing import Any

import structlog
from sqlalchemy.exc import SQLAlchemyError

from agent.bootstrap import Portside
from agent.desk.asked import AskedNow, Counts
from agent.domain.commerce import Order, OrderState
from agent.errors import NotFound, PortsideError
from agent.store.engine import reading
from knowledge import faq
from knowledge.faq import Suggestion, Visitor
from knowledge.faq_shelf import FaqShelf, Published
from knowledge.markup import render
from knowledge.variants import Variant

log = structlog.get_logger()
#: Days for which an order that has come to its end still makes questions.
RECENT = timedelta(days=60)
#: Seconds for the shop to tell the orders; the page then does without.
ORDERS_WITHIN = 1.5
ENDED = {OrderState.DELIVERED, OrderState.PART_RETURNED, OrderState.REFUNDED, OrderState.CANCELLED}
FOUND = 6
#: Countries and languages whose ranking is remembered.
KEPT = 256


@dataclass(frozen=True, slots=True)
class Findings:
    """What a search shows; `sure` says whether the first is likely to answer."""

    hits: tuple[tuple[Variant, str], ...]  # an article and the words to show of it
    sure: bool


def current(orders: Sequence[Order], today: date) -> list[Order]:
    """Those that a customer may still have questions about."""
    ends = ((order, order.shipment.delivered_at if order.shipment else None) for order in orders)
    return [order for order, end in ends if order.state not in ENDED or today - (end or order.placed_at).date() <= RECENT]


@lru_cache(maxsize=512)
def html(variant: str, body: str, query: str = "") -> str:
    """The article's body; with `query`, links to other articles keep the visitor's language and market. `variant` names the body."""
    made = render(body)
    return re.sub(r'(href="/faq/[^"#?]*)', lambda link: f"{link[1]}?{escape(query)}", made) if query else made


class Faq:
    """What the pages and the widget ask for."""

    def __init__(self, p: Portside) -> None:
        self._p = p
        self._shelf = FaqShelf(reading(p.engine))
        self._asked = AskedNow(p.engine)
        self._ranked: dict[Visitor, tuple[Suggestion, ...]] = {}
        self._ranked_for: tuple[Published, Counts] | None = None

    @property
    def today(self) -> date:
        return self._p.clock.now().date()

    async def published(self) -> Published:
        return await self._shelf.current()

    async def visitor(self, language: str, market: str | None, email: str | None) -> Visitor:
        """`email` must be proven: it opens the customer's orders."""
        nobody = Visitor(language, self.today, market)
        orders = current(await self._orders(email), self.today) if email else []
        bought = frozenset(line.sku for order in orders for line in order.lines)
        return replace(nobody, states=tuple(order.state.value for order in orders), products=bought)

    async def _orders(self, email: str) -> Sequence[Order]:
        try:
            async with asyncio.timeout(ORDERS_WITHIN):
                return await self._p.parts.orders.of_customer(email)
        except (PortsideError, SQLAlchemyError, OSError, TimeoutError) as error:
            log.warning("faq.orders.unreadable", error=type(error).__name__)
            return ()

    async def suggest(self, visitor: Visitor, limit: int) -> tuple[Suggestion, ...]:
        """Strangers of one country and language see the same: ranked once, until something is published or counted anew."""
        counts = await self._asked.current(self._p.clock.now())
        published = await self.published()
        articles, asked = published.articles, counts.of(visitor.market, visitor.language)
        if visitor.states or visitor.products:
            return faq.rank(articles, visitor, asked, limit)
        if not self._same(published, counts) or len(self._ranked) >= KEPT:
            self._ranked, self._ranked_for = {}, (published, counts)
        if visitor not in self._ranked:
            self._ranked[visitor] = faq.rank(articles, visitor, asked, len(articles))
        return self._ranked[visitor][:limit]

    def _same(self, published: Published, counts: Counts) -> bool:
        return self._ranked_for is not None and self._ranked_for[0] is published and self._ranked_for[1] is counts

    async def article(self, id_: str, visitor: Visitor) -> Variant:
        """Raises NotFound for an article that this visitor may not see, just as for none."""
        variants = (await self.published()).articles.get(id_, {})
        found = faq.readable(variants, visitor)
        if found is None:
            raise NotFound("There is no such help page for this market and day. See GET /api/faq.")
        return found

    async def search(self, query: str, visitor: Visitor) -> Findings:
        """Titles that begin so, then what the customers' search finds."""
        published = await self.published()
        result = await self._p.parts.knowledge.search(
            query, language=visitor.language, market=visitor.market, audience="customer", k=FOUND, today=visitor.today
        )
        titled = faq.titled(published.articles, query, visitor, 3)
        hits = {v.article.id: (v, faq.summary(v.article.body)) for v in titled}
        for passage in result.passages if result.answerable else ():
            variant = faq.readable(published.articles.get(passage.article, {}), visitor)
            if variant:
                hits.setdefault(passage.article, (variant, faq.shorten(" ".join(passage.text.split()))))
        return Findings(tuple(hits.values())[:FOUND], bool(hits))

    async def updated(self, variant: Variant) -> datetime | None:
        """When an editor published it last; files do not tell."""
        return (await self.published()).edited.get(variant.key)


def card(variant: Variant, why: str, summary: str = "") -> dict[str, Any]:
    """An article as lists show it."""
    article = variant.article
    text = summary or faq.summary(article.body)
    return {"id": article.id, "title": article.title, "summary": text, "why": why, "language": article.language}
