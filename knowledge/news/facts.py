"""Which sentences a kind of news needs, and the facts in them: the title first, then two to four sentences."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from knowledge.news.report import BatchChange, CustomsChange, DelayedLane, Item, ProductRevision, Revised, StockOut, reach
from knowledge.news.wording import country, day, listing, money, percent, places, say, span

Line = tuple[str, Mapping[str, str | int]]
"""A pattern's key and its variables."""


def delayed_lane(item: DelayedLane, language: str, brand: str) -> Iterator[Line]:
    yield "lane-title", {"places": _places(item, language, title=True), "warehouse": item.from_warehouse}
    days: dict[str, str | int] = {"days": span(item.extra_days_min, item.extra_days_max), "count": item.extra_days_max}
    yield "lane-delay", {"brand": brand, "warehouse": item.from_warehouse, "places": _places(item, language), **days}
    if item.reason != "other":
        yield "lane-reason", {"reason": item.reason}
    if item.carrier:
        yield "lane-carrier", {"carrier": item.carrier}
    yield ("lane-until", {"date": day(item.until, language)}) if item.until else ("lane-advice", {})


def stock_out(item: StockOut, language: str, brand: str) -> Iterator[Line]:
    product = {"title": item.title, "sku": item.sku}
    yield "stock-title", product
    yield ("stock-out-there", {**product, "places": _places(item, language)}) if item.markets else ("stock-out", product)
    yield ("stock-restock", {"date": day(item.restock, language)}) if item.restock else ("stock-open", {})


def stock_out_staff(item: StockOut, language: str, brand: str) -> Iterator[Line]:
    if item.warehouses:
        yield "staff-warehouses", {"sku": item.sku, "warehouses": listing(item.warehouses, language)}


def batch_change(item: BatchChange, language: str, brand: str) -> Iterator[Line]:
    product = {"title": item.title, "sku": item.sku, "what": item.what}
    yield "batch-title", product
    if item.old:
        yield "batch-changed", {**product, "old": item.old, "new": item.new}
    else:
        yield "batch-added", {**product, "new": item.new}
    if item.allergens:
        yield "batch-allergens", {"allergens": listing(item.allergens, language)}
    yield "batch-advice", {}


def batch_change_staff(item: BatchChange, language: str, brand: str) -> Iterator[Line]:
    yield "staff-batch", {"sku": item.sku, "batch": item.batch, "title": item.title}
    if item.from_batch:
        yield "staff-from-batch", {"batch": item.from_batch}


def customs_change(item: CustomsChange, language: str, brand: str) -> Iterator[Line]:
    there = country(item.country, language)
    yield "customs-title", {"country": there}
    yield "customs-starts", {"country": there, "date": day(item.starts, language), "brand": brand}
    if item.threshold:
        amount = money(item.threshold.amount, item.threshold.currency, language)
        yield "customs-threshold", {"amount": amount, "tax": item.tax}
    if item.rate is not None:
        yield "customs-rate", {"rate": percent(item.rate, language), "tax": item.tax}
    if item.paid_by:
        yield f"customs-{item.paid_by}", {}


def product_revision(item: ProductRevision, language: str, brand: str) -> Iterator[Line]:
    product = {"title": item.title, "sku": item.sku, "old": item.old, "new": item.new}
    yield "revision-title", product
    yield "revision-new", product
    yield "revision-changes", {"changes": listing((_change(change, language) for change in item.changes), language)}
    yield "revision-both", {}


def nothing_more(item: Item, language: str, brand: str) -> Iterator[Line]:
    """Of this kind operators know no more than customers."""
    yield from ()


def note(item: Item) -> Iterator[Line]:
    if item.note:
        yield "staff-note", {"note": item.note}


def _places(item: DelayedLane | StockOut, language: str, **title: Any) -> str:
    return places(reach(item), language, **title) or say("many-places", language, {})


def _change(change: Revised, language: str) -> str:
    name = say("revision-part", language, {"what": change.what})
    return f"{name} ({change.text})" if change.text else name
