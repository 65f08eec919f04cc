"""The figures against values worked out elsewhere."""

import pytest

from eval.stats import Share, clustered, corrected, differs, paired, pass_k, upper_bound


def test_wilson_as_in_the_literature() -> None:
    low, high = Share(81, 263).interval  # Newcombe 1998, table I
    assert (round(low, 4), round(high, 4)) == (0.2553, 0.3662)


def test_nothing_measured_says_nothing() -> None:
    assert Share(0, 0).interval == (0.0, 1.0)
    assert upper_bound(0, 0) == 1.0
    assert clustered([]) == (0.0, 1.0)


def test_the_exact_bound_needs_299_without_an_error_for_one_per_cent() -> None:
    assert upper_bound(0, 299) < 0.01 < upper_bound(0, 298)


def test_turns_of_one_conversation_count_as_one_witness() -> None:
    apart = clustered([(n % 2, 1) for n in range(40)])
    together = clustered([(5 * (n % 2), 5) for n in range(8)])
    assert together[1] - together[0] > apart[1] - apart[0]


def test_clusters_that_are_all_alike_still_have_an_interval() -> None:
    low, high = clustered([(0, 2)] * 10)
    assert low == 0.0 and high > 0.05


def test_the_paired_test_looks_at_what_changed_alone() -> None:
    assert paired([False] * 100, [False] * 100) == 1.0
    assert paired([False] * 10 + [True] * 90, [True] * 10 + [True] * 90) == pytest.approx(2 / 2**10)


def test_looking_often_is_corrected() -> None:
    assert corrected([]) == []
    assert corrected([0.01, 0.5, 0.9, 0.7]) == pytest.approx([0.04, 0.9, 0.9, 0.9])


def test_a_slice_like_the_rest_is_no_finding() -> None:
    assert differs(Share(5, 50), Share(100, 1000)) > 0.9
    assert differs(Share(25, 50), Share(100, 1000)) < 1e-6
    assert differs(Share(0, 0), Share(1, 10)) == 1.0


def test_pass_k_is_the_chance_of_k_successes_in_a_row() -> None:
    assert pass_k(4, 4, 4) == 1.0
    assert pass_k(2, 4, 2) == pytest.approx(1 / 6)
    assert pass_k(1, 4, 2) == 0.0
    with pytest.raises(ValueError, match="at least 5 tries"):
        pass_k(4, 4, 5)
