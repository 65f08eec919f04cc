"""A folder of articles: everything readable loads, everything else is reported by file and line."""

from __future__ import annotations

import asyncio
import os
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from knowledge.article import MAX_BYTES, Article, Problem, parse
from knowledge.errors import SourceFailed
from knowledge.sources.source import Loaded

_OUTSIDE = "a link that leads out of the knowledge folder: copy the files instead"


@dataclass(frozen=True, slots=True)
class FolderSource:
    """All `*.md` files under a folder, usually `<language>/<id>.md`; hidden files and README.md are left out."""

    folder: Path
    name: str = "corpus"

    async def load(self) -> Loaded:
        """Raises SourceFailed when there is no such folder, or one below can not be listed."""
        return await asyncio.to_thread(self.read)

    def read(self) -> Loaded:
        """The same, blocking. Raises SourceFailed."""
        if not self.folder.is_dir():
            raise SourceFailed(f"{self.folder} is not a folder")
        articles: dict[tuple[str, str], Article] = {}
        origin: dict[tuple[str, str], str] = {}
        problems: list[Problem] = []
        for found in _walk(self.folder, self.folder.resolve(), frozenset()):
            parsed = found if isinstance(found, Problem) else _read(found, self._name(found))
            if isinstance(parsed, Problem):
                problems.append(parsed)
                continue
            key = parsed.id, parsed.language
            if key in articles:
                message = f"{parsed.id} in {parsed.language} stands already in {origin[key]}: keep one of the two"
                problems.append(Problem(self._name(found), 1, message))
                continue
            articles[key], origin[key] = parsed, self._name(found)
        return Loaded(tuple(articles.values()), tuple(problems))

    def _name(self, file: Path | Problem) -> str:
        return file.file if isinstance(file, Problem) else file.relative_to(self.folder).as_posix()


def _walk(folder: Path, root: Path, above: frozenset[Path]) -> Iterator[Path | Problem]:
    """Files below `folder` in a fixed order; links that loop or leave the root are problems, not crashes."""
    real = folder.resolve()
    if real in above:
        yield Problem(str(folder), 1, "a link that leads back into its own folder: remove it")
        return
    if not real.is_relative_to(root):
        yield Problem(str(folder), 1, _OUTSIDE)
        return
    try:
        names = sorted(os.listdir(folder))
    except OSError as error:
        # Nobody knows which articles it holds: going on without it would unpublish them.
        raise SourceFailed(f"{folder} can not be read: {_reason(error)}") from error
    for path in (folder / name for name in names if not name.startswith(".")):
        if path.is_dir():
            yield from _walk(path, root, above | {real})
        elif path.suffix == ".md" and path.name != "README.md":
            yield path if _inside(path, root) else Problem(str(path), 1, _OUTSIDE)


def _inside(path: Path, root: Path) -> bool:
    try:
        return path.resolve().is_relative_to(root)
    except (OSError, RuntimeError):
        return True  # a broken link; reading it says so


def _read(file: Path, name: str) -> Article | Problem:
    try:
        # A FIFO or device would block for ever on open.
        if not stat.S_ISREG(file.stat().st_mode):
            return Problem(name, 1, "not a regular file")
        with file.open("rb") as stream:
            return parse(stream.read(MAX_BYTES + 1), name)
    except (OSError, RuntimeError) as error:
        return Problem(name, 1, f"can not be read: {_reason(error)}")


def _reason(error: Exception) -> str:
    return getattr(error, "strerror", None) or str(error)
