"""Right sentences made wrong: the last check catches them, and lets the right ones pass. A small fixed part of `python -m eval mutations`."""

from collections import Counter

import pytest

from agent.domain.languages import SUPPORTED
from agent.phrasing import Phrases
from eval import world
from eval.mutations.measure import OWN, VALUES, Tally, paraphrased, played
from eval.mutations.mutate import mutants
from eval.mutations.paraphrases import FRESH, TUNED, paraphrases
from eval.mutations.replies import written
from eval.stage import Stage

LANGUAGES = sorted(SUPPORTED)
ROWS = paraphrases(Phrases())


@pytest.fixture(scope="module")
def tally() -> Tally:
    made = Tally()
    paraphrased(made, ROWS)
    return made


def test_paraphrases_are_many_and_in_every_language() -> None:
    counts = Counter(row.language for row in ROWS)
    assert set(counts) == SUPPORTED and min(counts.values()) >= 6 and len(ROWS) >= 60


@pytest.mark.parametrize("language", LANGUAGES)
def test_mistakes_of_a_model_are_caught(tally: Tally, language: str) -> None:
    caught, made = tally.share(lambda key: key[2] == language)
    assert made > 80
    assert caught >= 0.97 * made, [text for key, text in tally.missed if key[2] == language]


def test_nearly_all_mistakes_are_caught(tally: Tally) -> None:
    caught, made = tally.share()
    assert caught >= 0.99 * made


def test_right_sentences_pass(tally: Tally) -> None:
    alarms = sum(tally.alarms.values())
    assert alarms <= 0.05 * sum(number for (group, _), number in tally.right.items() if group in {TUNED, FRESH}), tally.false


async def test_replies_of_our_own_pass_and_their_mistakes_are_caught(stage: Stage, case) -> None:
    number = world.number("en", "late6", 0)
    mail = world.orders()[number].customer.email
    rows = await written(stage, [case(f"order_status: {number} {mail}"), case(f"return_request: {number} {mail}")])
    made = Tally()
    played(made, rows)
    assert sum(made.alarms.values()) == 0, made.false
    for where in (OWN, VALUES):
        caught, of = made.share(lambda key, where=where: key[0] == where)
        assert caught == of > 5, made.missed


@pytest.mark.parametrize(
    ("text", "language", "kind", "wrong"),
    [
        ("It left on 12 May 2026.", "en", "date", "It left on 22 May 2026."),
        ("It left on 12 May 2026.", "en", "month", "It left on 12 June 2026."),
        ("It left on 12 May 2026.", "en", "weekday", "It left on 12 May 2026 (Wednesday)."),
        ("You get €79.90.", "en", "amount", "You get €89.90."),
        ("You get €79.90.", "en", "currency", "You get $79.90."),
        ("It is packed.", "en", "negation", "It is not packed."),
        ("Es ist kostenlos.", "de", "opposite", "Es ist kostenpflichtig."),
        ("5 to 10 days", "en", "swap", "10 days to 5"),
        ("https://track.example/1", "en", "link", "https://evil.example/1"),
        ("a@shop.example", "en", "e-mail", "a@evil.shop.example"),
    ],
)
def test_a_mistake_is_what_its_kind_says(text: str, language: str, kind: str, wrong: str) -> None:
    assert (kind, wrong) in mutants(text, language)
    assert all(made != text for _, made in mutants(text, language))
