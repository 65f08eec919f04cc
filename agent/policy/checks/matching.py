"""Whether a figure is among those that evidence holds, and whether figures stand where evidence has them. Pure."""

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import combinations, pairwise

from agent.policy.checks.figures import Figure, Found, figures
from agent.policy.checks.lexicon import lexicon
from agent.policy.checks.plain import plain
from agent.policy.checks.sources import tokens


def unsupported(said: Iterable[Figure], known: frozenset[Figure]) -> list[Figure]:
    return sorted(figure for figure in set(said) if figure not in known and not _follows(figure, known))


def _follows(figure: Figure, known: frozenset[Figure]) -> bool:
    """Said more loosely than the evidence: a date without its year, its weekday, a figure without its unit."""
    if figure.kind == "date":
        return any(_is_of(figure.value, other.value) for other in known if other.kind == "date")
    if figure.kind == "number":
        return any(figure.value == other.value.split()[0] for other in known if other.kind in {"id", "duration"})
    return False


def _is_of(said: str, known: str) -> bool:
    if len(known) != len("2026-05-12"):
        return False
    if said.startswith("weekday"):
        return said == f"weekday{date.fromisoformat(known).isoweekday()}" if _exists(known) else False
    return said in {known[5:], known[:7]}


def _exists(day: str) -> bool:
    try:
        date.fromisoformat(day)
    except ValueError:
        return False
    return True


def misplaced(text: str, language: str, sources: Sequence[tuple[str, str]]) -> list[tuple[Figure, Figure]]:
    """Pairs of figures of one kind that have changed places: each stands among the words that evidence has around the other.

    `sources` are (text, language). Two that cannot be told apart by their words keep the order that the evidence has.
    """
    mine = _placed(text, language)
    theirs: dict[Figure, tuple[int, frozenset[str]]] = {}
    for at, (source, spoken) in enumerate(sources):
        for figure, (place, words) in _placed(source, spoken).items():
            theirs.setdefault(figure, (place + at * 100_000, words))
    both = [figure for figure in mine if figure in theirs]
    return [(one, other) for one, other in combinations(both, 2) if one.kind == other.kind and _swapped(one, other, mine, theirs)]


def _swapped(one: Figure, other: Figure, mine: "Places", theirs: "Places") -> bool:
    own = len(mine[one][1] & theirs[one][1]) + len(mine[other][1] & theirs[other][1])
    crossed = len(mine[one][1] & theirs[other][1]) + len(mine[other][1] & theirs[one][1])
    if own != crossed:
        return crossed > own
    return (mine[one][0] < mine[other][0]) != (theirs[one][0] < theirs[other][0])


#: Figure -> where it stands first, and the words and other figures of its clause.
Places = dict[Figure, tuple[int, frozenset[str]]]
_BREAK = re.compile(r"[;,:.!?()،؛؟、，。；：！？（）\n—–]")


def _placed(text: str, language: str) -> Places:
    read, found = plain(text), figures(text, language)
    breaks = [0, *_breaks(read, language, found), len(read)]
    places: Places = {}
    for start, end in pairwise(breaks):
        inside = [each for each in found if start <= each.start < end]
        words = tokens(read[start:end], language)
        for each in inside:
            others = {str(other.figure) for other in inside if other.figure.kind != each.figure.kind}
            places.setdefault(each.figure, (each.start, words | others))
    return places


def _breaks(text: str, language: str, found: Sequence[Found]) -> Iterator[int]:
    """Where a clause ends: at a mark or an "and" that is not inside a figure or a range."""
    words = lexicon(language)
    joints = words.pattern(words.words("ranges")) if not words.dense else _BREAK
    for match in sorted([*_BREAK.finditer(text), *joints.finditer(text)], key=lambda each: each.start()):
        if not any(each.start <= match.start() < each.end for each in found):
            yield match.start()
