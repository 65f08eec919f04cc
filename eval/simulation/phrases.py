"""The phrase bank: what customers write in each language, one YAML file a language."""

from functools import lru_cache
from importlib.resources import files
from typing import Any

import yaml
from pydantic import BaseModel, ConfigDict

_Three = tuple[str, str, str]


class Place(BaseModel):
    """Where a customer has moved to; in the country of the writers' orders."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    street: str
    postcode: str
    city: str
    country: str


class Bank(BaseModel):
    """Sentences with places for a persona's facts. `digits`: how this script writes 0 to 9, when not always as 0-9.

    `both` to `address` answer what was asked; `none` says that there is no order. `change`: keeps what was to be cancelled.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    place: Place
    digits: str = ""
    hello: _Three
    both: _Three
    number: _Three
    email: _Three
    check: _Three
    none: _Three
    which: _Three
    photo: _Three
    address: _Three
    impatient: _Three
    demand: _Three
    thanks: _Three
    change: _Three
    plea: _Three
    openings: dict[str, tuple[str, str, str, str]]

    def lines(self, kind: str) -> tuple[str, ...]:
        return getattr(self, kind)


def languages() -> list[str]:
    return sorted(
        item.name.removesuffix(".yaml") for item in files("eval.simulation").joinpath("phrases").iterdir() if item.name.endswith(".yaml")
    )


@lru_cache(maxsize=16)
def bank(language: str) -> Bank:
    """Raises ValueError naming the languages there are."""
    source = files("eval.simulation").joinpath("phrases").joinpath(f"{language}.yaml")
    if not source.is_file():
        raise ValueError(f"No simulated customer speaks {language!r}. There are: {', '.join(languages())}.")
    raw: Any = yaml.safe_load(source.read_text(encoding="utf-8"))
    return Bank.model_validate(raw)
