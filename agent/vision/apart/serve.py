"""The process apart: reads length-prefixed files from stdin, answers with clean copies. Started as a script, with limits set before anything is read."""

import os
import struct
import sys
from pathlib import Path

#: What an answer begins with: how it went, width, height, bytes that follow. And how it went.
HEAD = struct.Struct(">BIIQ")
DONE, REJECTED, TOO_LARGE = range(3)


def main() -> None:
    """Serves until stdin ends."""
    source, sink = sys.stdin.buffer, os.fdopen(os.dup(1), "wb")
    sys.stdout = sys.stderr  # a library that prints must not spoil an answer
    # At the end of the path and in place of our own folder: a file here must not hide a module of a library.
    sys.path[:] = [*sys.path[1:], str(Path(__file__).parent.parent)]
    from apart import bounds  # pyright: ignore[reportMissingImports, reportUnknownVariableType] - as it is called in this process
    from apart.decode import BROKEN, TooLarge, decode  # pyright: ignore[reportMissingImports, reportUnknownVariableType]

    limit(bounds.MEMORY, bounds.FILES)
    while len(head := source.read(8)) == 8:
        data = source.read(int.from_bytes(head, "big"))
        allow(bounds.CPU_SECONDS)
        try:
            width, height, copy = decode(data)
            answer = HEAD.pack(DONE, width, height, len(copy)) + copy
        except TooLarge:
            answer = HEAD.pack(TOO_LARGE, 0, 0, 0)
        except BROKEN:
            answer = HEAD.pack(REJECTED, 0, 0, 0)
        sink.write(answer)
        sink.flush()


def limit(memory: int, files: int) -> None:
    """No more memory, no file written, no dump. Not every system has such limits; the time limit of the caller holds everywhere."""
    try:
        import resource
    except ImportError:
        return
    for what, most in (
        (resource.RLIMIT_AS, memory),
        (resource.RLIMIT_NOFILE, files),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
    ):
        try:
            resource.setrlimit(what, (most, most))
        except (OSError, ValueError):
            continue


def allow(seconds: int) -> None:
    """So much CPU from here on; the system ends the process that takes more."""
    try:
        import resource

        used = resource.getrusage(resource.RUSAGE_SELF)
        _, hard = resource.getrlimit(resource.RLIMIT_CPU)
        resource.setrlimit(resource.RLIMIT_CPU, (int(used.ru_utime + used.ru_stime) + 1 + seconds, hard))
    except (ImportError, OSError, ValueError):
        return


if __name__ == "__main__":
    main()
