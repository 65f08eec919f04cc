"""Catalogue pictures of the articles: kept in the database with what recognition compares, which is computed once an extractor."""

import asyncio
import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from sqlalchemy import delete, func, or_, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncEngine

from agent.errors import BadInput, NotFound
from agent.store.engine import reading
from agent.store.photo_tables import product_picture
from agent.vision.features import SIZE, Extracts, Vector
from agent.vision.intake import StoredPhoto
from agent.vision.palette import MOST as COLOURS
from agent.vision.palette import Palette, palette
from agent.vision.pixels import open_pixels

#: Raise it when the same picture gives other figures.
RECIPE: Final = "1"
#: Pictures of one article that help; more only cost.
MOST: Final = 12
#: Pictures that are held in memory: 60 MB.
MOST_HELD: Final = 20_000
_PAGE: Final = 32


@dataclass(frozen=True, slots=True)
class Pictured:
    """One catalogue picture as recognition holds it."""

    id: str
    sku: str
    vector: Vector
    palette: Palette


def read(extractor: Extracts, sku: str, data: bytes) -> Pictured:
    """CPU work of 40 ms: call it in a thread. Raises NotReady, PhotoRejected."""
    pixels = open_pixels(data)
    return Pictured(hashlib.sha256(data).hexdigest(), sku, extractor.vector(pixels), palette(pixels))


async def add(engine: AsyncEngine, extractor: Extracts, sku: str, photo: StoredPhoto, by: str) -> None:
    """Raises BadInput when the article has enough pictures, NotReady when the extractor is not prepared."""
    made = await asyncio.to_thread(read, extractor, sku, photo.data)
    row = {"id": photo.id, "sku": sku, "data": photo.data, "width": photo.width, "height": photo.height, "by": by} | _kept(extractor, made)
    async with engine.begin() as connection:
        known = await connection.scalar(select(func.count()).where(product_picture.c.sku == sku, product_picture.c.id != photo.id))
        if (known or 0) >= MOST:
            raise BadInput(f"{sku} has {MOST} pictures, which is enough. Remove one first.")
        await connection.execute(insert(product_picture).values(row).on_conflict_do_nothing())


async def remove(engine: AsyncEngine, sku: str, picture: str) -> None:
    """Raises NotFound."""
    query = delete(product_picture).where(product_picture.c.sku == sku, product_picture.c.id == picture)
    async with engine.begin() as connection:
        if not (await connection.execute(query)).rowcount:
            raise NotFound


async def listed(engine: AsyncEngine, skus: Sequence[str] | None = None) -> list[dict[str, Any]]:
    """id, sku, width, height, by, at; None: of all articles."""
    kept = product_picture.c
    query = select(kept.id, kept.sku, kept.width, kept.height, kept.by, kept.at).order_by(kept.sku, kept.at, kept.id)
    if skus is not None:
        query = query.where(kept.sku.in_(skus))
    async with reading(engine).connect() as connection:
        return [dict(row) for row in (await connection.execute(query)).mappings()]


async def picture(engine: AsyncEngine, sku: str, picture: str) -> bytes:
    """JPEG. Raises NotFound."""
    query = select(product_picture.c.data).where(product_picture.c.sku == sku, product_picture.c.id == picture)
    async with reading(engine).connect() as connection:
        data = await connection.scalar(query)
    if data is None:
        raise NotFound
    return data


async def state(engine: AsyncEngine) -> tuple[int, Any]:
    """Another one when pictures came or went."""
    query = select(func.count(), func.max(product_picture.c.at))
    async with reading(engine).connect() as connection:
        count, newest = (await connection.execute(query)).one()
    return count, newest


async def held(engine: AsyncEngine, extractor: Extracts) -> list[Pictured]:
    """All pictures; what another extractor has seen is looked at anew first. Raises NotReady."""
    await refresh(engine, extractor)
    kept = product_picture.c
    query = (
        select(kept.id, kept.sku, kept.features).where(kept.extractor == _seen_by(extractor)).order_by(kept.sku, kept.id).limit(MOST_HELD)
    )
    async with reading(engine).connect() as connection:
        rows = (await connection.execute(query)).all()
    return await asyncio.to_thread(lambda: [Pictured(row.id, row.sku, *_unpacked(row.features)) for row in rows])


async def refresh(engine: AsyncEngine, extractor: Extracts) -> int:
    """Look at the pictures that this extractor has not seen: how many they were. Raises NotReady."""
    kept, done = product_picture.c, 0
    query = select(kept.id, kept.sku, kept.data).where(or_(kept.extractor != _seen_by(extractor), kept.features.is_(None))).limit(_PAGE)
    while True:
        async with reading(engine).connect() as connection:
            rows = (await connection.execute(query)).all()
        if not rows:
            return done
        for row in rows:
            made = await asyncio.to_thread(read, extractor, row.sku, row.data)
            change = update(product_picture).where(kept.id == row.id, kept.sku == row.sku).values(_kept(extractor, made))
            async with engine.begin() as connection:
                await connection.execute(change)
        done += len(rows)


def _seen_by(extractor: Extracts) -> str:
    return f"{extractor.fingerprint}/{RECIPE}"


def _kept(extractor: Extracts, made: Pictured) -> dict[str, Any]:
    """float16: the features, then each colour of the palette with its share."""
    colours = np.zeros((COLOURS, 4), np.float32)
    colours[: len(made.palette.shares)] = np.column_stack([made.palette.colours, made.palette.shares])
    packed = np.concatenate([made.vector, colours.ravel()]).astype(np.float16)
    return {"features": packed.tobytes(), "extractor": _seen_by(extractor)}


def _unpacked(packed: bytes) -> tuple[Vector, Palette]:
    figures = np.frombuffer(packed, np.float16).astype(np.float32)
    colours = figures[SIZE:].reshape(COLOURS, 4)
    there = colours[:, 3] > 0
    return figures[:SIZE], Palette(colours[there, :3], colours[there, 3])
