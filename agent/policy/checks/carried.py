"""A translation: every claim says what its source says, figure by figure, whatever the language. Pure."""

from collections import Counter

from agent.domain.languages import SUPPORTED
from agent.domain.reply import Claim, Reply
from agent.policy.checks.figures import Figure, figures
from agent.policy.checks.plain import plain
from agent.policy.checks.sources import taken_apart
from agent.writing.slots import SLOT


def carried(reply: Reply, source: Reply) -> list[str]:
    """`source` is checked for itself; this holds the two beside each other."""
    if len(reply.claims) != len(source.claims):
        return ["the translation has other sentences than its source"]
    pairs = zip(reply.claims, source.claims, strict=True)
    return [fault for mine, theirs in pairs for fault in _claim(mine, theirs, reply.language, source.language)]


def _claim(mine: Claim, theirs: Claim, language: str, original: str) -> list[str]:
    if mine.text == theirs.text:
        return []
    found = [] if _slots(mine) == _slots(theirs) else ["slots that its source does not have"]
    found += [f"{figure} is not the same in the translation" for figure in _differing(mine.text, theirs.text, language, original)]
    if {language, original} <= SUPPORTED and _denials(mine.text, language) != _denials(theirs.text, original):
        found.append("a denial is lost or added in the translation")
    return found


def _slots(claim: Claim) -> list[str]:
    return sorted(match.group() for match in SLOT.finditer(claim.text))


def _denials(text: str, language: str) -> bool:
    return any(sentence.denies for sentence in taken_apart(SLOT.sub("", text), language))


def _differing(mine: str, theirs: str, language: str, original: str) -> list[Figure]:
    """What stands there word for word is the same in every language; the rest is compared by its value."""
    text, read = plain(mine), plain(theirs)
    left: Counter[Figure] = Counter()
    for found in figures(theirs, original):
        written = read[found.start : found.end]
        if written in text:
            text = text.replace(written, " ", 1)
        else:
            left[found.figure] += 1
    there = Counter(found.figure for found in figures(text, language))
    return sorted([*(left - there), *(there - left)])
