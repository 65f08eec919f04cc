"""A translation: every claim says what its source says, figure by figure, whatever the language. Pure."""

from collections.abc import Iterable

from agent.domain.languages import SUPPORTED
from agent.domain.reply import Claim, Reply
from agent.policy.checks.disguise import disguised
from agent.policy.checks.figures import Figure, Found, figures
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
    found += disguised(mine.text, language, (theirs.text, *mine.values))
    found += [f"{figure} is not the same in the translation" for figure in _differing(mine.text, theirs.text, language, original)]
    if {language, original} <= SUPPORTED and _denials(mine.text, language) != _denials(theirs.text, original):
        found.append("a denial is lost or added in the translation")
    return found


def _slots(claim: Claim) -> list[str]:
    return sorted(match.group() for match in SLOT.finditer(claim.text))


def _denials(text: str, language: str) -> bool:
    return any(sentence.denies for sentence in taken_apart(SLOT.sub("", text), language))


def _differing(mine: str, theirs: str, language: str, original: str) -> list[Figure]:
    """Compared by value; what has no equal may stand there word for word, as a date does that nobody translated."""
    text, read = plain(mine), plain(theirs)
    extra, missing = _unmatched(figures(text, language), figures(theirs, original))
    lost: list[Figure] = []
    for each in missing:
        written = read[each.start : each.end]
        at = text.find(written)
        if at < 0:
            lost.append(each.figure)
        extra = [other for other in extra if at < 0 or other.end <= at or other.start >= at + len(written)]
    return sorted([*lost, *(each.figure for each in extra)])


def _unmatched(mine: Iterable[Found], theirs: Iterable[Found]) -> tuple[list[Found], list[Found]]:
    left = list(theirs)
    extra: list[Found] = []
    for each in mine:
        equal = next((other for other in left if other.figure == each.figure), None)
        if equal:
            left.remove(equal)
        else:
            extra.append(each)
    return extra, left
