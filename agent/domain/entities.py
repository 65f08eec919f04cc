"""Order numbers, e-mails, SKUs, tracking numbers, phones and amounts, found by pattern in any language."""

import re
import unicodedata
from collections.abc import Collection

from agent.domain.triage import Entity, EntityKind

EMAIL = re.compile(r"[A-Za-z0-9._%+\-]{1,64}@(?:[A-Za-z0-9\-]{1,63}\.){1,6}[A-Za-z]{2,24}")
SKU = re.compile(r"\b[A-Z]{2,4}-[A-Z0-9]{2,8}(?:-[A-Z0-9]{1,6})?\b", re.ASCII)
TRACKING = re.compile(r"\b(?:PH|BL|KL)\d{8,12}[A-Z]{2}\b", re.IGNORECASE | re.ASCII)
PHONE = re.compile(r"(?<![\w#])\+\d[\d ()/.-]{7,18}\d", re.ASCII)
_CODES = "EUR|USD|GBP|JPY|CNY|RUB|SAR|AED|CHF|BRL|MXN"
_MONEY = (
    rf"{_CODES}|euros?|dollars?|pounds?|yuan|yen|franken|francs?|franchi|dólares|dollari|pesos?|reais|libras|sterline"
    r"|руб(?:л[а-я]{0,4})?|евро|доллар[а-я]{0,4}|тенге|ريالا?|درهما?|دولارا?|يورو|جنيها?|دينارا?"
)
#: The figures are bounded: without it a message of "1.1.1.1" costs seconds.
AMOUNT = re.compile(
    rf"(?:[€$£¥₽]|\b(?:{_CODES})\b)\s?\d[\d.,]{{0,20}}|\b\d[\d.,]{{0,20}}\s?(?:[€$£¥₽]|万?[元円块]|(?:{_MONEY})\b)",
    re.IGNORECASE,
)
#: "8, 50667 Köln", "12، الرياض 12211", "4050-265": the number of a place. And a hotline that stands for consumer protection.
POSTCODE = re.compile(
    r"[,،]\s(\d{4,6})(?=\s[A-ZÀ-ÞА-Я])|\d[a-z]?\s?[,،]\s[^\W\d_]{1,40}\s(\d{5,6})\b|\b(\d{4,5})(?=-\d{3}\b)|(?<!\d)(12315)(?!\d)"
)
#: "#1042", "PS-1873", or a bare number of four to six digits that is no year, price or postcode by its surroundings.
MARKED_ORDER = re.compile(r"(?:[#＃№]\s?|\bPS-|\bno?\.?\s?°?\s?|\bnr\.?\s?)(\d{4,8})\b", re.IGNORECASE | re.ASCII)
BARE_ORDER = re.compile(r"(?<![\w.,:/€$£¥+-])(\d{4,6})(?![\w%€$£¥:/]|[.,]\d)", re.ASCII)
#: Entities that are read; a text with more is no question about an order.
MOST = 40
_YEAR = re.compile(r"^(?:19|20)\d\d$")


def find(text: str) -> tuple[Entity, ...]:
    """All entities in reading order, none overlapping; positions are code points of `text`."""
    digits = _ascii_digits(text)
    taken: list[Entity] = []
    for kind, pattern in (
        (EntityKind.EMAIL, EMAIL),
        (EntityKind.TRACKING, TRACKING),
        (EntityKind.PHONE, PHONE),
        (EntityKind.AMOUNT, AMOUNT),
    ):
        _collect(taken, kind, pattern, digits, 0)
    _collect(taken, EntityKind.ORDER, MARKED_ORDER, digits, 1)
    _collect(taken, EntityKind.SKU, SKU, digits, 0)
    if not any(entity.kind is EntityKind.ORDER for entity in taken):
        _collect(taken, EntityKind.ORDER, BARE_ORDER, digits, 1, _places(digits))
    return tuple(sorted(taken, key=lambda entity: entity.start))


#: Stands for every order or tracking number when meaning is read: which number it is says nothing about the wish.
ANY_ORDER = "#1042"


def plain(text: str, found: tuple[Entity, ...] | None = None) -> str:
    """The text as classifiers and retrieval read it: no addresses, one stand-in for order numbers, all else as it was.

    A text that is nothing but addresses and numbers stays as it is.
    """
    said = text
    for entity in reversed(find(text) if found is None else found):
        if entity.kind in (EntityKind.EMAIL, EntityKind.PHONE):
            text = text[: entity.start] + text[entity.end :]
        elif entity.kind in (EntityKind.ORDER, EntityKind.TRACKING):
            text = text[: entity.start] + ANY_ORDER + text[entity.end :]
    bare = " ".join(text.split()).strip(" ,;:-–")
    return bare or said


def _places(text: str) -> set[tuple[int, int]]:
    """Spans of numbers that name a place."""
    return {match.span(group) for match in POSTCODE.finditer(text) for group in range(1, POSTCODE.groups + 1)}


def _collect(
    taken: list[Entity], kind: EntityKind, pattern: re.Pattern[str], text: str, group: int, places: Collection[tuple[int, int]] = ()
) -> None:
    for match in pattern.finditer(text):
        start, end = match.span()
        if len(taken) >= MOST:
            return
        if match.span(group) in places or any(start < other.end and other.start < end for other in taken):
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
