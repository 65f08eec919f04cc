"""A language model as a second judge: reported apart, with its agreement to the labels. It never decides a gate."""

import asyncio
from collections.abc import Sequence

from agent.brains.llm.endpoint import StructuredModel
from agent.settings import Settings
from eval.judge_run import Judged
from eval.judging.agreement import agreement
from eval.judging.opinion import Failed, Opinion, ask, opened, ready
from eval.judging.sample import Labelled, sample
from eval.judging.shown import shown
from eval.report.figures import Figures
from eval.runner import Progress
from prompts import load

__all__ = ["judge", "ready"]

#: Turns that are judged, seconds for one of them, questions asked at a time.
MOST, PATIENCE, ABREAST = 60, 30.0, 4
#: Failures in a row after which the model is asked no more: a dead endpoint must not cost `most` time-outs.
GIVEN_UP = 8


async def judge(
    settings: Settings,
    judged: Sequence[Judged],
    most: int = MOST,
    progress: Progress = lambda done, total: None,
    *,
    patience: float = PATIENCE,
) -> Figures:
    """JSON-ready figures (eval.judging.agreement) of a fair sample, half of it wrong by our scorer if so many are.

    Raises:
        NotReady: no model or endpoint is set.
    """
    drawn = sample(judged, most)
    async with opened(settings, patience) as model:
        opinions = await _opinions(model, drawn, patience, progress)
    return {"model": ready(settings), "prompt": load("judge").label, **agreement(list(zip(drawn, opinions, strict=True)))}


async def _opinions(model: StructuredModel, drawn: Sequence[Labelled], patience: float, progress: Progress) -> list[Opinion | Failed]:
    prompt, turnstile = load("judge"), asyncio.Semaphore(ABREAST)
    done = lost = 0

    async def one(labelled: Labelled) -> Opinion | Failed:
        nonlocal done, lost
        async with turnstile:
            given_up = lost >= GIVEN_UP
            found = Failed("GivenUp") if given_up else await ask(model, prompt.render(**shown(labelled[0])), patience)
        lost = lost + 1 if isinstance(found, Failed) else 0
        done += 1
        progress(done, len(drawn))
        return found

    return await asyncio.gather(*map(one, drawn))
