"""A pack as a file: read, laid over the one it extends, references filled in, each rule with its line. Errors name file, line and cure."""

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from agent.errors import PortsideError

Raw = dict[str, Any]
#: Lists of tables whose entries have an `id`: laid over by it, and told where they stand.
ENTRIES = ("rule", "right", "compensation", "auto")
#: Filled in by the loader, never written in a file.
OURS = ("ref", "place", "lines")
_TABLE = re.compile(r"^\s*(\[\[?)\s*([\w.-]+)\s*\]\]?\s*(?:#.*)?$")
_KEY = re.compile(r"^\s*([\w-]+)\s*=")


class BadPack(PortsideError):
    """A policy pack cannot be used. Mend the line it names, then run: portside policy check"""

    code = "bad_pack"


@dataclass(frozen=True, slots=True)
class PackFile:
    """`label` is the file's name as it is shown; `spots` where its tables and keys stand: "rule[3].require" -> line."""

    label: str
    raw: Raw
    spots: dict[str, int]

    @property
    def name(self) -> str:
        return str(self.raw.get("name", ""))

    @property
    def ref(self) -> str:
        return f"{self.name}@{self.raw.get('version', '')}"

    def line(self, spot: str) -> int:
        """Of the spot, or of the nearest one around it."""
        while spot and spot not in self.spots:
            spot = spot.rpartition(".")[0]
        return self.spots.get(spot, 1)

    def error(self, spot: str, what: str) -> BadPack:
        return BadPack(f"{self.label}:{self.line(spot)}: {what}")


def read(path: Path, label: str = "") -> PackFile:
    """Raises BadPack for what is no TOML, has no name or says a thing twice."""
    label = label or str(path)
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise BadPack(f"{label}: cannot be read ({error}). A pack is a UTF-8 text file that the service may read.") from error
    return parse(text, label)


def parse(text: str, label: str) -> PackFile:
    if '"""' in text or "'''" in text:
        number = next(index for index, line in enumerate(text.splitlines(), 1) if '"""' in line or "'''" in line)
        raise BadPack(f"{label}:{number}: a text goes over several lines; write each sentence on one line.")
    try:
        raw = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        line = re.search(r"line (\d+)", str(error))
        raise BadPack(f"{label}:{line[1] if line else 1}: this is no TOML ({error}).") from error
    found = PackFile(label, raw, dict(_spots(text)))
    if not found.name or not isinstance(raw.get("version"), str):
        raise found.error("", 'a pack starts with name = "my-shop" and version = "2026-11".')
    _tell_apart(found)
    return found


def _spots(text: str) -> Iterator[tuple[str, int]]:
    seen: dict[str, int] = {}
    inside = ""
    for number, line in enumerate(text.splitlines(), 1):
        if table := _TABLE.match(line):
            inside = table[2]
            if table[1] == "[[":
                seen[inside] = seen.get(inside, -1) + 1
                inside = f"{inside}[{seen[inside]}]"
            yield inside, number
        elif key := _KEY.match(line):
            yield f"{inside}.{key[1]}" if inside else key[1], number


def _tell_apart(file: PackFile) -> None:
    """Every entry gets its reference and its place; an id used twice, or a key that is ours, is an error."""
    for kind in ENTRIES:
        seen: dict[str, int] = {}
        for index, entry in enumerate(_entries(file, kind)):
            spot = f"{kind}[{index}]"
            for key in entry.keys() & set(OURS):
                raise file.error(f"{spot}.{key}", f'"{key}" is filled in by Portside; leave it out.')
            name = str(entry.get("id", ""))
            if name in seen:
                raise file.error(f"{spot}.id", f'the {kind} "{name}" stands in line {seen[name]} already; give one of them another id.')
            line = seen[name] = file.line(spot)
            entry |= {"ref": f"{file.ref}#{name}:{line}", "place": f"{file.label}:{line}"}


def _entries(file: PackFile, kind: str) -> list[Raw]:
    found = file.raw.get(kind, [])
    if not isinstance(found, list) or not all(isinstance(entry, dict) for entry in found):
        raise file.error(kind, f"{kind} is a list of tables: start each with [[{kind}]].")
    return found


def lay_over(base: Raw, file: PackFile) -> Raw:
    """The file's raw on top of the base: tables key by key, entries by id in place, new ones after; `drop` takes entries away."""
    dropped = set(file.raw.get("drop", []))
    known = {entry.get("id") for kind in ENTRIES for entry in base.get(kind, [])}
    if missing := sorted(dropped - known):
        raise file.error("drop", f"there is no {', '.join(missing)} to drop in {file.raw.get('extends', 'the base')}.")
    own = {key: value for key, value in file.raw.items() if key not in {"drop", "extends"}}
    merged = _merge({key: value for key, value in base.items() if key != "countries"}, own)
    for kind in ENTRIES:
        entries = {entry["id"]: entry for entry in base.get(kind, []) if entry["id"] not in dropped}
        merged[kind] = list((entries | {entry.get("id", ""): entry for entry in file.raw.get(kind, [])}).values())
    merged["lines"] = base.get("lines", {}) | {
        spot: (f"{file.ref}#{spot}:{line}", f"{file.label}:{line}") for spot, line in file.spots.items() if spot.startswith("limits.")
    }
    return merged


def _merge(base: Raw, over: Raw) -> Raw:
    merged = dict(base)
    for key, value in over.items():
        old = merged.get(key)
        merged[key] = _merge(old, value) if isinstance(old, dict) and isinstance(value, dict) else value
    return merged


def fill(raw: Raw, file: PackFile) -> Raw:
    """Every "@windows.return_days" replaced by what stands there; a list in a list is poured into it."""
    return {key: _filled(value, raw, file, key) for key, value in raw.items() if key != "lines"} | {"lines": raw.get("lines", {})}


def _filled(value: Any, raw: Raw, file: PackFile, spot: str, depth: int = 0) -> Any:
    if depth > 8:
        raise file.error(spot, "these references lead in a circle.")
    if isinstance(value, dict):
        return {key: _filled(item, raw, file, f"{spot}.{key}", depth) for key, item in value.items()}
    if isinstance(value, list):
        return [one for index, item in enumerate(value) for one in _poured(item, raw, file, f"{spot}[{index}]", depth)]
    if isinstance(value, str) and value.startswith("@"):
        return _filled(_at(value[1:], raw, file, spot), raw, file, spot, depth + 1)
    return value


def _poured(item: Any, raw: Raw, file: PackFile, spot: str, depth: int) -> list[Any]:
    found = _filled(item, raw, file, spot, depth)
    return found if isinstance(item, str) and isinstance(found, list) else [found]


def _at(path: str, raw: Raw, file: PackFile, spot: str) -> Any:
    value: Any = raw
    for step in path.split("."):
        if not isinstance(value, dict) or step not in value:
            raise file.error(spot, f'"@{path}" leads nowhere; write it under [{path.rpartition(".")[0]}] or name another.')
        value = value[step]
    return value
