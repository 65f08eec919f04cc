"""Policy packs: the demo merchant's by country, those by name, and a merchant's own folder."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from functools import lru_cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from agent.domain.decision import RemedyKind
from agent.policy.conditions import CONDITIONS
from agent.policy.packfile import BadPack, PackFile, Raw, fill, lay_over, read
from agent.policy.schema import Pack

__all__ = ["BadPack", "Pack", "Packs", "load", "named", "packs"]

DEMO = "lumen-and-loom"
#: Its rules stand in front of every pack's own.
ALWAYS = "portside"


@dataclass(frozen=True, slots=True)
class Packs:
    """All packs of a folder. `base` is for customers of a country that has no pack of its own."""

    by_name: Mapping[str, Pack]
    base: Pack

    def of(self, country: str) -> Pack:
        """For customers of a country."""
        return next((pack for pack in self.by_name.values() if country in pack.countries), self.base)

    def named(self, name: str) -> Pack:
        """Raises BadPack for a name that is not there."""
        found = self.by_name.get(name.replace("_", "-"))
        if found is None:
            raise BadPack(f'There is no policy pack "{name}". There are: {", ".join(sorted(self.by_name))}.')
        return found


def packs(country: str) -> Pack:
    """The demo merchant's pack for customers of a country: its overlay, or the base where there is none."""
    return _of(country)


@lru_cache(maxsize=512)
def _of(country: str) -> Pack:
    family = {name: pack for name, pack in shipped().items() if name.startswith(DEMO)}
    return Packs(family, shipped()[DEMO]).of(country)


def named(name: str) -> Pack:
    """A pack that ships with Portside: "lumen-and-loom", "lumen-and-loom-eu", "tau-retail" ... Raises BadPack for another name."""
    return Packs(shipped(), shipped()[DEMO]).named(name)


@lru_cache(maxsize=1)
def shipped() -> Mapping[str, Pack]:
    return _build(_shipped_files())


@lru_cache(maxsize=1)
def _shipped_files() -> tuple[PackFile, ...]:
    folder = files("agent.policy").joinpath("packs")
    names = sorted(item.name for item in folder.iterdir() if item.name.endswith(".toml"))
    return tuple(read(Path(str(folder.joinpath(name))), f"agent/policy/packs/{name}") for name in names)


def load(path: Path) -> Packs:
    """A merchant's folder: one pack for everybody and overlays by country. Raises BadPack naming file, line and cure."""
    found = sorted(path.glob("*.toml"))
    if not found:
        raise BadPack(f"{path}: there is no policy pack (*.toml) in this folder.")
    own = [read(item) for item in found]
    built = _build((*own, *_shipped_files()))
    mine = {file.name: built[file.name] for file in own}
    bases = [pack for pack in mine.values() if not pack.countries]
    if len(bases) != 1:
        names = ", ".join(pack.name for pack in bases) or "none"
        raise BadPack(f"{path}: exactly one pack has no `countries` and is for everybody; here: {names}.")
    _one_for_each_country(path, mine.values())
    return Packs(mine, bases[0])


def _one_for_each_country(path: Path, found: Iterable[Pack]) -> None:
    taken: dict[str, str] = {}
    for pack in found:
        for country in pack.countries:
            if country in taken:
                raise BadPack(f'{path}: both "{taken[country]}" and "{pack.name}" are for {country}; take it out of one.')
            taken[country] = pack.name


def _build(sources: Iterable[PackFile]) -> dict[str, Pack]:
    by_name: dict[str, PackFile] = {}
    for file in sources:
        if file.name in by_name:
            raise file.error("name", f'the name "{file.name}" is taken by {by_name[file.name].label}; choose another.')
        by_name[file.name] = file
    return {name: _pack(file, by_name) for name, file in by_name.items() if name != ALWAYS}


