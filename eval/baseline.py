"""An earlier run to compare with: which turns were wrong then. Kept beside the cases, small enough to read in a diff."""

import json
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from eval.identity import Identity
from eval.judge_run import Judged
from eval.report.figures import Figures
from eval.report.transcript import transcript
from eval.scorers import SCORERS
from eval.stats import corrected, paired

FOLDER = Path(__file__).parent / "baselines"
#: Turns that broke or were mended which are shown in full.
MOST = 20

Baseline = dict[str, Any]


def name(played: Any) -> str:
    return f"{played.case.id}/{played.index}"


def path(split: str, mode: str) -> Path:
    return FOLDER / f"{split}-{mode}.json"


def load(file: Path) -> Baseline | None:
    """None when there is none yet.

    Raises:
        ValueError: the file is no baseline; the message says how to make one anew.
    """
    if not file.is_file():
        return None
    try:
        found: Baseline = json.loads(file.read_text(encoding="utf-8"))
        assert {"identity", "cases", "wrong", "n"} <= found.keys()
    except (ValueError, AssertionError):
        raise ValueError(f"{file} is no baseline. Make it anew: python -m eval run --split {file.stem.split('-')[0]} --baseline") from None
    return found


def write(file: Path, identity: Identity, judged: Sequence[Judged]) -> Path:
    """Takes today's verdicts as the baseline."""
    wrong = {scorer: [name(p) for p, v in judged if (found := v[scorer]) and found.wrong] for scorer in SCORERS}
    n = {scorer: sum(v[scorer] is not None for _, v in judged) for scorer in SCORERS}
    cases = sorted({played.case.id for played, _ in judged})
    file.parent.mkdir(parents=True, exist_ok=True)
    body = {"identity": asdict(identity), "n": n, "wrong": wrong, "cases": cases}
    file.write_text(json.dumps(body, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    return file


def compare(before: Baseline, judged: Sequence[Judged]) -> Figures:
    """Turn by turn: what broke, what was mended, and whether that is more than chance."""
    known = set(before["cases"])
    same = [item for item in judged if item[0].case.id in known]
    rows = [_row(scorer, before, same) for scorer in SCORERS]
    for row, p in zip(rows, corrected([row["p"] for row in rows]), strict=True):
        row["p_corrected"] = p
    return {
        "identity": before["identity"],
        "compared": len(same),
        "rows": rows,
        "broke": [text for scorer in SCORERS for text in _changed(scorer, before, same, broke=True)][:MOST],
        "mended": [text for scorer in SCORERS for text in _changed(scorer, before, same, broke=False)][:MOST],
    }


def _row(scorer: str, before: Baseline, judged: Sequence[Judged]) -> Figures:
    wrong = set(before["wrong"].get(scorer, ()))
    pairs = [(name(played) in wrong, verdict.wrong) for played, verdicts in judged if (verdict := verdicts[scorer]) is not None]
    then, now = [a for a, _ in pairs], [b for _, b in pairs]
    return {"scorer": scorer, "n": len(pairs), "before": sum(then), "after": sum(now), "p": paired(then, now)}


def _changed(scorer: str, before: Baseline, judged: Sequence[Judged], *, broke: bool) -> list[Figures]:
    wrong = set(before["wrong"].get(scorer, ()))
    return [
        transcript(played, scorer, verdict.why, verdict.spans)
        for played, verdicts in judged
        if (verdict := verdicts[scorer]) is not None and verdict.wrong is broke and (name(played) in wrong) is not broke
    ]
