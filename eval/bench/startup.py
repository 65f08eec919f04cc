"""Seconds until a service that is set up answers: with its database stopped, and with it running."""

from dataclasses import dataclass

from eval.bench.served import serving
from eval.bench.stage import Stage


@dataclass(frozen=True, slots=True)
class Startup:
    cold: float  #: the embedded database has to be started too
    warm: float  #: it runs already
    cpu: float  #: what the service itself worked for it


def measure(stage: Stage, runs: int = 2) -> Startup:
    """The better of `runs` each: what else the machine does only ever adds."""
    cold: list[float] = []
    warm: list[float] = []
    cpu: list[float] = []
    for _ in range(runs):
        stage.stop_database()
        for times in (cold, warm):
            with serving(stage) as service:
                times.append(service.ready)
                cpu.append(service.cpu)
    return Startup(min(cold), min(warm), min(cpu))
