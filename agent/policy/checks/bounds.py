"""Whether a rule is said with its limits, and of what it is a rule: "free for 30 days" is not "free", nor is what returns cost what refunds do. Pure."""

import re
from collections.abc import Iterable, Iterator, Sequence

from agent.policy.checks.figures import Figure
from agent.policy.checks.plain import plain
from agent.policy.checks.sources import Sentence, sentence, shared

#: The share of a clause's words with which it is said again.
AGAIN = 0.5
#: Figures that limit a rule when a word says so ("until"); a number of days always does.
_LIMITS = frozenset({"date", "money", "percent"})
_APART = re.compile("[;؛；]")
#: Fewer words are said by accident.
_FEW = 2


def unbound(said: Sequence[Sentence], sources: Sequence[Sentence], told: Iterable[Figure], language: str) -> list[str]:
    """`told` are the figures of the whole text: a limit may be said one sentence later. Sources in other languages cannot be compared."""
    if any(source.language != language for source in sources):
        return []
    figures = frozenset(told)
    found = [fault for each in said for fault in _left_out(each, said, sources, figures)]
    return found + [fault for each in said for part in each.clauses for fault in _crossed(part, sources)]


def _left_out(each: Sentence, said: Sequence[Sentence], sources: Sequence[Sentence], told: frozenset[Figure]) -> Iterator[str]:
    for at in shared(each, sources)[:1]:
        for clause in sources[at].clauses:
            limits = {figure for figure in clause.figures if figure.kind == "duration" or (figure.kind in _LIMITS and _limits(clause))}
            if limits and not limits & told and _is_said(clause, each):
                yield f"leaves out a limit ({min(limits)})"
        ruled = any(_is_said(clause, each) for part in _parts(sources[at]) if _restricts(part) for clause in part.clauses)
        if ruled and not any(_restricts(other) or other.denies or _waits(other) for other in said):
            yield "leaves out a condition"


def _limits(clause: Sentence) -> bool:
    return any(matter == "limit" for matter, _ in clause.poles)


def _parts(source: Sentence) -> list[Sentence]:
    """A condition does not reach over a semicolon."""
    return [sentence(part, source.language) for part in _APART.split(plain(source.text)) if part.strip()]


def _restricts(said: Sentence) -> bool:
    return said.words.conditions.search(plain(said.text)) is not None


def _waits(said: Sentence) -> bool:
    """Another way to say a condition: until, as long as, once it is no more pending."""
    return said.ends or said.awaits or said.words.whiles.search(plain(said.text)) is not None


def _words(said: Sentence) -> frozenset[str]:
    return said.tokens - {str(figure) for figure in said.figures}


def _is_said(clause: Sentence, again: Sentence) -> bool:
    words = _words(clause)
    return len(words) >= _FEW and len(words & again.tokens) >= AGAIN * len(words)


def _crossed(part: Sentence, sources: Sequence[Sentence]) -> Iterator[str]:
    """A figure or a side ("free") of one sentence, said of the matter of another."""
    for figure in part.figures:
        yield from _of_another(part, [source for source in sources if figure in source.figures], sources, str(figure))
    for pole in part.poles:
        yield from _of_another(part, [source for source in sources if pole in source.poles], sources, pole[0])


def _of_another(part: Sentence, homes: Sequence[Sentence], sources: Sequence[Sentence], what: str) -> Iterator[str]:
    if not part.topics or not homes or any(not home.topics or home.topics & part.topics for home in homes):
        return
    if any(part.topics & source.topics for source in sources):
        yield f"{what} is said of another matter in its sources"
