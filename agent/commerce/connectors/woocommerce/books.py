"""What the remedies on WooCommerce work with."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from agent.commerce.connectors.client import Http
from agent.commerce.connectors.woocommerce.order import to_order
from agent.commerce.connectors.woocommerce.orders import WooOrders
from agent.commerce.connectors.woocommerce.shop import whole
from agent.domain.commerce import Order


@dataclass(frozen=True, slots=True)
class WooBooks:
    http: Http
    orders: WooOrders
    secret: str
    now: Callable[[], datetime]

    async def open(self, number: str) -> tuple[dict[str, Any], Order, list[dict[str, Any]]] | None:
        """(as the shop sent it, in our model, its refunds); None for an unknown order."""
        body = await self.orders.raw(number)
        if body is None:
            return None
        refunds = await self.orders.refunds(body)
        return body, to_order(body, refunds, {}, self.orders.shop, self.now()), refunds


def path(body: dict[str, Any], rest: str = "") -> str:
    return f"orders/{whole(body.get('id'))}{rest}"
