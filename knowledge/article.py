"""An article: Markdown with front matter, as an editor writes it, checked and typed."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Hashable
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal, cast

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator, model_validator

Audience = Literal["customer", "operator", "internal"]

MAX_BYTES = 1_000_000
_FAST: Any = getattr(yaml, "CSafeLoader", None)
_SHORT = 2000  # characters of front matter
_EU_CODES = "AT BE BG CY CZ DE DK EE ES FI FR GR HR HU IE IT LT LU LV MT NL PL PT RO SE SI SK"
EU = frozenset(re.findall(r"[A-Z]+", _EU_CODES))


@dataclass(frozen=True, slots=True)
class Problem:
    """A file that was left out, and where to mend it."""

    file: str
    line: int
    message: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.message}"


def countries(codes: tuple[str, ...]) -> tuple[str, ...]:
    """ISO country codes, upper case and sorted; `EU` stands for its members, `UK` for GB."""
    found: set[str] = set()
    for code in (code.strip().upper() for code in codes):
        found |= EU if code == "EU" else {"GB" if code == "UK" else code}
    return tuple(sorted(found))


class Article(BaseModel):
    """One article in one language; the same `id` in another language is its translation."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: str = Field(pattern=r"^[a-z0-9][a-z0-9-]{0,79}$")
    title: str = Field(min_length=1, max_length=200)
    language: str = Field(pattern=r"^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$")
    source_language: str = "en"
    intents: tuple[str, ...] = ()
    markets: tuple[str, ...] = ()
    products: tuple[str, ...] = ()
    audience: Audience = "customer"
    valid_from: date | None = None
    valid_to: date | None = None
    owner: str = ""
    review_on: date | None = None
    second_reader: bool = False  # a second person must agree before it is published
    body: str = Field(min_length=1)

    @field_validator("markets")
    @classmethod
    def _expand_markets(cls, value: tuple[str, ...]) -> tuple[str, ...]:
        return countries(value)

    @model_validator(mode="after")
    def _dates_in_order(self) -> Article:
        if self.valid_from and self.valid_to and self.valid_to < self.valid_from:
            raise ValueError("valid_to lies before valid_from")
        return self


class _Careful(yaml.SafeLoader):
    """Safe YAML without aliases (a small file of them can blow up to gigabytes) and without silent double keys."""

    def compose_node(self, parent: yaml.Node | None, index: int) -> yaml.Node | None:
        events = cast(Any, self)  # PyYAML's parser methods are untyped
        if events.check_event(yaml.AliasEvent):
            mark: yaml.Mark = events.peek_event().start_mark
            raise yaml.MarkedYAMLError(problem="aliases (*name) are not allowed", problem_mark=mark)
        return super().compose_node(parent, index)

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Hashable, Any]:
        keys = [key.value for key, _ in node.value if isinstance(key, yaml.ScalarNode)]
        double = {key for key in keys if keys.count(key) > 1}
        if double:
            raise yaml.MarkedYAMLError(problem=f"{sorted(double)[0]} is given twice", problem_mark=node.start_mark)
        return super().construct_mapping(node, deep)


def _front(text: str) -> Any:
    """The value of a YAML text. Raises YAMLError, RecursionError, ValueError.

    libyaml reads ten times faster (2,500 articles: .4 s for 2.6 s), but knows no bound on nesting: it gets short texts only, and none with
    an alias.
    """
    if _FAST is None or len(text) > _SHORT or "*" in text:
        return yaml.load(text, _Careful)  # noqa: S506 - a SafeLoader
    node = yaml.compose(text, _FAST)
    return None if node is None else _Careful("").construct_document(node)


def parse(raw: bytes, file: str) -> Article | Problem:
    """The article in these bytes, or what keeps it from being one."""
    if len(raw) > MAX_BYTES:
        return Problem(file, 1, f"larger than {MAX_BYTES:,} bytes: split it into several articles")
    try:
        text = unicodedata.normalize("NFC", raw.decode("utf-8-sig").replace("\r\n", "\n"))
    except UnicodeDecodeError as error:
        return Problem(file, raw.count(b"\n", 0, error.start) + 1, "not UTF-8: save the file in that encoding")
    if "\0" in text:
        return Problem(file, text.count("\n", 0, text.index("\0")) + 1, "contains a NUL character: remove it")
    parts = re.match(r"---[ \t]*\n(.*?\n)---[ \t]*(?:\n|\Z)(.*)", text, re.DOTALL)
    if parts is None:
        return Problem(file, 1, "no front matter: begin with a block of `key: value` lines between two lines `---`")
    return _validate(parts[1], parts[2].strip(), file)


def _validate(front: str, body: str, file: str) -> Article | Problem:
    try:
        fields: Any = _front(front)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark
        return Problem(file, mark.line + 2 if mark else 1, f"front matter is not YAML: {error.problem}")
    except (yaml.YAMLError, RecursionError, ValueError) as error:
        return Problem(file, 1, f"front matter is not YAML: {type(error).__name__}")
    if not isinstance(fields, dict):
        return Problem(file, 1, "front matter must be `key: value` lines")
    try:
        return Article.model_validate({**cast(dict[str, Any], fields), "body": body})
    except ValidationError as error:
        first = error.errors(include_input=False, include_url=False)[0]
        where = str(first["loc"][0]) if first["loc"] else ""
        return Problem(file, _line_of(where, front), f"{where or 'front matter'}: {first['msg']}")


def _line_of(key: str, front: str) -> int:
    for number, line in enumerate(front.splitlines(), start=2):
        if key and line.startswith(f"{key}:"):
            return number
    return 1
