"""The photo guard: an explicit list of formats, caps before decoding, and only a fresh re-encoded copy is kept."""

import hashlib
import io
import warnings
from dataclasses import dataclass

import pillow_heif
from PIL import Image, ImageOps, UnidentifiedImageError

from agent.errors import PhotoRejected, PhotoTooLarge

MAX_BYTES = 10 * 1024 * 1024
MAX_PIXELS = 40_000_000
#: The stored copy's longer side, in pixels: enough to see a crack, small enough to keep.
MAX_SIDE = 1600
FORMATS = ("JPEG", "PNG", "WEBP", "HEIF", "GIF", "BMP")

pillow_heif.register_heif_opener()  # pyright: ignore[reportUnknownMemberType]


@dataclass(frozen=True, slots=True)
class StoredPhoto:
    """JPEG bytes without any metadata of the original; `id` is their SHA-256."""

    id: str
    data: bytes
    width: int
    height: int


def take_in(data: bytes) -> StoredPhoto:
    """Check and re-encode. CPU work of up to a second: call it in a thread.

    Raises:
        PhotoTooLarge: over the byte or pixel cap.
        PhotoRejected: no photo of an allowed format, or a damaged one.
    """
    if len(data) > MAX_BYTES:
        raise PhotoTooLarge
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(io.BytesIO(data), formats=FORMATS) as opened:
                return _fresh(opened)
    except (Image.DecompressionBombWarning, Image.DecompressionBombError) as error:
        raise PhotoTooLarge from error
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, EOFError, RuntimeError, MemoryError) as error:
        raise PhotoRejected from error


def _fresh(opened: Image.Image) -> StoredPhoto:
    if opened.width * opened.height > MAX_PIXELS:
        raise PhotoTooLarge
    opened.load()
    upright = ImageOps.exif_transpose(opened)
    if upright.mode.startswith("I"):  # grey of 16 bits, which a plain conversion would burn to white
        upright = upright.point(lambda value: value / 256).convert("L")
    upright.thumbnail((MAX_SIDE, MAX_SIDE))
    copy = Image.new("RGB", upright.size, "white")
    rgba = upright.convert("RGBA")
    copy.paste(rgba, mask=rgba.getchannel("A"))
    out = io.BytesIO()
    copy.save(out, "JPEG", quality=88)
    return StoredPhoto(hashlib.sha256(out.getvalue()).hexdigest(), out.getvalue(), copy.width, copy.height)
