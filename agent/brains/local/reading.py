"""From probabilities and lexicon keys to intents, flags, sentiment and urgency. Pure."""

from collections.abc import Mapping, Sequence

import numpy as np
import numpy.typing as npt

from agent.brains.local.heads import Head
from agent.domain.intents import COURTESY, WHEREABOUTS, Intent
from agent.domain.triage import Flag, IntentScore, Sentiment, Urgency

#: A clause's own wish counts from this probability; the whole message's best always counts.
CLAUSE_MIN = 0.6
#: A fragment alone calls nobody out of bed: the whole message and the word lists are heard from less.
GRAVE_CLAUSE_MIN = 0.8
#: From this probability a clause's unheard wish makes the whole reading less sure.
DOUBT_MIN = 0.3
#: What must reach a person is heard from here, whatever else is likelier.
GRAVE_MIN = 0.25
#: A second wish in the whole message counts from this probability.
SECOND_MIN = 0.35
#: Lexicon keys that say the intent outright, whatever the classifier thinks.
OUTRIGHT = {
    "human": Intent.HUMAN,
    "legal": Intent.LEGAL_THREAT,
    "safety": Intent.SAFETY,
    "press": Intent.PRESS,
    "privacy": Intent.PRIVACY,
}
#: The first already says the second: who wants their data deleted does not also want help with an account.
IMPLIED = {Intent.PRIVACY: Intent.ACCOUNT, Intent.PRESS: Intent.HUMAN}
GRAVE = frozenset(OUTRIGHT.values())
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
    "keep": Flag.KEEP,
}
#: From this probability the classifier alone raises the flag of the intent.
FLAG_MIN = 0.6


#: From these probabilities an alarm is raised: by the whole message, or by a clause alone.
ALARM_MIN: Mapping[str, tuple[float, float]] = {"injection": (0.5, 0.8), "anger": (0.5, 0.9)}


def alarms(head: Head, rows: npt.NDArray[np.float32]) -> frozenset[str]:
    """Lexicon keys that the alarm head raises; `rows[0]` is the whole message, the rest its clauses."""
    found: set[str] = set()
    for label, (whole, clause) in ALARM_MIN.items():
        column = rows[:, head.labels.index(label)]
        if column[0] >= whole or (len(column) > 1 and column[1:].max() >= clause):
            found.add(label)
    return frozenset(found)


def intents(head: Head, rows: npt.NDArray[np.float32], keys: frozenset[str]) -> tuple[IntentScore, ...]:
    """`rows[0]` is the whole message, the rest its clauses."""
    best = _heard(head, rows)
    for key, intent in OUTRIGHT.items():
        if key in keys:
            best[intent] = max(best.get(intent, 0.0), 0.9)
    if "keep" in keys:
        _kept(head, rows[0], best)
    doubt = _doubt(head, rows[1:], best)
    if doubt >= DOUBT_MIN:
        best = {intent: score * (1 - doubt) for intent, score in best.items()}
    outright = {OUTRIGHT[key] for key in keys & OUTRIGHT.keys()}
    said = {second for first, second in IMPLIED.items() if best.get(first, 0.0) >= FLAG_MIN}
    return _ranked({intent: score for intent, score in best.items() if intent in outright or intent not in said})


def _heard(head: Head, rows: npt.NDArray[np.float32]) -> dict[Intent, float]:
    """The whole message's best wish, its second and the grave ones from lower probabilities, and what its clauses say."""
    whole = rows[0]
    order = np.argsort(-whole)
    best = {Intent(head.labels[order[0]]): _sure(head, whole, int(order[0]))}
    if whole[order[1]] >= SECOND_MIN:
        best[Intent(head.labels[order[1]])] = float(whole[order[1]])
    grave = ((Intent(label), float(whole[at])) for at, label in enumerate(head.labels) if Intent(label) in GRAVE and whole[at] >= GRAVE_MIN)
    clauses = ((Intent(head.labels[int(row.argmax())]), float(row.max())) for row in rows[1:])
    found = ((intent, p) for intent, p in clauses if p >= (GRAVE_CLAUSE_MIN if intent in GRAVE else CLAUSE_MIN))
    for intent, p in (*grave, *found):
        best[intent] = max(best.get(intent, 0.0), p)
    return best


