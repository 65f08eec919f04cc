"""Is the same case decided alike in every language: outcome, remedies, effects and amounts, by pairs of languages."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Any

from agent.domain.decision import RemedyKind
from agent.domain.languages import is_supported
from eval.judge_run import Judged
from eval.report.figures import Figures, share
from eval.scorers import Played

#: From here on a wish counts as heard when two readings are compared.
HEARD = 0.5


@dataclass(frozen=True, slots=True)
class Ending:
    """What came of a turn, without what differs by customer: `effects` are (kind, which of the world's orders, state, share of what was paid)."""

    outcome: str
    remedies: tuple[str, ...]
    effects: tuple[tuple[str, str, str, float | None], ...]

    @property
    def text(self) -> str:
        done = ", ".join(f"{kind} {state}{'' if part is None else f' {part:.0%}'}" for kind, _, state, part in self.effects)
        return f"{self.outcome}({', '.join(self.remedies)}){f' -> {done}' if done else ''}"


def ending(played: Played) -> Ending:
    record = played.record
    return Ending(
        record.outcome,
        tuple(sorted({kind for kind, _ in record.remedies if kind != RemedyKind.ANSWER})),
        tuple(sorted((done.kind, done.order[2:], done.state, done.share) for done in record.effects)),
    )


def reading(played: Played) -> tuple[Any, ...]:
    """What was heard: two turns that were heard alike must end alike."""
    record = played.record
    return frozenset(name for name, score in record.intents if score >= HEARD), frozenset(record.flags), record.sentiment


def twins(judged: Sequence[Judged]) -> Iterator[dict[str, Played]]:
    """Language -> the turn, for every scenario's turns with the same label, and the same labels before them, in two languages or more.

    Where law or goods differ between countries, so do the labels: those are not the same case.
    """
    groups: dict[tuple[Any, ...], dict[str, Played]] = defaultdict(dict)
    for played, _ in judged:
        if is_supported(played.case.language):
            groups[_same(played)].setdefault(played.case.language, played)
    yield from (group for group in groups.values() if len(group) > 1)


def _same(played: Played) -> tuple[Any, ...]:
    case, which = played.case, played.case.id.rsplit("-", 1)[-1]
    labels = tuple((gold.outcomes, gold.effects, gold.may, gold.tier) for gold in (turn.gold for turn in case.turns[: played.index + 1]))
    return case.scenario, which, len(case.turns), played.index, labels, case.faults, bool(case.customer), played.turn.photos > 0


def figures(judged: Sequence[Judged]) -> Figures:
    """Shares of pairs: `equal` in everything, `decided_alike` by outcome alone, `heard_alike` where the readings are the same,
    `acted_alike`: what was done, where both did something.

    A question where another language is answered at once costs a turn; another effect or amount would cost money.
    """
    pairs = [pair for group in twins(judged) for pair in combinations(sorted(group.items()), 2)]
    rows = [(left, right, ending(a) == ending(b), reading(a) == reading(b), _acted_alike(a, b)) for (left, a), (right, b) in pairs]
    return {
        "equal": _share([equal for *_, equal, _, _ in rows]),
        "decided_alike": _share([a.record.outcome == b.record.outcome for (_, a), (_, b) in pairs]),
        "heard_alike": _share([equal for *_, equal, alike, _ in rows if alike]),
        "acted_alike": _share([acted for *_, acted in rows if acted is not None]),
        "by_language": {
            code: _share([row[2] for row in rows if code in row[:2]]) for code in sorted({code for row in rows for code in row[:2]})
        },
        "by_pair": [
            {"left": left, "right": right, **_share([row[2] for row in rows if row[:2] == (left, right)])}
            for left, right in sorted({row[:2] for row in rows})
        ],
    }


def _acted_alike(a: Played, b: Played) -> bool | None:
    """None when one of them did nothing."""
    left, right = ending(a).effects, ending(b).effects
    return left == right if left and right else None


def _share(equal: Sequence[bool]) -> Figures:
    return share(sum(equal), len(equal))


def differences(judged: Sequence[Judged]) -> list[tuple[str, int, dict[str, list[str]]]]:
    """(scenario, turn, ending -> languages), the most common ending first, the most divided scenario first. For development cases alone."""
    found: list[tuple[str, int, dict[str, list[str]]]] = []
    for group in twins(judged):
        endings: dict[str, list[str]] = defaultdict(list)
        for code, played in sorted(group.items()):
            endings[ending(played).text].append(code)
        if len(endings) > 1:
            one = next(iter(group.values()))
            found.append((one.case.scenario, one.index, dict(sorted(endings.items(), key=lambda item: -len(item[1])))))
    return sorted(found, key=lambda item: max(map(len, item[2].values())) / sum(map(len, item[2].values())))
