"""What an instruction names, read without a model: order numbers, articles of the customer's own orders, and wishes.

Order numbers by the agent's own patterns, once the store's form of them ("#W1234567") is written as the agent's ("#1234567"). Articles by
their names' words against what the customer has bought; wishes by their verbs, and by the state of the orders they are about: "exchange"
means other items on an order that is pending.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from agent.domain import entities
from agent.domain.triage import EntityKind
from eval.tau import naming
from eval.tau.database import Database, Json, raw_number
from eval.tau.naming import Named

#: Figures of an order number in this store.
FIGURES: Final = 7
#: With its mark, without, or without the letter; not the number of a card ("paypal_1234567").
_NUMBER: Final = re.compile(rf"(?<![\w-])#?\s?W?(\d{{{FIGURES}}})(?!\w)", re.IGNORECASE)
_SENTENCE: Final = re.compile(r"(?<=[.!?;])\s+|\n+")
#: No article by its name, but the goods of an order all the same.
_THINGS: Final = re.compile(r"\border\b[^.;]*\bitems?\b|\bitems?\b[^.;]*\border\b", re.IGNORECASE)
_ALL: Final = re.compile(
    r"\b(?:everything|all (?:of )?(?:the |your |my )?(?:items|things|products)|(?:entire|whole|full) order)\b", re.IGNORECASE
)
_CHANGE: Final = r"\b(?:chang|modif|updat|switch|swap|replac|exchang)(?:e|es|ed|ing|y|ies|ied)?\b"
_CHANGING: Final = re.compile(_CHANGE, re.IGNORECASE)
_ADDRESS: Final = re.compile(r"\baddress|\b(?:ship|deliver|send)\w* (?:it |them )?to\b", re.IGNORECASE)
_DEFAULT: Final = re.compile(
    r"\b(?:default|profile|account|user)\b[^.;]*\baddress|\baddress[^.;]*\b(?:default|profile|account)\b", re.IGNORECASE
)
BACK, SWAP = "back", "swap"
_VERBS: Final = {
    "cancel_order": re.compile(r"\bcancel", re.IGNORECASE),
    BACK: re.compile(r"\breturn(?!ed)|\brefund|\bsend (?:it |them )?back\b|\bmoney back\b", re.IGNORECASE),
    SWAP: re.compile(rf"{_CHANGE}|\b(?:up|down)grad|\binstead of\b|\bnew (?:one|pair)\b|\bsame item\b", re.IGNORECASE),
    "modify_payment": re.compile(rf"(?:{_CHANGE})[^.;]{{0,40}}\bpayment\b|\bpay\w* [^.;]{{0,30}}\binstead\b", re.IGNORECASE),
}
PENDING: Final = frozenset({"pending"})
DELIVERED: Final = frozenset({"delivered"})
#: In which states an order can have it.
STATES: Final[Mapping[str, frozenset[str]]] = {
    "cancel_order": PENDING,
    "modify_order_address": PENDING,
    "modify_payment": PENDING,
    BACK: DELIVERED | PENDING,
    SWAP: DELIVERED | PENDING,
}


@dataclass(frozen=True, slots=True)
class Reading:
    """`said` are order numbers that stand in the text, `orders` with those that its articles and wishes point to; all by their digits."""

    said: frozenset[str]
    orders: frozenset[str]
    items: frozenset[str]
    intents: frozenset[str]
    instead: frozenset[str] = frozenset()  # items of the catalogue that shall come in place of others


def read(text: str, store: Database, user: str) -> Reading:
    own = {number: store.orders[raw_number(number)] for number in store.numbers(user)}
    names = naming.names(item["name"] for order in own.values() for item in order["items"])
    said = frozenset(numbers(text))
    parts: list[Part] = []
    for sentence in _SENTENCE.split(text):
        parts.append(_part(sentence, own, names, said, parts[-1] if parts else None))
    return Reading(
        said,
        said | frozenset(number for part in parts for number in part.pointed),
        frozenset(line["item_id"] for part in parts for _, line in part.lines),
        frozenset(intent for part in parts for intent in part.intents),
        frozenset(item for part in parts for item in _instead(part, names, store)),
    )


def numbers(text: str) -> tuple[str, ...]:
    """Order numbers by the agent's own reading that have the store's form, each once."""
    found = entities.find(_NUMBER.sub(r"#\1", text))
    return tuple(dict.fromkeys(entity.value for entity in found if entity.kind is EntityKind.ORDER and len(entity.value) == FIGURES))


Lines = tuple[tuple[str, Json], ...]  # each with the number of its order


@dataclass(frozen=True, slots=True)
class Part:
    """One sentence. `lines` of the customer's orders that it names, `about` those or what the sentence before was about."""

    text: str
    own: Mapping[str, Json]
    said: tuple[str, ...]
    verbs: frozenset[str]
    lines: Lines
    about: Lines
    swaps: bool = False  # of what it names, something else shall come

    @property
    def states(self) -> frozenset[str]:
        """Of the orders it is about; of all when it names neither order nor article."""
        numbers = [number for number in self.said if number in self.own] or [number for number, _ in self.about] or list(self.own)
        return frozenset(self.own[number]["status"] for number in numbers)

    @property
    def intents(self) -> frozenset[str]:
        """Money back for what is not sent yet is a cancellation; other articles for what has arrived an exchange."""
        found = set(self.verbs - {BACK, SWAP})
        if BACK in self.verbs:
            found.add("cancel_order" if PENDING & self.states and not DELIVERED & self.states else "return")
        if SWAP in self.verbs and (self.lines or self.verbs == frozenset({SWAP})):
            found |= {intent for intent, fits in (("modify_items", PENDING), ("exchange", DELIVERED)) if fits & self.states}
        return frozenset(found)

    @property
    def pointed(self) -> frozenset[str]:
        """Orders that nobody numbered: those of the named articles, or all that the wish can be about."""
        fits = fitting(self.verbs)
        if self.said or not fits:
            return frozenset()
        numbers = [number for number, _ in self.about] or list(self.own)
        return frozenset(number for number in numbers if self.own[number]["status"] in fits)


