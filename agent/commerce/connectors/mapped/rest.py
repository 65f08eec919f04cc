"""A REST endpoint that tells rows of one kind: the ones asked for, or a whole list, page by page."""

import asyncio
import re
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import quote

from agent.commerce.connectors.client import Http
from agent.commerce.connectors.mapped.mapping import Place
from agent.commerce.connectors.mapped.paths import NotThere, Path, at, rows
from agent.commerce.connectors.mapped.table import Row, Table, table
from agent.commerce.connectors.mapped.values import Unreadable

_PAGES = 200
_AT_ONCE = 50  # keys in one request
_DOTS = re.compile(r"\.*")


class RestFeed:
    """Rows of one kind. `{keys}` in path or query asks for many at once, `{key}` for each alone; without them the whole list is read and kept."""

    def __init__(self, kind: str, place: Place, http: Http, zone: str, *, now: Callable[[], datetime]) -> None:
        self._kind, self._place, self._http, self._zone, self._now = kind, place, http, zone, now
        self._paths = {target: Path.parse(told.from_) for target, told in place.fields.items() if told.from_}
        asked = "".join((place.path, *place.query.values()))
        self._each, self._many, self._since = "{key}" in asked, "{keys}" in asked, "{since}" in asked
        self._kept: Table | None = None
        self._reading = asyncio.Lock()
        self.faults: tuple[str, ...] = ()

    async def rows(self, keys: tuple[str, ...] = (), since: datetime | None = None) -> Table:
        """Raises SourceDown, SourceRefused."""
        asked = tuple(key for key in dict.fromkeys(keys) if not _DOTS.fullmatch(key))  # ".." would ask for something else
        if self._each:
            found = await asyncio.gather(*(self._read({"key": key}) for key in asked))
        elif self._many:
            pages = [asked[start : start + _AT_ONCE] for start in range(0, len(asked), _AT_ONCE)]
            found = await asyncio.gather(*(self._read({"keys": ",".join(page)}) for page in pages))
        elif self._since:
            found = [await self._read({"since": since.isoformat() if since else ""})]
        else:
            return await self._whole()
        return self._table([document for documents in found for document in documents])

    async def _whole(self) -> Table:
        async with self._reading:  # many callers at once cause one reading
            if self._kept is None or self._now() - self._kept.read_at >= timedelta(seconds=self._place.keep):
                documents = await self._read({})
                if not documents:
                    raise NotThere(f'There is nothing at "{self._place.path}". Check `path` in the mapping file.')
                self._kept = self._table(documents)
        return self._kept

    async def _read(self, given: dict[str, str]) -> list[Any]:
        """The answers, one a page; [] when there is no such thing."""
        path = _filled(self._place.path, {name: quote(text, safe="") for name, text in given.items()})
        query = {name: _filled(text, given) for name, text in self._place.query.items()}
        documents: list[Any] = []
        for page in range(1, _PAGES + 1):
            counted = {self._place.page: str(page)} if self._place.page else {}
            if (document := await self._http.get(path, **query, **counted)) is None:
                break
            if self._place.page and not any(rows(document, self._paths)):
                break
            documents.append(document)
            following = at(document, self._place.next) if self._place.next else None
            if isinstance(following, str) and following:
                path, query = following, {}
            elif not self._place.page:
                break
        return documents

    def _table(self, documents: Sequence[Any]) -> Table:
        made = table(self._kind, self._place, self._zone, self._rows(documents), self._now())
        self.faults = made.faults
        return made

    def _rows(self, documents: Sequence[Any]) -> Iterator[tuple[str, Row | Unreadable]]:
        number = 0
        for document in documents:
            for row in rows(document, self._paths):
                number += 1
                yield f"{self._http.name}: {self._place.path}: row {number}", row


def _filled(template: str, given: dict[str, str]) -> str:
    for name, text in given.items():
        template = template.replace(f"{{{name}}}", text)
    return template
