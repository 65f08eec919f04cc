"""Processor time and memory: of this process, of a service process, of the database."""

import statistics
import time
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass

import psutil


@dataclass(frozen=True, slots=True)
class Cpu:
    """Milliseconds of processor time of this process: over all its threads, and of the event loop's, which bounds the throughput."""

    all: float
    loop: float


async def cpu_of(work: Callable[[], Awaitable[None]]) -> Cpu:
    """What one piece of work costs, when nothing else runs in this process."""
    everywhere, here = time.process_time(), time.thread_time()
    await work()
    return Cpu((time.process_time() - everywhere) * 1000, (time.thread_time() - here) * 1000)


def tree_cpu(root: psutil.Process) -> float:
    """Milliseconds of processor time of a process and its children so far, those that have ended included."""
    total = 0.0
    for process in (root, *root.children(recursive=True)):
        try:
            times = process.cpu_times()
        except psutil.NoSuchProcess:
            continue
        total += times.user + times.system
    ended = root.cpu_times()
    return (total + ended.children_user + ended.children_system) * 1000


def machine_cpu() -> float:
    """Milliseconds that all cores of the machine have worked so far."""
    times = psutil.cpu_times()
    return (times.user + times.nice + times.system) * 1000


def own_cpu(process: psutil.Process) -> float:
    """Milliseconds of processor time of one process, all threads."""
    times = process.cpu_times()
    return (times.user + times.system) * 1000


def megabytes(process: psutil.Process) -> float:
    """Resident memory; one MB is a million bytes."""
    return process.memory_info().rss / 1e6


def maps(process: psutil.Process, word: str) -> bool:
    """Whether a library of that package is loaded."""
    return any(f"/{word}/" in region.path for region in process.memory_maps())


def percentile(values: Sequence[float], share: float) -> float:
    """The smallest value that at least `share` of all values do not exceed. Raises ValueError without values."""
    if not values:
        raise ValueError("nothing was measured; look at the service's log")
    ranked = sorted(values)
    return ranked[min(len(ranked) - 1, max(0, -(-int(share * 1000) * len(ranked) // 1000) - 1))]


def median(values: Sequence[float]) -> float:
    return statistics.median(values)
