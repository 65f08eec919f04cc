"""A composed reply as material for a model: numbered sentences whose names and figures are marks, which only code can fill."""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from agent.brains.translation.marks import LINK, NUMBER
from agent.domain.entities import AMOUNT, EMAIL
from agent.domain.languages import RIGHT_TO_LEFT
from agent.domain.reply import Claim, Evidence, Reply
from agent.writing.slots import SLOT
from agent.writing.voice import Voice
from knowledge.search import Passage

#: Sentences that may be said in other words. All others, and every new one until it is listed here, stay as they are: what was done or will
#: be done, offers, questions, codes, safety, the way to a person.
FREE = frozenset(
    {"order-unpaid", "order-paid", "order-packed", "order-in-transit", "order-customs", "order-late", "order-lost", "order-delivered"}
    | {"order-part-shipped", "order-part-returned", "order-refunded", "order-cancelled", "order-unknown-state", "as-of", "order-scan"}
    | {"order-scan-nowhere", "order-promised", "order-tracking", "refund-done", "refund-started", "refund-none", "product-price"}
    | {"stock-yes", "stock-restock", "stock-no", "greeting", "praise", "out-of-scope"}
    | {"draft-thanks", "draft-sorry", "draft-look", "handoff-sorry"}
)
#: Of these, what may be left out.
COURTESY = frozenset({"greeting", "draft-thanks"})
#: Values that a model need not see to write well: they point to a person.
PRIVATE = frozenset({"name", "address", "email", "order", "orders", "number", "tracking", "url", "label", "code"})
#: Further passages that are shown, and characters of one.
PASSAGES, LONGEST = 3, 1200

MARK = re.compile(r"⟦(?P<source>hello|bye|[sp]\d{1,2})(?:\.(?P<name>[a-z_]{1,20}|\d{1,2}))?(?:=[^⟦⟧]{0,80})?⟧")
_WORD = re.compile(rf"{NUMBER.pattern}(?:\s?[%٪])?")
_PARTED = re.compile(r"[.,](?=\s)")
_BRACKETS = str.maketrans("⟦⟧", "()")
_ISOLATION = str.maketrans("", "", "\u2068\u2069")
_COPIED = re.compile(r"https?://\S*|[A-Z0-9#-]+")


@dataclass(frozen=True, slots=True)
class Source:
    """One sentence (s1 ...) or passage (p1 ...). `shown` is what the model reads, `text` what it stands for, `values` what its marks mean.

    `whole`: it must come back word for word, once. `needed`: marks that must not get lost. `claim` is what it is sent as then.
    """

    id: str
    shown: str
    text: str
    values: Mapping[str, str] = field(default_factory=dict[str, str])
    whole: bool = False
    needed: frozenset[str] = frozenset()
    evidence: tuple[str, ...] = ()
    claim: Claim | None = None

    @property
    def line(self) -> str:
        return f"{self.id}{' (word for word)' if self.whole else ''}: {self.shown}"

    @property
    def optional(self) -> bool:
        """A further passage, or a courtesy."""
        return self.claim is None or self.claim.pattern in COURTESY


@dataclass(frozen=True, slots=True)
class Material:
    """`composed` is the ground; `evidence` is its own and that of further passages."""

    composed: Reply
    sources: tuple[Source, ...]
    evidence: tuple[Evidence, ...]

    @property
    def open(self) -> bool:
        """Whether anything in it may be said in other words."""
        return any(not source.whole for source in self.sources)

    @property
    def lines(self) -> list[str]:
        return [source.line for source in self.sources]


def material(composed: Reply, passages: Iterable[Passage], voice: Voice, brand: str) -> Material:
    """What a model may write from, and nothing else."""
    quoted = {item.ref for item in composed.evidence if item.kind == "passage"}
    more = [passage for passage in passages if passage.id not in quoted][:PASSAGES]
    cited = [
        Evidence(id=f"e{number}", kind="passage", ref=passage.id, label=passage.title)
        for number, passage in enumerate(more, start=len(composed.evidence) + 1)
    ]
    sentences = [_sentence(f"s{number}", claim, voice, brand) for number, claim in enumerate(composed.claims, start=1)]
    further = [_passage(f"p{number}", passage, item.id) for number, (passage, item) in enumerate(zip(more, cited, strict=True), start=1)]
    letter = _letter(composed, voice, brand, sentences)
    return Material(composed, (*letter, *further), (*composed.evidence, *cited))


def _letter(composed: Reply, voice: Voice, brand: str, sentences: list[Source]) -> list[Source]:
    """With the guide's greeting and closing around, unless the composed reply opens and closes by itself."""
    patterns = {claim.pattern for claim in composed.claims}
    greeting = "" if patterns & {"draft-hello", "disclosure"} else voice.greeted("")
    closing = "" if "draft-closing" in patterns else voice.closed(brand)
    around = [_own(key, text) for key, text in (("hello", greeting), ("bye", closing))]
    return [*around[0], *sentences, *around[1]]


def _own(key: str, text: str) -> list[Source]:
    """A line of the voice guide. It rests on itself: nobody but the merchant wrote it."""
    return [Source(key, text, text, whole=True, claim=Claim(text=text, free=True, rests_on=(text,)))] if text else []


