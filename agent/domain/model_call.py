"""One call to a language model, as it is kept for cost, budgets and the operators' page. Never its text."""

from dataclasses import dataclass
from typing import Literal

Size = Literal["small", "large", "vision"]


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelCall:
    """`outcome` is "ok" or one word for what went wrong; `cost` in micro-euro, by the configured prices; tokens as the endpoint reports them."""

    step: str  # triage, argue, translate, write, summarise, diagnose, help
    size: Size
    model: str
    prompt: str  # name, version and hash
    outcome: str
    tokens_in: int = 0
    tokens_out: int = 0
    tokens_cached: int = 0  # of those in, served from the provider's prefix cache
    cost: int = 0
    ms: int = 0
