"""From judged turns to everything a report shows, as plain JSON. Shares carry their interval; nothing is rounded away."""

import inspect
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from typing import Any

import numpy as np
from sklearn.metrics import f1_score

from agent.domain.decision import Outcome
from agent.domain.intents import COURTESY
from agent.domain.languages import SUPPORTED
from agent.domain.triage import Sentiment
from eval.judge_run import Judged
from eval.record import Record
from eval.scorers import SCORERS, Played
from eval.scorers.outcome import resolvable
from eval.scorers.retrieval import ranking
from eval.stats import Share, clustered, upper_bound

Figures = dict[str, Any]


def share(hits: int, n: int, groups: Sequence[tuple[int, int]] = ()) -> Figures:
    """`bound` is the one-sided exact 95 % bound; `clustered` resamples whole conversations, when they are given."""
    made = Share(hits, n)
    row: Figures = {"hits": hits, "n": n, "rate": made.value, "wilson": list(made.interval), "bound": upper_bound(hits, n), "few": made.few}
    return row | ({"clustered": list(clustered(groups))} if groups else {})


def of_scorer(judged: Sequence[Judged], name: str, *, bootstrap: bool = False) -> Figures:
    told = [(played.case.id, verdict.wrong) for played, verdicts in judged if (verdict := verdicts[name]) is not None]
    return share(sum(wrong for _, wrong in told), len(told), _by_conversation(told) if bootstrap else ())


def _by_conversation(told: Sequence[tuple[str, bool]]) -> list[tuple[int, int]]:
    n: Counter[str] = Counter(case for case, _ in told)
    wrong: Counter[str] = Counter(case for case, bad in told if bad)
    return [(wrong[case], n[case]) for case in n]


def scorers(judged: Sequence[Judged]) -> list[Figures]:
    """One row a fear: how often it came true."""
    return [
        {"name": name, "fear": inspect.getdoc(scorer) or "", **of_scorer(judged, name, bootstrap=True)} for name, scorer in SCORERS.items()
    ]


def resolution(judged: Sequence[Judged]) -> Figures:
    """Of the turns that can be resolved alone: how many were, and rightly."""
    could = [(played, verdicts) for played, verdicts in judged if resolvable(played)]
    right = [(played.case.id, bool(v := verdicts["WrongResolution"]) and not v.wrong) for played, verdicts in could]
    resolved = sum(played.record.outcome == Outcome.RESOLVE for played, _ in could)
    return {
        "resolvable": len(could),
        "resolved": share(resolved, len(could)),
        "resolved_right": share(sum(ok for _, ok in right), len(could), _by_conversation(right)),
    }


def classification(judged: Sequence[Judged]) -> Figures:
    """Confusion matrices and macro-F1 of intent, sentiment and outcome."""
    wishes = [(played, _main(played)) for played, _ in judged if played.gold.intents]
    moods = [(played, played.gold.sentiment.value, played.record.sentiment) for played, _ in judged if played.gold.sentiment]
    ends = [(played.gold.best.value, _end(played)) for played, _ in judged if played.gold.best]
    return {
        "intent": matrix([truth for _, (truth, _) in wishes], [got for _, (_, got) in wishes]) | {"by_language": _f1_by_language(wishes)},
        "sentiment": matrix([truth for _, truth, _ in moods], [got for _, _, got in moods], [item.value for item in Sentiment])
        | {"by_language": _f1_by_language([(played, (truth, got)) for played, truth, got in moods])},
        "outcome": matrix([truth for truth, _ in ends], [got for _, got in ends], [item.value for item in Outcome]),
    }


def _main(played: Played) -> tuple[str, str]:
    """(truth, reading) of the turn's main wish. Which of several right wishes came first is no error."""
    got = played.record.intents[0][0] if played.record.intents else ""
    wanted = [intent.value for intent in played.gold.intents if intent not in COURTESY] or [played.gold.intents[0].value]
    return (got, got) if got in wanted else (wanted[0], got)


def _end(played: Played) -> str:
    """What was decided; another outcome that will do counts as the best one."""
    got = played.record.outcome
    return played.gold.outcomes[0].value if got in {outcome.value for outcome in played.gold.outcomes} else got


