"""Personal data of a live conversation, replaced by that of people who do not exist. What only a reader sees stays: read it once more."""

import hashlib
import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from agent.domain.entities import BARE_ORDER, find
from agent.domain.triage import EntityKind
from agent.policy.address import TypedAddress, country_code, parse
from eval.live import LiveCase
from eval.stand_in import StandIn, new_email, new_number, person_of

#: Figures of nine digits or more (telephones, cards, accounts), but no moment in time.
_LONG: Final = re.compile(r"(?<!\d)(?!\d{4}-\d\d-\d\d)\d(?:[ \-/.()]{0,2}\d){8,}(?!\d)", re.ASCII)
_IBAN: Final = re.compile(r"\b[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){3,7}(?: ?[A-Z0-9]{1,3})?\b")
_LINK: Final = re.compile(r"https?://[^\s<>\"']+")
_YEAR: Final = re.compile(r"(?:19|20)\d\d")
#: Parts of a name shorter than this are too common; scripts without capitals have short names.
_LATIN_PART, _OTHER_PART = 3, 2
#: A telephone that will never be given to anybody.
_NOBODYS_PHONE: Final = "+44 20 7946 0000"


@dataclass(frozen=True, slots=True)
class Pseudonym:
    """`what` names the kind for the person who is told."""

    what: str
    real: str
    new: str


class Pseudonyms:
    """All replacements of one conversation; the first one given for a text holds."""

    def __init__(self, found: Iterable[Pseudonym]) -> None:
        self._by_real: dict[str, Pseudonym] = {}
        for item in found:
            if item.real.strip():
                self._by_real.setdefault(_key(item.real), item)
        self._longest = sorted(self._by_real.values(), key=lambda item: -len(item.real))
        self._pattern = re.compile("|".join(f"({_matching(item.real)})" for item in self._longest) or r"(?!)", re.IGNORECASE)
        self.used: dict[str, Pseudonym] = {}

    def apply(self, text: str) -> str:
        return self._pattern.sub(self._replace, text)

    def of(self, real: str) -> str:
        """What stands for exactly this; itself when nothing does."""
        found = self._by_real.get(_key(real))
        return found.new if found else real

    def _replace(self, match: re.Match[str]) -> str:
        item = self._longest[(match.lastindex or 1) - 1]
        self.used[item.real] = item
        return _in_script_of(match.group(), item.new)


def pseudonyms(live: LiveCase, orders: Sequence[StandIn]) -> Pseudonyms:
    """From the orders that are known, then from what the texts look like."""
    texts = [*(turn.text for turn in live.turns), live.answered.sent or "", live.answered.note]
    known = [pair for order in orders for pair in _of_order(order)]
    return Pseudonyms(
        [*known, *_of_operator(live), *_of_customer(live, orders), *(pair for text in texts for pair in _of_text(text, live, orders))]
    )


def _of_order(order: StandIn) -> Iterator[Pseudonym]:
    real, like = order.real, order.like
    yield Pseudonym("order number", real.number, order.number)
    yield Pseudonym("e-mail", real.customer.email, order.email)
    for name in {real.customer.name, real.address.name}:
        yield from _of_name(name, like.customer.name)
    for what in ("street", "postcode", "city"):
        yield Pseudonym("address", getattr(real.address, what), getattr(like.address, what))
    yield Pseudonym("telephone", real.address.phone, _NOBODYS_PHONE)
    if real.shipment:
        stand = like.shipment
        yield Pseudonym("tracking link", real.shipment.url, stand.url if stand else "https://example.com/")
        yield Pseudonym("tracking number", real.shipment.tracking, stand.tracking if stand else "PH000000000NL")


def _of_name(real: str, new: str) -> Iterator[Pseudonym]:
    """The whole name, and each part by the part in its place."""
    yield Pseudonym("name", real, new)
    parts, others = re.split(r"[\s\-]+", real), new.split()
    for index, part in enumerate(parts if len(parts) > 1 else []):
        if len(part) >= (_LATIN_PART if _spaced(part[:1]) else _OTHER_PART):
            yield Pseudonym("name", part, others[-1] if index == len(parts) - 1 else others[0])


def _of_operator(live: LiveCase) -> Iterator[Pseudonym]:
    """Staff are persons too; "operator" is nobody's name."""
    if live.operator and live.operator.casefold() != "operator":
        yield from _of_name(live.operator, "Kim Berger")


def _of_customer(live: LiveCase, orders: Sequence[StandIn]) -> Iterator[Pseudonym]:
    if live.signed_email:
        yield Pseudonym("e-mail", live.signed_email, orders[0].email if orders else new_email(live.signed_email))


