"""Conditions on who asks, where from, what for, and what the pack itself offers."""

from typing import Any

from agent.domain.commerce import Tier
from agent.domain.intents import Intent
from agent.domain.money import Money
from agent.policy.request import Request
from agent.policy.schema import Country, Euro, Pack
from agent.policy.worth import euro

Countries = frozenset[Country]


def owner(request: Request, pack: Pack, wanted: bool) -> bool:
    """The order belongs to the writer."""
    return request.owner is wanted


def offered(request: Request, pack: Pack, wanted: bool) -> bool:
    """The shop offers this remedy at all."""
    return (request.remedy.kind in pack.remedies) is wanted


def country_in(request: Request, pack: Pack, countries: frozenset[str]) -> bool:
    """The customer lives in one of these countries."""
    return request.country in countries


def country_not_in(request: Request, pack: Pack, countries: frozenset[str]) -> bool:
    """The customer lives in none of these countries."""
    return request.country not in countries


def intent_in(request: Request, pack: Pack, intents: frozenset[Intent]) -> bool:
    """It was asked for one of these wishes."""
    return request.remedy.intent in intents


def intent_not_in(request: Request, pack: Pack, intents: frozenset[Intent]) -> bool:
    """It was asked for none of these wishes."""
    return request.remedy.intent not in intents


def tier_in(request: Request, pack: Pack, tiers: frozenset[Tier]) -> bool:
    """The customer is of one of these tiers."""
    return request.loyalty in tiers


def tier_not_in(request: Request, pack: Pack, tiers: frozenset[Tier]) -> bool:
    """The customer is of none of these tiers."""
    return request.loyalty not in tiers


def spent_max(request: Request, pack: Pack, limit: Money) -> bool:
    """Over all orders the customer spent at most so much, as far as is known."""
    spent = request.order.customer.spent
    found = euro(spent)
    return spent is None or (found is not None and found <= limit.minor)


CONDITIONS: dict[str, tuple[Any, Any]] = {
    "owner": (bool, owner),
    "offered": (bool, offered),
    "country_in": (Countries, country_in),
    "country_not_in": (Countries, country_not_in),
    "intent_in": (frozenset[Intent], intent_in),
    "intent_not_in": (frozenset[Intent], intent_not_in),
    "tier_in": (frozenset[Tier], tier_in),
    "tier_not_in": (frozenset[Tier], tier_not_in),
    "spent_max": (Euro, spent_max),
}
