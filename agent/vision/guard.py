"""Strangers' files are decoded in processes of their own: few, limited in time, memory and files, without our secrets, started anew when one dies."""

import asyncio
import atexit
import os
import struct
import subprocess
import sys
import threading
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Final

from agent.errors import PhotoRejected, PhotosBusy, PhotoTooLarge
from agent.vision.apart import bounds
from agent.vision.apart.serve import DONE, HEAD, TOO_LARGE

_SERVE: Final = Path(__file__).parent / "apart" / "serve.py"
#: Processes side by side, photos that may wait for one, seconds for each.
PROCESSES: Final = 2
WAITING: Final = 8
SECONDS: Final = 8.0
#: A clean copy has no more: 1,600 x 1,600 pixels of noise take 2.5 MB.
MAX_ANSWER: Final = 8_000_000
_KEPT: Final = ("PATH", "LD_LIBRARY_PATH", "VIRTUAL_ENV", "PYTHONPATH", "PYTHONHOME", "SYSTEMROOT")
#: Segments of a bare JPEG: what the pixels need, and the 16 bytes that say JFIF.
_PLAIN: Final = frozenset((0xDB, 0xC0, 0xC4, 0xDD, 0xE0))
_JFIF_BYTES: Final = 16


@dataclass(frozen=True, slots=True)
class Clean:
    """A bare JPEG: nothing of the file but its pixels."""

    width: int
    height: int
    data: bytes


class Guard:
    """Starts its processes at the first photo and keeps them for the next; closing ends them."""

    def __init__(self, processes: int = PROCESSES, waiting: int = WAITING, seconds: float = SECONDS) -> None:
        self._most, self._seconds = processes + waiting, seconds
        self._threads = ThreadPoolExecutor(processes, "photo-guard")
        self._local = threading.local()
        self._lock = threading.Lock()
        self._open: list[_Apart] = []
        self._taken = 0

    @property
    def started(self) -> int:
        """Processes started so far: more than there are threads means that some have died."""
        return sum(each.started for each in self._open)

    def submit(self, data: bytes) -> Future[Clean]:
        """Its result raises PhotoRejected or PhotoTooLarge. Raises PhotosBusy when too many wait."""
        with self._lock:
            if self._taken >= self._most:
                raise PhotosBusy
            self._taken += 1
        future = self._threads.submit(self._read, data)
        future.add_done_callback(self._done)
        return future

    async def clean(self, data: bytes) -> Clean:
        return await asyncio.wrap_future(self.submit(data))

    def close(self) -> None:
        with self._lock:
            ending = list(self._open)
        self._threads.shutdown(wait=False, cancel_futures=True)
        for each in ending:
            each.stop()

    def _done(self, future: Future[Clean]) -> None:
        with self._lock:
            self._taken -= 1

    def _read(self, data: bytes) -> Clean:
        """In one of our threads; each has its own process."""
        if not hasattr(self._local, "apart"):
            self._local.apart = _Apart(self._seconds)
            with self._lock:
                self._open.append(self._local.apart)
        return self._local.apart.read(data)


class _Apart:
    """One process; it starts at the first photo, and again after one that killed it."""

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds
        self._process: subprocess.Popen[bytes] | None = None
        self.started = 0

    def read(self, data: bytes) -> Clean:
        if self._process is not None and self._process.poll() is not None:
            self.stop()  # somebody else ended it, between two photos
        process = self._process = self._process or self._start()
        late = threading.Event()
        timer = threading.Timer(self._seconds, lambda: (late.set(), process.kill()))
        timer.start()
        fit = False
        try:
            found = _exchange(process, data)
            if found is not None:
                checked(found)
            fit = True
        except PhotoTooLarge:
            fit = True
            raise
        except (OSError, EOFError, ValueError) as error:
            raise PhotoRejected from error
        finally:
            timer.cancel()
            timer.join()
            if late.is_set() or not fit:
                self.stop()
        if found is None:
            raise PhotoRejected
        return found

    def _start(self) -> subprocess.Popen[bytes]:
        self.started += 1
        # One heap for all threads: each further one would reserve 64 MB of the memory allowed.
        environment = {name: os.environ[name] for name in _KEPT if name in os.environ} | {"MALLOC_ARENA_MAX": "1"}
        pipe = subprocess.PIPE
        return subprocess.Popen(  # noqa: S603 - our own script
            [sys.executable, str(_SERVE)], stdin=pipe, stdout=pipe, stderr=subprocess.DEVNULL, env=environment, cwd=_SERVE.parent
        )

    def stop(self) -> None:
        process, self._process = self._process, None
        if process is None:
            return
        process.kill()
        for pipe in (process.stdin, process.stdout):
            try:
                if pipe:
                    pipe.close()  # flushes what a dead process never took
            except OSError:
                continue
        process.wait()


def _exchange(process: subprocess.Popen[bytes], data: bytes) -> Clean | None:
    """None: no photo. Raises PhotoTooLarge; OSError, EOFError or ValueError when the process is of no more use."""
    assert process.stdin and process.stdout
    process.stdin.write(len(data).to_bytes(8, "big") + data)
    process.stdin.flush()
    state, width, height, size = HEAD.unpack(_exactly(process.stdout, HEAD.size))
    if size > MAX_ANSWER:
        raise ValueError("more than any copy")
    copy = _exactly(process.stdout, size)
    if state == TOO_LARGE:
        raise PhotoTooLarge
    return Clean(width, height, copy) if state == DONE else None


def _exactly(pipe: IO[bytes], count: int) -> bytes:
    found = pipe.read(count)
    if len(found) < count:
        raise EOFError
    return found


def checked(copy: Clean) -> None:
    """The process is not trusted either: what it sends must be a bare JPEG of the size it says. Raises ValueError."""
    try:
        _checked(copy)
    except (IndexError, struct.error) as error:
        raise ValueError("cut off") from error


def _checked(copy: Clean) -> None:
    data, at = copy.data, 2
    if data[:2] != b"\xff\xd8" or data[-2:] != b"\xff\xd9" or not 0 < max(copy.width, copy.height) <= bounds.MAX_SIDE:
        raise ValueError("no JPEG of ours")
    while (kind := data[at + 1]) != 0xDA:
        (size,) = struct.unpack_from(">H", data, at + 2)
        if data[at] != 0xFF or kind not in _PLAIN or (kind == 0xE0 and size != _JFIF_BYTES):
            raise ValueError("more than pixels")
        if kind == 0xC0 and struct.unpack_from(">HH", data, at + 5) != (copy.height, copy.width):
            raise ValueError("another size than it says")
        at += 2 + size
    if data.index(b"\xff\xd9", at) != len(data) - 2:
        raise ValueError("something behind the picture")


GUARD: Final = Guard()
atexit.register(GUARD.close)
