"""The rows of one kind, read and checked; a row that cannot be read is left out and told, many of them refuse the whole."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from agent.commerce.connectors.client import SourceDown
from agent.commerce.connectors.mapped.mapping import KEYS, TARGETS, Place
from agent.commerce.connectors.mapped.values import Customs, Dropped, Unreadable, value

Row = dict[str, Any]
#: More rows than this share that cannot be read: the file is not what the mapping says.
_SHARE = 0.1
_TOLD = 20


class BadTable(SourceDown):
    """A file or an answer is not what the mapping file says. What was known before is told meanwhile."""

    code = "bad_table"


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """`by` holds the rows by what they are asked for; `faults` say where, what and how to mend it."""

    by: Mapping[str, Sequence[Row]]
    read_at: datetime  # how old the facts are: of a file, when it was written
    faults: tuple[str, ...] = ()
    stale: bool = False

    @property
    def rows(self) -> tuple[Row, ...]:
        return tuple(row for rows in self.by.values() for row in rows)


def customs(place: Place, zone: str) -> Customs:
    return Customs(ZoneInfo(zone), place.decimal, place.thousands)


def table(kind: str, place: Place, zone: str, raw: Iterable[tuple[str, Row | Unreadable]], read_at: datetime) -> Table:
    """`raw` are (where, what each target's path or column holds). Raises BadTable when too many rows cannot be read."""
    told, by, count = list[str](), dict[str, list[Row]](), 0
    ways = customs(place, zone)
    for where, values in raw:
        count += 1
        try:
            if isinstance(values, Unreadable):
                raise values
            row = _row(kind, place, values, ways, where)
        except Dropped:
            continue
        except Unreadable as error:
            told.append(str(error))
            continue
        by.setdefault(row[KEYS[kind]], []).append(row)
    if told and len(told) > count * _SHARE:
        raise BadTable(f"{len(told)} of {count} rows cannot be read. {told[0]}")
    return Table(by=by, read_at=read_at, faults=tuple(told[:_TOLD]))


def _row(kind: str, place: Place, values: Row, ways: Customs, where: str) -> Row:
    row: Row = {}
    for target, (sort, needed) in TARGETS[kind].items():
        told = place.fields.get(target)
        try:
            row[target] = value(sort, told, values.get(target), ways) if told else None
        except Unreadable as error:
            raise Unreadable(f'{where}, {target} ("{told.from_ if told else ""}"): {error}') from None
        if needed and row[target] in (None, ""):
            raise Unreadable(f'{where}, {target} ("{told.from_ if told else ""}"): it is empty; fill it, or set `default`')
    return row
