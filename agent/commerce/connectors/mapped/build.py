"""A mapping file becomes a source."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from agent.commerce.connectors.client import Http
from agent.commerce.connectors.mapped.csv_file import CsvFeed
from agent.commerce.connectors.mapped.inspections import Inspections
from agent.commerce.connectors.mapped.mapping import TARGETS, Mapping, Place
from agent.commerce.connectors.mapped.rest import RestFeed
from agent.commerce.connectors.mapped.stock import Feed, MappedStock, utc_now
from agent.ports import Orders


@dataclass(frozen=True, slots=True, kw_only=True)
class Mapped:
    """`inspections` is None when the mapping has none."""

    stock: MappedStock
    inspections: Inspections | None
    feeds: dict[str, Feed]

    def faults(self) -> tuple[str, ...]:
        """What is wrong with the facts that were read last, for the doctor."""
        return tuple(fault for feed in self.feeds.values() for fault in feed.faults)


def mapped(
    name: str, mapping: Mapping, folder: Path, http: Http | None, *, orders: Orders | None = None, now: Callable[[], datetime] = utc_now
) -> Mapped:
    """`folder` is the mapping file's, from where its `file`s start; `http` may be None when it names no path."""
    places: dict[str, Place] = {kind: place for kind in TARGETS if (place := getattr(mapping, kind))}
    feeds = {kind: _feed(kind, place, mapping.zone, folder, http, now) for kind, place in places.items()}
    told = feeds.get("inspections")
    return Mapped(
        stock=MappedStock(name, mapping, feeds, orders=orders, now=now),
        inspections=Inspections(name, mapping, told) if told else None,
        feeds=feeds,
    )


def _feed(kind: str, place: Place, zone: str, folder: Path, http: Http | None, now: Callable[[], datetime]) -> Feed:
    if place.file:
        return CsvFeed(kind, place, folder, zone, now=now)
    if http is None:
        raise ValueError(f"[{kind}] names a path: give the source an `address`")
    return RestFeed(kind, place, http, zone, now=now)
