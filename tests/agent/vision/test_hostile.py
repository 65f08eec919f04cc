"""More than 200 hostile files at the photo guard: a bare small JPEG or a refusal, no process lost, nothing of the file kept but its pixels."""

import io
import random
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterator
from functools import cache

import pillow_heif
import pytest
from PIL import Image, ImageCms, PngImagePlugin

from agent.errors import PhotoRejected, PhotoTooLarge
from agent.vision.apart.bounds import MAX_SIDE
from agent.vision.guard import GUARD, PROCESSES, Clean, checked
from agent.vision.intake import take_in

pillow_heif.register_heif_opener()
pytestmark = pytest.mark.filterwarnings("ignore")

SECRET = b"52.5200N13.4050E"
KINDS = ("JPEG", "PNG", "WEBP", "HEIF", "GIF", "BMP")
#: What no copy may hold: metadata by any name, scripts, archives, and what we hid.
MARKS = (
    SECRET,
    SECRET.decode().encode("utf-16-le"),
    b"Exif",
    b"ns.adobe.com",
    b"ICC_PROFILE",
    b"Photoshop",
    b"<script",
    b"alert(",
    b"PK\x03\x04",
    b"%PDF",
)
Make = Callable[[], bytes]


@cache
def picture(mode: str = "RGB", width: int = 320, height: int = 240) -> Image.Image:
    noise = Image.effect_noise((width, height), 60).convert("RGB")
    noise.paste((200, 30, 30), (width // 4, height // 4, width // 2, height // 2))
    return noise.convert(mode)


def saved(image: Image.Image, kind: str, **options: object) -> bytes:
    out = io.BytesIO()
    image.save(out, kind, **options)
    return out.getvalue()


@cache
def good(kind: str) -> bytes:
    return saved(picture(), kind)


def truncated() -> Iterator[tuple[str, Make]]:
    for kind in KINDS:
        for twelfth in range(12):
            yield f"{kind} cut at {twelfth}/12", lambda kind=kind, twelfth=twelfth: good(kind)[: len(good(kind)) * twelfth // 12 + 3]


def damaged() -> Iterator[tuple[str, Make]]:
    def make(kind: str, seed: int) -> bytes:
        chance, data = random.Random(seed), bytearray(good(kind))
        for _ in range(6):
            # Headers are small and parsers live there: half of the damage goes to them.
            data[chance.randrange(min(len(data), 400) if chance.random() < 0.5 else len(data))] = chance.randrange(256)
        return bytes(data)

    for kind in KINDS:
        for seed in range(8):
            yield f"{kind} damaged {seed}", lambda kind=kind, seed=seed: make(kind, seed)


def polyglots() -> Iterator[tuple[str, Make]]:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("run.js", "alert('zip inside')")
    tails = {"html": b"<script>alert(1)</script>", "js": b"*/alert(1)//", "zip": out.getvalue(), "pdf": b"%PDF-1.7\n1 0 obj"}
    for kind in ("JPEG", "PNG", "GIF", "WEBP"):
        for name, tail in tails.items():
            yield f"{kind} with {name} behind", lambda kind=kind, tail=tail: good(kind) + tail
    yield "GIF that begins as a script", lambda: b"GIF89a/*" + good("GIF")[8:] + b"*/=1;alert(1)"
    yield "JPEG with a script as its comment", lambda: good("JPEG")[:2] + b"\xff\xfe\x00\x1c<script>alert(1)</script>" + good("JPEG")[2:]
    yield "PDF before a JPEG", lambda: b"%PDF-1.7\n" + good("JPEG")
    yield "zip before a PNG", lambda: out.getvalue() + good("PNG")


def telling() -> Iterator[tuple[str, Make]]:
    """Metadata of every kind, the eight ways to hold a camera among it."""
    for way in range(1, 9):
        for kind in ("JPEG", "WEBP", "PNG"):
            yield f"{kind} held {way}", lambda kind=kind, way=way: saved(picture(), kind, exif=exif(way))
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    xmp = b"<x:xmpmeta xmlns:x='adobe:ns:meta/'>http://ns.adobe.com/xap/1.0/ " + SECRET + b"</x:xmpmeta>"
    for kind in ("JPEG", "WEBP", "HEIF"):
        yield f"{kind} with everything", lambda kind=kind: saved(picture(), kind, exif=exif(6).tobytes(), xmp=xmp, icc_profile=profile)
    yield "JPEG comment", lambda: saved(picture(), "JPEG", comment=SECRET)
    yield "PNG comments", lambda: saved(picture(), "PNG", pnginfo=comments(), icc_profile=profile)
    yield "GIF comment", lambda: saved(picture("P"), "GIF", comment=SECRET)
    yield "EXIF of rubbish", lambda: saved(picture(), "JPEG", exif=b"Exif\x00\x00MM\x00*\xff\xff\xff\xff" + SECRET)
    yield "EXIF held 4711", lambda: saved(picture(), "JPEG", exif=exif(4711))


def exif(way: int) -> Image.Exif:
    made = Image.Exif()
    made[0x0112], made[0x010E] = way, SECRET.decode()
    made.get_ifd(0x8825)[1] = SECRET.decode()
    return made


def comments() -> PngImagePlugin.PngInfo:
    info = PngImagePlugin.PngInfo()
    info.add_text("Comment", SECRET.decode(), zip=True)
    info.add_itxt("XML:com.adobe.xmp", SECRET.decode())
    return info


def chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def png(width: int, height: int, depth: int, colour: int, extra: bytes = b"", rows: bool = False) -> bytes:
    """`rows`: with all the pixels that its head promises, black; a bomb in earnest."""
    wide = (width * depth * {0: 1, 2: 3, 3: 1, 4: 2, 6: 4}[colour] + 7) // 8 + 1
    body = zlib.compress(bytes(wide) * height if rows else bytes(1000), 9)
    head = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, depth, colour, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + head + extra + chunk(b"IDAT", body) + chunk(b"IEND", b"")


def bombs() -> Iterator[tuple[str, Make]]:
    yield "88 megapixels in 11 kB", lambda: png(9400, 9400, 1, 0, rows=True)
    yield "40,000,001 pixels", lambda: png(40_000_001, 1, 1, 0)
    for width, height in (
        (30_000, 30_000),
        (2_000_000_000, 1),
        (1, 2_000_000_000),
        (65_535, 65_535),
        (0, 0),
        (0, 10),
        (2**31 - 1, 2**31 - 1),
    ):
        yield f"PNG of {width} x {height}", lambda width=width, height=height: png(width, height, 8, 2)
    text = zlib.compress(bytes(60_000_000), 9)
    yield "PNG text that grows", lambda: png(8, 8, 8, 2, chunk(b"zTXt", b"a\0\0" + text), rows=True)
    yield "PNG profile that grows", lambda: png(8, 8, 8, 2, chunk(b"iCCP", b"a\0\0" + text), rows=True)
    yield "PNG pixels that grow", lambda: png(8, 8, 8, 2)[:-40] + chunk(b"IDAT", zlib.compress(bytes(90_000_000), 9)) + chunk(b"IEND", b"")
    yield "GIF of 65535 x 65535", lambda: b"GIF89a" + struct.pack("<HH", 65535, 65535) + good("GIF")[10:]
    yield "BMP of 30000 x 30000", lambda: good("BMP")[:18] + struct.pack("<ii", 30_000, 30_000) + good("BMP")[26:]
    yield "BMP of negative height", lambda: good("BMP")[:22] + struct.pack("<i", -(2**31)) + good("BMP")[26:]
    yield "WebP of 16384 x 16384", lambda: b"RIFF\x1e\0\0\0WEBPVP8X\x0a\0\0\0\x10\0\0\0" + b"\xff\x3f\0" * 2 + b"VP8L\0\0\0\0"
    yield "JPEG of 65500 x 65500", lambda: resized_jpeg(65_500, 65_500)
    yield "animated GIF of 300 frames", lambda: moving("GIF", 300)
    yield "animated WebP", lambda: moving("WEBP", 20)
    yield "animated PNG", lambda: moving("PNG", 20)


def resized_jpeg(width: int, height: int) -> bytes:
    data = bytearray(good("JPEG"))
    struct.pack_into(">HH", data, data.index(b"\xff\xc0") + 5, height, width)
    return bytes(data)


def moving(kind: str, count: int) -> bytes:
    frames = [Image.new("RGB", (60, 60), (index * 7 % 256, 80, 80)) for index in range(count)]
    return saved(frames[0], kind, save_all=True, append_images=frames[1:], loop=0)


def odd() -> Iterator[tuple[str, Make]]:
    for mode, kind in (
        ("1", "PNG"),
        ("L", "JPEG"),
        ("LA", "PNG"),
        ("P", "PNG"),
        ("P", "BMP"),
        ("CMYK", "JPEG"),
        ("RGBA", "WEBP"),
        ("YCbCr", "JPEG"),
    ):
        yield f"{mode} as {kind}", lambda mode=mode, kind=kind: saved(picture(mode), kind)
    yield "16 bits", lambda: saved(Image.new("I;16", (40, 30), 40_000), "PNG")
    for width, height in ((1, 1), (1, 40_000), (40_000, 1), (5000, 3), (2, 2)):
        yield f"{width} x {height}", lambda width=width, height=height: saved(Image.new("RGB", (width, height), "red"), "PNG")
    yield "progressive JPEG", lambda: saved(picture(), "JPEG", progressive=True)
    for kind in ("TIFF", "PDF", "ICO", "EPS", "PPM", "TGA", "PCX", "SGI", "DDS", "ICNS", "JPEG2000"):
        yield f"{kind}, which is none of ours", lambda kind=kind: saved(picture(width=64, height=64), kind)
    words = {
        "empty": b"",
        "one byte": b"\xff",
        "nothing but nulls": bytes(5000),
        "html": b"<html><script>alert(1)</script></html>",
        "svg": b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>',
        "svg with an entity": b'<!DOCTYPE s [<!ENTITY x SYSTEM "file:///etc/passwd">]><svg>&x;</svg>',
        "eps": b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 10 10\n(/etc/passwd) run\n",
        "mvg": b"push graphic-context\nviewbox 0 0 640 480\nfill 'url(https://example.com/)'\n",
        "executable": b"\x7fELF\x02\x01\x01" + bytes(200),
        "heic's head alone": good("HEIF")[:32],
        "png's head alone": b"\x89PNG\r\n\x1a\n",
    }
    for name, data in words.items():
        yield name, lambda data=data: data
    for seed in range(12):
        yield f"random {seed}", lambda seed=seed: random.Random(seed).randbytes(seed * 300)


FILES: dict[str, Make] = {name: make for family in (truncated, damaged, polyglots, telling, bombs, odd) for name, make in family()}


def test_there_are_enough_of_them() -> None:
    assert len(FILES) >= 200


@pytest.mark.parametrize("name", FILES)
def test_a_bare_small_jpeg_or_a_refusal(name: str) -> None:
    try:
        photo = take_in(FILES[name]())
    except PhotoRejected:
        return
    checked(Clean(photo.width, photo.height, photo.data))
    assert 0 < max(photo.width, photo.height) <= MAX_SIDE
    for mark in MARKS:
        assert mark not in photo.data
    with Image.open(io.BytesIO(photo.data)) as copy:
        copy.load()
        assert (copy.format, copy.mode, copy.size) == ("JPEG", "RGB", (photo.width, photo.height))


@pytest.mark.parametrize("name", ["88 megapixels in 11 kB", "40,000,001 pixels", "PNG of 30000 x 30000", "JPEG of 65500 x 65500"])
def test_too_many_pixels_are_told_as_such(name: str) -> None:
    assert len(FILES[name]()) < 100_000
    with pytest.raises(PhotoTooLarge):
        take_in(FILES[name]())


@pytest.mark.parametrize("way", range(1, 9))
def test_however_the_camera_was_held_the_photo_stands(way: int) -> None:
    upright = Image.new("RGB", (40, 20), "white")
    upright.paste("black", (0, 0, 10, 20))
    held = {1: None, 2: 0, 3: 3, 4: 1, 5: 5, 6: 2, 7: 6, 8: 4}[way]
    turned = upright if held is None else upright.transpose(Image.Transpose(held))
    copy = Image.open(io.BytesIO(take_in(saved(turned, "PNG", exif=exif(way))).data)).convert("L")
    assert copy.size == (40, 20)
    assert copy.getpixel((3, 10)) < 40 < 200 < copy.getpixel((30, 10))


def test_no_process_was_lost_over_all_of_them() -> None:
    """Runs after the files above, in this order."""
    assert 1 <= GUARD.started <= PROCESSES
