"""How much memory the service holds after its load, and whether it loaded what only set-up needs."""

from dataclasses import dataclass

import psutil

from eval.bench.usage import maps, megabytes


@dataclass(frozen=True, slots=True)
class Memory:
    resident: float  #: MB
    torch: bool


def measure(process: psutil.Process) -> Memory:
    return Memory(megabytes(process), maps(process, "torch"))
