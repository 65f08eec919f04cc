"""Editors teach the agent to see: examples of defects, catalogue pictures, and the check that says what may be told."""

import asyncio
import io
from collections.abc import AsyncIterator
from contextlib import suppress
from typing import Annotated, Any

from fastapi import APIRouter, File, Form, Query, Response, UploadFile
from limits import parse
from pydantic import BaseModel, ConfigDict, Field

from agent.desk.audit import record
from agent.domain.commerce import Product
from agent.domain.diagnosis import Defect, Severity
from agent.errors import BadInput, Conflict, NotFound, PortsideError
from agent.vision import examples, pictures, store
from agent.vision.eyes import shared_extractor
from agent.vision.intake import MAX_BYTES, take_in_soon
from agent.vision.pixels import open_pixels
from api.deps import App, Editor, Limits, Operator
from api.stream import EventStream, events

router = APIRouter(prefix="/api/photos", tags=["photos"])
UPLOADS = parse("120/minute")
#: Pixels of the longer side of what the page shows in its lists.
THUMBNAIL = 240
#: One fit at a time: each takes a core.
FITTING = asyncio.Lock()
#: A picture's address is the hash of what it shows.
FOREVER = {"cache-control": "private, max-age=31536000, immutable"}

Sku = Annotated[str, Form(min_length=1, max_length=80)]
Category = Annotated[str, Query(min_length=1, max_length=80)]


class Fit(BaseModel):
    model_config = ConfigDict(extra="forbid")
    category: str = Field(min_length=1, max_length=80)


@router.get("")
async def overview(p: App, operator: Operator) -> dict[str, Any]:
    """Articles by category with their pictures, how many examples there are, and what may be told."""
    async with p.engine.connect() as connection:
        known, counted = await store.skus(connection), await store.counts(connection)
        products = await p.commerce.catalogue.products(known)
        names = sorted({product.category for product in products} | {row["category"] for row in counted})
        fitted = {name: await store.newest(connection, name) for name in names}
    shown = await pictures.listed(p.engine)
    return {
        "categories": [{"name": name, "fit": fitted[name], "counts": _of(counted, name)} for name in names],
        "products": [_product(product, shown) for product in products],
    }


def _of(counted: list[dict[str, Any]], category: str) -> dict[str, int]:
    return {row["defect"]: row["n"] for row in counted if row["category"] == category}


def _product(product: Product, shown: list[dict[str, Any]]) -> dict[str, Any]:
    mine = [{"id": row["id"], "by": row["by"]} for row in shown if row["sku"] == product.sku]
    return {"sku": product.sku, "title": product.title, "category": product.category, "pictures": mine}


@router.get("/products")
async def find(p: App, operator: Operator, q: Annotated[str, Query(min_length=1, max_length=200)]) -> list[dict[str, Any]]:
    """Articles of the catalogue by SKU or title, also those without a picture."""
    found = (*await p.commerce.catalogue.products([q.strip()]), *await p.commerce.catalogue.match(q, limit=8))
    shown = await pictures.listed(p.engine, [product.sku for product in found])
    return [_product(product, shown) for product in {product.sku: product for product in found}.values()]


@router.get("/examples")
async def listed(p: App, operator: Operator, category: Category) -> list[dict[str, Any]]:
    async with p.engine.connect() as connection:
        return await store.listed(connection, category)


@router.post("/examples", status_code=201)
async def add(
    p: App,
    editor: Editor,
    limits: Limits,
    file: Annotated[UploadFile, File()],
    sku: Sku,
    defect: Annotated[Defect, Form()],
    severity: Annotated[Severity | None, Form()] = None,
) -> dict[str, Any]:
    """One photo; `fresh` is false when it was there already and has the new label now."""
    await limits.check(UPLOADS, "photo examples", editor.id)
    product = await _known(p, sku)
    label = store.Label(sku=product.sku, category=product.category, defect=defect, severity=severity)
    made, fresh = await examples.add(p.engine, shared_extractor(p.settings.models), await _data(file), label, editor.id)
    async with p.engine.begin() as connection:
        await record(connection, editor.id, "photo.labelled", photo=made, sku=product.sku, defect=defect.value, severity=severity)
    return {"id": made, "fresh": fresh}


