"""Which of the offers a customer chose, in their own words. In doubt none: money and goods move on the answer. Pure."""

import re
from dataclasses import dataclass

from agent.domain.decision import Offer, RemedyKind
from agent.domain.entities import EMAIL
from agent.domain.languages import FALLBACK, is_supported
from agent.policy.choice_table import Table, bare, normal, table
from agent.policy.offers import name


@dataclass(frozen=True, slots=True)
class Unclear:
    """Several, a condition, or "yes" to a list: ask for the number."""


@dataclass(frozen=True, slots=True)
class Declined:
    """None of them, or a person."""


#: What the text is when it is about the offers.
Choice = Offer | Unclear | Declined


@dataclass(frozen=True, slots=True)
class _Room:
    """How much else may stand beside a mention: words, or characters where words are not parted; more beside a word of choosing."""

    plain: int
    wanted: int


#: By how a way was named, spaced and unspaced: "option 2" is plain in a long sentence, a bare "2" may as well count days.
_MARK, _ORDINAL, _NAME, _KINDRED, _DIGIT = 0, 1, 2, 3, 4
_ROOM = {
    True: (_Room(5, 8), _Room(1, 4), _Room(1, 4), _Room(1, 4), _Room(0, 0)),
    False: (_Room(8, 14), _Room(4, 10), _Room(2, 8), _Room(2, 8), _Room(0, 0)),
}
#: Names that are also said of a neighbour, when only that one is on offer.
_KIN = (("reship", "exchange", "local"), ("part-refund", "coupon"), ("wait", "claim"), ("coupon", "wait"))
#: Longer texts that name a way are about something else.
_SHORT = 80
#: Words or characters beside two bare numbers, or beside one that is denied.
_ASIDE = 4
_QUESTION = re.compile(r"[?？؟¿]")
_CLAUSE = re.compile(r"[.!?。！？؟;；,，、،\n]+")
_NUMBER = re.compile(r"\W*(?:option|number|nr|no)?\W*(\d)\W*", re.IGNORECASE)
_ORDER = re.compile(r"#?\b\d{4,6}\b")


def chosen(text: str, offers: tuple[Offer, ...], language: str) -> Choice | None:
    """The offer, that it is unclear or declined, or None when the text is not about the offers (a question, another wish)."""
    if not offers:
        return None
    if not is_supported(language):
        return _by_number(text, offers)
    reading = _Reading(text, offers, table(language))
    found = reading.outcome()
    if reading.words.language == FALLBACK or isinstance(found, Offer | Declined) or reading.certain:
        return found
    foreign = _Reading(text, offers, table(FALLBACK)).outcome()
    return foreign if foreign is not None and reading.which <= {foreign} else found


def _by_number(text: str, offers: tuple[Offer, ...]) -> Offer | None:
    """In a language whose words we do not know a bare number is all that is taken for a choice."""
    found = _NUMBER.fullmatch(text)
    number = int(found[1]) if found else 0
    return offers[number - 1] if 1 <= number <= len(offers) else None


#: Names that say, before anything was offered, what a customer wants. "Waiting" and "code" are said of too much else.
_WANTED = {
    "refund": RemedyKind.REFUND,
    "reship": RemedyKind.RESHIP,
    "exchange": RemedyKind.EXCHANGE,
    "repair": RemedyKind.REPAIR,
    "return": RemedyKind.RETURN,
    "cancel": RemedyKind.CANCEL,
    "express": RemedyKind.CHANGE_SHIPPING,  # "green" is a colour more often than a way to ship
}


def asked(text: str, language: str) -> RemedyKind | None:
    """The one remedy that a customer names, in a clause that does not deny it; None when none or several are named."""
    if not is_supported(language):
        return None
    words = table(language)
    clauses = [clause for clause in _CLAUSE.split(normal(text, words.language)) if not words.negates.search(words.want.sub(" ", clause))]
    named = {words.named[(match.lastindex or 1) - 1] for clause in clauses for match in words.names.finditer(clause)}
    kinds = {_WANTED[each] for each in named if each in _WANTED}
    return kinds.pop() if len(kinds) == 1 else None


