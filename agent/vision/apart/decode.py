"""One file becomes a small clean JPEG: format, size in pixels, first frame, upright, on a fresh canvas without anything else of the file."""

import io
import warnings
from math import ceil

import pillow_heif
from PIL import BmpImagePlugin, GifImagePlugin, Image, ImageOps, JpegImagePlugin, PngImagePlugin, UnidentifiedImageError, WebPImagePlugin

from .bounds import FORMATS, MAX_PIXELS, MAX_SIDE

#: Imported by name, so that Pillow never goes looking for the plugins of all other formats.
PLUGINS = (BmpImagePlugin, GifImagePlugin, JpegImagePlugin, PngImagePlugin, WebPImagePlugin)
BROKEN = (
    UnidentifiedImageError,
    OSError,
    ValueError,
    SyntaxError,
    EOFError,
    RuntimeError,
    MemoryError,
    OverflowError,
    LookupError,
    TypeError,
)


class TooLarge(Exception):
    """More pixels than a photo has."""


pillow_heif.register_heif_opener(thumbnails=False, decode_threads=1)  # pyright: ignore[reportUnknownMemberType]
Image.MAX_IMAGE_PIXELS = MAX_PIXELS


def decode(data: bytes) -> tuple[int, int, bytes]:
    """(width, height, JPEG). Raises TooLarge, or one of BROKEN."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(io.BytesIO(data), formats=FORMATS) as opened:
                return _fresh(opened)
    except (Image.DecompressionBombWarning, Image.DecompressionBombError) as error:
        raise TooLarge from error


def _fresh(opened: Image.Image) -> tuple[int, int, bytes]:
    if opened.width * opened.height > MAX_PIXELS:
        raise TooLarge
    share = MAX_SIDE / max(opened.size)
    if share < 1:  # a JPEG is decoded at half or a quarter of its size where that is enough
        opened.draft(None, (ceil(opened.width * share), ceil(opened.height * share)))
    opened.load()
    if opened.mode.startswith("I"):  # grey of 16 bits, which a plain conversion would burn to white
        opened = opened.point(lambda value: value / 256).convert("L")
    elif opened.mode not in ("RGB", "RGBA", "L"):
        opened = _with_exif(opened.convert("RGBA" if _has_alpha(opened) else "RGB"), opened)
    opened.thumbnail((MAX_SIDE, MAX_SIDE), Image.Resampling.HAMMING)
    upright = ImageOps.exif_transpose(opened)
    copy = Image.new("RGB", upright.size, "white")
    copy.paste(upright, mask=upright.getchannel("A") if upright.mode == "RGBA" else None)
    out = io.BytesIO()
    copy.save(out, "JPEG", quality=88)
    return copy.width, copy.height, out.getvalue()


def _has_alpha(image: Image.Image) -> bool:
    return "A" in image.getbands() or "a" in image.getbands() or "transparency" in image.info


def _with_exif(converted: Image.Image, original: Image.Image) -> Image.Image:
    """A conversion keeps what the file said of its orientation."""
    converted.info |= {key: value for key, value in original.info.items() if key == "exif"}
    return converted
