"""The same cases played with two versions of the prompts: what decides and what is said otherwise, what broke, what it costs."""

import asyncio
from collections.abc import Callable, Sequence
from importlib.resources.abc import Traversable

from eval.case import Case
from eval.judge_run import Judged
from eval.record import Record
from eval.report.figures import DIMENSIONS, Figures
from eval.report.transcript import transcript
from eval.runner import Progress
from eval.scorers import SCORERS, Played, Verdict
from eval.stage import Stage, play
from eval.stats import corrected, paired
from prompts import reading_from

#: Conversations at a time: a model's endpoint answers several, our own part is small.
ABREAST = 4
#: Turns that broke or were mended which are shown in full.
MOST = 20
#: What may differ between two plays of a turn, by the words of the report.
CHANGED: dict[str, Callable[[Record], object]] = {
    "outcome": lambda record: (record.outcome, record.desk, record.remedies, [done.kind for done in record.effects]),
    "intents": lambda record: sorted(intent for intent, _ in record.intents),
    "reply": lambda record: record.reply or record.draft,
    "checks": lambda record: bool(record.faults),
}
Pair = tuple[Judged, Judged]


async def played(
    stage: Stage, cases: Sequence[Case], folder: Traversable, progress: Progress = lambda done, total: None
) -> tuple[list[Record], set[str]]:
    """Records of all cases in their order, with the prompts of `folder`; and which prompts were asked for."""
    turnstile, done = asyncio.Semaphore(ABREAST), 0

    async def one(case: Case) -> list[Record]:
        nonlocal done
        async with turnstile:
            records = await play(stage, case)
        done += 1
        progress(done, len(cases))
        return records

    with reading_from(folder) as reading:
        groups = await asyncio.gather(*map(one, cases))
    return [record for group in groups for record in group], reading.asked


def compare(before: Sequence[Judged], after: Sequence[Judged]) -> Figures:
    """Turn by turn. Turns that crashed in either run are only counted."""
    then = {_key(item[0]): item for item in before}
    pairs = [(then[_key(item[0])], item) for item in after if _key(item[0]) in then]
    rows = [_row(name, pairs) for name in SCORERS]
    for row, p in zip(rows, corrected([row["p"] for row in rows]), strict=True):
        row["p_corrected"] = p
    return {
        "turns": len(pairs),
        "changed": {name: sum(_differs(name, pair) for pair in pairs) for name in CHANGED},
        "rows": rows,
        "slices": [row for name in DIMENSIONS for row in _slices(name, pairs)],
        "broke": [text for name in SCORERS for text in _told(name, pairs, wrong=True)][:MOST],
        "mended": [text for name in SCORERS for text in _told(name, pairs, wrong=False)][:MOST],
    }


def costs(records: Sequence[Record]) -> Figures:
    """What the model was asked and what that cost (euro), and the turns in which it failed and code went on alone."""
    total = {name: sum(record.usage.get(name, 0.0) for record in records) for name in ("calls", "tokens_in", "tokens_out", "cost")}
    return {**total, "turns": len(records), "failed": sum("model failed" in record.brain for record in records)}


def _key(item: Played) -> tuple[str, int]:
    return item.case.id, item.index


def _differs(name: str, pair: Pair) -> bool:
    look = CHANGED[name]
    return look(pair[0][0].record) != look(pair[1][0].record)


def _verdicts(name: str, pairs: Sequence[Pair]) -> list[tuple[Pair, Verdict, Verdict]]:
    """Of turns that both runs let the scorer judge."""
    return [(pair, then, now) for pair in pairs if (then := pair[0][1][name]) is not None and (now := pair[1][1][name]) is not None]


def _row(name: str, pairs: Sequence[Pair]) -> Figures:
    found = _verdicts(name, pairs)
    then, now = [verdict.wrong for _, verdict, _ in found], [verdict.wrong for _, _, verdict in found]
    return {
        "scorer": name,
        "n": len(found),
        "before": sum(then),
        "after": sum(now),
        "broke": sum(b > a for a, b in zip(then, now, strict=True)),
        "mended": sum(a > b for a, b in zip(then, now, strict=True)),
        "p": paired(then, now),
    }


def _slices(dimension: str, pairs: Sequence[Pair]) -> list[Figures]:
    """Where verdicts changed, most changes first; a turn counts once a fear."""
    groups: dict[str, list[Pair]] = {}
    for pair in pairs:
        for value in DIMENSIONS[dimension](pair[1][0]):
            groups.setdefault(value, []).append(pair)
    rows = [_slice(dimension, value, own) for value, own in groups.items()]
    return sorted((row for row in rows if row["broke"] or row["mended"]), key=lambda row: (-row["broke"] - row["mended"], row["value"]))


def _slice(dimension: str, value: str, pairs: Sequence[Pair]) -> Figures:
    rows = [_row(name, pairs) for name in SCORERS]
    return {
        "dimension": dimension,
        "value": value,
        "turns": len(pairs),
        "broke": sum(row["broke"] for row in rows),
        "mended": sum(row["mended"] for row in rows),
    }


def _told(name: str, pairs: Sequence[Pair], *, wrong: bool) -> list[Figures]:
    found = [(pair, then, now) for pair, then, now in _verdicts(name, pairs) if now.wrong is wrong and then.wrong is not wrong]
    return [
        {**transcript(pair[1][0], name, (now if wrong else then).why), "reply_before": pair[0][0].record.reply} for pair, then, now in found
    ]
