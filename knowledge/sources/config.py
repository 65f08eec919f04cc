"""`sources.toml`: where else articles come from, in the order of trust."""

from __future__ import annotations

import os
import re
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, ClassVar, Literal

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError

from knowledge.errors import KnowledgeError, SourceFailed
from knowledge.sources.defaults import Defaults
from knowledge.sources.folder import FolderSource
from knowledge.sources.git import GitSource
from knowledge.sources.html import HtmlSource
from knowledge.sources.markup import all_plain
from knowledge.sources.pdf import PdfSource
from knowledge.sources.sheet import SheetSource
from knowledge.sources.source import Loaded, Source

_TAKEN = frozenset({"corpus", "editorial", "feeds", "news", "upload"})
_FILES = {"sheet": SheetSource, "html": HtmlSource, "pdf": PdfSource}


class BadSourcesFile(KnowledgeError):
    """The file of knowledge sources can not be used. Mend the line or key it names; an example is in knowledge/sources/README.md."""

    status: ClassVar[int] = 422


class PlainFolder:
    """A folder of articles as a merchant's own tools leave it: raw HTML is taken out."""

    def __init__(self, name: str, place: Path) -> None:
        self.name = name
        self.place = place

    async def load(self) -> Loaded:
        """Raises SourceFailed when there is no such folder, or nothing in it."""
        loaded = all_plain(await FolderSource(self.place, self.name).load())
        if not loaded.articles:
            raise SourceFailed(f"no article in {self.place}: is the folder mounted? Remove the source if that is meant")
        return loaded


class _Entry(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")

    name: str = Field(pattern=r"^[a-z0-9][a-z0-9-]{0,39}$")
    place: str = Field(min_length=1)


class _GitEntry(_Entry):
    kind: Literal["git"]
    branch: str = ""
    folder: str = ""

    def source(self, base: Path, data: Path, environment: Mapping[str, str]) -> Source:
        return GitSource(self.name, _filled(self.place, environment), data / "sources" / self.name, self.branch, self.folder)


class _FolderEntry(_Entry):
    kind: Literal["folder"]

    def source(self, base: Path, data: Path, environment: Mapping[str, str]) -> Source:
        return PlainFolder(self.name, base / self.place)


class _FileEntry(_Entry):
    kind: Literal["sheet", "html", "pdf"]
    defaults: Defaults = Defaults()

    def source(self, base: Path, data: Path, environment: Mapping[str, str]) -> Source:
        return _FILES[self.kind](self.name, base / self.place, self.defaults)


_AnyEntry = Annotated[_GitEntry | _FolderEntry | _FileEntry, Field(discriminator="kind")]


class _File(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")

    source: tuple[_AnyEntry, ...] = ()


def load(path: Path, data: Path, environment: Mapping[str, str] = os.environ) -> tuple[Source, ...]:
    """The sources named in a file, () when there is no such file; Git checkouts go below `data`.

    Relative places start at the file's folder; `${NAME}` in a Git address is taken from the environment. Raises BadSourcesFile.
    """
    if not path.exists():
        return ()
    try:
        entries = TypeAdapter(_File).validate_python(tomllib.loads(path.read_text(encoding="utf-8"))).source
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, OSError) as error:
        raise BadSourcesFile(f"{path}: {error}") from error
    except ValidationError as error:
        first = error.errors(include_input=False, include_url=False)[0]
        raise BadSourcesFile(f"{path}: {_key(first['loc'])}: {first['msg']}") from error
    names = [entry.name for entry in entries]
    found: list[Source] = []
    for number, entry in enumerate(entries, start=1):
        if entry.name in _TAKEN or names.count(entry.name) > 1:
            raise BadSourcesFile(f"{path}: source {number}: name: {entry.name} is taken, give each source a name of its own")
        try:
            found.append(entry.source(path.parent, data, environment))
        except ValueError as error:
            raise BadSourcesFile(f"{path}: source {number}: {error}") from error
    return tuple(found)


def _key(place: tuple[int | str, ...]) -> str:
    """`source 2: defaults.audience`, as one would look for it in the file."""
    keys = [str(key) for key in place[2:] if key not in ("git", "folder", "sheet", "html", "pdf")]
    return f"source {int(place[1]) + 1}: {'.'.join(keys) or 'kind'}" if len(place) > 1 else ".".join(map(str, place))


def _filled(address: str, environment: Mapping[str, str]) -> str:
    def value(found: re.Match[str]) -> str:
        if found[1] not in environment:
            raise ValueError(f"place: the environment has no {found[1]}: set it")
        return environment[found[1]]

    return re.sub(r"\$\{(\w+)\}", value, address)
