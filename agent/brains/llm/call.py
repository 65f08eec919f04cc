"""Around one model call: may it be made, what it cost, how it ended. Whatever happens inside, it is booked."""

import asyncio
import time
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any, cast

import structlog
from prometheus_client import Counter

from agent.brains.breaker import Breaker
from agent.brains.llm.failure import SPOILT, UNPAID, ModelFailed, reason, retry_after
from agent.brains.llm.prices import Price
from agent.brains.llm.spending import Spending, current
from agent.domain.model_call import ModelCall, Size
from agent.ports import Meter

log = structlog.get_logger()
CALLS = Counter("portside_model_calls", "Calls to a language model, by step and outcome.", ("step", "outcome"))
TOKENS = Counter("portside_model_tokens", "Tokens by step: in, out, and those of in that a provider's cache served.", ("step", "way"))
COST = Counter("portside_model_cost_euro", "Euro for model calls by step, by the configured prices.", ("step",))

#: More than any honest endpoint reports for one call.
ABSURD = 10_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Asking:
    """A call that is about to be made. `worst`: the most that it can cost, in micro-euro."""

    step: str
    size: Size
    model: str
    prompt: str
    price: Price
    worst: int


@dataclass(slots=True)
class Running:
    """`seconds` that the call may take; the caller notes what the endpoint reports as used."""

    seconds: float
    used: tuple[int, int, int] | None = None  # tokens in, out, and of those in from the cache

    def note(self, usage: Any) -> None:
        """`usage_metadata` of a message; nonsense and nothing are no report."""
        found = cast(dict[str, Any], usage or {})
        details = cast(dict[str, Any], found.get("input_token_details") or {})
        counts = (found.get("input_tokens"), found.get("output_tokens"), details.get("cache_read") or 0)
        if all(isinstance(count, int) and 0 <= count <= ABSURD for count in counts) and any(counts):
            self.used = cast(tuple[int, int, int], counts)


@asynccontextmanager
async def booked(asking: Asking, breaker: Breaker, meter: Meter, patience: float) -> AsyncGenerator[Running]:
    """Reserve, run, settle.

    Raises:
        ModelFailed: the endpoint rests, the turn or the budget is used up, or the call inside failed.
    """
    turn = current()
    conversation, known = _payer(turn)
    began = time.monotonic()
    running = await _admitted(asking, breaker, meter, patience, turn)
    outcome = "Cancelled"
    try:
        yield running
        outcome = "ok"
        breaker.tell(well=True)
    except Exception as error:  # whatever a stranger's endpoint may cause, the turn goes on
        outcome = reason(error)
        breaker.tell(well=False, rest=retry_after(error), spoiler=conversation if outcome in SPOILT else "")
        raise failed(asking.step, outcome) from error
    finally:
        call = _call(asking, outcome, running, time.monotonic() - began)
        if turn:
            turn.calls.append(call)
        _count(call)
        # Also when the turn is cancelled: the money is spent all the same.
        await asyncio.shield(meter.settle(conversation, asking.worst, call, known))


def _payer(turn: Spending | None) -> tuple[str, bool]:
    """What runs outside a turn is the merchant's own."""
    return (turn.conversation, turn.known) if turn else ("", True)


async def _admitted(asking: Asking, breaker: Breaker, meter: Meter, patience: float, turn: Spending | None) -> Running:
    if breaker.resting:
        raise failed(asking.step, "Resting")
    left = turn.begin() if turn else patience
    if left is None:
        raise failed(asking.step, "TurnLimit")
    conversation, known = _payer(turn)
    if not await _reserved(meter, conversation, asking, known):
        raise failed(asking.step, "Budget")
    if not breaker.allows():  # somebody else tries it just now
        await meter.settle(conversation, asking.worst, _call(asking, "Resting", Running(0, (0, 0, 0)), 0), known)
        raise failed(asking.step, "Resting")
    return Running(min(left, patience))


async def _reserved(meter: Meter, conversation: str, asking: Asking, known: bool) -> bool:
    try:
        return await meter.reserve(conversation, asking.worst, known)
    except Exception as error:  # a budget that cannot be read allows nothing, and breaks no turn
        log.error("model.no_meter", error=type(error).__name__)
        raise failed(asking.step, "NoMeter") from error


def _call(asking: Asking, outcome: str, running: Running, seconds: float) -> ModelCall:
    tokens_in, tokens_out, cached = running.used or (0, 0, 0)
    # An endpoint that does not say what it used is taken at its worst, unless it surely used nothing.
    unknown = 0 if outcome in UNPAID else asking.worst
    return ModelCall(
        step=asking.step,
        size=asking.size,
        model=asking.model,
        prompt=asking.prompt,
        outcome=outcome,
        tokens_in=tokens_in,
        tokens_out=tokens_out,
        tokens_cached=cached,
        cost=asking.price.of(*running.used) if running.used else unknown,
        ms=round(seconds * 1000),
    )


def failed(step: str, why: str) -> ModelFailed:
    log.warning("model.failed", step=step, reason=why)  # never the text, nor what the endpoint said
    return ModelFailed(why)


def _count(call: ModelCall) -> None:
    CALLS.labels(call.step, call.outcome).inc()
    COST.labels(call.step).inc(call.cost / 1_000_000)
    for way, tokens in (("in", call.tokens_in), ("out", call.tokens_out), ("cached", call.tokens_cached)):
        TOKENS.labels(call.step, way).inc(tokens)
