"""From probabilities and lexicon keys to intents, flags, sentiment and urgency. Pure."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from agent.brains.local.heads import Head
from agent.domain.intents import COURTESY, Intent
from agent.domain.triage import Flag, IntentScore, Sentiment, Urgency

#: A clause's own wish counts from this probability; the whole message's best always counts.
CLAUSE_MIN = 0.55
#: A second wish in the whole message counts from this probability.
SECOND_MIN = 0.30
#: Lexicon keys that say the intent outright, whatever the classifier thinks.
OUTRIGHT = {
    "human": Intent.HUMAN,
    "legal": Intent.LEGAL_THREAT,
    "safety": Intent.SAFETY,
    "press": Intent.PRESS,
    "privacy": Intent.PRIVACY,
}
FLAGS = {
    "injection": Flag.INJECTION,
    "abuse": Flag.ABUSE,
    "human": Flag.HUMAN_REQUEST,
    "legal": Flag.LEGAL,
    "safety": Flag.SAFETY,
    "press": Flag.PRESS,
    "privacy": Flag.PRIVACY,
    "anger": Flag.ANGER,
    "tracking": Flag.TRACKING,
    "vague": Flag.VAGUE,
}
#: From this probability the classifier alone raises the flag of the intent.
FLAG_MIN = 0.6


def intents(head: Head, rows: npt.NDArray[np.float32], keys: frozenset[str]) -> tuple[IntentScore, ...]:
    """`rows[0]` is the whole message, the rest its clauses."""
    best: dict[Intent, float] = {}
    whole = rows[0]
    order = np.argsort(-whole)
    best[Intent(head.labels[order[0]])] = float(whole[order[0]])
    if whole[order[1]] >= SECOND_MIN:
        best[Intent(head.labels[order[1]])] = float(whole[order[1]])
    for row in rows[1:]:
        top = int(row.argmax())
        if row[top] >= CLAUSE_MIN:
            intent = Intent(head.labels[top])
            best[intent] = max(best.get(intent, 0.0), float(row[top]))
    for key, intent in OUTRIGHT.items():
        if key in keys:
            best[intent] = max(best.get(intent, 0.0), 0.9)
    return _ranked(best)


def _ranked(best: dict[Intent, float]) -> tuple[IntentScore, ...]:
    requests = {intent: score for intent, score in best.items() if intent not in COURTESY and intent is not Intent.OUT_OF_SCOPE}
    kept = requests or best
    if requests and max(requests.values()) < SECOND_MIN:
        kept = best
    return tuple(IntentScore(i, round(s, 4)) for i, s in sorted(kept.items(), key=lambda item: -item[1])[:4])


def flags(keys: frozenset[str], found: Sequence[IntentScore]) -> frozenset[Flag]:
    raised = {flag for key, flag in FLAGS.items() if key in keys}
    sure = {item.intent for item in found if item.score >= FLAG_MIN}
    raised |= {FLAGS[key] for key, intent in OUTRIGHT.items() if intent in sure}
    return frozenset(raised)


def sentiment(head: Head, row: npt.NDArray[np.float32], raised: frozenset[Flag]) -> tuple[Sentiment, float]:
    if raised & {Flag.ANGER, Flag.ABUSE}:
        return Sentiment.NEGATIVE, max(0.9, float(row[head.labels.index("negative")]))
    top = int(row.argmax())
    return Sentiment(head.labels[top]), float(row[top])


def urgency(keys: frozenset[str], raised: frozenset[Flag], mood: Sentiment) -> Urgency:
    if "safety" in keys or "critical" in keys or Flag.SAFETY in raised:
        return Urgency.CRITICAL
    if "urgent" in keys or raised & {Flag.LEGAL, Flag.ANGER, Flag.PRESS}:
        return Urgency.HIGH
    return Urgency.LOW if mood is Sentiment.POSITIVE else Urgency.NORMAL
