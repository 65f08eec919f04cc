"""The real client, cascade and graph against a scripted endpoint over HTTP; the local brain beside it is unsure of everything."""

import asyncio
from collections.abc import AsyncGenerator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

from pydantic import SecretStr

from agent.brains.breaker import Breaker
from agent.brains.llm import MemoryMeter, Models, open_models
from agent.brains.local import language, lexicon, reading
from agent.brains.opening import open_brain
from agent.brains.unaided import Unaided
from agent.domain import entities
from agent.domain.intents import Intent
from agent.domain.message import Turn
from agent.domain.reply import Translation
from agent.domain.triage import IntentScore, Sentiment, Triage
from agent.ports import Brain
from agent.settings import Settings
from eval.cascade.asked import Answer
from eval.cascade.endpoint import Answering, Endpoint, serving
from tests.agent.attacks.stage import BRAND, Set, Stage, played

NO_END = 10**12


class Unsure(Unaided):
    """Language rules and word lists alone."""

    name = "local"

    async def triage(self, turn: Turn) -> Triage:
        return (await self.triage_texts([turn.text], [turn.language]))[0]

    async def triage_texts(self, texts: Sequence[str], hints: Sequence[str | None]) -> list[Triage]:
        return [self._read(text, hint) for text, hint in zip(texts, hints, strict=True)]

    def _read(self, text: str, hint: str | None) -> Triage:
        code, sure = language.detect(text, hint)
        keys = lexicon.found(text, code)
        flags = reading.flags(keys, ())
        return Triage(
            language=code,
            language_sure=sure,
            intents=(IntentScore(Intent.ORDER_STATUS, 0.4),),
            sentiment=Sentiment.NEUTRAL,
            sentiment_score=0.5,
            urgency=reading.urgency(keys, flags, Sentiment.NEUTRAL),
            entities=entities.find(text),
            flags=flags,
        )

    async def translate(self, text: str, source: str, target: str) -> Translation:
        return Translation(language=target, text=text if source == target else None)


@dataclass
class Talks:
    """Conversations with a scripted model behind the cascade, or behind every step when `always`."""

    endpoint: Endpoint
    models: Models
    brains: dict[bool, Brain]

    async def play(
        self,
        says: Answering,
        texts: Sequence[str],
        customer: str | None = None,
        channel: str = "web",
        *,
        always: bool = True,
        scenery: Set | None = None,
    ) -> Stage:
        self.endpoint.answer = says
        self._mend()
        return await played(self.brains[always], texts, customer, channel, scenery)

    def _mend(self) -> None:
        """No example may suffer from what the endpoint did in the one before."""
        seats: dict[str, Any] = self.models._seats
        for seat in seats.values():
            breaker: Breaker = seat.breaker
            breaker.tell(well=True)


def configured(url: str, **more: Any) -> Settings:
    names = {"model_small": "tiny", "model_large": "huge", "model_vision": "seer"}
    return Settings(_env_file=None, openai_base_url=url, openai_api_key=SecretStr("k"), brand=BRAND, **names | more)


@asynccontextmanager
async def talking() -> AsyncGenerator[Talks]:
    async with serving(lambda asked: Answer("{}")) as endpoint:
        settings = configured(endpoint.url)
        models = open_models(settings, MemoryMeter(NO_END, NO_END))
        ways = {use == "always": settings.model_copy(update={"model_use": use}) for use in ("cascade", "always")}
        yield Talks(endpoint, models, {always: open_brain(way, Unsure(), models) for always, way in ways.items()})
        await models.aclose()
        await asyncio.sleep(0)