def _of_text(text: str, live: LiveCase, orders: Sequence[StandIn]) -> Iterator[Pseudonym]:
    taken = {order.number for order in orders}
    ascii_digits = "".join(str(unicodedata.decimal(char)) if char.isdecimal() else char for char in text)
    for address in _addresses(text, live):
        yield from _of_address(address, live, orders)
    for pattern, what in ((_LINK, "link"), (_IBAN, "account"), (_LONG, "long number")):
        yield from (Pseudonym(what, match.group(), _masked(what, match.group())) for match in pattern.finditer(ascii_digits))
    for entity in find(text):
        if entity.kind is EntityKind.EMAIL:
            yield Pseudonym("e-mail", entity.value, new_email(entity.value))
        elif entity.kind is EntityKind.TRACKING:
            yield Pseudonym("tracking number", entity.value, f"{entity.value[:2]}{_digits(entity.value, 9)}{entity.value[-2:]}")
        elif entity.kind is EntityKind.PHONE:
            yield Pseudonym("telephone", entity.value, _NOBODYS_PHONE)
        elif entity.kind is EntityKind.ORDER:
            yield Pseudonym("order number", entity.value, new_number(entity.value, taken))
    bare = (match.group(1) for match in BARE_ORDER.finditer(ascii_digits))
    yield from (Pseudonym("order number", number, new_number(number, taken)) for number in bare if not _YEAR.fullmatch(number))


def _addresses(text: str, live: LiveCase) -> Iterator[TypedAddress]:
    """Those a customer typed, as policy reads them: from the text, and from the change it led to."""
    typed = parse(text)
    if typed:
        yield typed
    for remedy in live.answered.packet["suggested"]:
        detail = dict(remedy["detail"])
        if {"street", "city", "postcode"} <= detail.keys():
            yield TypedAddress(**{part: detail.get(part, "") for part in ("name", "street", "postcode", "city", "country")})


def _of_address(typed: TypedAddress, live: LiveCase, orders: Sequence[StandIn]) -> Iterator[Pseudonym]:
    """A third person's: it must differ from the one the order has."""
    country = country_code(typed.country) or live.market
    used = {order.like.address.street for order in orders}
    language = live.answered.packet["language"]
    candidates = (person_of(country, language, f"{typed.street}{turn}") for turn in range(50))
    other = next((order for order in candidates if order.address.street not in used), person_of(country, language, ""))
    yield from _of_name(typed.name, other.customer.name)
    for what in ("street", "postcode", "city"):
        yield Pseudonym("address", getattr(typed, what), getattr(other.address, what))


def _masked(what: str, found: str) -> str:
    if what == "link":
        return "https://example.com/"
    digits = iter(_digits(found, len(found)))
    return "".join(next(digits) if char.isdigit() else char for char in found)


def _digits(key: str, count: int) -> str:
    """As many digits, always the same for the same text."""
    made = str(int(hashlib.sha256(key.encode()).hexdigest(), 16))
    return (made * (1 + count // len(made)))[:count]


def _key(text: str) -> str:
    return "".join(str(unicodedata.decimal(char)) if char.isdecimal() else char for char in text).lower()


def _spaced(char: str) -> bool:
    """Latin, Greek and Cyrillic letters: there a name is a word of its own."""
    return char.isalpha() and char < "\u0590"


def _matching(real: str) -> str:
    """The text itself with its digits in any script; where words are set apart, only as a whole word."""
    body = "".join(_ANY[char] if char in _ANY else re.escape(char) for char in _key(real))
    left, right = real[0], real[-1]
    before = r"(?<!\d)" if left.isdecimal() else r"(?<![^\W\d_])" if _spaced(left) else ""
    after = r"(?!\d)" if right.isdecimal() else r"(?![^\W\d_])" if _spaced(right) else ""
    return before + body + after


#: Digit -> the same digit in ASCII, Arabic-Indic, Persian, Devanagari and full width.
_ANY: Final = {str(n): f"[{n}{''.join(chr(zero + n) for zero in (0x660, 0x6F0, 0x966, 0xFF10))}]" for n in range(10)}


def _in_script_of(matched: str, new: str) -> str:
    """Arabic-Indic digits are replaced by Arabic-Indic digits."""
    zero = next((ord(char) - unicodedata.decimal(char) for char in matched if char.isdecimal()), 0x30)
    return "".join(chr(zero + int(char)) if char in _ANY and matched.isnumeric() else char for char in new)
