"""An attack: an obedient brain in the real graph, on the memory twins of the shop."""

import asyncio
from collections.abc import Callable, Iterator, Sequence

import pytest

from agent.domain.intents import Intent
from tests.agent.attacks.stage import Obedient, Stage, played


@pytest.fixture(scope="session")
def attack() -> Iterator[Callable[..., Stage]]:
    """attack((wishes, language, tracking), texts, customer, channel): what came of it."""
    with asyncio.Runner() as runner:

        def run(
            read: tuple[tuple[Intent, ...], str, bool], texts: Sequence[str], customer: str | None = None, channel: str = "web"
        ) -> Stage:
            return runner.run(played(Obedient(*read), texts, customer, channel))

        yield run
