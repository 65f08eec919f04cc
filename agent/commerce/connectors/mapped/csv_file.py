"""A CSV file that another system drops beside the mapping file. A half-written one is not read: the last whole one counts."""

import asyncio
import contextlib
import csv
import io
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import structlog

from agent.commerce.connectors.mapped.mapping import Place
from agent.commerce.connectors.mapped.table import BadTable, Row, Table, table
from agent.commerce.connectors.mapped.values import Unreadable

log = structlog.get_logger()
_LARGEST = 100_000_000
_NEWEST = 5  # files of a pattern that are tried, newest first
_LOOK_AGAIN = 1.0  # seconds
_REST = 2.0  # seconds that a new file must have rested while there is an older one to go on with


class _Writing(Exception):
    """Somebody writes to it at this moment."""


class CsvFeed:
    """Rows of one kind. `faults` is what is wrong with the newest file, for the doctor."""

    def __init__(self, kind: str, place: Place, folder: Path, zone: str, *, now: Callable[[], datetime]) -> None:
        self._kind, self._place, self._folder, self._zone, self._now = kind, place, folder, zone, now
        self._good: Table | None = None
        self._of: tuple[Path, int, int] | None = None
        self._looked = -_LOOK_AGAIN
        self._stale = False
        self._reading = asyncio.Lock()
        self.faults: tuple[str, ...] = ()

    async def rows(self, keys: tuple[str, ...] = (), since: datetime | None = None) -> Table:
        """All rows, whatever is asked for. Raises BadTable when there was no whole file yet."""
        async with self._reading:
            if time.monotonic() - self._looked > _LOOK_AGAIN:
                await asyncio.to_thread(self._look)
                self._looked = time.monotonic()
        if self._good is None:
            raise BadTable(self.faults[0] if self.faults else None)
        old = self._now() - self._good.read_at > timedelta(hours=self._place.hours)
        return replace(self._good, faults=self.faults, stale=old or self._stale)

    def _look(self) -> None:
        """Newest first, until one is whole. When none is, the one that was read before stays."""
        faults: list[str] = []
        for path in self._newest():
            try:
                good = self._read(path)
            except _Writing:
                return
            except (BadTable, OSError) as error:
                faults.append(str(error) if isinstance(error, BadTable) else f"{path}: it cannot be read ({type(error).__name__}).")
                continue
            self._good, self._stale = good, bool(faults)
            self._tell(*faults, *good.faults)
            return
        self._stale = True
        self._tell(*faults or [f"{self._folder / self._place.file}: there is no such file. Check `file`, and that it is delivered."])

    def _newest(self) -> list[Path]:
        dated: list[tuple[int, str, Path]] = []
        for path in self._folder.glob(self._place.file):
            with contextlib.suppress(OSError):  # taken away meanwhile
                dated.append((path.stat().st_mtime_ns, path.name, path))
        return [path for _, _, path in sorted(dated, reverse=True)[:_NEWEST]]

    def _tell(self, *faults: str) -> None:
        if faults and faults != self.faults:
            log.warning("mapped.file", kind=self._kind, fault=faults[0], faults=len(faults))
        self.faults = faults

    def _read(self, path: Path) -> Table:
        before = path.stat()
        marks = path, before.st_mtime_ns, before.st_size
        if self._good and self._of == marks:
            return self._good
        if self._good and time.time() - before.st_mtime < _REST:
            raise _Writing
        if before.st_size > _LARGEST:
            raise BadTable(f"{path}: it is larger than {_LARGEST} bytes. Deliver what is in stock alone.")
        content = path.read_bytes()
        after = path.stat()
        if (after.st_mtime_ns, after.st_size) != marks[1:] or len(content) != after.st_size:
            raise BadTable(f"{path}: it is being written. It is read once it rests.")
        read_at = min(datetime.fromtimestamp(after.st_mtime, UTC), self._now())
        good = parse(self._kind, self._place, self._zone, content, str(path), read_at)
        self._of = marks
        return good


def parse(kind: str, place: Place, zone: str, content: bytes, name: str, read_at: datetime) -> Table:
    """Pure. Raises BadTable naming file, row, column and cure."""
    lines = _whole(_decoded(content, place, name), place, name)
    reader = csv.reader(io.StringIO(lines, newline=""), delimiter=place.separator, strict=True)
    records = _records(reader, name)
    header = next(records, (0, []))[1]
    columns = _columns(place, header, name)
    return table(kind, place, zone, _rows(records, columns, len(header), name), read_at)


def _decoded(content: bytes, place: Place, name: str) -> str:
    try:
        return content.decode(place.encoding).removeprefix("\ufeff")
    except UnicodeDecodeError as error:
        row = content[: error.start].count(b"\n") + 1
        raise BadTable(
            f"{name}: row {row}: it is not written in {place.encoding}. Set `encoding`: utf-8, cp1252 (Western) or gb18030 (Chinese)."
        ) from None


def _whole(text: str, place: Place, name: str) -> str:
    """Without its trailer. Raises BadTable for a file that stops in the middle."""
    if not text.strip():
        raise BadTable(f"{name}: it is empty. It is read once it is written.")
    if place.trailer:
        body, _, last = text.rstrip("\r\n").rpartition("\n")
        if not last.startswith(place.trailer):
            raise BadTable(f'{name}: it does not end with "{place.trailer}": it is written only in part.')
        return body
    if place.whole == "newline" and not text.endswith(("\n", "\r")):
        raise BadTable(f'{name}: its last row does not end: it is written only in part. If the other system always ends so: whole = "any".')
    return text


def _records(reader: Iterator[list[str]], name: str) -> Iterator[tuple[int, list[str]]]:
    """Rows counted from 1, as a spreadsheet shows them; empty ones are skipped."""
    row = 0
    while True:
        row += 1
        try:
            record = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            raise BadTable(f"{name}: row {row}: {error}. A quotation mark is open: it is written only in part, or badly quoted.") from None
        if any(field.strip() for field in record):
            yield row, record


def _columns(place: Place, header: list[str], name: str) -> dict[str, int]:
    """Target -> number of its column."""
    names = [field.strip().casefold() for field in header]
    found: dict[str, int] = {}
    for target, told in place.fields.items():
        if not told.from_:
            continue
        wanted = told.from_.strip().casefold()
        if names.count(wanted) != 1:
            what = "there is no column" if wanted not in names else "there is more than one column"
            one = f" Only one column was found: is `separator` {place.separator!r} right?" if len(names) == 1 else ""
            has = ", ".join(field.strip()[:30] for field in header[:20])
            raise BadTable(
                f'{name}: row 1: {what} "{told.from_}" (for {target}). It has: {has}.{one} Write its name into the mapping file.'
            )
        found[target] = names.index(wanted)
    return found


def _rows(
    records: Iterator[tuple[int, list[str]]], columns: dict[str, int], width: int, name: str
) -> Iterator[tuple[str, Row | Unreadable]]:
    for number, record in records:
        where = f"{name}: row {number}"
        if len(record) != width:
            what = "has fewer fields than the header" if len(record) < width else "has more fields than the header: quote the separator"
            yield where, Unreadable(f"{where}, column {min(len(record), width) + 1}: it {what}.")
        else:
            yield where, {target: record[column] for target, column in columns.items()}
