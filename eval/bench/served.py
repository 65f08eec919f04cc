"""A real `portside serve` as a child process."""

import socket
import subprocess
import sys
import time
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass

import httpx
import psutil

from agent.errors import NotReady
from eval.bench.stage import Stage
from eval.bench.usage import own_cpu

#: Seconds until a service that does not answer counts as broken.
PATIENCE = 60.0


@dataclass(frozen=True, slots=True)
class Service:
    url: str
    process: psutil.Process
    ready: float  #: seconds from the start of the process to its first healthy answer
    cpu: float  #: seconds of processor time it took for that


@contextmanager
def serving(stage: Stage) -> Generator[Service]:
    """Raises NotReady with the end of its log when it does not come up."""
    port = _free_port()
    log = stage.settings.data / "serve.log"
    started = time.monotonic()
    with log.open("wb") as errors:
        child = subprocess.Popen(  # noqa: S603 - our own command
            [sys.executable, "-m", "api.cli", "serve", "--port", str(port)],
            env=stage.environment,
            stdout=subprocess.DEVNULL,
            stderr=errors,
        )
    try:
        url = f"http://127.0.0.1:{port}"
        while not _healthy(url):
            if child.poll() is not None or time.monotonic() - started > PATIENCE:
                raise NotReady(f"`portside serve` did not come up. Its log ends: {log.read_text()[-600:]}")
            time.sleep(0.05)
        ready, process = time.monotonic() - started, psutil.Process(child.pid)
        yield Service(url, process, ready, own_cpu(process) / 1000)
    finally:
        _stop(child)


def _healthy(url: str) -> bool:
    try:
        return httpx.get(f"{url}/healthz", timeout=2).is_success
    except httpx.TransportError:
        return False


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _stop(child: subprocess.Popen[bytes]) -> None:
    child.terminate()
    try:
        child.wait(20)
    except subprocess.TimeoutExpired:
        child.kill()
        child.wait(5)
