"""The mapping file: where a source keeps its facts and what it calls them. Every key is explained in README.md beside this file."""

import codecs
from decimal import Decimal
from pathlib import Path as FilePath
from typing import Annotated, Any, Literal
from zoneinfo import ZoneInfo

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, model_validator

from agent.commerce.connectors import toml_file
from agent.commerce.connectors.mapped.paths import Path, clashing

Kind = Literal["text", "whole", "day", "time"]
#: What can be mapped, and whether it must be.
TARGETS: dict[str, dict[str, tuple[Kind, bool]]] = {
    "stock": {
        "sku": ("text", True),
        "warehouse": ("text", True),
        "on_hand": ("whole", True),
        "committed": ("whole", False),
        "incoming": ("whole", False),
        "restock": ("day", False),
    },
    "batches": {
        "id": ("text", True),
        "sku": ("text", True),
        "supplier": ("text", False),
        "produced": ("day", True),
        "sold": ("whole", True),
        "complaints": ("whole", True),
    },
    "lines": {
        "order": ("text", True),
        "sku": ("text", True),
        "batch": ("text", True),
        "quantity": ("whole", False),
        "title": ("text", False),
    },
    "inspections": {
        "return": ("text", True),
        "sku": ("text", True),
        "grade": ("text", True),
        "at": ("time", True),
        "key": ("text", False),
        "order": ("text", False),
        "quantity": ("whole", False),
        "note": ("text", False),
    },
}
#: By which of its facts the rows of each are asked for.
KEYS = {"stock": "sku", "batches": "id", "lines": "order", "inspections": "return"}


def _encoding(name: str) -> str:
    try:
        codecs.lookup(name)
    except LookupError:
        raise ValueError("there is no such encoding; common ones are utf-8, cp1252 and gb18030") from None
    return name


def _zone(name: str) -> str:
    try:
        ZoneInfo(name)
    except (OSError, ValueError, KeyError):
        raise ValueError("there is no such time zone; write one like Europe/Amsterdam") from None
    return name


def _spelt_out(value: Any) -> Any:
    """`sku = "items[].sku"` is short for `sku = { from = "items[].sku" }`."""
    return {"from": value} if isinstance(value, str) else value


class _Strict(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)


class Told(_Strict):
    """How the source tells one fact."""

    from_: str = Field("", alias="from")
    default: str | int | None = None  # for what is empty or missing
    map: dict[str, str] = {}  # the source's word -> ours
    unknown: Literal["keep", "drop"] = "keep"  # a word that is not in the map: as it is, or the whole row left out
    times: Decimal = Decimal(1)  # the source counts cartons of so many
    format: str = ""  # of a date: as strptime has it, or "epoch", "epoch_ms"; empty = ISO 8601

    @model_validator(mode="after")
    def _from_somewhere(self) -> "Told":
        if not self.from_ and self.default is None:
            raise ValueError('say where it is (from = "...") or what it always is (default = ...)')
        return self


class Place(_Strict):
    """Where the rows of one kind are: `path` below the source's address, or `file` beside the mapping file."""

    path: str = ""
    query: dict[str, str] = {}
    next: str = ""  # path in the answer to the next page's address
    page: str = ""  # query parameter that counts pages from 1
    keep: float = Field(60.0, ge=0)  # seconds that a whole list is kept
    file: str = ""  # may have * in it: the newest one that is whole counts
    encoding: Annotated[str, AfterValidator(_encoding)] = "utf-8"
    separator: str = Field(",", min_length=1, max_length=1)
    decimal: Literal[".", ","] = "."
    thousands: Literal["", ".", ",", " ", "'"] = ""
    whole: Literal["newline", "any"] = "newline"  # how a file that is written to its end can be told
    trailer: str = ""  # what the last line of a whole file begins with
    hours: float = Field(24.0, gt=0)  # older facts are told as old
    fields: dict[str, Annotated[Told, BeforeValidator(_spelt_out)]]

    @model_validator(mode="after")
    def _one_place(self) -> "Place":
        if bool(self.path) == bool(self.file):
            raise ValueError("name either a path below the source's address or a file")
        if self.decimal == self.thousands:
            raise ValueError("decimal and thousands cannot be the same sign")
        return self


class Mapping(_Strict):
    zone: Annotated[str, AfterValidator(_zone)] = "UTC"  # of times that do not say theirs
    header: str = "authorization"  # which carries the key; authorization means a bearer token
    cities: dict[str, str] = {}  # warehouse -> what customers call the place; the others are never named to them
    stock: Place | None = None
    batches: Place | None = None
    lines: Place | None = None
    inspections: Place | None = None

    @model_validator(mode="after")
    def _something(self) -> "Mapping":
        if not any((self.stock, self.batches, self.lines, self.inspections)):
            raise ValueError("it maps nothing: add [stock], [batches], [lines] or [inspections]")
        return self


def load(path: FilePath) -> Mapping:
    """Raises BadFile naming the line and the cure."""
    mapping, text = toml_file.read(path, Mapping)
    for name, targets in TARGETS.items():
        place: Place | None = getattr(mapping, name)
        if place is None:
            continue
        for field in place.fields:
            if field not in targets:
                said = f"nothing of ours is called that. There are: {', '.join(targets)}"
                raise toml_file.BadFile(toml_file.located(path, text, (name, "fields", field), said))
        for field, (_, needed) in targets.items():
            if needed and field not in place.fields:
                said = f'{field} is missing: add it, as in {field} = "the name it has there"'
                raise toml_file.BadFile(toml_file.located(path, text, (name, "fields"), said))
        if place.path and (astray := clashing({field: Path.parse(told.from_) for field, told in place.fields.items() if told.from_})):
            said = "it lies in another list than the others; all must lie on one way down, as items[].sku and items[].bins[].qty do"
            raise toml_file.BadFile(toml_file.located(path, text, (name, "fields", astray), said))
    return mapping
