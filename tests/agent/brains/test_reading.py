"""From probabilities and word-list keys to intents, flags, mood and urgency."""

import numpy as np
import pytest

from agent.brains.local import reading
from agent.brains.local.heads import Head
from agent.domain.intents import Intent
from agent.domain.triage import Flag, IntentScore, Sentiment, Urgency

I = Intent  # noqa: E741
WISHES = (I.ORDER_STATUS, I.REFUND_REQUEST, I.GREETING, I.OUT_OF_SCOPE, I.HUMAN, I.SAFETY)
NONE: frozenset[str] = frozenset()


def head(*labels: str) -> Head:
    return Head(tuple(map(str, labels)), (), np.zeros(1, np.float32))


def rows(*messages: dict[Intent, float]) -> np.ndarray:
    """One row a message: what is left is shared by the others."""
    made = []
    for message in messages:
        rest = (1 - sum(message.values())) / (len(WISHES) - len(message))
        made.append([message.get(intent, rest) for intent in WISHES])
    return np.array(made, np.float32)


def wishes(*messages: dict[Intent, float], keys: frozenset[str] = NONE) -> list[Intent]:
    return [item.intent for item in reading.intents(head(*WISHES), rows(*messages), keys)]


@pytest.mark.parametrize(
    ("messages", "keys", "expected"),
    [
        ([{I.ORDER_STATUS: 0.9}], NONE, [I.ORDER_STATUS]),
        ([{I.ORDER_STATUS: 0.5, I.REFUND_REQUEST: 0.45}], NONE, [I.ORDER_STATUS, I.REFUND_REQUEST]),
        ([{I.ORDER_STATUS: 0.8, I.REFUND_REQUEST: 0.15}], NONE, [I.ORDER_STATUS]),
        ([{I.ORDER_STATUS: 0.8}, {I.REFUND_REQUEST: 0.9}], NONE, [I.REFUND_REQUEST, I.ORDER_STATUS]),
        ([{I.ORDER_STATUS: 0.8}, {I.REFUND_REQUEST: 0.3}], NONE, [I.ORDER_STATUS]),
        ([{I.GREETING: 0.6, I.ORDER_STATUS: 0.38}], NONE, [I.ORDER_STATUS]),
        ([{I.GREETING: 0.9}], NONE, [I.GREETING]),
        ([{I.OUT_OF_SCOPE: 0.9}], NONE, [I.OUT_OF_SCOPE]),
        ([{I.ORDER_STATUS: 0.95}], frozenset({"safety"}), [I.ORDER_STATUS, I.SAFETY]),
        ([{I.ORDER_STATUS: 0.7}], frozenset({"human"}), [I.HUMAN, I.ORDER_STATUS]),
        ([{I.GREETING: 0.95}], frozenset({"human"}), [I.HUMAN]),
    ],
)
def test_intents(messages, keys, expected) -> None:
    assert wishes(*messages, keys=keys) == expected


def test_who_takes_a_cancellation_back_does_not_want_one() -> None:
    both = head(I.CANCEL_ORDER, I.ORDER_STATUS, I.PRAISE)
    row = np.array([[0.9, 0.07, 0.03]], np.float32)
    assert [item.intent for item in reading.intents(both, row, frozenset({"keep"}))] == [I.ORDER_STATUS]
    assert [item.intent for item in reading.intents(both, row, NONE)] == [I.CANCEL_ORDER]


@pytest.mark.parametrize(
    ("rows", "found"),
    [
        ([[0.6, 0.1, 0.3]], {"injection"}),
        ([[0.4, 0.1, 0.5]], set()),
        ([[0.1, 0.6, 0.3]], {"anger"}),
        ([[0.1, 0.1, 0.8], [0.85, 0.05, 0.1]], {"injection"}),  # hidden in one sentence of a long mail
        ([[0.1, 0.1, 0.8], [0.05, 0.85, 0.1]], set()),  # one strong word makes nobody angry
    ],
)
def test_alarms(rows: list[list[float]], found: set[str]) -> None:
    assert reading.alarms(head("injection", "anger", "plain"), np.array(rows, np.float32)) == found


def test_intents_are_at_most_four_sorted_and_never_none() -> None:
    found = reading.intents(head(*WISHES), rows(*({wish: 0.9} for wish in WISHES)), frozenset(reading.OUTRIGHT))
    assert 1 <= len(found) <= 4
    assert list(found) == sorted(found, key=lambda item: -item.score)


@pytest.mark.parametrize(("score", "raised"), [(reading.FLAG_MIN, {Flag.SAFETY}), (reading.FLAG_MIN - 0.01, set())])
def test_a_sure_classifier_raises_a_flag(score: float, raised: set[Flag]) -> None:
    assert reading.flags(NONE, [IntentScore(I.SAFETY, score)]) == raised


def test_every_key_raises_its_flag() -> None:
    for key, flag in reading.FLAGS.items():
        assert reading.flags(frozenset({key}), []) == {flag}
    assert reading.flags(frozenset({"thanks", "negation"}), []) == frozenset()


@pytest.mark.parametrize("flag", [Flag.ANGER, Flag.ABUSE])
def test_anger_is_negative_whatever_the_classifier_says(flag: Flag) -> None:
    row = np.array([0.01, 0.09, 0.9], np.float32)
    mood, score = reading.sentiment(head("negative", "neutral", "positive"), row, frozenset({flag}))
    assert (mood, score) == (Sentiment.NEGATIVE, pytest.approx(0.9))


@pytest.mark.parametrize(("row", "mood"), [([0.8, 0.1, 0.1], "negative"), ([0.1, 0.8, 0.1], "neutral"), ([0.1, 0.1, 0.8], "positive")])
def test_mood(row: list[float], mood: str) -> None:
    found, score = reading.sentiment(head("negative", "neutral", "positive"), np.array(row, np.float32), frozenset())
    assert (found, score) == (Sentiment(mood), pytest.approx(0.8))


@pytest.mark.parametrize(
    ("keys", "raised", "mood", "urgency"),
    [
        ({"safety"}, {Flag.SAFETY}, Sentiment.POSITIVE, Urgency.CRITICAL),
        ({"critical"}, set(), Sentiment.NEUTRAL, Urgency.CRITICAL),
        (set(), {Flag.SAFETY}, Sentiment.NEUTRAL, Urgency.CRITICAL),
        ({"urgent"}, set(), Sentiment.POSITIVE, Urgency.HIGH),
        (set(), {Flag.LEGAL}, Sentiment.NEUTRAL, Urgency.HIGH),
        (set(), {Flag.PRESS}, Sentiment.NEUTRAL, Urgency.HIGH),
        (set(), {Flag.ANGER}, Sentiment.NEGATIVE, Urgency.HIGH),
        (set(), set(), Sentiment.NEGATIVE, Urgency.NORMAL),
        (set(), set(), Sentiment.NEUTRAL, Urgency.NORMAL),
        (set(), set(), Sentiment.POSITIVE, Urgency.LOW),
    ],
)
def test_urgency(keys, raised, mood: Sentiment, urgency: Urgency) -> None:
    assert reading.urgency(frozenset(keys), frozenset(raised), mood) is urgency
