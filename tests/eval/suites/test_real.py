"""A glance at the real data with the real models, where both are."""

from __future__ import annotations

import pytest

from agent.errors import NotReady
from eval.suites import Suite, run


@pytest.mark.parametrize(("name", "limit", "least"), [("bitext", 54, 0.4), ("pii", 24, 0.9)])
async def test_a_suite_runs_on_the_real_data(name: str, limit: int, least: float) -> None:
    try:
        found = await run(name, limit=limit)
    except (NotReady, FileNotFoundError) as error:
        pytest.skip(str(error))
    if not isinstance(found, Suite):
        pytest.skip(found.why)
    assert found.n == limit
    assert found.measures[0].value >= least
