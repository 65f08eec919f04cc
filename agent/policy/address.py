"""A postal address as a customer types it, read without guessing: all parts or nothing."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from babel import Locale

from agent.domain.languages import Language
from agent.domain.triage import Entity, EntityKind

_POSTCODE = re.compile(
    r"^(?P<code>(?:[A-Z]{1,2}-)?\d[\dA-Z -]{2,8}\d?|[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2})\s+(?P<city>[^\d]{2,60})$", re.IGNORECASE
)
_CITY_FIRST = re.compile(r"^(?P<city>[^\d]{2,60}?)[ ,]+(?P<code>\d[\d -]{2,9}|[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2})$", re.IGNORECASE)
_HOUSE = re.compile(r"^(?:(?:д|дом|кв|квартира|apt|flat|no|nr|n°|nº)\.?\s*)?\d{1,4}[\w/-]{0,4}$", re.IGNORECASE)
_PARTICLES = frozenset(
    ("van", "von", "der", "den", "de", "del", "della", "di", "da", "do", "dos", "das", "du", "la", "le", "el", "bin", "ibn", "al", "y", "e")
)
_LEAD = re.compile(r"^[^:：\n]{0,80}[:：]\s*")


@dataclass(frozen=True, slots=True)
class TypedAddress:
    name: str
    street: str
    postcode: str
    city: str
    country: str

    @property
    def line(self) -> str:
        return f"{self.name}, {self.street}, {self.postcode} {self.city}, {self.country}"


def parse(text: str) -> TypedAddress | None:
    """ "name, street 1, postcode city, country" by commas or lines, with an optional "...:" before it; None if unsure."""
    body = _LEAD.sub("", text.strip(), count=1)
    parts = _whole_streets([part.strip(" .;") for part in re.split(r"[,،，、\n]", body) if part.strip(" .;")])
    if len(parts) not in (4, 5) or any(len(part) > 80 for part in parts):
        return None
    if len(parts) == 5:
        parts = [parts[0], parts[1], f"{parts[2]} {parts[3]}", parts[4]]
    name, street, place, country = parts
    match = _POSTCODE.match(place) or _CITY_FIRST.match(place)
    recipient = _recipient(name)
    if not match or not recipient or not any(char.isdigit() for char in street) or any(char.isdigit() for char in name + country):
        return None
    return TypedAddress(recipient, street, match["code"].strip(), match["city"].strip(), country)


def _whole_streets(parts: list[str]) -> list[str]:
    """ "ул. Абая, 41, кв. 5" is one street: a house or flat number alone belongs to what stands before it."""
    joined: list[str] = []
    for part in parts:
        if len(joined) == 2 and _HOUSE.match(part):
            joined[-1] = f"{joined[-1]}, {part}"
        else:
            joined.append(part)
    return joined


def _recipient(name: str) -> str | None:
    """The name in what stands before the first comma: "please send it to Jonas Brandt" has one at its end. None if unsure."""
    words = name.split()
    if not any(char.isupper() for char in name):  # a script without capitals: only its length tells a name from a sentence
        return name if len(words) <= 4 and len(name) <= 30 else None
    run: list[str] = []
    for word in reversed(words):
        if not (word[0].isupper() or not word[0].isalpha() or (run and word.casefold() in _PARTICLES)):
            break
        run.insert(0, word)
    while run and run[0].casefold() in _PARTICLES and not run[0][0].isupper():
        run.pop(0)
    return " ".join(run) if run and (len(run) == len(words) or len(run) >= 2) else None


def without_postcodes(texts: Iterable[str], found: tuple[Entity, ...]) -> tuple[Entity, ...]:
    """The entities without order numbers that are the postcode of an address in one of the texts."""
    typed = " ".join(address.postcode for text in texts if (address := parse(text)))
    digits = re.findall(r"\d+", typed)
    return tuple(item for item in found if item.kind is not EntityKind.ORDER or item.value not in digits)


def country_code(name: str) -> str | None:
    """ISO code of a country named in any served language, or given as its code; None when unknown."""
    plain = name.strip().casefold()
    return _countries().get(plain)


@lru_cache(maxsize=1)
def _countries() -> dict[str, str]:
    known = {"uk": "GB", "england": "GB", "scotland": "GB", "wales": "GB", "usa": "US", "holland": "NL", "deutschland": "DE"}
    known |= {"السعودية": "SA", "ksa": "SA"}  # the short names in use, which the official one hides
    for language in Language:
        for code, name in Locale.parse(language.value).territories.items():
            if len(code) == 2 and code.isalpha():
                known.setdefault(name.casefold(), code)
                known.setdefault(code.casefold(), code)
    return known
