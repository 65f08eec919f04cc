"""The process apart: reads length-prefixed files from stdin with the module named in the command line, answers in JSON.

Started as a script, so that it loads nothing of the project but its own folder, and starts in milliseconds.
"""

from __future__ import annotations

import importlib
import json
import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

_MEMORY = 1_500_000_000


def main(name: str) -> None:
    """Serves until stdin ends."""
    _limit_memory()
    source, sink = sys.stdin.buffer, os.fdopen(os.dup(1), "wb")
    sys.stdout = sys.stderr  # a library that prints must not spoil an answer
    # At the end of the path and in place of our own folder: a file here must not hide a standard module (`html`).
    sys.path[:] = [*sys.path[1:], str(Path(__file__).parent.parent)]
    read = importlib.import_module(f"reading.{name}").read
    while len(head := source.read(8)) == 8:
        answer = json.dumps(_answer(read, source.read(int.from_bytes(head, "big")))).encode()
        sink.write(len(answer).to_bytes(8, "big") + answer)
        sink.flush()


def _answer(read: Callable[[bytes], dict[str, Any]], data: bytes) -> dict[str, Any]:
    try:
        return read(data)
    except Exception as error:  # whatever a broken file makes a parser raise
        return {"error": f"is damaged: save it anew ({type(error).__name__})"}


def _limit_memory() -> None:
    try:
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
    except (ImportError, OSError, ValueError):
        return  # not every system has such limits; the time limit holds everywhere


if __name__ == "__main__":
    main(sys.argv[1])