def _pack(file: PackFile, by_name: Mapping[str, PackFile]) -> Pack:
    chain = _chain(file, by_name)
    raw: Raw = {}
    for each in chain:
        raw = lay_over(raw, each)
    raw = _all_remedies(fill(raw, file))
    always = _all_remedies({"rule": by_name[ALWAYS].raw["rule"]})["rule"]
    _guard(file, {rule["id"] for rule in always})
    raw["rule"] = [*always, *raw["rule"]]
    for kind in ("rule", "right", "compensation"):
        for entry in raw[kind]:
            _conditions(entry, kind)
    return _checked(raw, chain)


def _chain(file: PackFile, by_name: Mapping[str, PackFile]) -> list[PackFile]:
    """The file and all it extends, the root first."""
    chain = [file]
    while parent := chain[0].raw.get("extends"):
        if parent not in by_name or parent == ALWAYS:
            raise chain[0].error("extends", f'there is no pack "{parent}" to extend.')
        if by_name[parent] in chain:
            raise chain[0].error("extends", "these packs extend each other; let one stand alone.")
        chain.insert(0, by_name[parent])
    return chain


def _guard(file: PackFile, kept: set[str]) -> None:
    for index, rule in enumerate(file.raw.get("rule", [])):
        if rule.get("id") in kept:
            raise file.error(f"rule[{index}].id", f'"{rule["id"]}" holds for every shop and cannot be changed; choose another id.')


def _all_remedies(raw: Raw) -> Raw:
    kinds = [kind.value for kind in RemedyKind]
    return raw | {
        "rule": [rule | ({"remedy": kinds} if rule.get("remedy") == ["*"] else {}) for rule in raw.get("rule", [])],
    }


def _conditions(entry: Raw, kind: str) -> None:
    """Arguments read into their types, in place of what stood there."""
    for part in ("applies", "require"):
        written = entry.get(part, {})
        if not isinstance(written, dict):
            raise BadPack(f"{entry['place']}: {part} is a table of conditions, as {{ state_in = [...] }}.")
        entry[part] = {name: _argument(name, value, entry) for name, value in written.items()}
    if kind != "rule":
        entry.pop("require")
        if "compensation_earned" in entry["applies"]:
            raise BadPack(f"{entry['place']}: a {kind} cannot ask for compensation_earned; name the trouble itself.")


def _argument(name: str, value: object, entry: Raw) -> Any:
    if name not in CONDITIONS:
        close = get_close_matches(name, CONDITIONS, 1)
        cure = f'Did you mean "{close[0]}"?' if close else f"There are: {', '.join(sorted(CONDITIONS))}."
        raise BadPack(f'{entry["place"]}: "{entry.get("id")}" asks for an unknown condition "{name}". {cure}')
    try:
        return CONDITIONS[name].argument.validate_json(json.dumps(value), strict=True)
    except (ValidationError, TypeError) as error:
        what = error.errors()[0]["msg"] if isinstance(error, ValidationError) else str(error)
        raise BadPack(f'{entry["place"]}: "{entry.get("id")}" gives {name} a wrong value: {what}.') from error


def _checked(raw: Raw, chain: list[PackFile]) -> Pack:
    try:
        return Pack.model_validate(raw)
    except ValidationError as error:
        first = error.errors()[0]
        raise BadPack(f"{_place(first['loc'], raw, chain)}: {_cure(first)}") from error


def _place(loc: tuple[int | str, ...], raw: Raw, chain: list[PackFile]) -> str:
    """Where the fault stands: of an entry its own place, else the last file that says it."""
    if len(loc) > 1 and isinstance(loc[1], int) and loc[0] in {"rule", "right", "compensation", "auto"}:
        return str(raw[loc[0]][loc[1]].get("place", chain[-1].label))
    spot = ".".join(str(step) for step in loc if isinstance(step, str) and step != "[key]")
    file = next((each for each in reversed(chain) if spot in each.spots), chain[-1])
    return f"{file.label}:{file.line(spot)}"


def _cure(fault: Any) -> str:
    """One sentence a merchant can act on."""
    path = ".".join(str(step) for step in fault["loc"])
    if fault["type"] == "extra_forbidden":
        return f'"{path}" is not known here; check its spelling or take it out.'
    if fault["type"] == "missing":
        return f'"{path}" is missing; write it.'
    return f'"{path}": {fault["msg"]}.'
