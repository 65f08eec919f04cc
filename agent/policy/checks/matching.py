"""Whether a figure is among those that evidence holds, and whether figures stand where evidence has them. Pure."""

from collections.abc import Iterable, Sequence
from datetime import date
from itertools import combinations

from agent.policy.checks.clauses import clauses
from agent.policy.checks.figures import Figure, figures
from agent.policy.checks.plain import plain
from agent.policy.checks.sources import sentence, tokens


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
    theirs: Places = {}
    for at, (source, spoken) in enumerate(sources):
        for figure, (place, words) in _placed(source, spoken).items():
            theirs.setdefault(figure, (place + at * 100_000, words))
    mine = _as_known(_placed(text, language), theirs)
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


def _placed(text: str, language: str) -> Places:
    read, found = plain(text), figures(text, language)
    places: Places = {}
    for start, end in clauses(text, language):
        inside = [each for each in found if start <= each.start < end]
        words = _context(read[start:end], language)
        for each in inside:
            others = {str(other.figure) for other in inside if other.figure.kind != each.figure.kind}
            places.setdefault(each.figure, (each.start, words | others))
    return places


def _context(clause: str, language: str) -> frozenset[str]:
    """Its words; the sides it takes ("free", "at most") count twice, for they say what a figure is."""
    sides = {f"{copy} {matter} {side}" for matter, side in sentence(clause, language).poles for copy in "ab"}
    return tokens(clause, language) | sides


def _as_known(places: Places, known: Places) -> Places:
    """A figure that has lost its unit stands for the one of the evidence with that number."""
    spans = {figure.value.split()[0]: figure for figure in known if figure.kind == "duration"}
    return {spans.get(each.value, each) if each.kind == "number" and each not in known else each: place for each, place in places.items()}


def wrong_weekdays(text: str, language: str, known: frozenset[Figure]) -> list[Figure]:
    """Weekdays that are not those of the date they stand next to; without a date beside them, of none that is known."""
    found = figures(text, language)
    days = [each for each in found if each.figure.kind == "date" and each.figure.value[:1].isdigit()]
    wrong: list[Figure] = []
    for each in found:
        if each.figure.value.startswith("weekday") and each.figure not in known and days:
            nearest = min(days, key=lambda day: min(abs(day.start - each.end), abs(each.start - day.end)))
            full = [
                other.value for other in {nearest.figure, *known} if other.kind == "date" and other.value.endswith(nearest.figure.value)
            ]
            if not any(_is_of(each.figure.value, day) for day in full):
                wrong.append(each.figure)
    return wrong
