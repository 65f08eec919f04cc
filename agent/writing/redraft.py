"""A model's sentences become a reply of ours, or the list of what is wrong with their form. Pure; what they say is the checks' to judge."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from agent.domain.reply import Claim, Reply
from agent.writing.marked import MARK, Material, Source, Unfit, clean, fill

#: Sentences, characters of one, and how much longer than the composed reply the whole may be.
MOST, LONGEST, SHARE, MORE = 40, 600, 1.5, 600


@dataclass(frozen=True, slots=True)
class Sentence:
    """What a model wrote: a text with marks, or exactly ⟦s3⟧; the ids it rests on; its paragraph."""

    text: str
    sources: tuple[str, ...]
    paragraph: int = 0


@dataclass(frozen=True, slots=True)
class Redraft:
    """`reply` is None when there are faults, or when nothing was said in other words."""

    reply: Reply | None
    faults: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Said:
    """`source` is set for a sentence that came back word for word."""

    claim: Claim
    source: Source | None
    paragraph: int


def redraft(found: Material, sentences: Sequence[Sentence], *, brain: str, prompt: str) -> Redraft:
    """Fills every mark and binds every sentence to what it rests on."""
    known = {source.id: source for source in found.sources}
    said: list[_Said] = []
    faults: list[str] = []
    for number, sentence in enumerate(sentences[: MOST + 1], start=1):
        try:
            said.append(_said(sentence, known, found.composed.language))
        except Unfit as error:
            faults.append(f"sentence {number}: {error}")
    faults += [*_order(found, said), *_lost(found, sentences, said), *_size(found, said)]
    if faults or all(item.source for item in said):
        return Redraft(None, tuple(faults))
    claims = _grouped(said)
    cited = {key for claim in claims for key in claim.evidence} | {item.id for item in found.composed.evidence}
    evidence = tuple(item for item in found.evidence if item.id in cited)
    return Redraft(replace(found.composed, claims=claims, evidence=evidence, brain=brain, prompts=(prompt,)))


def _said(sentence: Sentence, known: Mapping[str, Source], language: str) -> _Said:
    """Raises Unfit."""
    text = clean(sentence.text)
    source = repeated(text, known)
    if source and source.claim:
        return _Said(source.claim, source, sentence.paragraph)
    return _Said(bound(text, _cited(sentence, known), language), None, sentence.paragraph)


def repeated(text: str, known: Mapping[str, Source]) -> Source | None:
    """The source that is to stand word for word; None for a sentence in other words. Raises Unfit when there is no such sentence."""
    mark = MARK.fullmatch(text)
    if mark is None or mark["name"]:
        return None
    source = known.get(mark["source"])
    if source is None or source.claim is None:
        raise Unfit(f"there is no sentence {mark['source']} to repeat")
    return source


def _cited(sentence: Sentence, known: Mapping[str, Source]) -> dict[str, Source]:
    """Raises Unfit."""
    cited = {key: known[key] for key in sentence.sources if key in known}
    if unknown := [key for key in sentence.sources if key not in known]:
        raise Unfit(f"{len(unknown)} of its sources do not exist")
    if not cited:
        raise Unfit("it names no source")
    if whole := [key for key, source in cited.items() if source.whole]:
        raise Unfit(f"{whole[0]} may only stand word for word, as ⟦{whole[0]}⟧ alone")
    return cited


def bound(text: str, cited: Mapping[str, Source], language: str) -> Claim:
    """A sentence in other words, with its marks filled, and what it rests on. Raises Unfit."""
    if not MARK.sub("", text).strip() or len(text) > LONGEST:
        raise Unfit("it is empty, nothing but a mark, or too long")
    filled, values = fill(text, {key: source.values for key, source in cited.items()}, language)
    return Claim(
        text=filled,
        evidence=tuple(dict.fromkeys(key for source in cited.values() for key in source.evidence)),
        values=tuple(values.values()),
        names=tuple(values),
        free=True,
        rests_on=tuple(each for source in cited.values() for each in (source.text, *(source.claim.rests_on if source.claim else ()))),
    )


def _order(found: Material, said: Sequence[_Said]) -> list[str]:
    """What must stand word for word does so once, and in its order."""
    must = [source.id for source in found.sources if source.whole]
    kept = [item.source.id for item in said if item.source and item.source.whole]
    if kept == must:
        return []
    lost = [key for key in must if key not in kept]
    doubled = sorted({key for key in kept if kept.count(key) > 1})
    told = [f"{key} is missing: it must stand word for word, as ⟦{key}⟧ alone" for key in lost]
    told += [f"{key} stands more than once" for key in doubled]
    return told or [f"keep this order: {', '.join(must)}"]


def _lost(found: Material, sentences: Sequence[Sentence], said: Sequence[_Said]) -> list[str]:
    """What the composed reply says must be said, with its figures."""
    kept = {item.source.id for item in said if item.source}
    cited = {key for sentence in sentences for key in sentence.sources} | kept
    told = {name for item in said if not item.source for name in item.claim.names}
    faults: list[str] = []
    for source in found.sources:
        if source.whole or source.optional or source.id in kept:
            continue
        if source.id not in cited:
            faults.append(f"{source.id} is not said")
        faults += [f"⟦{source.id}.{name}⟧ is not said" for name in sorted(source.needed) if f"{source.id}.{name}" not in told]
    return faults


def _size(found: Material, said: Sequence[_Said]) -> list[str]:
    if len(said) > MOST:
        return [f"more than {MOST} sentences"]
    length = sum(len(item.claim.text) for item in said)
    return ["too long as a whole"] if length > SHARE * len(found.composed.text) + MORE else []


def _grouped(said: Sequence[_Said]) -> tuple[Claim, ...]:
    """Paragraphs as the model set them; what was composed apart stays apart."""
    group, claims, last = 0, list[Claim](), None
    for item in said:
        group += last is not None and _apart(last, item)
        claims.append(replace(item.claim, group=group))
        last = item
    return tuple(claims)


def _apart(one: _Said, other: _Said) -> bool:
    if one.source and other.source and one.source.id[0] == other.source.id[0] == "s":
        return one.claim.group != other.claim.group
    alone = any(item.source and (item.source.id in {"hello", "bye"} or item.claim.pattern.startswith("offer")) for item in (one, other))
    return alone or one.paragraph != other.paragraph
