"""What a reply of this turn may rest on, gathered anew from the records: not by the check that let it pass."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import asdict
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import Any

from agent.commerce.currency import RATES, from_euro
from agent.commerce.routing import WAREHOUSES, add_business_days, transit_days
from agent.domain.commerce import Order, Product
from agent.domain.money import Money
from agent.policy.candidates import PACKING, PART_PERCENT, VISIT_IN
from agent.policy.days import local_day
from agent.policy.limits import LIMITS
from agent.policy.pack import packs
from agent.policy.terms import TERMS
from agent.settings import Settings
from eval import world
from eval.record import Said
from eval.scorers.access import own_orders
from eval.scorers.verdict import Played
from knowledge.entry import entries
from knowledge.sources.folder import FolderSource

_NUMBER = re.compile(r"\d+")
#: The mark between thousands: "14,650" is one number.
_GROUPED = re.compile(r"(?<=\d)[,.'\u00a0\u202f](?=\d{3}(?!\d))")
#: What the shop promises of itself: hours until a person answers.
_OWN = frozenset({"1", "4"})


def numbers(text: str) -> set[str]:
    """Digit groups as ASCII, without leading noughts: "08" and "8" are one day of the month."""
    digits = "".join(str(unicodedata.decimal(char)) if char.isdecimal() else char for char in text)
    digits = _GROUPED.sub("", digits)
    return {found.lstrip("0") or "0" for found in _NUMBER.findall(digits)}


def supported_numbers(played: Played) -> set[str]:
    texts = [played.said, *(text for sentence in played.record.said for text in _sources(sentence))]
    texts += [str(value) for effect in played.record.effects for value in _leaves(effect.data)]
    for order in own_orders(played):
        texts += [str(value) for value in (*_leaves(asdict(order)), *_derived(order, played.case.now))]
    texts += [piece for effect in played.record.effects for piece in _remedy(effect.kind)]
    if any(sentence.pattern.startswith("offer-") for sentence in played.record.said):
        texts += [str(figure) for order in own_orders(played) for figure in _ways_out(order)]
    return set(_OWN).union(*(numbers(text) for text in texts))


def _remedy(kind: str) -> list[str]:
    return [str(LIMITS.coupon_percent)] if kind == "coupon" else []


def _ways_out(order: Order) -> Iterator[Any]:
    """Figures that ways out of a trouble may name, counted anew: their numbers, days, and shares of what was paid."""
    yield from (1, 2, 3, *TERMS.refund_business_days, TERMS.inquiry_business_days, TERMS.late_coupon_percent)
    for house in WAREHOUSES:
        fewest, most = transit_days(house, order.address.country)
        yield from (fewest + PACKING[0], most + PACKING[1])
    worth = [order.total, *(Money(line.price.minor * line.quantity, line.price.currency) for line in order.lines)]
    yield add_business_days(world.NOW.date(), VISIT_IN)
    fee = TERMS.fee_for_return(order.address.country)
    if order.total.currency in RATES:
        yield from_euro(fee, order.total.currency).amount
    for money in worth:
        less = money.minor - (from_euro(fee, money.currency).minor if money.currency in RATES else 0)
        yield from (Money(minor, money.currency).amount for minor in (money.minor, less, money.minor * PART_PERCENT // 100))


def _derived(order: Order, now: datetime) -> Iterator[Any]:
    """What follows from an order by counting days."""
    if order.shipment:
        yield (now.date() - order.shipment.promised).days
        delivered = order.shipment.delivered_at
        country = order.customer.country
        yield TERMS.return_until(local_day(packs(country), country, delivered or now))
    for money in (order.total, *(refund.amount for refund in order.refunds)):
        yield money.amount


def _leaves(value: Any) -> Iterator[Any]:
    if isinstance(value, dict):
        for item in value.values():
            yield from _leaves(item)
    elif isinstance(value, list | tuple):
        for item in value:
            yield from _leaves(item)
    elif isinstance(value, datetime | date | Money | timedelta) or value is not None:
        yield value


def _sources(sentence: Said) -> Iterator[str]:
    for kind, ref in sentence.sources:
        if kind == "passage":
            yield passages().get(ref, "")
        elif kind in {"product", "stock"}:
            yield from _product(ref)


def _product(sku: str) -> Iterator[str]:
    shop = world.shop()
    product: Product | None = shop.catalogue.get(sku)
    if product:
        yield f"{product.sku} {product.title} {product.price.amount}"
    yield from (str(day) for (item, _), day in shop.restocks.items() if item == sku)


def supports_quote(sentence: Said) -> bool:
    """A quotation stands word for word in a passage it cites."""
    bare = "".join(sentence.text.split())
    return any(bare in "".join(text.split()) for text in _sources(sentence))


@lru_cache(maxsize=1)
def passages() -> dict[str, str]:
    """Text of every article's passages that customers may read."""
    found = entries(FolderSource(Settings.model_validate({}).corpus).read().articles)
    return {entry.id: entry.text for entry in found if entry.audience == "customer"}
