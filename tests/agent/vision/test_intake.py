"""Hostile files at the photo guard: a clean copy or a refusal, never another exception, and no metadata kept."""

import contextlib
import io
import struct
import zipfile
import zlib
from collections.abc import Callable

import pillow_heif
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, PngImagePlugin

from agent.errors import PhotoRejected, PhotoTooLarge
from agent.vision.intake import MAX_BYTES, MAX_SIDE, StoredPhoto, take_in
from tests.examples import many

pillow_heif.register_heif_opener()
SECRET = "52.5200N13.4050E"


def picture(mode: str = "RGB", size: tuple[int, int] = (64, 40)) -> Image.Image:
    return Image.linear_gradient("L").resize(size).convert(mode)


def saved(image: Image.Image, kind: str, **options: object) -> bytes:
    out = io.BytesIO()
    image.save(out, kind, **options)
    return out.getvalue()


def jpeg(**options: object) -> bytes:
    return saved(picture(), "JPEG", **options)


def exif(orientation: int) -> Image.Exif:
    made = Image.Exif()
    made[0x0112] = orientation
    made[0x010E] = SECRET
    made.get_ifd(0x8825)[1] = SECRET
    return made


def png_header(width: int, height: int) -> bytes:
    """A PNG of any size in a few bytes: the bomb is in what it would decode to."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + header + chunk(b"IDAT", zlib.compress(b"\0" * 1000)) + chunk(b"IEND", b"")


def sixteen_bits() -> bytes:
    return saved(Image.new("I;16", (30, 20), 40_000), "PNG")


def palette_with_alpha() -> bytes:
    image = picture("P")
    return saved(image, "PNG", transparency=bytes(range(256)))


def animated() -> bytes:
    frames = [Image.new("RGB", (50, 50), colour) for colour in ("red", "green", "blue")]
    return saved(frames[0], "GIF", save_all=True, append_images=frames[1:], loop=0)


def with_zip() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("run.js", "alert('zip inside')")
    return jpeg() + out.getvalue()


def with_comments() -> bytes:
    info = PngImagePlugin.PngInfo()
    info.add_text("Comment", SECRET)
    info.add_itxt("XML:com.adobe.xmp", SECRET)
    return saved(picture(), "PNG", pnginfo=info)


GOOD: dict[str, tuple[Callable[[], bytes], tuple[int, int]]] = {
    "jpeg": (jpeg, (64, 40)),
    "png": (lambda: saved(picture(), "PNG"), (64, 40)),
    "webp": (lambda: saved(picture(), "WEBP"), (64, 40)),
    "heic": (lambda: saved(picture(), "HEIF"), (64, 40)),
    "bmp": (lambda: saved(picture(), "BMP"), (64, 40)),
    "animated gif": (animated, (50, 50)),
    "one pixel": (lambda: saved(picture(size=(1, 1)), "PNG"), (1, 1)),
    "one pixel high": (lambda: saved(picture(size=(5000, 1)), "PNG"), (MAX_SIDE, 1)),
    "exif upright": (lambda: jpeg(exif=exif(1)), (64, 40)),
    "exif turned": (lambda: jpeg(exif=exif(6)), (40, 64)),
    "exif broken": (lambda: jpeg(exif=b"Exif\x00\x00MM\x00*\xff\xff\xff\xff"), (64, 40)),
    "cmyk": (lambda: saved(picture("CMYK"), "JPEG"), (64, 40)),
    "grey": (lambda: saved(picture("L"), "JPEG"), (64, 40)),
    "grey with alpha": (lambda: saved(picture("LA"), "PNG"), (64, 40)),
    "black and white": (lambda: saved(picture("1"), "PNG"), (64, 40)),
    "palette with alpha": (palette_with_alpha, (64, 40)),
    "sixteen bits": (sixteen_bits, (30, 20)),
    "zip behind": (with_zip, (64, 40)),
    "comments": (with_comments, (64, 40)),
    "large": (lambda: saved(picture(size=(3200, 800)), "JPEG"), (1600, 400)),
}
REFUSED: dict[str, Callable[[], bytes]] = {
    "empty": lambda: b"",
    "nul": lambda: b"\0" * 1000,
    "text": lambda: b"This is a photo, honestly.",
    "html": lambda: b"<html><script>alert(1)</script></html>",
    "svg": lambda: b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>',
    "pdf": lambda: saved(picture(), "PDF"),
    "tiff": lambda: saved(picture(), "TIFF"),
    "ico": lambda: saved(picture(), "ICO"),
    "postscript": lambda: b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 10 10\n",
    "zip": lambda: b"PK\x05\x06" + b"\0" * 18,
    "jpeg's first bytes": lambda: b"\xff\xd8\xff\xe0",
    "half a jpeg": lambda: jpeg()[: len(jpeg()) // 2],
    "half a png": lambda: saved(picture(), "PNG")[:120],
    "half a webp": lambda: saved(picture(size=(300, 300)), "WEBP")[:80],
    "half a heic": lambda: saved(picture(size=(300, 300)), "HEIF")[:400],
    "half a gif": lambda: animated()[:20],
    "no pixels": lambda: png_header(0, 0),
}
TOO_LARGE: dict[str, Callable[[], bytes]] = {
    "png bomb": lambda: png_header(30_000, 30_000),
    "long png bomb": lambda: png_header(2_000_000_000, 1),
    "just over 40 megapixels": lambda: png_header(8000, 5001),
    "eleven megabytes": lambda: jpeg() + b"\0" * (11 * 1024 * 1024),
}


def metadata(photo: StoredPhoto) -> Image.Image:
    image = Image.open(io.BytesIO(photo.data))
    image.load()
    return image


@pytest.mark.filterwarnings("ignore:Corrupt EXIF")
@pytest.mark.parametrize("name", GOOD)
def test_a_photo_becomes_a_bare_jpeg(name: str) -> None:
    make, size = GOOD[name]
    photo = take_in(make())
    image = metadata(photo)
    assert (image.format, image.mode, image.size) == ("JPEG", "RGB", size)
    assert (photo.width, photo.height) == size
    assert set(image.info) <= {"jfif", "jfif_version", "jfif_unit", "jfif_density"}
    assert not image.getexif()
    for left_over in (SECRET.encode(), SECRET.encode("utf-16-le"), b"run.js", b"PK\x03\x04", b"Exif"):
        assert left_over not in photo.data


@pytest.mark.parametrize("name", REFUSED)
def test_what_is_no_photo_is_refused(name: str) -> None:
    with pytest.raises(PhotoRejected) as refused:
        take_in(REFUSED[name]())
    assert not isinstance(refused.value, PhotoTooLarge)


@pytest.mark.parametrize("name", TOO_LARGE)
def test_what_is_too_large_is_refused_before_it_is_decoded(name: str) -> None:
    with pytest.raises(PhotoTooLarge):
        take_in(TOO_LARGE[name]())


def test_exactly_the_byte_cap_is_taken() -> None:
    data = jpeg()
    assert take_in(data + b"\0" * (MAX_BYTES - len(data))).width == 64


def test_the_same_photo_has_the_same_id_and_another_not() -> None:
    assert take_in(jpeg()).id == take_in(jpeg()).id
    assert take_in(jpeg()).id != take_in(animated()).id


def test_the_first_frame_is_shown_and_glass_is_white() -> None:
    red, green, _ = metadata(take_in(animated())).getpixel((25, 25))
    assert red > 200 > 50 > green
    clear = saved(Image.new("RGBA", (9, 9), (255, 0, 0, 0)), "PNG")
    assert metadata(take_in(clear)).getpixel((4, 4)) == (255, 255, 255)


def test_sixteen_bits_are_not_burnt_out() -> None:
    """40,000 of 65,535 is a middle grey, not white."""
    red, _, _ = metadata(take_in(sixteen_bits())).getpixel((10, 10))
    assert 120 < red < 190


def test_a_turned_photo_stands_upright() -> None:
    image = Image.new("RGB", (60, 40), "white")
    image.paste("black", (0, 0, 60, 20))
    upright = metadata(take_in(saved(image, "JPEG", exif=exif(6), quality=95)))
    assert upright.getpixel((5, 30))[0] > 200
    assert upright.getpixel((35, 30))[0] < 50


SEEDS = [make() for make in (jpeg, animated, palette_with_alpha, lambda: saved(picture(), "WEBP"), lambda: saved(picture(), "HEIF"))]


@pytest.mark.filterwarnings("ignore")
@settings(max_examples=many(150), deadline=None)
@given(st.sampled_from(SEEDS), st.integers(0), st.binary(min_size=1, max_size=12), st.integers(0, 40))
def test_any_damage_ends_in_a_photo_or_a_refusal(seed: bytes, at: int, junk: bytes, cut: int) -> None:
    at %= len(seed)
    damaged = (seed[:at] + junk + seed[at + len(junk) :])[: len(seed) - cut]
    with contextlib.suppress(PhotoRejected):
        assert take_in(damaged).data.startswith(b"\xff\xd8")


@given(st.binary(max_size=200))
def test_any_bytes_end_in_a_refusal(data: bytes) -> None:
    with pytest.raises(PhotoRejected):
        take_in(data)
