"""A customer played by a language model at any OpenAI-compatible endpoint. It sees its goal, its facts and the talk, nothing else."""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from typing import Any, Literal, cast

from pydantic import BaseModel, Field

from agent.brains.llm.endpoint import StructuredModel, judge
from agent.brains.llm.failure import reason
from agent.settings import Settings
from eval.simulation.customer import CustomerFailed, Line, Maker, Seen
from eval.simulation.goal import Habit
from eval.simulation.persona import Persona, Temper
from eval.simulation.scripted import PHOTOS, ScriptedCustomer
from prompts import load

#: Seconds for one message, tokens of one, characters of a message that are kept, lines of the talk that are shown.
TIMEOUT, TOKENS, LONGEST, SHOWN = 30.0, 300, 2000, 16
_TEMPERS = {Temper.CALM: "calm and polite", Temper.HURRIED: "in a hurry and curt", Temper.IRRITABLE: "easily annoyed"}


class Spoken(BaseModel):
    """What the model is asked to give back."""

    text: str = Field(max_length=LONGEST)
    photos: bool
    leave: Literal["no", "satisfied", "gave_up"]


@asynccontextmanager
async def customers(kind: str, settings: Settings, *, patience: float = TIMEOUT) -> AsyncGenerator[Maker]:
    """Makes customers of a kind: "scripted" or "model"; `patience` is how many seconds a model may take over one message.

    Raises:
        NotReady: "model" is asked for, but no model or endpoint is set.
        ValueError: there is no such kind.
    """
    if kind == "scripted":
        yield ScriptedCustomer
        return
    if kind != "model":
        raise ValueError(f"No customer {kind!r}. There are: scripted, model.")
    async with judge(settings, patience, tokens=TOKENS, temperature=0.7) as chat:
        yield lambda persona: ModelCustomer(persona, chat, patience=patience)


class ModelCustomer:
    def __init__(self, persona: Persona, chat: StructuredModel, *, patience: float = TIMEOUT) -> None:
        self._who = persona
        self._asked = chat.with_structured_output(Spoken, method="json_schema", include_raw=True, strict=True)
        self._patience = patience
        self._talk: list[str] = []

    async def next(self, seen: Seen | None) -> Line | None:
        if seen is not None:
            self._talk.append(f"shop: {seen.reply}")
        spoken = await self._spoken()
        if spoken.leave == "gave_up":
            return None
        if not spoken.text.strip():
            raise CustomerFailed("the model wrote nothing")
        self._talk.append(f"you: {spoken.text}")
        happy = spoken.leave == "satisfied" and seen is not None
        return Line(spoken.text, PHOTOS if spoken.photos and self._who.goal.photo else 0, last=happy)

    async def _spoken(self) -> Spoken:
        messages = load("customer").render(
            wish=self._who.wish,
            facts=facts(self._who),
            temper=_TEMPERS[self._who.temper],
            language=self._who.language,
            talk="\n".join(self._talk[-SHOWN:]),
        )
        try:
            async with asyncio.timeout(self._patience):
                found = cast(dict[str, Any], await self._asked.ainvoke(messages))
        except Exception as error:  # whatever an endpoint may cause: it is not the agent's fault
            raise CustomerFailed(f"the customer's model failed ({reason(error)})") from error
        if not isinstance(found["parsed"], Spoken):
            raise CustomerFailed("the customer's model did not keep to the form")
        return found["parsed"]


def facts(who: Persona) -> list[str]:
    """What this customer knows, one fact a line."""
    known = [f"your name: {who.name}", f"your e-mail address: {who.email}"]
    if who.goal.state is None:
        return known
    if who.goal.habit is Habit.WRONG_NUMBER:
        known += [
            f"the order number as you misremember it: {who.mistyped}",
            f"the right order number, which you look up later: {who.order}",
        ]
    elif who.goal.habit is Habit.STRANGER:
        known.append(f"the other person's order number: {who.order}")
    else:
        known += [f"your order number: {who.order}", f"what you bought: {who.product}"]
    if who.goal.moved:
        place = who.place
        known.append(f"your new address: {who.name}, {place.street}, {place.postcode} {place.city}, {place.country}")
    return known
