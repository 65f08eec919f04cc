"""A test run tries the same examples every time, and `make fuzz` many more, also of tests with a number of their own."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.examples import DEFAULT, TIMES, many


def drawn() -> list[int]:
    tried: list[int] = []

    @given(st.integers())
    def tries(number: int) -> None:
        tried.append(number)

    tries()
    return tried


def test_a_run_tries_the_same_examples_every_time() -> None:
    assert settings().derandomize
    assert drawn() == drawn()
    assert len(set(drawn())) > DEFAULT / 2


@pytest.mark.parametrize(("profile", "times"), [("steady", 1), ("fuzz", TIMES)])
def test_every_profile_scales_what_a_test_asks_for(profile: str, times: int) -> None:
    kept = settings.get_current_profile_name()
    settings.load_profile(profile)
    try:
        assert (many(12), settings().max_examples) == (12 * times, DEFAULT * times)
        assert settings().derandomize is (profile == "steady")
    finally:
        settings.load_profile(kept)


def test_the_load_of_the_machine_decides_nothing() -> None:
    assert settings().deadline is None