def fitting(verbs: Iterable[str]) -> frozenset[str]:
    return frozenset(state for verb in verbs for state in STATES.get(verb, frozenset()))


def verbs_of(text: str) -> frozenset[str]:
    found = {name for name, pattern in _VERBS.items() if pattern.search(text)}
    if _ADDRESS.search(text) and _CHANGING.search(text):
        found |= {"modify_order_address", *(("modify_user_address",) if _DEFAULT.search(text) else ())}
    return frozenset(found)


def _part(sentence: str, own: Mapping[str, Json], names: tuple[Named, ...], said: frozenset[str], before: Part | None) -> Part:
    mine, verbs = numbers(sentence), verbs_of(sentence)
    lines = tuple(_lines(sentence, own, names))
    if verbs and (_ALL.search(sentence) or (not lines and _THINGS.search(sentence))):
        lines += tuple((number, line) for number, order in own.items() for line in order["items"])
    lines = _on(_on(lines, mine), said) if mine else _on(lines, said)
    fits = fitting(verbs)
    lines = tuple(line for line in lines if own[line[0]]["status"] in fits) or lines
    swaps = SWAP in verbs or bool(not verbs and before and before.swaps)
    return Part(sentence, own, mine, verbs, lines, lines or (before.about if before else ()), swaps)


def _on(lines: Lines, numbers: Iterable[str]) -> Lines:
    """Those on one of these orders; all when none is."""
    wanted = set(numbers)
    return tuple(line for line in lines if line[0] in wanted) or lines


def _lines(sentence: str, own: Mapping[str, Json], names: tuple[Named, ...]) -> Iterator[tuple[str, Json]]:
    for mention in naming.mentions(sentence, names):
        same = [(number, line) for number, order in own.items() for line in order["items"] if line["name"] == mention.name]
        yield from naming.likest(same, mention.about)


def _instead(part: Part, names: tuple[Named, ...], store: Database) -> Iterator[str]:
    if not part.swaps:
        return
    for mention in naming.mentions(part.text, names):
        meant = [line for line in part.lines if line[1]["name"] == mention.name]
        for _, line in naming.likest(meant, mention.about) if mention.wish else ():
            yield from naming.closest(line, store.products[line["product_id"]]["variants"].values(), mention.wish)
