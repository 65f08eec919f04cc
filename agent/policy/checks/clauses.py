"""Where a sentence can be parted: at its marks, and where a word joins two clauses. Pure."""

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import pairwise

from agent.policy.checks.figures import Found, figures
from agent.policy.checks.lexicon import Lexicon, lexicon
from agent.policy.checks.plain import plain

_MARK = re.compile(r"[;,:.!?()،؛؟、，。；：！？（）\n—–]")


@lru_cache(maxsize=4096)
def clauses(text: str, language: str) -> tuple[tuple[int, int], ...]:
    """(start, end) of each in the plain text; together they are all of it."""
    read, found = plain(text), figures(text, language)
    ends = sorted({0, *_breaks(read, lexicon(language), found), len(read)})
    return tuple(pairwise(ends))


def ranges(text: str, language: str) -> frozenset[tuple[str, str]]:
    """The two numbers of every "5 to 10", whatever their unit."""
    read, joints = plain(text), lexicon(language).words("ranges")
    between = {"-", "–", "—", "~", "〜", *(plain(joint) for joint in joints)}
    pairs = pairwise(figures(text, language))
    return frozenset(
        (left.figure.value.split()[0], right.figure.value.split()[0])
        for left, right in pairs
        if {left.figure.kind, right.figure.kind} <= {"number", "duration"} and _gap(read, left, right) in between
    )


def _gap(text: str, left: Found, right: Found) -> str:
    return text[left.end : right.start].strip().casefold()


def _breaks(text: str, words: Lexicon, found: tuple[Found, ...]) -> Iterator[int]:
    """What is inside a figure or a range of figures parts nothing."""
    for pattern in (_MARK, _joints(words)):
        for match in pattern.finditer(text):
            if not any(each.start <= match.start() < each.end for each in found) and not _ranges(text, match, found):
                yield match.start()


def _ranges(text: str, match: re.Match[str], found: tuple[Found, ...]) -> bool:
    """The "to" of "5 to 10 days"."""
    gaps = ((left.end, right.start) for left, right in pairwise(found) if left.figure.kind == right.figure.kind)
    return any(start <= match.start() < end and text[start:end].strip() == match.group().strip() for start, end in gaps)


@lru_cache(maxsize=64)
def _joints(words: Lexicon) -> re.Pattern[str]:
    return words.pattern(words.words("joints"))
