"""Labelled examples and fitted classifiers in the database; the newest classifier of a category counts, and is found without a restart."""

import asyncio
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Protocol
from uuid import uuid4

from sqlalchemy import ColumnElement, case, delete, func, insert, literal_column, select, update
from sqlalchemy.dialects.postgresql import insert as upsert
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from agent.domain.diagnosis import Defect, Severity
from agent.store.photo_tables import photo_classifier, photo_example, product_picture
from agent.store.tables import photo as photo_table
from agent.vision.classifier import Classifier, unpacked
from agent.vision.fitting import Fit
from agent.vision.intake import StoredPhoto

#: Seconds that a classifier is used before it is asked whether there is a newer one.
HELD = 5.0
#: Examples of a category that are read for one fit; the newest.
MOST = 2000


@dataclass(frozen=True, slots=True, kw_only=True)
class Label:
    """What an editor says that a photo shows."""

    sku: str
    category: str
    defect: Defect
    severity: Severity | None = None


async def add(connection: AsyncConnection, photo: StoredPhoto, label: Label, features: bytes, extractor: str, by: str) -> bool:
    """False when the same picture was there already: it has the new label then."""
    said = {
        "sku": label.sku,
        "category": label.category,
        "defect": label.defect.value,
        "severity": label.severity and label.severity.value,
        "features": features,
        "extractor": extractor,
        "by": by,
    }
    row = {"id": photo.id, "data": photo.data, "width": photo.width, "height": photo.height, **said}
    fresh: ColumnElement[bool] = literal_column("(xmax = 0)")  # PostgreSQL's own word for "inserted, not updated"
    query = upsert(photo_example).values(row).on_conflict_do_update(index_elements=["id"], set_=said).returning(fresh)
    return bool(await connection.scalar(query))


async def remove(connection: AsyncConnection, example: str) -> bool:
    """False when it was gone already."""
    return await connection.scalar(delete(photo_example).where(photo_example.c.id == example).returning(photo_example.c.id)) is not None


async def listed(connection: AsyncConnection, category: str, limit: int = 400) -> list[dict[str, Any]]:
    """Examples without their bytes, the newest first."""
    columns = [photo_example.c[name] for name in ("id", "sku", "defect", "severity", "width", "height", "by", "at")]
    query = (
        select(*columns).where(photo_example.c.category == category).order_by(photo_example.c.at.desc(), photo_example.c.id).limit(limit)
    )
    return [dict(row) for row in (await connection.execute(query)).mappings()]


async def counts(connection: AsyncConnection) -> list[dict[str, Any]]:
    """Category, defect, examples, products."""
    query = select(
        photo_example.c.category,
        photo_example.c.defect,
        func.count().label("n"),
        func.count(photo_example.c.sku.distinct()).label("skus"),
    ).group_by(photo_example.c.category, photo_example.c.defect)
    return [dict(row) for row in (await connection.execute(query)).mappings()]


async def picture(connection: AsyncConnection, example: str) -> bytes | None:
    """The JPEG of an example."""
    return await connection.scalar(select(photo_example.c.data).where(photo_example.c.id == example))


async def skus(connection: AsyncConnection) -> list[str]:
    """Of which there are examples or catalogue pictures."""
    both = select(photo_example.c.sku).union(select(product_picture.c.sku))
    return list(await connection.scalars(both.order_by("sku")))


async def for_fitting(connection: AsyncConnection, category: str, known: str) -> list[Mapping[str, Any]]:
    """Every example; `data` only where its features are not of the extractor `known`: the pictures of all would be a gigabyte."""
    columns = [photo_example.c[name] for name in ("id", "sku", "defect", "severity", "features", "extractor")]
    data = case((photo_example.c.extractor != known, photo_example.c.data)).label("data")
    query = select(*columns, data).where(photo_example.c.category == category).order_by(photo_example.c.at.desc()).limit(MOST)
    return [dict(row) for row in (await connection.execute(query)).mappings()]


async def remember(connection: AsyncConnection, example: str, features: bytes, extractor: str) -> None:
    """Features read anew, because the network has changed."""
    change = photo_example.update().where(photo_example.c.id == example)
    await connection.execute(change.values(features=features, extractor=extractor))


async def save(connection: AsyncConnection, category: str, extractor: str, fitted: Fit, by: str) -> str:
    """The new classifier's id; from now on it counts, and the category's earlier ones no more."""
    made = uuid4().hex
    earlier = (photo_classifier.c.category == category) & photo_classifier.c.active
    await connection.execute(update(photo_classifier).where(earlier).values(active=False))
    row = {
        "id": made,
        "category": category,
        "extractor": extractor,
        "classes": [defect.value for defect in fitted.classes],
        "weights": fitted.weights,
        "report": fitted.report,
        "by": by,
    }
    await connection.execute(insert(photo_classifier).values(row))
    return made


async def newest(connection: AsyncConnection, category: str) -> dict[str, Any] | None:
    """Report, time and person of the classifier that counts, without its weights."""
    columns = [photo_classifier.c[name] for name in ("id", "extractor", "classes", "report", "by", "at")]
    row = (await connection.execute(_newest(category).with_only_columns(*columns))).mappings().one_or_none()
    return dict(row) if row else None


def _newest(category: str) -> Any:
    where = (photo_classifier.c.category == category) & photo_classifier.c.active
    return select(photo_classifier).where(where).order_by(photo_classifier.c.at.desc()).limit(1)


class StoredPhotos:
    """What customers sent; the same picture of two customers is the same bytes."""

    def __init__(self, engine: AsyncEngine) -> None:
        self._engine = engine

    async def data(self, photo: str) -> bytes | None:
        async with self._engine.connect() as connection:
            return await connection.scalar(select(photo_table.c.data).where(photo_table.c.id == photo).limit(1))


class Classifiers(Protocol):
    """Where an eye gets the classifier of a category."""

    async def of(self, category: str, extractor: str) -> Classifier | None:
        """None when there is none for these features."""
        ...


class KeptClassifiers(dict[str, Classifier]):
    """In memory: tests, and the evaluation."""

    async def of(self, category: str, extractor: str) -> Classifier | None:
        found = self.get(category)
        return found if found and found.extractor == extractor else None


class StoredClassifiers:
    """The newest of each category, read again only when there is a newer one."""

    def __init__(self, engine: AsyncEngine, clock: Callable[[], float] = time.monotonic) -> None:
        self._engine, self._clock = engine, clock
        self._kept: dict[str, tuple[float, str | None, Classifier | None]] = {}
        self._lock = asyncio.Lock()

    async def of(self, category: str, extractor: str) -> Classifier | None:
        async with self._lock:
            looked, version, found = self._kept.get(category, (float("-inf"), None, None))
            if self._clock() - looked >= HELD:
                version, found = await self._look(category, version, found)
                self._kept[category] = self._clock(), version, found
        return found if found and found.extractor == extractor else None

    async def _look(self, category: str, version: str | None, found: Classifier | None) -> tuple[str | None, Classifier | None]:
        async with self._engine.connect() as connection:
            now = await connection.scalar(_newest(category).with_only_columns(photo_classifier.c.id))
            if now == version:
                return version, found
            row = (await connection.execute(_newest(category))).mappings().one_or_none()
        return (row["id"], await asyncio.to_thread(unpacked, {str(name): value for name, value in row.items()})) if row else (None, None)
