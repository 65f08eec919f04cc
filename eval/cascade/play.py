"""Cases played one way by several processes, each with a stand-in endpoint of its own."""

import asyncio
import atexit
import logging
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import AsyncExitStack
from multiprocessing import get_context

import structlog

from eval.cascade.asked import Answer
from eval.cascade.endpoint import serving
from eval.cascade.way import Plan, Theatre, Turned, theatre, without_models
from eval.case import Case
from eval.stage import open_stage

#: Cases a process takes at a time.
PAGE = 6

Progress = Callable[[int, int], None]
_loop: asyncio.AbstractEventLoop | None = None
_theatre: Theatre | None = None
#: The endpoint serves until the process ends, or plays another way.
_stack = AsyncExitStack()


def run(plan: Plan, cases: Sequence[Case], *, processes: int, progress: Progress = lambda done, total: None) -> list[Turned]:
    """Every turn of every case, in order.

    Raises:
        NotReady: the local models are not prepared.
    """
    pages = [cases[at : at + PAGE] for at in range(0, len(cases), PAGE)]
    found: list[Turned] = []
    done = 0
    for page, turns in zip(pages, _played(plan, pages, processes), strict=True):
        found += turns
        done += len(page)
        progress(done, len(cases))
    return found


def _played(plan: Plan, pages: Sequence[Sequence[Case]], processes: int) -> Iterator[list[Turned]]:
    if processes < 2:
        _open(plan)
        yield from map(_page, pages)
        return
    with ProcessPoolExecutor(processes, get_context("spawn"), _open, (plan,)) as pool:
        yield from pool.map(_page, pages)


def _open(plan: Plan) -> None:
    """Once in each process: an event loop, the endpoint in it, the local models, and the brain of this way."""
    global _loop, _theatre
    _close()  # of the way before, when there is one process for all
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.CRITICAL))
    _loop = asyncio.new_event_loop()
    _theatre = _loop.run_until_complete(_opened(plan))
    atexit.register(_close)


def _close() -> None:
    global _loop
    if _loop:
        _loop.run_until_complete(_stack.aclose())
        _loop.close()
        _loop = None


async def _opened(plan: Plan) -> Theatre:
    local = await open_stage(without_models(plan.settings), plan.thresholds, demo=plan.demo)
    endpoint = await _stack.enter_async_context(serving(lambda asked: Answer("")))
    made = theatre(plan, local, endpoint)
    _stack.push_async_callback(made.models.aclose)
    return made


def _page(cases: Sequence[Case]) -> list[Turned]:
    assert _loop and _theatre
    played = _theatre

    async def all_of_them() -> list[Turned]:
        return [turned for case in cases for turned in await played.play(case)]

    return _loop.run_until_complete(all_of_them())
