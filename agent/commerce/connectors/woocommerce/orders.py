"""The Orders port on WooCommerce."""

import asyncio
import hmac
import time
from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, datetime
from typing import Any

from agent.commerce.connectors.client import Http
from agent.commerce.connectors.woocommerce.order import email_of, number_of, to_order
from agent.commerce.connectors.woocommerce.shop import WooShop, gmt, record, records, text, whole
from agent.commerce.connectors.woocommerce.status import NO_ORDER
from agent.commerce.keys import email_key, order_number
from agent.domain.commerce import Customer, Order, Tier

_MOST = 100  # rows of a page
_CATEGORY_SECONDS = 300.0


def utc_now() -> datetime:
    return datetime.now(UTC)


class WooOrders:
    """Reads only."""

    def __init__(self, http: Http, shop: WooShop, *, now: Callable[[], datetime] = utc_now) -> None:
        self._http, self.shop, self._now = http, shop, now
        self._categories: dict[int, str] = {}
        self._categories_until = 0.0

    async def find(self, number: str, email: str) -> Order | None:
        # One request whatever is wrong, and nothing more is read before the e-mail fits: neither answer nor time tells which.
        body = await self.raw(number)
        fits = hmac.compare_digest(email_key(email_of(body or {})).encode(), email_key(email).encode())
        return await self._whole(body) if body and fits and email_key(email) else None

    async def by_number(self, number: str) -> Order | None:
        body = await self.raw(number)
        return await self._whole(body) if body else None

    async def of_customer(self, email: str, limit: int = 5) -> tuple[Order, ...]:
        """The search of the shop also finds similar e-mails: those are left out."""
        if limit <= 0 or not (key := email_key(email)):
            return ()
        bodies = await self._list("orders", search=key, orderby="date", order="desc", per_page=min(limit * 4, _MOST))
        mine = [body for body in bodies if email_key(email_of(body)) == key and self._is_order(body)]
        return tuple(await asyncio.gather(*(self._whole(body) for body in mine[:limit])))

    async def customer(self, email: str) -> Customer | None:
        """An account's; a guest is known by their newest order."""
        if not (key := email_key(email)):
            return None
        found = await self._list("customers", email=key, role="all", per_page=1)
        account = next((body for body in found if email_key(text(body.get("email"))) == key), None)
        if account is None:
            newest = await self.of_customer(email, 1)
            return newest[0].customer if newest else None
        return self._account(account)

    async def raw(self, number: str) -> dict[str, Any] | None:
        """As the shop sent it; None for an unknown one."""
        if not (digits := order_number(number)):
            return None
        if self.shop.renumbered:
            bodies = await self._list("orders", search=f"{self.shop.prefix}{digits}", per_page=20)
        else:
            bodies = [record(await self._http.get(f"orders/{digits}"))]
        return next((body for body in bodies if number_of(body, self.shop) == digits and self._is_order(body)), None)

    async def refunds(self, body: Mapping[str, Any]) -> list[dict[str, Any]]:
        """The order itself names its refunds without saying whether they were paid out."""
        return await self._list(f"orders/{whole(body.get('id'))}/refunds", per_page=_MOST)

    async def _whole(self, body: dict[str, Any]) -> Order:
        products = {whole(item.get("product_id")) for item in records(body.get("line_items"))}
        categories, refunds = await asyncio.gather(
            self._category_of(products), self.refunds(body) if records(body.get("refunds")) else _nothing()
        )
        return to_order(body, refunds, categories, self.shop, self._now())

    async def _category_of(self, products: Iterable[int]) -> Mapping[int, str]:
        """Policy excludes categories, and an order's lines do not name theirs."""
        if time.monotonic() >= self._categories_until:
            self._categories, self._categories_until = {}, time.monotonic() + _CATEGORY_SECONDS
        missing = sorted(product for product in products if product and product not in self._categories)
        if missing:
            found = await self._list("products", include=",".join(map(str, missing[:_MOST])), per_page=_MOST, _fields="id,categories")
            self._categories |= dict.fromkeys(missing, "") | {whole(body.get("id")): category(body) for body in found}
        return self._categories

    def _is_order(self, body: Mapping[str, Any]) -> bool:
        return text(body.get("status")) not in NO_ORDER

    async def _list(self, path: str, **params: Any) -> list[dict[str, Any]]:
        return records(await self._http.get(path, **params))

    def _account(self, body: Mapping[str, Any]) -> Customer:
        billing, since = record(body.get("billing")), gmt(body.get("date_created_gmt"))
        return Customer(
            id=text(body.get("id")),
            email=text(body.get("email")),
            name=f"{text(body.get('first_name'))} {text(body.get('last_name'))}".strip(),
            country=text(billing.get("country")).upper(),
            language=self.shop.language,
            tier=Tier.DRIFT,
            phone=text(billing.get("phone")),
            since=since.date() if since else None,
        )


def category(body: Mapping[str, Any]) -> str:
    """The first one, by its unchanging name."""
    return next((text(each.get("slug")) for each in records(body.get("categories"))), "")


async def _nothing() -> list[dict[str, Any]]:
    return []
