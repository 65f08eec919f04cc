"""The language-model brain: any OpenAI-compatible endpoint, asked for structured output. Import it only when a model is configured."""

from agent.brains.llm.brain import LlmBrain
from agent.brains.llm.endpoint import make_llm_brain, open_model
from agent.brains.llm.failure import ModelFailed

__all__ = ["LlmBrain", "ModelFailed", "make_llm_brain", "open_model"]