def _sentence(key: str, claim: Claim, voice: Voice, brand: str) -> Source:
    if not claim.pattern:
        shown, values = figures(key, claim.text)
        return Source(key, shown, claim.text, values, evidence=claim.evidence, claim=claim)
    said = _voiced(claim, voice, brand)
    shown, values = _named(key, said)
    lost = any(value and name not in values for name, value in zip(said.names, said.values, strict=True))
    whole = claim.pattern not in FREE or lost or SLOT.search(claim.text) is not None
    needed = frozenset(name for name, value in values.items() if name != "order" and any(char.isdecimal() for char in value))
    return Source(key, shown, claim.text, values, whole, needed, claim.evidence, said)


def _voiced(claim: Claim, voice: Voice, brand: str) -> Claim:
    """A letter's greeting and closing in the guide's words."""
    name = dict(zip(claim.names, claim.values, strict=True)).get("name", "")
    said = {"draft-hello": voice.greeted(name), "draft-closing": voice.closed(brand)}.get(claim.pattern, "")
    return replace(claim, text=said, pattern="", free=True, rests_on=(claim.text, said)) if said else claim


def _passage(key: str, passage: Passage, evidence: str) -> Source:
    text = passage.text[:LONGEST]
    shown, values = figures(key, text)
    return Source(key, f"[{_flat(passage.title)}] {shown}", text, values, evidence=(evidence,))


def figures(key: str, text: str) -> tuple[str, dict[str, str]]:
    """Links, addresses, amounts and whatever has a digit as numbered marks that show what they stand for."""
    spans: list[tuple[int, int]] = []
    # "for 1042, EUR 12.90": what punctuation parts is no amount.
    parted = _PARTED.sub("\x00", text)
    for pattern in (LINK, EMAIL, AMOUNT, _WORD):
        ends = [(match.start(), match.start() + len(match.group().rstrip(".,"))) for match in pattern.finditer(parted)]
        spans += [span for span in ends if not _overlaps(span, spans)]
    found = {str(number): span for number, span in enumerate(sorted(spans), start=1)}
    return _marked(key, text, found), {name: text[start:end] for name, (start, end) in found.items()}


def _named(key: str, claim: Claim) -> tuple[str, dict[str, str]]:
    """The values of a pattern as marks of their names. A value that is not found as it is (a localised count) has no mark."""
    text, spans, found = claim.text, list[tuple[int, int]](), dict[str, tuple[int, int]]()
    for name, value in sorted(zip(claim.names, claim.values, strict=True), key=lambda pair: -len(pair[1])):
        pattern = re.compile(rf"(?<!\d){re.escape(value)}(?!\d)")
        span = next((match.span() for match in pattern.finditer(text) if value and not _overlaps(match.span(), spans)), None)
        if span:
            spans.append(span)
            found[name] = span
    return _marked(key, text, found), {name: text[start:end] for name, (start, end) in found.items()}


def _overlaps(span: tuple[int, int], others: Iterable[tuple[int, int]]) -> bool:
    return any(span[0] < end and start < span[1] for start, end in others)


def _marked(key: str, text: str, found: Mapping[str, tuple[int, int]]) -> str:
    parts: list[str] = []
    at = 0
    for name, (start, end) in sorted(found.items(), key=lambda item: item[1]):
        value = _flat(text[start:end])[:80]
        parts += [
            _flat(text[at:start]),
            f"⟦{key}.{name}⟧" if name in PRIVATE or SLOT.search(text[start:end]) else f"⟦{key}.{name}={value}⟧",
        ]
        at = end
    return "".join([*parts, _flat(text[at:])])


def _flat(text: str) -> str:
    """On one line, without marks of its own: a line break or a bracket in a title could forge a source."""
    return re.sub(r"\s+", " ", text.translate(_BRACKETS).translate(_ISOLATION))


class Unfit(Exception):
    """A text of a model whose form is wrong; says how."""


def fill(text: str, cited: Mapping[str, Mapping[str, str]], language: str) -> tuple[str, dict[str, str]]:
    """The text with every mark filled from the values of the sources it cites, and those values by mark.

    Raises:
        Unfit: a mark of no such source, half a mark, or a figure, link or address that is not a mark.
    """
    words = MARK.sub(" ", text)
    if "⟦" in words or "⟧" in words:
        raise Unfit("it holds a mark that does not exist")
    if any(char.isdecimal() for char in words) or LINK.search(words) or EMAIL.search(words):
        raise Unfit("a figure, link or address of its own; use the marks")
    values: dict[str, str] = {}

    def value(mark: re.Match[str]) -> str:
        source, name = mark["source"], mark["name"] or ""
        if name not in cited.get(source, {}):
            raise Unfit(f"the mark {source}.{name} is not one of its sources'")
        values[f"{source}.{name}"] = cited[source][name]
        return _shaped(cited[source][name], language)

    return MARK.sub(value, text), values


def _shaped(value: str, language: str) -> str:
    """A value among right-to-left words: isolated, unless it is followed or copied."""
    apart = language in RIGHT_TO_LEFT and not _COPIED.fullmatch(value)
    return f"\u2068{value}\u2069" if apart else value


def clean(text: str) -> str:
    """A model's sentence on one line, without what nobody sees; joiners stay."""
    return re.sub(r"\s+", " ", "".join(c for c in text if c in "\u200c\u200d\n\t" or unicodedata.category(c)[0] != "C")).strip()
