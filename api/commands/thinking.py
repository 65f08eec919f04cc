"""The brain of a command: opened once, and with its connections and threads closed when the command is done."""

from collections.abc import AsyncGenerator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass

from agent.bootstrap import make_brain, open_embedder
from agent.brains.cascade import Cascade
from agent.brains.llm import MemoryMeter, Models, open_models
from agent.ports import Brain
from agent.settings import Settings
from knowledge.embed import Embedder


@dataclass(frozen=True, slots=True)
class Thinking:
    embedder: Embedder
    models: Models
    brain: Brain


@asynccontextmanager
async def thinking(settings: Settings) -> AsyncGenerator[Thinking]:
    """Raises NotReady when the models of this machine were not prepared."""
    embedder = open_embedder(settings)
    async with AsyncExitStack() as stack:
        models = open_models(settings, MemoryMeter.of(settings))
        stack.push_async_callback(models.aclose)
        brain = make_brain(settings, embedder, models)
        if isinstance(brain, Cascade):
            stack.callback(brain.close)
        yield Thinking(embedder, models, brain)
