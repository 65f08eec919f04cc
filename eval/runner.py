"""Cases played by several processes at once; every finished case is written down, so that a run can be taken up again."""

import asyncio
import logging
import os
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path

import structlog
from pydantic import TypeAdapter, ValidationError

from agent.policy.thresholds import Thresholds
from agent.settings import Settings
from eval.case import Case
from eval.record import Record
from eval.stage import Stage, open_stage, play

#: Cases a process takes at a time: few enough for a smooth progress bar, many enough to hide the way there.
PAGE = 6
_RECORDS = TypeAdapter(list[Record])

Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What every process has to know. `thresholds` decide how sure the agent must be."""

    settings: Settings
    thresholds: Thresholds
    demo: bool


def workers(asked: int | None = None) -> int:
    """One a core that this process may use."""
    return asked or len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else (asked or os.cpu_count() or 1)


def run(plan: Plan, cases: Sequence[Case], file: Path, *, processes: int, progress: Progress = lambda done, total: None) -> list[Record]:
    """Records of all cases in their order; those in `file` already are not played again.

    Raises:
        NotReady: the models are not prepared.
    """
    done = kept(file)
    left = [case for case in cases if case.id not in done]
    ready = len(cases) - len(left)
    progress(ready, len(cases))
    file.parent.mkdir(parents=True, exist_ok=True)
    with file.open("a", encoding="utf-8") as log:
        for records in _played(plan, left, min(processes, max(1, len(left) // PAGE))):
            for group in records:
                done[group[0].case] = group
                log.write(_RECORDS.dump_json(group, exclude_defaults=True).decode() + "\n")
            log.flush()
            ready += len(records)
            progress(ready, len(cases))
    return [record for case in cases for record in done[case.id]]


def kept(file: Path) -> dict[str, list[Record]]:
    """Case -> its records, from an earlier, perhaps interrupted run. A half-written last line is passed over."""
    found: dict[str, list[Record]] = {}
    if not file.is_file():
        return found
    text = file.read_text(encoding="utf-8")
    for line in text.splitlines():
        try:
            records = _RECORDS.validate_json(line)
        except ValidationError:
            continue
        found[records[0].case] = records
    if text and not text.endswith("\n"):
        file.write_text(text[: text.rfind("\n") + 1], encoding="utf-8")
    return found


def _played(plan: Plan, cases: Sequence[Case], processes: int) -> Iterator[list[list[Record]]]:
    pages = [cases[at : at + PAGE] for at in range(0, len(cases), PAGE)]
    if processes < 2:
        _open(plan)
        yield from (_page(page) for page in pages)
        return
    with ProcessPoolExecutor(processes, get_context("spawn"), _open, (plan,)) as pool:
        waiting: set[Future[list[list[Record]]]] = {pool.submit(_page, page) for page in pages}
        try:
            while waiting:
                ready, waiting = wait(waiting, return_when=FIRST_COMPLETED)
                yield from (future.result() for future in ready)
        finally:
            for future in waiting:
                future.cancel()


_loop: asyncio.AbstractEventLoop | None = None
_stage: Stage | None = None


def _open(plan: Plan) -> None:
    """Once in each process: models and articles are loaded, and one event loop serves all its cases."""
    global _loop, _stage
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.CRITICAL))
    _loop = asyncio.new_event_loop()
    _stage = _loop.run_until_complete(open_stage(plan.settings, plan.thresholds, demo=plan.demo))


def _page(cases: Sequence[Case]) -> list[list[Record]]:
    assert _loop and _stage
    stage = _stage

    async def all_of_them() -> list[list[Record]]:
        return [await play(stage, case) for case in cases]

    return _loop.run_until_complete(all_of_them())
