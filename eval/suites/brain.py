"""The reader that the suites measure: the prepared brain, asked in pages."""

from collections.abc import Sequence

from agent.bootstrap import make_brain, open_embedder
from agent.domain.triage import Triage
from agent.ports import Brain
from agent.settings import Settings
from eval.suites.source import LONGEST, Progress
from knowledge.embed import Embedder

PAGE = 64


def prepared_embedder() -> Embedder:
    """Raises NotReady with its cure."""
    return open_embedder(Settings.model_validate({}))


def prepared_brain() -> Brain:
    """The brain the settings name. Raises NotReady with its cure."""
    settings = Settings.model_validate({})
    return make_brain(settings, open_embedder(settings))


async def read_texts(texts: Sequence[str], hints: Sequence[str | None], progress: Progress) -> list[Triage]:
    brain = prepared_brain()
    found: list[Triage] = []
    for at in range(0, len(texts), PAGE):
        page = slice(at, at + PAGE)
        found += await brain.triage_texts([text[:LONGEST] for text in texts[page]], hints[page])
        progress(len(found), len(texts))
    return found
