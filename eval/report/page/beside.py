"""What stands beside the cases, when it was run: the baseline, public data, simulated customers, a model as judge."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from eval.report.figures import Figures
from eval.report.page.sliced import SURE
from eval.report.page.talk import Talk, talk
from eval.report.page.words import IDENTITY, plain


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    name: str
    n: int
    before: int
    after: int
    p: float | None
    word: str
    sign: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Baseline:
    compared: int
    differing: tuple[tuple[str, Any, Any], ...]
    rows: tuple[Change, ...]
    broke: tuple[tuple[str, Talk], ...]
    mended: tuple[tuple[str, Talk], ...]


def baseline(report: Figures) -> Baseline | None:
    found = report.get("baseline")
    if not found:
        return None
    before, now = found["identity"], report["identity"]
    return Baseline(
        compared=found["compared"],
        differing=tuple(
            (name, before.get(key), now.get(key)) for key, name in IDENTITY.items() if key != "key" and before.get(key) != now.get(key)
        ),
        rows=tuple(map(_change, found["rows"])),
        broke=tuple((plain(item["scorer"]), talk(item)) for item in found["broke"]),
        mended=tuple((plain(item["scorer"]), talk(item)) for item in found["mended"]),
    )


def _change(row: Figures) -> Change:
    less, p = row["after"] - row["before"], row.get("p_corrected")
    word = "same" if not less else ("better" if less < 0 else "worse")
    sure = less and p is not None and p < SURE
    told = word if not less else f"{word}, more than chance" if sure else f"{word}, may be chance"
    sign = word if sure else ""
    return Change(name=plain(row["scorer"]), n=row["n"], before=row["before"], after=row["after"], p=p, word=told, sign=sign)


@dataclass(frozen=True, slots=True, kw_only=True)
class Measure:
    """A measure between 0 and 1 is a share or a score; `published` is what others report, `note` how theirs differs."""

    name: str
    value: float
    n: int | None
    interval: Sequence[float] | None
    published: float | None
    source: str
    note: str
    at_most: float | None

    @property
    def broken(self) -> bool:
        return self.at_most is not None and self.value > self.at_most


@dataclass(frozen=True, slots=True, kw_only=True)
class Suite:
    name: str
    what: str = ""
    data: str = ""
    n: int = 0
    total: int | None = None
    skipped: str = ""
    measures: tuple[Measure, ...] = ()
    offenders: tuple[Figures, ...] = ()


def suites(report: Figures) -> list[Suite]:
    return [_suite(item) for item in report.get("suites") or ()]


def _suite(item: Figures) -> Suite:
    if item.get("skipped"):
        return Suite(name=item["name"], skipped=item["skipped"])
    return Suite(
        name=item["name"],
        what=item.get("what", ""),
        data=item.get("data", ""),
        n=item.get("n", 0),
        total=item.get("total"),
        measures=tuple(map(_measure, item["measures"])),
        offenders=tuple(item.get("offenders") or ()),
    )


def _measure(item: Figures) -> Measure:
    share, published = item.get("share") or {}, item.get("published") or {}
    return Measure(
        name=item["name"],
        value=item["value"],
        n=share.get("n", item.get("n")),
        interval=share.get("wilson") or item.get("interval"),
        published=published.get("value"),
        source=published.get("source", ""),
        note=published.get("note") or published.get("differs") or "",
        at_most=item.get("at_most"),
    )


Row = tuple[str, Figures]


@dataclass(frozen=True, slots=True, kw_only=True)
class Simulated:
    """`ks` are the column heads of pass^k; a row has tries, passed, pass_k and, where known, wilson, turns and demanded."""

    seeds: int
    ks: tuple[str, ...]
    all: Figures | None
    goals: tuple[Row, ...]
    languages: tuple[Row, ...]
    failures: tuple[Talk, ...]
    spoiled: tuple[Figures, ...]


def simulation(report: Figures) -> Simulated | None:
    found = report.get("simulation")
    if not found:
        return None
    goals = tuple((plain(row["goal"]), _tries(row)) for row in found.get("goals") or ())
    return Simulated(
        seeds=found["seeds"],
        ks=tuple(sorted({str(k) for _, row in goals for k in row["pass_k"]}, key=int)),
        all=_tries(found["all"]) if found.get("all") else None,
        goals=goals,
        languages=tuple((name, _tries(row)) for name, row in (found.get("by_language") or {}).items()),
        failures=tuple(map(_simulated, found.get("failures") or ())),
        spoiled=tuple(found.get("spoiled") or ()),
    )


def _tries(row: Figures) -> Figures:
    # JSON turns the k of pass^k into text; a report that was never written has it as a number.
    return row | {"pass_k": {str(k): value for k, value in (row.get("pass_k") or {}).items()}}


def _simulated(item: Figures) -> Talk:
    shown = talk({"case": item["goal"], "turn": 0, "why": item["why"], "language": item["language"], "talk": item["talk"]})
    return Talk(
        case=f"{plain(item['goal'])}, {item['language']}",
        turn=f"seed {item['seed']}",
        why=shown.why,
        language=shown.language,
        spans=(),
        lines=shown.lines,
        expected="",
        got="",
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class SecondOpinion:
    """`figures` as eval.model_judge made them; `rows` are (label, counts) under `columns`, the model's verdicts."""

    figures: Figures
    failures: tuple[str, ...]
    columns: tuple[str, ...]
    rows: tuple[tuple[str, tuple[int, ...]], ...]
    disagreements: tuple[Talk, ...]


def judge(report: Figures) -> SecondOpinion | None:
    found = report.get("judge")
    if not found:
        return None
    table = found["table"]
    return SecondOpinion(
        figures=found,
        failures=tuple(f"{plain(why).lower()} {times}" for why, times in found["failures"].items()),
        columns=tuple(map(plain, table["verdicts"])),
        rows=tuple((plain(name), tuple(counts)) for name, counts in zip(table["labels"], table["counts"], strict=True)),
        disagreements=tuple(map(_disagreement, found["disagreements"])),
    )


def _disagreement(item: Figures) -> Talk:
    ours = f"{item['label']} ({item['why']})" if item["why"] else item["label"]
    return talk(item | {"why": f"Labels: {ours}. Model: {item['verdict']}. {item['reason']}"})
