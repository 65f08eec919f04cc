"""What a connector must know of one Shopify shop beyond its address."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from agent.commerce.keys import email_key, order_number
from agent.domain.commerce import Tier

_DIGITS = re.compile(r"\D*([0-9]{1,12})\D*")


@dataclass(frozen=True, slots=True, kw_only=True)
class Shop:
    """`name` is the one in the shops file; `prefix` and `suffix` are what the shop writes around an order's number."""

    name: str
    prefix: str = "#"
    suffix: str = ""
    tiers: Mapping[str, Tier] = field(default_factory=dict[str, Tier])  # a customer's tag, in lower case -> loyalty tier
    transit_days: int = 10  # what the shop promises for a parcel whose carrier gives no date

    def order_name(self, number: str) -> str:
        """As Shopify writes it. An impossible number becomes a name that no order has, so that it is asked for all the same."""
        return f"{self.prefix}{order_number(number) or '0'}{self.suffix}"

    def tier(self, tags: list[str]) -> Tier:
        ranked = [self.tiers[tag.lower()] for tag in tags if tag.lower() in self.tiers]
        return max(ranked, key=list(Tier).index, default=Tier.DRIFT)


def number_of(name: str) -> str:
    """ "#1042" and "EU-1042-B" -> "1042"; "" when there is no single number in it."""
    found = _DIGITS.fullmatch(name)
    return found[1] if found else ""


def quoted(value: str) -> str:
    """A value of a search query. What could end the quotation matches nothing instead."""
    return '"-"' if not value or any(char in '"\\' or not char.isprintable() for char in value) else f'"{value}"'


def by_name(shop: Shop, number: str) -> str:
    return f"name:{quoted(shop.order_name(number))}"


def by_email(email: str) -> str:
    return f"email:{quoted(email_key(email))}"


def by_skus(skus: list[str]) -> str:
    return " OR ".join(f"sku:{quoted(sku)}" for sku in skus)
