"""Editors show what defects look like: a photo with its label is taken in, and a category's classifier is fitted on all of them."""

import asyncio
from collections.abc import Mapping
from typing import Any, Final

import numpy as np
from sqlalchemy.ext.asyncio import AsyncEngine

from agent.domain.diagnosis import Defect, Severity, Unclear
from agent.errors import BadInput
from agent.vision import store
from agent.vision.diagnose import closely, kind
from agent.vision.features import Extracts, Vector
from agent.vision.fitting import Example, Fit, Told, fit
from agent.vision.intake import take_in_soon
from agent.vision.pixels import Pixels, open_pixels
from agent.vision.quality import LONGEST, SHORTEST, unclear
from agent.vision.store import Label

#: What photos of a whole article cannot teach: recognition tells them.
BY_RECOGNITION = frozenset((Defect.WRONG_ITEM, Defect.WRONG_COLOUR, Defect.WRONG_SIZE))
TEACHABLE = tuple(defect for defect in Defect if defect not in BY_RECOGNITION)
#: Customers' photos like these are never diagnosed, so examples like these teach nothing that is ever asked.
CURES: Final[dict[Unclear, str]] = {
    Unclear.TOO_DARK: "too dark to learn from. Take it by daylight, or brighten it.",
    Unclear.TOO_BRIGHT: "too bright to learn from. Take it without flash and out of the sun.",
    Unclear.BLURRED: "too blurred to learn from. Take it again with a steady hand, and let the camera focus first.",
    Unclear.TOO_SMALL: f"too small to learn from. Send the original, at least {LONGEST} x {SHORTEST} pixels, not a preview of it.",
}


async def add(engine: AsyncEngine, extractor: Extracts, data: bytes, label: Label, by: str) -> tuple[str, bool]:
    """(id, whether it is new). The same picture again takes the new label.

    Raises:
        PhotoRejected, PhotoTooLarge: as for a customer's photo.
        BadInput: a defect that no photo of the article can teach, or a photo on which none can be seen.
        NotReady: the network is not prepared.
    """
    if label.defect in BY_RECOGNITION:
        raise BadInput(
            f"{label.defect.value} is told by recognising the article, not by examples. Add the article's catalogue picture instead."
        )
    photo = await take_in_soon(data)
    features, extracted = await asyncio.to_thread(_clear_features, extractor, photo.data)
    checked = Label(sku=label.sku, category=label.category, defect=label.defect, severity=_degree(label))
    async with engine.begin() as connection:
        return photo.id, await store.add(connection, photo, checked, features, extracted, by)


def _degree(label: Label) -> Severity | None:
    return None if label.defect is Defect.NONE else label.severity


def _clear_features(extractor: Extracts, data: bytes) -> tuple[bytes, str]:
    """Raises BadInput."""
    pixels = open_pixels(data)
    poor = unclear(pixels)
    if poor:
        raise BadInput(f"The photo is {CURES[poor]}")
    return _features(extractor, pixels)


def _features(extractor: Extracts, pixels: Pixels) -> tuple[bytes, str]:
    return closely(extractor, pixels).astype(np.float16).tobytes(), kind(extractor)


async def refit(engine: AsyncEngine, extractor: Extracts, category: str, by: str, told: Told | None = None) -> dict[str, Any]:
    """Fit the category anew on all its examples: the report, with the new classifier's `id`.

    Nothing changes when it cannot be fitted. CPU work of a second, and 40 ms more for each example of another network, in a thread.

    Raises:
        BadInput: there is nothing to tell apart yet.
        NotReady: the network is not prepared.
    """
    async with engine.connect() as connection:
        rows = await store.for_fitting(connection, category, kind(extractor))
    shown, renewed = await asyncio.to_thread(_examples, rows, extractor)
    fitted: Fit = await asyncio.to_thread(fit, shown, told) if told else await asyncio.to_thread(fit, shown)
    async with engine.begin() as connection:
        for example, features in renewed.items():
            await store.remember(connection, example, features, kind(extractor))
        made = await store.save(connection, category, kind(extractor), fitted, by)
    return {"id": made, **fitted.report}


def _examples(rows: list[Mapping[str, Any]], extractor: Extracts) -> tuple[list[Example], dict[str, bytes]]:
    """With the features that had to be read anew."""
    current, renewed, shown = kind(extractor), dict[str, bytes](), list[Example]()
    for row in rows:
        if row["extractor"] == current and row["features"]:
            features = bytes(row["features"])
        else:
            features = renewed[row["id"]] = _features(extractor, open_pixels(row["data"]))[0]
        severity = Severity(row["severity"]) if row["severity"] else None
        shown.append(Example(row["sku"], Defect(row["defect"]), severity, _vector(features)))
    return shown, renewed


def _vector(features: bytes) -> Vector:
    return np.frombuffer(features, np.float16).astype(np.float32)
