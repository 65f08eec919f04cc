"""Language models at any OpenAI-compatible endpoint, asked for structured output. Nothing of their client is loaded before one is opened."""

from agent.brains.llm.failure import ModelFailed
from agent.brains.llm.models import Answered, Models, open_models
from agent.brains.llm.spending import MemoryMeter, spending

__all__ = ["Answered", "MemoryMeter", "ModelFailed", "Models", "open_models", "spending"]
