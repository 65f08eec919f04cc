"""Looks at the shop's shelves and parcels, and reports what customers should know: sold-out products and delayed lanes."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

import structlog
from pydantic import ValidationError
from sqlalchemy import RowMapping, TextClause, text
from sqlalchemy.ext.asyncio import AsyncEngine

from agent.commerce.routing import WAREHOUSES, warehouse_of
from knowledge.news.book import listing, reclaim, report, withdraw
from knowledge.news.report import DelayedLane, Item, StockOut
from knowledge.news.source import as_item

log = structlog.get_logger()
BY = "watch"
#: News of ours; others' are never touched.
PREFIX = "watch:"

#: A lane is delayed when so large a share of so many parcels that were due in these days came late, and well again below the lower share.
WINDOW = timedelta(days=14)
LEAST_PARCELS = 10
DELAYED, WELL = 0.5, 0.35
#: What lasts is renewed in time. Until then an equal finding is no change, so that nothing is embedded anew every hour.
VALID, RENEW = timedelta(days=30), timedelta(days=5)
_STEADY_DAYS = 1

_SHELVES = text(
    "SELECT p.sku, p.title, max(l.on_hand - l.committed) AS free, min(l.restock) FILTER (WHERE l.restock >= :today) AS restock"
    " FROM demo_shop.product p JOIN demo_shop.stock_level l USING (sku) GROUP BY p.sku, p.title ORDER BY p.sku"
)
_DUE = text(
    "SELECT s.warehouse, o.address ->> 'country' AS country, coalesce(s.delivered_at::date, :today) - s.promised AS late"
    " FROM demo_shop.shipment s JOIN demo_shop.orders o ON o.number = s.order_number WHERE s.promised >= :since AND s.promised < :today"
)
_COUNTRIES = text("SELECT DISTINCT address ->> 'country' AS country FROM demo_shop.orders")


@dataclass(frozen=True, slots=True)
class Shelf:
    """A product over all warehouses: `free` is the most that any of them can send, `restock` the first day more arrives."""

    sku: str
    title: str
    free: int
    restock: date | None


@dataclass(frozen=True, slots=True)
class Due:
    """A parcel whose promised day has passed; `late` is its days past it so far, 0 or less when it was in time."""

    warehouse: str
    country: str
    late: int


Lane = tuple[str, str]
"""A warehouse and the region it sends to."""


async def watch(engine: AsyncEngine, now: datetime) -> int:
    """How many news changed. Finding the same again changes nothing."""
    today = now.date()
    shelves = tuple(Shelf(**row) for row in await _read(engine, _SHELVES, today=today))
    due = tuple(Due(**row) for row in await _read(engine, _DUE, today=today, since=today - WINDOW))
    countries = [row["country"] for row in await _read(engine, _COUNTRIES)]
    rows = {str(row["id"]): row for row in await listing(engine, prefix=PREFIX, limit=10_000)}
    known = {id_: row for id_, row in rows.items() if not row["withdrawn_at"]}
    found = [*sold_out(shelves, today), *delayed(due, countries, today, frozenset(known))]
    fresh = [settled for item in found if not _vetoed(rows.get(item.id)) and (settled := steady(item, known.get(item.id), today))]
    changed = sum(received.outcome == "stored" for received in await report(engine, fresh, BY, now))
    return changed + await _clear(engine, rows, {item.id for item in found}, now)


async def _clear(engine: AsyncEngine, rows: Mapping[str, RowMapping], found: set[str], now: datetime) -> int:
    """Withdraws what is over. A person's veto ends with its cause: the next time is news again."""
    gone = [id_ for id_, row in rows.items() if id_ not in found and not row["withdrawn_at"]]
    await reclaim(engine, [id_ for id_, row in rows.items() if id_ not in found and _vetoed(row)], BY)
    return sum([await withdraw(engine, id_, BY, now) for id_ in gone])


def _vetoed(row: RowMapping | None) -> bool:
    """Somebody withdrew it by hand, and its cause has lasted since: they know better."""
    return bool(row and row["withdrawn_at"] and row["reported_by"] != BY)


