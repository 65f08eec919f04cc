"""Hostile formats are read in a process of their own: with a time limit, a memory limit, and none of our secrets in its environment."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
from pathlib import Path
from types import TracebackType
from typing import Any

_SERVE = Path(__file__).parent / "reading" / "serve.py"
_MOST_ANSWER = 50_000_000
_KEPT = ("PATH", "LD_LIBRARY_PATH", "VIRTUAL_ENV", "PYTHONPATH", "PYTHONHOME", "SYSTEMROOT")


class Apart:
    """Asks a module of `reading/` about one file after the other; its process starts at the first and again after one that killed it."""

    def __init__(self, reader: str, seconds: float = 30) -> None:
        self._reader = reader
        self._seconds = seconds
        self._process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Apart:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._stop()

    def read(self, data: bytes) -> dict[str, Any]:
        """What the reader makes of this file; {"error": what to do about it} when it can not, dies or takes too long."""
        process = self._process = self._process or self._start()
        late = threading.Event()
        timer = threading.Timer(self._seconds, lambda: (late.set(), process.kill()))
        timer.start()
        try:
            return _exchange(process, data)
        except (OSError, EOFError, ValueError):
            self._stop()
            why = f"takes longer than {self._seconds:g} s to read" if late.is_set() else "can not be read within the memory allowed"
            return {"error": f"{why}: save it anew, smaller or simpler"}
        finally:
            timer.cancel()

    def _start(self) -> subprocess.Popen[bytes]:
        environment = {name: os.environ[name] for name in _KEPT if name in os.environ}
        return subprocess.Popen(  # noqa: S603 - our own script
            [sys.executable, str(_SERVE), self._reader],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=environment,
        )

    def _stop(self) -> None:
        process, self._process = self._process, None
        if process is None:
            return
        process.kill()
        # Closing flushes what a dead reader never took.
        for pipe in (process.stdin, process.stdout):
            try:
                if pipe:
                    pipe.close()
            except OSError:
                continue
        process.wait()


def _exchange(process: subprocess.Popen[bytes], data: bytes) -> dict[str, Any]:
    assert process.stdin and process.stdout
    process.stdin.write(len(data).to_bytes(8, "big") + data)
    process.stdin.flush()
    size = int.from_bytes(_exactly(process, 8), "big")
    if size > _MOST_ANSWER:
        raise ValueError("more text than any article")
    return json.loads(_exactly(process, size))


def _exactly(process: subprocess.Popen[bytes], count: int) -> bytes:
    assert process.stdout
    found = process.stdout.read(count)
    if len(found) < count:
        raise EOFError
    return found
