"""A conversation played through the real graph without tables: nothing is stored, sent or carried out."""

import uuid
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from langgraph.checkpoint.memory import InMemorySaver

from agent.brains.llm.spending import spending
from agent.desk.outcome import TurnOutcome, counters
from agent.desk.run import think
from agent.domain.message import Author, Identity, Message, Photo, Turn
from agent.domain.pending import read_pending
from agent.graph import build
from agent.ports import Clock, Knowledge
from agent.state import Parts
from knowledge.search import SearchResult


class FixedClock:
    def __init__(self, now: datetime) -> None:
        self._now = now

    def now(self) -> datetime:
        return self._now


class Overheard:
    """A knowledge base that remembers what was found in it last."""

    def __init__(self, knowledge: Knowledge) -> None:
        self._knowledge = knowledge
        self.found = SearchResult((), False, "")

    async def search(self, query: str, **how: Any) -> SearchResult:
        self.found = await self._knowledge.search(query, **how)
        return self.found


class Rehearsal:
    """`parts` makes the graph's parts for a clock."""

    def __init__(self, parts: Callable[[Clock], Parts]) -> None:
        self._parts = parts
        self._graph = build(InMemorySaver())

    async def play(
        self, texts: Sequence[tuple[str, int]], *, customer: str | None, channel: str, market: str, now: datetime
    ) -> TurnOutcome:
        """Each (text, photos) is one turn; the outcome of the last one is returned."""
        parts = self._parts(FixedClock(now))
        outcome = await self.think(parts, opening(texts[0], customer=customer, channel=channel, market=market, now=now))
        for later in texts[1:]:
            outcome = await self.think(parts, following(outcome, later, now))
        return outcome

    async def think(self, parts: Parts, turn: Turn) -> TurnOutcome:
        with spending(turn.conversation, known=True):  # staff plays it: what strangers may take is not theirs to use up
            outcome = await think(self._graph, parts, turn)
        saver: Any = self._graph.checkpointer
        await saver.adelete_thread(outcome.thread)
        return outcome


def opening(text: tuple[str, int], *, customer: str | None, channel: str, market: str, now: datetime, language: str | None = None) -> Turn:
    """A new conversation's first turn; `customer` is the e-mail of a signed-in one, `language` what a text too short to tell is in."""
    conversation = f"rehearsal-{uuid.uuid4().hex}"
    return Turn(
        id=f"{conversation}:1",
        conversation=conversation,
        channel=channel,
        market=market,
        messages=(_message(1, text, now),),
        identity=Identity(signed_email=customer.lower() if customer else None),
        language=language,
        now=now,
    )


def following(outcome: TurnOutcome, text: tuple[str, int], now: datetime) -> Turn:
    """The turn after `outcome`, remembering what the tables would remember."""
    turn, memory = outcome.turn, counters(outcome)
    said = outcome.reply.text if outcome.reply else ""
    answer = Message(seq=turn.last_seq + 1, author=Author.BOT, text=said, at=now)
    message = _message(turn.last_seq + 2, text, now + timedelta(seconds=1))
    return replace(
        turn,
        id=f"{turn.conversation}:{message.seq}",
        messages=(message,),
        history=(*turn.history, *turn.messages, answer),
        identity=replace(turn.identity, proven_orders=tuple(memory["proven_orders"])),
        language=memory["language"],
        asked=memory["asked"],
        failed=memory["failed"],
        mismatches=memory["mismatches"],
        pending_intents=tuple(memory["pending_intents"]),
        pending=read_pending(memory["offers"]),
        owner="desk" if outcome.case else turn.owner,
        first_contact=False,
    )


def _message(seq: int, text: tuple[str, int], now: datetime) -> Message:
    photos = tuple(Photo(id=f"photo-{seq}-{n}", width=1, height=1) for n in range(text[1]))
    return Message(seq=seq, author=Author.CUSTOMER, text=text[0], at=now, photos=photos)
