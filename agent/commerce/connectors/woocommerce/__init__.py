"""A WooCommerce shop (REST API v3) behind our ports. It knows one stock location, one payment an order, and no batches."""

from agent.commerce.connectors.woocommerce.effects import WooEffects
from agent.commerce.connectors.woocommerce.goods import WooGoods
from agent.commerce.connectors.woocommerce.orders import WooOrders
from agent.commerce.connectors.woocommerce.shop import WooShop

__all__ = ["WooEffects", "WooGoods", "WooOrders", "WooShop"]
