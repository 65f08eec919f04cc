"""A clause slipped into a right sentence of a model's, in ten languages: a demand, a secret, a name, a crime, money."""

import pytest

from agent.domain.languages import SUPPORTED
from agent.phrasing import Phrases
from eval.mutations.measure import Tally, paraphrased
from eval.mutations.paraphrases import paraphrases


@pytest.fixture(scope="module")
def tally() -> Tally:
    made = Tally()
    paraphrased(made, paraphrases(Phrases()))
    return made


@pytest.mark.parametrize("language", sorted(SUPPORTED))
def test_most_of_what_is_slipped_in_is_found(tally: Tally, language: str) -> None:
    """What is not found stands beside a source that speaks of the same: your money, of a refund."""
    caught, missed = tally.slips[language, True], tally.slips[language, False]
    assert caught + missed >= 75
    assert caught >= 0.9 * (caught + missed)
