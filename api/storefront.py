"""What the demo storefront shows: products, and customers one can be for a while."""

import time
from collections.abc import Awaitable, Callable
from typing import Any

import jwt
from sqlalchemy import text

from agent.bootstrap import Portside
from agent.domain.money import Money
from agent.phrasing import money

#: The customers of the first demo orders.
_CUSTOMERS = text(
    "select c.email, c.name, c.country, c.language, o.number"
    " from demo_shop.customer c join demo_shop.orders o on o.customer = c.id"
    " where o.number between '1042' and '1058' order by o.number"
)
_PRODUCTS = text("select sku, title, category, prices, text, sizes from demo_shop.product order by category, sku")
IDENTITY_MINUTES = 60


def storefront(p: Portside) -> Callable[[], Awaitable[dict[str, Any]]]:
    """An async callable giving {"products": [...], "customers": [...]} for the page."""

    async def read() -> dict[str, Any]:
        async with p.engine.connect() as connection:
            products = [_product(dict(row)) for row in (await connection.execute(_PRODUCTS)).mappings()]
            customers = [dict(row) | {"identity": signed(p, row["email"])} for row in (await connection.execute(_CUSTOMERS)).mappings()]
        return {"products": products, "customers": customers if p.settings.demo else []}

    return read


def _product(row: dict[str, Any]) -> dict[str, Any]:
    prices = row.pop("prices")
    return row | {"price": money(Money(prices["EUR"], "EUR"), "en")}


def signed(p: Portside, email: str) -> str:
    """An identity as a shop's server would sign it for its signed-in customer."""
    claims = {"email": email, "aud": "portside", "exp": int(time.time()) + IDENTITY_MINUTES * 60}
    return jwt.encode(claims, p.settings.shop_secret.get_secret_value(), algorithm="HS256")
