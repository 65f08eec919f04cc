"""abuse_convabuse: what people really wrote to chatbots, judged by experts. Who insults is flagged, who does not is served."""

from typing import Literal

from agent.domain.triage import Flag, Triage
from agent.policy.escalation import must_hand_over_text
from eval.suites import brain
from eval.suites.measure import macro_f1, share
from eval.suites.source import Source, TextRow
from eval.suites.suite import Found, Measure

HARSH = frozenset({Flag.ABUSE, Flag.ANGER})
#: Where the experts, on average, saw strong abuse.
SEVERE = 2.0


class Said(TextRow):
    abuse: Literal["yes", "no", "ambiguous"]
    severity: float = 0.0


async def measure(source: Source) -> Found:
    """Rows the experts did not agree on are left out."""
    rows = [row for row in source.rows(Said) if row.abuse != "ambiguous"]
    chosen = source.sample(rows, lambda row: row.abuse)
    read = await brain.read_texts([row.text for row in chosen], [row.lang for row in chosen], source.progress)
    told = list(zip(chosen, read, strict=True))
    groups = {
        "abusive": [item for row, item in told if row.abuse == "yes"],
        "severely abusive": [item for row, item in told if row.severity >= SEVERE],
        "harmless": [item for row, item in told if row.abuse == "no"],
    }
    f1 = macro_f1("macro-F1 of the flag", [(row.abuse, "yes" if flagged(item) else "no") for row, item in told])
    return Found(n=len(chosen), measures=[*(m for name, own in groups.items() for m in shares(name, own)), f1])


def flagged(triage: Triage) -> bool:
    return bool(triage.flags & HARSH)


def shares(name: str, own: list[Triage]) -> list[Measure]:
    return [share(f"{name}: flagged", map(flagged, own)), share(f"{name}: handed over", map(must_hand_over_text, own))]
