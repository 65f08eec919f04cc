"""AfterShip's tracking API (2026-07): what the carriers say of a parcel, laid over the shop's own view."""

from agent.commerce.connectors.aftership.enrich import Enriched
from agent.commerce.connectors.aftership.read import ADDRESS, AfterShip, Shipments
from agent.commerce.connectors.aftership.tracked import Tracked

__all__ = ["ADDRESS", "AfterShip", "Enriched", "Shipments", "Tracked"]