class _Reading:
    """One text against the words of one language: what is named, and what stands beside it."""

    def __init__(self, text: str, offers: tuple[Offer, ...], words: Table) -> None:
        self.words, self.offers = words, offers
        self.shown = {name(offer): offer for offer in offers}
        self.text = _ORDER.sub(" ", EMAIL.sub(" ", normal(text, words.language)))
        self.thumb = "👍" in text
        self.whole = bare(self.text)
        self.named: dict[int, set[Offer | None]] = {}  # how -> which; None is a number that nothing has
        self.near = False  # something like an offer was named, but not quite it
        rest = self._take(self.text)
        wanted = words.want.sub(" ", rest)
        self.wants = wanted != rest
        self.beside = wanted
        self.left = self._count(words.filler.sub(" ", wanted))

    @property
    def which(self) -> set[Offer | None]:
        return {offer for found in self.named.values() for offer in found}

    @property
    def certain(self) -> bool:
        """It asks, doubts or names several: words of another language change nothing about that."""
        return self._asks() or self._doubts() or len(self.which) > 1 or self.near

    def outcome(self) -> Choice | None:
        words, label = self.words, self._label()
        if label:
            return label
        if self._agrees():
            return self.offers[0] if len(self.offers) == 1 else Unclear()
        if words.nothing.fullmatch(self.whole) or words.none.search(self.text):
            return Declined()
        which = self.which
        if words.human.search(self.text) and not which:
            return Declined()
        return self._chosen(which)

    def _agrees(self) -> bool:
        """Nothing but a yes."""
        said = self.words.yes.search(self.text) and not (self.left or self.named or self.near or _QUESTION.search(self.text))
        return bool(said) or bool(self.words.whole_yes.fullmatch(self.whole)) or (self.thumb and not self.whole)

    def _chosen(self, which: set[Offer | None]) -> Choice | None:
        if not which and not self.near:
            return None
        if self._asks():
            # A wish in the form of a question is asked for once more; a real question is answered.
            return Unclear() if self.wants or self.words.polite.search(self.text) else None
        fits = bool(which) and self._fits()
        if len(which) == 1 and fits and not self._doubts() and not self.near:
            return which.pop() or Unclear()
        return Unclear() if self._about() else None

    def _label(self) -> Offer | None:
        """A button's own words, perhaps with its number."""
        number, _, rest = self.whole.partition(" ")
        found = self.shown.get(self.words.labels.get(self.whole) or "")
        if found is None and number.isdecimal():
            found = self.shown.get(self.words.labels.get(rest) or "")
            return found if found and self._at(int(number) - 1) is found else None
        return found

    def _take(self, text: str) -> str:
        """Notes every mention and returns the text without them."""
        words = self.words
        text = words.names.sub(self._name, text)
        text = words.marked.sub(lambda match: self._note(_MARK, self._number(match["before"] or match["after"])), text)
        for index, pattern in enumerate(words.ordinals):
            text = pattern.sub(lambda match, at=index: self._note(_ORDINAL, at), text)
        text = words.last.sub(lambda match: self._note(_ORDINAL, len(self.offers) - 1), text)
        said = next((at for at, forms in enumerate(words.cardinals) if bare(text) in forms), None)
        if said is not None:
            return self._note(_DIGIT, said)
        return words.digit.sub(lambda match: self._note(_DIGIT, int(match.group()) - 1), text)

    def _name(self, match: re.Match[str]) -> str:
        """Names of what is on offer; of anything else they are words like others."""
        said = self.words.named[(match.lastindex or 1) - 1]
        if said in self.shown:
            self.named.setdefault(_NAME, set()).add(self.shown[said])
            return " "
        kin = {self.shown[other] for family in _KIN if said in family for other in family if other in self.shown}
        if not kin:
            self.near = self.near or (said == "refund" and bool({"return", "part-refund", "cancel"} & self.shown.keys()))
            return match.group()
        self.named.setdefault(_KINDRED, set()).update(kin)
        return " "

    def _note(self, how: int, index: int) -> str:
        self.named.setdefault(how, set()).add(self._at(index))
        return " "

    def _at(self, index: int) -> Offer | None:
        return self.offers[index] if 0 <= index < len(self.offers) else None

    def _number(self, said: str) -> int:
        if said.isdecimal():
            return int(said) - 1
        return next((at for at, forms in enumerate(self.words.cardinals) if said in forms), ord(said[0]) - ord("a"))

    def _count(self, text: str) -> int:
        return len(re.findall(r"\w+", text)) if self.words.spaced else len(re.findall(r"\w", text))

    def _fits(self) -> bool:
        """The clearest mention says how much else may be said."""
        room = _ROOM[self.words.spaced][min(self.named)]
        return self.left <= (room.wanted if self.wants else room.plain)

    def _about(self) -> bool:
        """Short enough to be meant as a choice; a bare number in a sentence counts something."""
        if len(self.text) > _SHORT:
            return False
        if self.named.keys() - {_DIGIT, _KINDRED} or self.near:
            return True
        if self._doubts() and (self.left < _ASIDE or self.text.strip()[:1].isdecimal()):
            return True
        return self.left <= (_ASIDE if len(self.named.get(_DIGIT, ())) > 1 else 0)

    def _asks(self) -> bool:
        return bool(_QUESTION.search(self.text) or self.words.asks.search(self.beside))

    def _doubts(self) -> bool:
        return bool(self.words.negates.search(self.beside) or self.words.hedges.search(self.beside))
