"""Customers with names, addresses and languages natural for their country."""

import tomllib
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from random import Random
from typing import Any

from agent.domain.commerce import Address, Customer, Tier

_SPARE_DOMAINS = ("example.org", "example.net", "example.com")
_TIERS = (Tier.DRIFT,) * 14 + (Tier.SWELL,) * 5 + (Tier.TIDE,)
_VIPS = 5


@dataclass(frozen=True, slots=True)
class Person:
    customer: Customer
    address: Address


@lru_cache(maxsize=1)
def countries() -> dict[str, dict[str, Any]]:
    source = files("agent.commerce.demo").joinpath("people.toml").read_text(encoding="utf-8")
    return tomllib.loads(source)


def people(rng: Random, count: int, first_id: int, taken: set[str]) -> list[Person]:
    """`count` people whose e-mails are not in `taken`; the first few belong to the highest tier."""
    weights = [entry["weight"] for entry in countries().values()]
    chosen = rng.choices(list(countries()), weights=weights, k=count)
    made: list[Person] = []
    for index, country in enumerate(chosen):
        tier = Tier.BEACON if index < _VIPS else rng.choice(_TIERS)
        made.append(_person(rng, f"C{first_id + index:04}", country, tier, taken))
    return made


def _person(rng: Random, number: str, country: str, tier: Tier, taken: set[str]) -> Person:
    entry = countries()[country]
    given, given_latin = _parts(rng.choice(entry["given"]))
    family, family_latin = _parts(rng.choice(entry["family"]))
    name = f"{family}{entry.get('separator', '')}{given}" if entry.get("order") == "family" else f"{given} {family}"
    email = _free_email(rng, f"{given_latin}.{family_latin}", taken)
    city, _, postcode = rng.choice(entry["cities"]).partition("|")
    address = Address(
        name=name,
        street=rng.choice(entry["streets"]).format(n=rng.randrange(1, 120)),
        city=city,
        postcode=postcode,
        country=country,
        phone=_phone(rng, entry.get("phone", "")),
    )
    language = rng.choice(entry["languages"])
    return Person(Customer(id=number, email=email, name=name, country=country, language=language, tier=tier), address)


def _parts(written: str) -> tuple[str, str]:
    """The name as written, and in Latin letters fit for an e-mail."""
    native, _, latin = written.partition("|")
    plain = unicodedata.normalize("NFKD", (latin or native).replace("ß", "ss")).casefold()
    return native, "".join(char for char in plain if char.isascii() and char.isalpha())


def _free_email(rng: Random, local: str, taken: set[str]) -> str:
    domain = rng.choice(_SPARE_DOMAINS)
    email, more = f"{local}@{domain}", 2
    while email in taken:
        email, more = f"{local}{more}@{domain}", more + 1
    taken.add(email)
    return email


def _phone(rng: Random, pattern: str) -> str:
    """Within the ranges regulators keep for fiction; "" where a country keeps none."""
    if "{d3}" in pattern:
        return pattern.format(d3=f"{rng.randrange(1000):03}")
    while "{d2}" in pattern:
        pattern = pattern.replace("{d2}", f"{rng.randrange(100):02}", 1)
    return pattern.replace("{one}", str(rng.choice((6, 7, 8, 9))))
