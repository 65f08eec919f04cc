"""Three ways to play the same cases: the local brain alone, the cascade, and a large model for every step."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from pydantic import SecretStr

from agent.brains.llm import MemoryMeter, Models, open_models
from agent.brains.opening import open_brain
from agent.brains.route import Route
from agent.domain.model_call import ModelCall
from agent.policy.thresholds import Thresholds
from agent.settings import Settings
from eval.cascade.endpoint import Endpoint
from eval.cascade.oracle import Oracle
from eval.case import Case
from eval.record import Record
from eval.stage import Stage, recorded_turn, scene

LOCAL, CASCADE, ALWAYS = "local", "cascade", "always"
SMALL, LARGE = "stand-in-small", "stand-in-large"
#: Budgets are no part of the question.
NO_END = 10**12


@dataclass(frozen=True, slots=True, kw_only=True)
class Way:
    """`sure`: the local brain's score from which the cascade lets its reading stand; None for the two others."""

    name: str
    sure: float | None = None

    @property
    def label(self) -> str:
        return self.name if self.sure is None else f"{self.name} {self.sure:g}"

    @property
    def route(self) -> Route | None:
        return None if self.sure is None else Route(sure=self.sure)


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What every process has to know. `wrong`: by model, the share of wishes that the stand-in mishears."""

    settings: Settings
    thresholds: Thresholds
    way: Way
    wrong: Mapping[str, float]
    demo: bool = True


@dataclass(frozen=True, slots=True)
class Turned:
    """A turn as it was played, and the calls that it took."""

    record: Record
    calls: tuple[ModelCall, ...]


@dataclass(slots=True)
class Theatre:
    """A stage whose brain may ask the stand-in."""

    stage: Stage
    local: Stage
    oracle: Oracle
    meter: MemoryMeter
    models: Models

    async def play(self, case: Case) -> list[Turned]:
        """One a turn; a crash ends the conversation."""
        read = await self.local.brain.triage_texts([turn.text for turn in case.turns], [None] * len(case.turns))
        self.oracle.learn(dict(zip(case.turns, read, strict=True)), case.language)
        running, found = scene(self.stage, case), list[Turned]()
        for index, turn in enumerate(case.turns):
            before = len(self.meter.calls)
            record = await recorded_turn(running, case, index, turn)
            found.append(Turned(record, tuple(self.meter.calls[before:])))
            if record.crash:
                break
        return found


def theatre(plan: Plan, local: Stage, endpoint: Endpoint) -> Theatre:
    """`local` is the stage with the local brain alone."""
    oracle, meter = Oracle(plan.wrong), MemoryMeter(NO_END, NO_END)
    endpoint.answer = oracle
    settings = without_models(plan.settings) if plan.way.name == LOCAL else _with_models(plan, endpoint.url)
    models = open_models(settings, meter)
    brain = open_brain(settings, local.brain, models, plan.way.route)
    return Theatre(replace(local, brain=brain), local, oracle, meter, models)


def without_models(settings: Settings) -> Settings:
    return settings.model_copy(update={"model_small": "", "model_large": "", "model_vision": "", "translation_model": None})


def _with_models(plan: Plan, url: str) -> Settings:
    named = {"model_small": SMALL, "model_large": LARGE, "openai_base_url": url, "openai_api_key": SecretStr("none")}
    use = "always" if plan.way.name == ALWAYS else "cascade"
    return without_models(plan.settings).model_copy(update=named | {"model_use": use, "model_timeout": 15.0})
