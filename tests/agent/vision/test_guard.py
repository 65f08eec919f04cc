"""The processes that decode strangers' files: limits of time, memory and files, no secrets, a bounded queue, and one that dies costs one photo."""

import io
import signal
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import psutil
import pytest
from PIL import Image

from agent.errors import PhotoRejected, PhotosBusy, PhotoTooLarge
from agent.vision.apart import bounds
from agent.vision.guard import Clean, Guard, checked

linux = pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")


def saved(image: Image.Image, kind: str = "JPEG", **options: object) -> bytes:
    out = io.BytesIO()
    image.save(out, kind, **options)
    return out.getvalue()


PHOTO = saved(Image.linear_gradient("L").convert("RGB"))


def endless() -> bytes:
    """36 megapixels in a small file that goes over all of them thousands of times: a JPEG may have as many scans as it likes."""
    data = saved(Image.new("L", (6000, 6000), 128), "JPEG", progressive=True)
    last = data[data.rindex(b"\xff\xda") : -2]
    return data[:-2] + last * 4000 + data[-2:]


#: For each photo; a process that has to start on a busy machine takes one.
SECONDS = 3


@pytest.fixture
def guard() -> Iterator[Guard]:
    made = Guard(processes=1, waiting=1, seconds=SECONDS)
    yield made
    made.close()


def processes() -> list[psutil.Process]:
    return [child for child in psutil.Process().children() if any("apart/serve.py" in word for word in child.cmdline())]


def own(guard: Guard) -> psutil.Process:
    """The process that this guard started: the newest."""
    guard.submit(PHOTO).result()
    return max(processes(), key=lambda process: process.create_time())


def test_nothing_is_started_before_the_first_photo_and_one_process_serves_many() -> None:
    before = len(processes())
    guard = Guard(processes=1)
    assert guard.started == 0 and len(processes()) == before
    assert {guard.submit(PHOTO).result().width for _ in range(3)} == {256}
    assert guard.started == 1
    guard.close()
    assert len(processes()) == before


def test_a_photo_that_takes_too_long_is_refused_and_the_next_one_is_not(guard: Guard) -> None:
    hostile = endless()
    assert len(hostile) < 1_000_000
    start = time.monotonic()
    with pytest.raises(PhotoRejected):
        guard.submit(hostile).result()
    assert time.monotonic() - start < 5 * SECONDS
    assert guard.submit(PHOTO).result().height == 256
    assert guard.started == 2


def test_one_that_is_too_large_costs_no_process(guard: Guard) -> None:
    large = saved(Image.new("1", (9400, 9400)), "PNG")
    assert len(large) < 20_000
    with pytest.raises(PhotoTooLarge):
        guard.submit(large).result()
    time.sleep(SECONDS + 0.2)  # longer than a photo may take: its alarm must be off
    guard.submit(PHOTO).result()
    assert guard.started == 1


def test_a_process_that_was_killed_between_two_photos_is_replaced(guard: Guard) -> None:
    process = own(guard)
    process.send_signal(signal.SIGKILL)
    process.wait(30)
    assert guard.submit(PHOTO).result().width == 256
    assert guard.started == 2


def test_those_who_wait_are_few_and_the_rest_is_told(guard: Guard) -> None:
    waiting = [guard.submit(endless()), guard.submit(PHOTO)]
    with pytest.raises(PhotosBusy) as busy:
        guard.submit(PHOTO)
    assert busy.value.status == 503 and "again" in str(busy.value)
    with pytest.raises(PhotoRejected):
        waiting[0].result()
    assert waiting[1].result().width == 256
    assert guard.submit(PHOTO).result().width == 256


@linux
def test_the_limits_hold_in_the_process_and_it_has_no_secrets(guard: Guard, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PORTSIDE_SECRET", "do not hand on")
    monkeypatch.setenv("OPENAI_API_KEY", "nor this")
    process = own(guard)
    assert process.rlimit(psutil.RLIMIT_AS)[0] == bounds.MEMORY
    assert process.rlimit(psutil.RLIMIT_NOFILE)[0] == bounds.FILES
    assert process.rlimit(psutil.RLIMIT_FSIZE)[0] == 0
    assert 0 < process.rlimit(psutil.RLIMIT_CPU)[0] <= 60
    told = " ".join(process.environ())
    assert "SECRET" not in told and "KEY" not in told
    assert not [line.path for line in process.memory_maps() if "/torch/" in line.path or "/numpy/" in line.path]
    assert process.memory_info().rss < 90e6


@linux
def test_the_most_that_is_allowed_fits_in_the_memory_allowed() -> None:
    """40 megapixels with transparency, turned: the largest file that is still a photo."""
    exif = Image.Exif()
    exif[0x0112] = 6
    most = saved(Image.new("RGBA", (8000, 5000), (10, 200, 30, 128)), "PNG", exif=exif, compress_level=1)
    guard = Guard(processes=1, seconds=60)
    try:
        photo = guard.submit(most).result()
        assert (photo.width, photo.height) == (1000, 1600)
        assert guard.started == 1
    finally:
        guard.close()


def test_many_at_once_all_get_their_own_photo() -> None:
    guard = Guard(processes=2, waiting=40)
    try:
        sizes = [(20 + index, 30) for index in range(24)]
        with ThreadPoolExecutor(8) as pool:
            found = list(pool.map(lambda size: guard.submit(saved(Image.new("RGB", size, "red"))).result(), sizes))
        assert [(each.width, each.height) for each in found] == sizes
        assert guard.started <= 2
    finally:
        guard.close()


def exif() -> bytes:
    made = Image.Exif()
    made[0x010E] = "where I live"
    return made.tobytes()


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\xff\xd8\xff\xd9",
        b"<html>",
        saved(Image.new("RGB", (8, 8)), "PNG"),
        saved(Image.new("RGB", (8, 8)), exif=exif()),
        saved(Image.new("RGB", (8, 8)), comment=b"hello"),
        saved(Image.new("RGB", (9, 8))),
        saved(Image.new("RGB", (8, 8)))[:60],
        saved(Image.new("RGB", (8, 8))) + b"<script>",
        saved(Image.new("RGB", (8, 8))) + b"<script>\xff\xd9",
        saved(Image.new("RGB", (8, 8)), progressive=True),
    ],
)
def test_what_the_process_answers_is_not_trusted(data: bytes) -> None:
    with pytest.raises(ValueError, match=r"\w"):
        checked(Clean(8, 8, data))


def test_a_bare_copy_passes() -> None:
    checked(Clean(8, 8, saved(Image.new("RGB", (8, 8)))))
