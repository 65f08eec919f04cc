"""The files of a folder, an archive or a single file, read within bounds; nothing is ever unpacked to disk."""

from __future__ import annotations

import os
import stat
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import IO

from knowledge.article import Problem
from knowledge.errors import SourceFailed

MOST_FILES = 5_000
MOST_UNPACKED = 200_000_000
_ARCHIVES = frozenset({".zip", ".tar", ".gz", ".tgz", ".7z", ".rar", ".bz2", ".xz"})
_BROKEN = (OSError, zipfile.BadZipFile, zipfile.LargeZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError)


@dataclass(frozen=True, slots=True)
class Raw:
    """A file's bytes and its name inside the source, with `/` between folders."""

    name: str
    data: bytes

    @property
    def ending(self) -> str:
        """`.pdf` of `A.PDF`."""
        return PurePosixPath(self.name).suffix.lower()


Limits = dict[str, int]
"""The endings wanted, each with the most bytes such a file may have."""


def files(place: Path, limits: Limits) -> Iterator[Raw | Problem]:
    """What of these endings lies at a folder, a .zip or a single file, in a fixed order. Raises SourceFailed when nothing is there."""
    if place.is_dir():
        yield from _folder(place, limits)
    elif not place.is_file():
        raise SourceFailed(f"there is no file or folder {place}")
    elif place.suffix.lower() == ".zip":
        with place.open("rb") as stream:
            yield from unzip(stream, place.name, limits)
    elif place.suffix.lower() in limits:
        yield _read(place, place.name, limits[place.suffix.lower()])
    else:
        raise SourceFailed(f"{place} is not of the kind wanted here: {' '.join(sorted(limits))} .zip")


def _folder(root: Path, limits: Limits) -> Iterator[Raw | Problem]:
    real, count = root.resolve(), 0
    for folder, below, names in os.walk(root, onerror=_unlisted):  # does not follow links to folders, so it can not run in circles
        below[:] = sorted(name for name in below if not name.startswith("."))
        for path in (Path(folder, name) for name in sorted(names) if not name.startswith(".")):
            if path.suffix.lower() not in limits:
                continue
            count += 1
            name = _clean(path.relative_to(root).as_posix())
            if count > MOST_FILES:
                yield Problem(name, 1, f"this and what follows is left out: more than {MOST_FILES:,} files, make several sources of them")
                return
            if not _inside(path, real):
                yield Problem(name, 1, "a link that leads out of its folder: copy the file instead")
                continue
            yield _read(path, name, limits[path.suffix.lower()])


def _unlisted(error: OSError) -> None:
    """Nobody knows what the folder holds: going on without it would unpublish that."""
    raise SourceFailed(f"{error.filename} can not be read: {error.strerror}") from error


def _inside(path: Path, root: Path) -> bool:
    try:
        return path.resolve().is_relative_to(root)
    except (OSError, RuntimeError):
        return True  # a link to itself; reading it says so


def _read(path: Path, name: str, limit: int) -> Raw | Problem:
    try:
        # A FIFO or device would block for ever on open.
        if not stat.S_ISREG(path.stat().st_mode):
            return Problem(name, 1, "not a regular file")
        with path.open("rb") as stream:
            return sized(name, stream.read(limit + 1), limit)
    except (OSError, RuntimeError) as error:
        return Problem(name, 1, f"can not be read: {getattr(error, 'strerror', None) or error}")


def sized(name: str, data: bytes, limit: int) -> Raw | Problem:
    """The file, unless it is too large."""
    if len(data) > limit:
        return Problem(name, 1, f"larger than {limit // 1_000_000:,} MB: split it into several files")
    return Raw(name, data)


def unzip(stream: IO[bytes], name: str, limits: Limits) -> Iterator[Raw | Problem]:
    """The files in an archive. Its own word on sizes is not believed: what comes out is counted."""
    left = MOST_UNPACKED
    try:
        with zipfile.ZipFile(stream) as archive:
            infos = sorted((info for info in archive.infolist() if not info.is_dir()), key=lambda info: info.filename)
            if len(infos) > MOST_FILES:
                yield Problem(name, 1, f"holds more than {MOST_FILES:,} files: split it into several archives")
                return
            names = [_clean(info.filename) for info in infos]
            top = _shared_top(names)
            for info, path in zip(infos, names, strict=True):
                found = _member(archive, info, path, limits)
                left -= len(found.data) if isinstance(found, Raw) else 0
                if left < 0:
                    yield Problem(name, 1, f"unpacks to more than {MOST_UNPACKED // 1_000_000} MB: split it into several archives")
                    return
                if found:
                    yield Raw(found.name.removeprefix(top), found.data) if isinstance(found, Raw) else found
    except _BROKEN as error:
        yield Problem(name, 1, f"not a readable ZIP archive: pack it anew ({type(error).__name__})")


def _clean(name: str) -> str:
    return "".join(letter for letter in name.replace("\\", "/") if letter.isprintable())


def _shared_top(names: list[str]) -> str:
    """The one folder that everything lies in: exports like to put the day's date there, which must not become part of an id."""
    tops = {name.partition("/")[0] for name in names if "/" in name}
    return f"{tops.pop()}/" if len(tops) == 1 and all("/" in name for name in names) else ""


def _member(archive: zipfile.ZipFile, info: zipfile.ZipInfo, name: str, limits: Limits) -> Raw | Problem | None:
    path = PurePosixPath(name)
    ending = path.suffix.lower()
    if any((part.startswith(".") and part != "..") or part == "__MACOSX" for part in path.parts):
        return None
    if path.is_absolute() or ".." in path.parts or ":" in path.parts[0]:
        return Problem(name, 1, "a name that leads out of the archive: pack it anew from inside its folder")
    if ending in _ARCHIVES:
        return Problem(name, 1, "an archive inside an archive is not opened: unpack it first")
    if ending not in limits:
        return None
    if info.flag_bits & 1:
        return Problem(name, 1, "locked by a password: pack it without one")
    try:
        with archive.open(info) as stream:
            return sized(name, stream.read(limits[ending] + 1), limits[ending])
    except _BROKEN as error:
        return Problem(name, 1, f"is damaged in the archive: pack it anew ({type(error).__name__})")
