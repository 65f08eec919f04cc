"""The photo guard: an explicit list of formats, caps before decoding, and only a fresh re-encoded copy is kept."""

import asyncio
import hashlib
from dataclasses import dataclass

from agent.errors import PhotoTooLarge
from agent.vision.apart.bounds import FORMATS, MAX_BYTES, MAX_PIXELS, MAX_SIDE
from agent.vision.guard import GUARD, Clean

__all__ = ["FORMATS", "MAX_BYTES", "MAX_PIXELS", "MAX_SIDE", "StoredPhoto", "take_in", "take_in_soon"]


@dataclass(frozen=True, slots=True)
class StoredPhoto:
    """JPEG bytes without any metadata of the original; `id` is their SHA-256."""

    id: str
    data: bytes
    width: int
    height: int


def take_in(data: bytes) -> StoredPhoto:
    """Check and re-encode, in a process apart. Waits up to seconds: call it in a thread, or `take_in_soon` instead.

    Raises:
        PhotoTooLarge: over the byte or pixel cap.
        PhotoRejected: no photo of an allowed format, or a damaged one, or one that takes too long.
        PhotosBusy: too many others wait.
    """
    _check_size(data)
    return _stored(GUARD.submit(data).result())


async def take_in_soon(data: bytes) -> StoredPhoto:
    """The same, for the event loop."""
    _check_size(data)
    return await asyncio.to_thread(_stored, await GUARD.clean(data))


def _check_size(data: bytes) -> None:
    if len(data) > MAX_BYTES:
        raise PhotoTooLarge


def _stored(clean: Clean) -> StoredPhoto:
    return StoredPhoto(hashlib.sha256(clean.data).hexdigest(), clean.data, clean.width, clean.height)
