"""Order numbers, e-mails, SKUs, tracking numbers, phones and amounts, found by pattern in any language."""

import re
import unicodedata

from agent.domain.triage import Entity, EntityKind

EMAIL = re.compile(r"[A-Za-z0-9._%+\-]{1,64}@(?:[A-Za-z0-9\-]{1,63}\.){1,6}[A-Za-z]{2,24}")
SKU = re.compile(r"\b[A-Z]{2,4}-[A-Z0-9]{2,8}(?:-[A-Z0-9]{1,6})?\b", re.ASCII)
TRACKING = re.compile(r"\b(?:PH|BL|KL)\d{8,12}[A-Z]{2}\b", re.IGNORECASE | re.ASCII)
PHONE = re.compile(r"(?<![\w#])\+\d[\d ()/.-]{7,18}\d", re.ASCII)
#: The figures are bounded: without it a message of "1.1.1.1" costs seconds.
AMOUNT = re.compile(
    r"(?:[€$£¥₽]|\b(?:EUR|USD|GBP|JPY|CNY|RUB|SAR)\b)\s?\d[\d.,]{0,20}|\b\d[\d.,]{0,20}\s?(?:[€$£¥₽]|(?:EUR|USD|GBP|JPY|CNY|RUB|SAR|euros?|dollars?|元|円|руб)\b)",
    re.IGNORECASE,
)
#: "#1042", "PS-1873", or a bare number of four to six digits that is no year, price or postcode by its surroundings.
MARKED_ORDER = re.compile(r"(?:[#＃№]\s?|\bPS-|\bno?\.?\s?°?\s?|\bnr\.?\s?)(\d{4,8})\b", re.IGNORECASE | re.ASCII)
BARE_ORDER = re.compile(r"(?<![\w.,:/€$£¥+-])(\d{4,6})(?![\w%€$£¥:/]|[.,]\d)", re.ASCII)
_YEAR = re.compile(r"^(?:19|20)\d\d$")


def find(text: str) -> tuple[Entity, ...]:
    """All entities in reading order, none overlapping; positions are code points of `text`."""
    digits = _ascii_digits(text)
    taken: list[Entity] = []
    for kind, pattern in ((EntityKind.EMAIL, EMAIL), (EntityKind.TRACKING, TRACKING), (EntityKind.PHONE, PHONE), (EntityKind.AMOUNT, AMOUNT)):
        _collect(taken, kind, pattern, digits, 0)
    _collect(taken, EntityKind.ORDER, MARKED_ORDER, digits, 1)
    _collect(taken, EntityKind.SKU, SKU, digits, 0)
    if not any(entity.kind is EntityKind.ORDER for entity in taken):
        _collect(taken, EntityKind.ORDER, BARE_ORDER, digits, 1)
    return tuple(sorted(taken, key=lambda entity: entity.start))


#: Stands for every order number when meaning is read: which number it is says nothing about the wish.
ANY_ORDER = "#1042"


def plain(text: str, found: tuple[Entity, ...] | None = None) -> str:
    """The text as classifiers and retrieval read it: no addresses, one stand-in for order numbers, all else as it was.

    A text that is nothing but addresses and numbers stays as it is.
    """
    said = text
    for entity in reversed(find(text) if found is None else found):
        if entity.kind in (EntityKind.EMAIL, EntityKind.PHONE):
            text = text[: entity.start] + text[entity.end :]
        elif entity.kind is EntityKind.ORDER:
            text = text[: entity.start] + ANY_ORDER + text[entity.end :]
    bare = " ".join(text.split()).strip(" ,;:-–")
    return bare or said


def _collect(taken: list[Entity], kind: EntityKind, pattern: re.Pattern[str], text: str, group: int) -> None:
    for match in pattern.finditer(text):
        start, end = match.span()
        if any(start < other.end and other.start < end for other in taken):
            continue
        value = match.group(group)
        if kind is EntityKind.ORDER and group and pattern is BARE_ORDER and _YEAR.match(value):
            continue
        taken.append(Entity(kind, _normal(kind, value), start, end))


def _normal(kind: EntityKind, value: str) -> str:
    if kind is EntityKind.EMAIL:
        return value.lower()
    return value.upper() if kind in {EntityKind.TRACKING, EntityKind.SKU} else value


def _ascii_digits(text: str) -> str:
    """Same length, with Arabic-Indic, full-width and other decimal digits as 0-9."""
    if text.isascii():
        return text
    return "".join(str(unicodedata.decimal(char)) if char.isdecimal() else char for char in text)