def matrix(truth: Sequence[str], got: Sequence[str], labels: Sequence[str] = ()) -> Figures:
    """Rows are the truth, columns the reading."""
    names = list(labels) or sorted({*truth, *got})
    counts = Counter(zip(truth, got, strict=True))
    return {"labels": names, "counts": [[counts[row, column] for column in names] for row in names], "macro_f1": macro_f1(truth, got)}


def macro_f1(truth: Sequence[str], got: Sequence[str]) -> float:
    """Over the labels that occur in the truth; what is only ever misread as something else counts there."""
    if not truth:
        return 0.0
    measure: Any = f1_score  # its types know strings only where numbers are meant
    return round(float(measure(list(truth), list(got), labels=sorted(set(truth)), average="macro", zero_division=0)), 4)


def _f1_by_language(pairs: Iterable[tuple[Played, tuple[str, str]]]) -> dict[str, Figures]:
    groups: dict[str, list[tuple[str, str]]] = {}
    for played, pair in pairs:
        groups.setdefault(played.case.language, []).append(pair)
    return {
        language: {"macro_f1": macro_f1([t for t, _ in own], [g for _, g in own]), "n": len(own)}
        for language, own in sorted(groups.items())
        if language in SUPPORTED
    }


def retrieval(judged: Sequence[Judged]) -> Figures:
    turns = [played for played, _ in judged]
    languages = sorted({played.case.language for played in turns})
    return {
        "all": ranking(turns),
        "by_language": {name: found for name in languages if (found := ranking([turn for turn in turns if turn.case.language == name]))},
    }


def reliability(judged: Sequence[Judged]) -> Figures:
    """Of what the agent resolved: how sure it was, and how often it was right."""
    told = [(played.record.confidence, not v.wrong) for played, verdicts in judged if (v := verdicts["WrongResolution"])]
    bins: list[Figures] = []
    for low in (0.0, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95):
        high = {0.0: 0.3, 0.9: 0.95, 0.95: 1.0}.get(low, round(low + 0.1, 2))
        own = [(sure, right) for sure, right in told if low <= sure < high or (high == 1.0 and sure >= 1.0)]
        if own:
            bins.append(
                {"low": low, "high": high, "sure": float(np.mean([sure for sure, _ in own])), **share(sum(r for _, r in own), len(own))}
            )
    error = sum(abs(item["rate"] - item["sure"]) * item["n"] for item in bins) / len(told) if told else 0.0
    return {"bins": bins, "error": round(error, 4)}


def latency(records: Sequence[Record]) -> dict[str, Figures]:
    """Milliseconds by node, and of whole turns."""
    nodes: dict[str, list[float]] = {}
    for record in records:
        for node, ms in record.timings.items():
            nodes.setdefault(node, []).append(ms)
    nodes["turn"] = [sum(record.timings.values()) for record in records if record.timings]
    return {node: _spread(values) for node, values in nodes.items() if values}


def _spread(values: Sequence[float]) -> Figures:
    p50, p95 = np.percentile(values, [50, 95])
    return {"n": len(values), "mean": round(float(np.mean(values)), 2), "p50": round(float(p50), 2), "p95": round(float(p95), 2)}


def cost(records: Sequence[Record]) -> Figures:
    """Model calls, tokens and US dollars of the whole run; all nought without a model."""
    total: Counter[str] = Counter()
    for record in records:
        total.update(record.usage)
    return {
        "turns": len(records),
        "calls": total["calls"],
        "tokens_in": total["tokens_in"],
        "tokens_out": total["tokens_out"],
        "usd": total["usd"],
    }


Dimension = Callable[[Played], Iterable[str]]
DIMENSIONS: dict[str, Dimension] = {
    "language": lambda played: [played.case.language],
    "channel": lambda played: [played.case.channel],
    "intent": lambda played: [intent.value for intent in played.gold.intents[:1]],
    "photo": lambda played: ["with photo" if played.turn.photos else "no photo"],
    "turn": lambda played: [str(played.index + 1)],
    "tag": lambda played: played.case.tags,
    "scenario": lambda played: [played.case.scenario.split(".")[0]],
}
