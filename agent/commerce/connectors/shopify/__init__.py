"""A Shopify shop behind our ports, by its Admin GraphQL API 2026-10: reads, effects, webhooks."""

from agent.commerce.connectors.shopify.admin import Admin
from agent.commerce.connectors.shopify.effects import ShopifyEffects
from agent.commerce.connectors.shopify.read import Shopify
from agent.commerce.connectors.shopify.shop import Shop

__all__ = ["Admin", "Shop", "Shopify", "ShopifyEffects"]
