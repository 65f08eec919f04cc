"""Whether a model's sentence denies, or takes the side, that its sources do: sentence by sentence and clause by clause. Pure."""

from collections.abc import Iterable, Sequence

from agent.policy.checks.sources import Pole, Sentence, nearest, shared

ADDED, LOST = "denies what its sources say", "leaves out a denial of its sources"
#: On these a sentence may not take a side that its sources do not take.
NEW_SIDES = frozenset({"stock", "cost", "payer", "whole", "seal"})
#: Clauses that say the same: of the sentence, and of its sources.
Pair = tuple[list[Sentence], list[Sentence]]


def opposed(sentence: Sentence, sources: Sequence[Sentence]) -> list[str]:
    """Negations and opposites must agree with the sentences that it says again."""
    near = nearest(sentence, sources)
    clauses = [clause for source in sources for clause in source.clauses]
    pairs = _paired(sentence.clauses, clauses)
    every, close = _poles(sources), _poles(near)
    wrong = {pole for pole in sentence.poles if _opposes(pole, sentence.poles, close, every)}
    wrong |= {pole for mine, theirs in pairs for pole in _poles(mine) if _turned(pole, _poles(mine), _poles(theirs))}
    found = [f"says the opposite of its sources ({matter})" for matter in sorted({matter for matter, _ in wrong})]
    return _denials(sentence, near, pairs, clauses) + found


def _poles(sentences: Iterable[Sentence]) -> frozenset[Pole]:
    return frozenset(pole for sentence in sentences for pole in sentence.poles)


def _turned(pole: Pole, mine: frozenset[Pole], theirs: frozenset[Pole]) -> bool:
    """The clause takes one side, those that it says again take the other alone."""
    matter, side = pole
    return pole not in theirs and (matter, not side) in theirs - mine


def _opposes(pole: Pole, said: frozenset[Pole], close: frozenset[Pole], theirs: frozenset[Pole]) -> bool:
    """`close` are the sides that the nearest sources take, `theirs` those of all."""
    matter, side = pole
    if pole not in theirs:
        return (matter, not side) in theirs or matter in NEW_SIDES
    both = (matter, not side) in said and (matter, not side) in theirs
    return pole not in close and (matter, not side) in close and not both


def _denials(sentence: Sentence, near: Sequence[Sentence], pairs: Sequence[Pair], clauses: Sequence[Sentence]) -> list[str]:
    """Clause by clause, where a clause can be found again; else of the sentence."""
    found = {_denied(mine, theirs, clauses) for mine, theirs in pairs} - {""}
    if not pairs and all(source.denies != sentence.denies for source in near):
        found = {ADDED if sentence.denies else LOST}
    return sorted(found)


def _denied(mine: Sequence[Sentence], theirs: Sequence[Sentence], clauses: Sequence[Sentence]) -> str:
    said, meant = sum(clause.denials for clause in mine), sum(clause.denials for clause in theirs)
    waits, awaited = any(clause.awaits for clause in mine), any(clause.awaits for clause in theirs)
    if meant and not said:
        return "" if waits and not awaited else LOST
    allowed = int(awaited and not waits) + (sum(clause.lasts for clause in mine) if any(clause.ends for clause in clauses) else 0)
    return ADDED if said > meant + allowed else ""


def _paired(mine: Sequence[Sentence], theirs: Sequence[Sentence]) -> list[Pair]:
    """Clauses that say the same, on both sides: one may have become two, or two one. One that is not found again goes with what it follows."""
    groups: list[tuple[set[int], set[int]]] = []
    near = set[int]()
    for at, clause in enumerate(mine):
        near = set(shared(clause, theirs)) or near
        touching = [group for group in groups if group[1] & near]
        joined = ({at}.union(*(group[0] for group in touching)), near.union(*(group[1] for group in touching)))
        groups = [group for group in groups if group not in touching] + ([joined] if near else [])
    return [([mine[at] for at in sorted(one)], [theirs[at] for at in sorted(other)]) for one, other in groups]