async def _read(engine: AsyncEngine, query: TextClause, **values: date) -> Sequence[RowMapping]:
    async with engine.connect() as connection:
        return (await connection.execute(query, values)).mappings().all()


def sold_out(shelves: Iterable[Shelf], today: date) -> list[Item]:
    """Any warehouse may serve any market, as the Stock port tells customers, so only what none of them has is sold out."""
    found = (_stock_out(shelf, today) for shelf in shelves if shelf.free <= 0)
    return [item for item in found if item]


def _stock_out(shelf: Shelf, today: date) -> StockOut | None:
    try:
        return StockOut(
            id=f"{PREFIX}stock:{shelf.sku}",
            valid_from=today,
            valid_to=today + VALID,
            products=(shelf.sku,),
            sku=shelf.sku,
            title=shelf.title,
            restock=shelf.restock,
        )
    except ValidationError as error:  # a title that no article can quote must not keep the others from being told
        log.warning("supply.unfit_product", sku=shelf.sku, errors=error.error_count())
        return None


def region(country: str) -> str:
    """Countries whose parcels travel alike: those of one warehouse, and China apart from the rest of Shenzhen's."""
    return "CN" if country == "CN" else warehouse_of(country)


def delayed(due: Iterable[Due], countries: Iterable[str], today: date, known: frozenset[str] = frozenset()) -> list[Item]:
    """One item a delayed lane; `countries` are all that the shop sends to, `known` the ids that are news already."""
    lanes: defaultdict[Lane, list[int]] = defaultdict(list)
    for parcel in due:
        lanes[parcel.warehouse, region(parcel.country)].append(parcel.late)
    markets: defaultdict[str, list[str]] = defaultdict(list)
    for country in sorted(set(countries)):
        markets[region(country)].append(country)
    return [
        _delayed_lane(lane, late, tuple(markets[lane[1]]), today)
        for lane, late in sorted(lanes.items())
        if lane[0] in WAREHOUSES and markets[lane[1]] and is_delayed(late, lane_id(lane) in known)
    ]


def lane_id(lane: Lane) -> str:
    return f"{PREFIX}lane:{lane[0]}-{lane[1]}"


def is_delayed(late: Sequence[int], already: bool) -> bool:
    """A bound to begin and a lower one to end, or a share near the bound would come and go by the hour."""
    if len(late) < LEAST_PARCELS:
        return False
    share = sum(days > 0 for days in late) / len(late)
    return share >= (WELL if already else DELAYED)


def _delayed_lane(lane: Lane, late: Sequence[int], markets: tuple[str, ...], today: date) -> DelayedLane:
    """What a customer may expect: the middle four fifths of the late ones."""
    days = sorted(min(day, 60) for day in late if day > 0)
    return DelayedLane(
        id=lane_id(lane),
        valid_from=today,
        valid_to=today + VALID,
        markets=markets,
        from_warehouse=WAREHOUSES[lane[0]].city,
        extra_days_min=days[len(days) // 10],
        extra_days_max=days[len(days) - 1 - len(days) // 10],
    )


def steady(item: Item, row: RowMapping | None, today: date) -> Item | None:
    """None when it says what is known already and that is valid for some time; else the item, begun when it was first seen."""
    if row is None:
        return item
    old, renew = as_item(row), row["valid_to"] - today < RENEW
    since = max(row["valid_from"], item.valid_to - VALID * 5)  # the bound on how long one item may last
    same = item.model_copy(update={"valid_from": since, "valid_to": item.valid_to if renew else row["valid_to"]})
    return same if renew or _differs(same, old) else None


def _differs(item: Item, old: Mapping[str, object]) -> bool:
    """A day more or less of delay is no news."""
    if isinstance(item, DelayedLane):
        days = [(item.extra_days_min, old.get("extra_days_min")), (item.extra_days_max, old.get("extra_days_max"))]
        moved = any(not isinstance(was, int) or abs(now - was) > _STEADY_DAYS for now, was in days)
        return moved or item.markets != old["markets"]
    return isinstance(item, StockOut) and (item.title, item.restock and item.restock.isoformat()) != (old.get("title"), old.get("restock"))
