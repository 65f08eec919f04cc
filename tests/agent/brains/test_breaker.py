"""A failing endpoint is left alone soon; one writer who spoils answers on purpose does not take the model away from the others."""

import pytest

from agent.brains.breaker import ANYBODYS, LIMIT, LONGEST_REST, REST, Breaker


class Clock:
    now = 0.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


def opened_after(breaker: Breaker, *spoilers: str) -> int | None:
    """How many failures it took, one a spoiler; None while it is closed."""
    for number, spoiler in enumerate(spoilers, start=1):
        breaker.tell(well=False, spoiler=spoiler)
        if breaker.resting:
            return number
    return None


def test_an_endpoint_that_fails_opens_it_and_is_tried_again_by_one_at_a_time(clock: Clock) -> None:
    breaker = Breaker(clock=clock)
    assert opened_after(breaker, *[""] * 20) == LIMIT
    assert not breaker.allows()
    clock.now = REST
    assert [breaker.allows(), breaker.allows()] == [True, False]
    breaker.tell(well=True)
    assert breaker.allows() and breaker.allows()


def test_one_conversation_that_spoils_answers_leaves_the_others_their_model(clock: Clock) -> None:
    breaker = Breaker(clock=clock)
    for _ in range(50):  # others are served in between
        assert opened_after(breaker, *["mallory"] * (ANYBODYS - 1)) is None
        assert breaker.allows()
        breaker.tell(well=True)


@pytest.mark.parametrize("spoilers", [["a"] * 20, ["a", "b"] * 10, [f"c{at}" for at in range(20)], ["a", "", "b", "b", ""] * 4])
def test_an_endpoint_that_only_talks_garbage_opens_it_within_ten_and_recovers_within_thirty_seconds(
    clock: Clock, spoilers: list[str]
) -> None:
    breaker = Breaker(clock=clock)
    taken = opened_after(breaker, *spoilers)
    assert taken is not None and LIMIT <= taken <= 10
    clock.now = 30.0
    assert breaker.allows()
    breaker.tell(well=False, spoiler=spoilers[0])  # still garbage
    assert breaker.resting
    clock.now = 60.0
    assert breaker.allows()
    breaker.tell(well=True)
    assert opened_after(breaker, *["a"] * 9) is None


def test_different_conversations_count_as_the_endpoint_does(clock: Clock) -> None:
    assert opened_after(Breaker(clock=clock), *(f"c{at}" for at in range(20))) == LIMIT
    assert opened_after(Breaker(clock=clock), "a", "a", "a", "", "", "", "") == 7


def test_an_endpoint_that_asks_for_rest_has_it_at_once_whoever_asked(clock: Clock) -> None:
    breaker = Breaker(clock=clock)
    breaker.tell(well=False, spoiler="a", rest=3600.0)
    assert breaker.resting
    clock.now = LONGEST_REST
    assert breaker.allows()
