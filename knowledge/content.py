"""All that a snapshot holds: articles and the passages they are cut into."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy.ext.asyncio import AsyncConnection

from knowledge.entry import Entry, entries
from knowledge.snapshot import entries_of
from knowledge.sources.source import Key
from knowledge.variants import Variant, variants_of


@dataclass(frozen=True, slots=True)
class Content:
    """Articles and their passages."""

    variants: tuple[Variant, ...] = ()
    entries: tuple[Entry, ...] = ()

    @property
    def ids(self) -> frozenset[str]:
        """Of the passages."""
        return frozenset(entry.id for entry in self.entries)


async def content_of(connection: AsyncConnection, snapshot_id: str) -> Content:
    """What a snapshot holds."""
    return Content(await variants_of(connection, snapshot_id), await entries_of(connection, snapshot_id))


def digest(variants: Sequence[Variant], fingerprint: str) -> str:
    """A snapshot's id. Equal content has an equal id, so a repeated or resumed sync arrives at the same snapshot."""
    lines = sorted(f"{found.id} {found.source}" for found in variants)
    return hashlib.sha256("\n".join((fingerprint, *lines)).encode()).hexdigest()[:16]


def cut(variants: Sequence[Variant], before: Content) -> Content:
    """The passages of these articles. Cutting takes most of the time of a small change: what is known already is taken over."""
    known = {found.id for found in before.variants}
    old: dict[Key, list[Entry]] = defaultdict(list)
    for entry in before.entries:
        old[entry.article, entry.language].append(entry)
    found: list[Entry] = []
    for wanted in variants:
        found += old[wanted.key] if wanted.id in known else entries([wanted.article])
    return Content(tuple(variants), tuple(found))