def _doubt(head: Head, clauses: npt.NDArray[np.float32], best: Mapping[Intent, float]) -> float:
    """How likely a clause holds a wish that was not taken up: too weak to be served, too strong to be sure that all has been heard."""
    heard = set(best) | (WHEREABOUTS if WHEREABOUTS & set(best) else set())
    silent = heard | COURTESY | {Intent.OUT_OF_SCOPE}
    others = [at for at, label in enumerate(head.labels) if Intent(label) not in silent]
    return float(clauses[:, others].max()) if len(clauses) and others else 0.0


def _kept(head: Head, whole: npt.NDArray[np.float32], best: dict[Intent, float]) -> None:
    """Who takes a cancellation back does not want one, however often the word is in the message."""
    best.pop(Intent.CANCEL_ORDER, None)
    if not best:
        others = (at for at in np.argsort(-whole) if head.labels[at] != Intent.CANCEL_ORDER)
        at = int(next(others))
        best[Intent(head.labels[at])] = _sure(head, whole, at)


def _sure(head: Head, row: npt.NDArray[np.float32], at: int) -> float:
    """The probability of a wish; for a question of whereabouts, of any of its forms."""
    if head.labels[at] not in WHEREABOUTS:
        return float(row[at])
    return min(1.0, float(sum(row[index] for index, label in enumerate(head.labels) if label in WHEREABOUTS)))


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


#: How often the writers of a wish sound negative; the rest is neutral, but for a few. Any other request is nearly always plain.
NEGATIVE_SHARE = {
    Intent.COMPLAINT: 0.9,
    Intent.LEGAL_THREAT: 0.85,
    Intent.SAFETY: 0.8,
    Intent.DAMAGED: 0.7,
    Intent.DELIVERY_LATE: 0.7,
    Intent.DEFECTIVE: 0.6,
    Intent.WRONG_ITEM: 0.6,
    Intent.NOT_RECEIVED: 0.6,
    Intent.MISSING_ITEM: 0.5,
    Intent.PARCEL_LOST: 0.5,
    Intent.REFUND_REQUEST: 0.5,
}
PLAIN_NEGATIVE = 0.07
POSITIVE_SHARE = {Intent.PRAISE: 0.93}
FEW_POSITIVE = 0.03
#: What the wish says about the mood counts less than what the words say.
WISH_WEIGHT = 0.75


def sentiment(
    head: Head, row: npt.NDArray[np.float32], raised: frozenset[Flag], likely: Mapping[Intent, float] | None = None
) -> tuple[Sentiment, float]:
    """`likely`: probability of each intent. To a classifier of moods alone a short request reads like a complaint or like praise."""
    if raised & {Flag.ANGER, Flag.ABUSE}:
        return Sentiment.NEGATIVE, max(0.9, float(row[head.labels.index("negative")]))
    weighed = row
    if likely:
        usual = np.array([sum(p * _usual(intent)[label] for intent, p in likely.items()) for label in head.labels])
        weighed = row * usual**WISH_WEIGHT
        weighed /= weighed.sum()
    top = int(weighed.argmax())
    return Sentiment(head.labels[top]), float(weighed[top])


def _usual(intent: Intent) -> dict[str, float]:
    """Share of each mood among the writers of a wish. Off topic says nothing."""
    if intent is Intent.OUT_OF_SCOPE:
        return dict.fromkeys(("negative", "neutral", "positive"), 1 / 3)
    positive = POSITIVE_SHARE.get(intent, FEW_POSITIVE)
    negative = NEGATIVE_SHARE.get(intent, min(PLAIN_NEGATIVE, 1 - positive))
    return {"negative": negative, "neutral": max(0.0, 1 - negative - positive), "positive": positive}


def urgency(keys: frozenset[str], raised: frozenset[Flag], mood: Sentiment) -> Urgency:
    if "safety" in keys or "critical" in keys or Flag.SAFETY in raised:
        return Urgency.CRITICAL
    if "urgent" in keys or raised & {Flag.LEGAL, Flag.ANGER, Flag.PRESS}:
        return Urgency.HIGH
    return Urgency.LOW if mood is Sentiment.POSITIVE else Urgency.NORMAL
