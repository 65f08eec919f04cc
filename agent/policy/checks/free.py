"""Sentences that a model wrote: nothing in them that their sources do not say. Pure."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from agent.domain.effect import PlannedEffect
from agent.domain.reply import Claim
from agent.policy.checks.bounds import unbound
from agent.policy.checks.clauses import ranges
from agent.policy.checks.disguise import disguised
from agent.policy.checks.figures import Figure, figures
from agent.policy.checks.matching import misplaced, unsupported, wrong_weekdays
from agent.policy.checks.novelty import novel
from agent.policy.checks.plain import plain
from agent.policy.checks.polarity import opposed
from agent.policy.checks.sources import Sentence, all_figures, language_of, taken_apart
from agent.policy.checks.strangers import strangers
from agent.writing.slots import SLOT
from knowledge.search import Passage

#: A sentence without a source is a courtesy: so long, and without any matter.
COURTESY = 160
#: Longer than all it rests on by this much, it says more.
ROOM, SLACK = 1.6, 60
#: Kinds of which a text holds as many as its sources.
COUNTED = frozenset({"number", "duration", "percent", "money"})
#: Matters that are promises: to begin to speak of them is to promise.
ACTIONS = frozenset({"refund", "reship", "cancel", "exchange", "repair", "return", "discount", "compensation"})
#: Matters that are about money coming back, whether it is named or not.
PAID = frozenset({"refund", "compensation"})
#: A matter -> the kinds of effect that make its promise true.
EFFECTS = {
    "refund": {"refund"},
    "reship": {"reship"},
    "cancel": {"cancel"},
    "exchange": {"exchange"},
    "repair": {"repair"},
    "return": {"return", "exchange"},
    "discount": {"coupon", "wait"},
    "compensation": {"coupon", "wait"},
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Free:
    """What a model's sentence is held against.

    `known`: figures of the data, for sources that are sentences of our own. `told`: the whole text, where a limit may stand.
    """

    language: str
    passages: tuple[Passage, ...]
    plan: tuple[PlannedEffect, ...]
    known: frozenset[Figure] | None = None
    told: str = ""


def free(claim: Claim, beside: Free) -> list[str]:
    text = SLOT.sub("", claim.text)
    sources = [part for text in claim.rests_on for part in taken_apart(text, language_of(text, beside.passages, beside.language))]
    said = taken_apart(text, beside.language)
    found = ["a slot in a sentence of a model's"] if text != claim.text else []
    found += _figures(claim, text, beside, sources)
    found += [fault for sentence in said for fault in _matters(sentence, sources, beside)]
    found += _too_long(text, claim, sources, beside)
    found += disguised(text, beside.language, (*claim.rests_on, *claim.values))
    found += novel(said, sources, claim.values, beside.language)
    found += strangers(said, sources, claim.values, beside.language)
    if sources:
        found += [fault for sentence in said for fault in opposed(sentence, sources)]
        found += unbound(said, sources, all_figures([text, SLOT.sub("", beside.told)], beside.language), beside.language)
    return list(dict.fromkeys(found))


def _figures(claim: Claim, text: str, beside: Free, sources: Sequence[Sentence]) -> list[str]:
    given = all_figures(claim.values, beside.language)
    allowed = frozenset(figure for source in sources for figure in source.figures) | given
    said = all_figures([text], beside.language)
    found = [f"{figure} is in none of its sources" for figure in unsupported(said, allowed)]
    found += [f"{figure} stands there once more than in its sources" for figure in _repeated(claim, text, beside, sources)]
    spans = frozenset(pair for source in sources for pair in ranges(source.text, source.language))
    found += [f"{low} to {high} is no range of its sources" for low, high in sorted(ranges(text, beside.language) - spans) if spans]
    if beside.known is not None:
        read = frozenset(figure for passage in beside.passages for figure in _of(passage))
        found += [f"{figure} is in no data" for figure in unsupported(allowed, beside.known | read) if not _counted(figure, beside.known)]
    found += [f"{figure} is not the day of its date" for figure in wrong_weekdays(text, beside.language, allowed)]
    pairs = misplaced(text, beside.language, [(source.text, source.language) for source in sources])
    return found + [f"{one} and {other} have changed places" for one, other in pairs]


def _repeated(claim: Claim, text: str, beside: Free, sources: Sequence[Sentence]) -> list[Figure]:
    """In a list of figures a wrong one may be another's right one."""
    said = Counter(found.figure for found in figures(text, beside.language) if found.figure.kind in COUNTED)
    theirs = Counter(found.figure for source in sources for found in figures(source.text, source.language))
    given = Counter(found.figure for value in claim.values for found in figures(value, beside.language))
    return sorted(figure for figure, count in said.items() if count > max(theirs[figure], given[figure]) > 0)


def _counted(figure: Figure, known: frozenset[Figure]) -> bool:
    """The data have the number of days; the word for them is the pattern's."""
    return figure.kind == "duration" and Figure("number", figure.value.split()[0]) in known


def _of(passage: Passage) -> frozenset[Figure]:
    return all_figures([passage.text, passage.title, passage.heading], passage.language)


def _matters(sentence: Sentence, sources: Sequence[Sentence], beside: Free) -> list[str]:
    """What it speaks of, and what it promises."""
    kinds = {effect.kind for effect in beside.plan}
    done = {matter for matter, needed in EFFECTS.items() if needed & kinds}
    spoken = frozenset(topic for source in sources for topic in source.topics) | done
    spoken |= {"money"} if spoken & PAID else frozenset[str]()
    found = [f"speaks of {topic}, its sources do not" for topic in sorted(sentence.topics - spoken)]
    if sentence.words.commits.search(plain(sentence.text)):
        bound = {topic for source in sources if source.words.done.search(plain(source.text)) for topic in source.topics} | done
        found += [f"promises {topic}, its sources do not" for topic in sorted((sentence.topics & ACTIONS & spoken) - bound)]
    return found


def _too_long(text: str, claim: Claim, sources: Sequence[Sentence], beside: Free) -> list[str]:
    if not sources:
        matter = any(sentence.denies or sentence.poles for sentence in taken_apart(text, beside.language))
        return ["no source"] if matter or len(text) > COURTESY else []
    room = sum(len(source) for source in claim.rests_on) * (ROOM if sources[0].language == beside.language else 2 * ROOM) + SLACK
    return ["says much more than its sources"] if len(text) > room else []