async def _known(p: App, sku: str) -> Product:
    """Raises NotFound: a label of an article that nobody sells would teach nothing."""
    found = await p.commerce.catalogue.products([sku.strip()])
    if not found:
        raise NotFound(f"There is no article {sku.strip()} in the catalogue. Choose one of the list, or check its SKU.")
    return found[0]


async def _data(file: UploadFile) -> bytes:
    """Raises BadInput for nothing; what is too large is refused by the guard."""
    data = await file.read(MAX_BYTES + 1)
    if not data:
        raise BadInput("The file is empty. Choose a photo.")
    return data


@router.delete("/examples/{example}", status_code=204)
async def remove(p: App, editor: Editor, example: str) -> None:
    async with p.engine.begin() as connection:
        if not await store.remove(connection, example):
            raise NotFound
        await record(connection, editor.id, "photo.example_removed", photo=example)


@router.get("/examples/{example}")
async def example(p: App, operator: Operator, example: str, small: bool = False) -> Response:
    async with p.engine.connect() as connection:
        data = await store.picture(connection, example)
    if data is None:
        raise NotFound
    return await _shown(data, small)


@router.post("/pictures", status_code=201)
async def add_picture(p: App, editor: Editor, limits: Limits, file: Annotated[UploadFile, File()], sku: Sku) -> dict[str, str]:
    """What the article looks like; recognition compares customers' photos with it within seconds."""
    await limits.check(UPLOADS, "photo examples", editor.id)
    product = await _known(p, sku)
    photo = await take_in_soon(await _data(file))
    await pictures.add(p.engine, shared_extractor(p.settings.models), product.sku, photo, editor.id)
    async with p.engine.begin() as connection:
        await record(connection, editor.id, "photo.picture_added", photo=photo.id, sku=product.sku)
    return {"id": photo.id}


@router.delete("/pictures/{sku}/{picture}", status_code=204)
async def remove_picture(p: App, editor: Editor, sku: str, picture: str) -> None:
    await pictures.remove(p.engine, sku, picture)
    async with p.engine.begin() as connection:
        await record(connection, editor.id, "photo.picture_removed", photo=picture, sku=sku)


@router.get("/pictures/{sku}/{picture}")
async def picture(p: App, operator: Operator, sku: str, picture: str, small: bool = False) -> Response:
    return await _shown(await pictures.picture(p.engine, sku, picture), small)


async def _shown(data: bytes, small: bool) -> Response:
    body = await asyncio.to_thread(_thumbnail, data) if small else data
    return Response(body, media_type="image/jpeg", headers=FOREVER)


def _thumbnail(data: bytes) -> bytes:
    from PIL import Image

    out = io.BytesIO()
    Image.fromarray(open_pixels(data, THUMBNAIL)).save(out, "JPEG", quality=80)
    return out.getvalue()


@router.post("/fit")
async def fit(p: App, editor: Editor, body: Fit) -> EventStream:
    """Learn the category from all its examples: events `progress` {done, total}, at the end `done` {report} or `failed` {message}."""
    if FITTING.locked():
        raise Conflict("Another category is being learned. Wait a moment and try again.")
    return events(_fitting(p, editor.id, body.category))


async def _fitting(p: App, by: str, category: str) -> AsyncIterator[tuple[str, Any]]:
    loop, told = asyncio.get_running_loop(), asyncio.Queue[tuple[int, int] | None]()

    def tell(done: int, total: int) -> None:
        loop.call_soon_threadsafe(told.put_nowait, (done, total))

    async def work() -> dict[str, Any]:
        try:
            async with FITTING:
                return await examples.refit(p.engine, shared_extractor(p.settings.models), category, by, tell)
        finally:
            told.put_nowait(None)

    task = asyncio.create_task(work())
    try:
        while (step := await told.get()) is not None:
            yield "progress", {"done": step[0], "total": step[1]}
        report = await task
    except PortsideError as error:
        yield "failed", {"message": str(error)}
        return
    finally:
        with suppress(PortsideError):  # said above, or nobody listens any more
            await task
    async with p.engine.begin() as connection:
        await record(connection, by, "photo.fitted", category=category, classifier=report["id"])
    yield "done", {"report": report}
