"""One run, judged and counted: the dictionary that page, JSON and gates are made from."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from typing import Any

from eval import languages
from eval.case import Case
from eval.certify import Certificate
from eval.identity import Identity
from eval.judge_run import Judged, judge
from eval.record import Record
from eval.report import figures, slices, transcript
from eval.report.figures import Figures
from eval.scorers import SCORERS


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """Cases that were played, and what came of them."""

    split: str
    identity: Identity
    cases: Sequence[Case]
    records: Sequence[Record]
    seconds: float

    def judged(self) -> list[Judged]:
        return judge(self.cases, self.records)


def assemble(run: Run, judged: Sequence[Judged], **parts: Any) -> Figures:
    """`parts`: gates, baseline, certificates, suites, simulation, judge; each is left out of the report when it is not given."""
    return {
        "made": datetime.now(UTC).isoformat(timespec="seconds"),
        "identity": asdict(run.identity) | {"key": run.identity.key},
        "split": run.split,
        "cases": len(run.cases),
        "turns": len(run.records),
        "seconds": round(run.seconds, 1),
        "crashes": [{"case": r.case, "turn": r.turn, "why": r.crash} for r in run.records if r.crash],
        "scorers": figures.scorers(judged),
        "resolution": figures.resolution(judged),
        "classification": figures.classification(judged),
        "retrieval": figures.retrieval(judged),
        "reliability": figures.reliability(judged),
        "slices": slices.slices(judged),
        "languages": languages.figures(judged),
        "crossed": {
            "left": "language",
            "right": "channel",
            "scorer": "WrongResolution",
            "rows": slices.crossed(judged, "language", "channel", "WrongResolution"),
        },
        "latency": figures.latency(run.records),
        "cost": figures.cost(run.records),
        "failures": {name: found for name in SCORERS if (found := transcript.failures(judged, name))},
        **parts,
    }


def certificates(found: Sequence[Certificate]) -> list[Figures]:
    """Risk and coverage of each remedy, and the point that was certified, if any."""
    return [asdict(item) | {"kind": item.kind.value} for item in found]
