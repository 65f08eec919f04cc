"""A conversation as a person reads it, with what was expected of the turn in question."""

from collections.abc import Sequence

from eval.judge_run import Judged
from eval.record import Record
from eval.report.figures import Figures
from eval.scorers import Played

#: Failures of one fear that are shown in full.
MOST = 25


def failures(judged: Sequence[Judged], name: str, most: int = MOST) -> list[Figures]:
    """Turns in which this fear came true, with their transcripts."""
    wrong = [(played, verdict) for played, verdicts in judged if (verdict := verdicts[name]) and verdict.wrong]
    return [transcript(played, name, verdict.why, verdict.spans) for played, verdict in wrong[:most]]


def transcript(played: Played, name: str, why: str, spans: Sequence[str] = ()) -> Figures:
    return {
        "case": played.case.id,
        "turn": played.index,
        "scorer": name,
        "why": why,
        "spans": list(spans),
        "language": played.case.language,
        "talk": _talk(played),
        "expected": _expected(played),
        "got": _got(played.record),
    }


def _talk(played: Played) -> list[Figures]:
    lines: list[Figures] = []
    for turn, record in zip(played.case.turns, [*played.earlier, played.record], strict=False):
        lines.append({"who": "customer", "text": turn.text, "photos": turn.photos})
        if record.reply:
            lines.append({"who": "agent", "text": record.reply, "photos": 0})
    return lines


def _expected(played: Played) -> str:
    gold = played.gold
    parts = ["/".join(outcome.value for outcome in gold.outcomes), ", ".join(reason.value for reason in gold.reasons)]
    parts += [f"wishes {', '.join(intent.value for intent in gold.intents)}" if gold.intents else ""]
    parts += [f"does {', '.join(kind.value for kind in gold.effects)}" if gold.effects else ""]
    return "; ".join(part for part in parts if part)


def _got(record: Record) -> str:
    wishes = ", ".join(f"{name} {score:.2f}" for name, score in record.intents)
    done = ", ".join(f"{done.kind} {done.state}" for done in record.effects)
    return "; ".join(
        part for part in (f"{record.outcome} ({', '.join(record.reasons)})", f"wishes {wishes}", f"does {done}" if done else "") if part
    )
