"""One conversation of one simulated customer with the real graph, and many of them."""

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from agent.domain.decision import Outcome, Reason
from agent.domain.effect import EffectState
from eval.case import Case, CaseTurn
from eval.record import Record
from eval.simulation.customer import Customer, CustomerFailed, Line, Maker, Question, Seen
from eval.simulation.goal import End, Goal
from eval.simulation.judge import faults
from eval.simulation.persona import Persona, persona
from eval.stage import Scene, Stage, recorded_turn, scene

#: Messages a customer writes at most.
MOST = 8
#: How a reader understands the sentence that asks.
ASKS = {
    "ask-order": Question.BOTH,
    "ask-number": Question.NUMBER,
    "ask-email": Question.EMAIL,
    "ask-mismatch": Question.CHECK,
    "ask-which": Question.WHICH,
    "ask-address": Question.ADDRESS,
    "ask-photo": Question.PHOTO,
}
Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Played:
    """`why` is empty when the goal was met. `spoiled`: the customer broke down, which says nothing about the agent."""

    who: Persona
    end: End
    lines: tuple[Line, ...]
    records: tuple[Record, ...]
    why: tuple[str, ...] = ()
    spoiled: str = ""

    @property
    def passed(self) -> bool:
        return not self.why and not self.spoiled

    @property
    def demanded(self) -> bool:
        """The customer had to ask for a person."""
        return any(line.demand for line in self.lines)

    @property
    def turns(self) -> int:
        """Messages until the end, thanks not counted."""
        return sum(not line.last for line in self.lines)

    @property
    def talk(self) -> list[tuple[str, str]]:
        """(customer or agent, text) in order; an agent that crashed says nothing."""
        replies = [record.reply for record in self.records] + [""] * (len(self.lines) - len(self.records))
        pairs = zip(self.lines, replies, strict=True)
        said = [turn for line, reply in pairs for turn in (("customer", _shown(line)), ("agent", reply))]
        return [(speaker, text) for speaker, text in said if text]


def _shown(line: Line) -> str:
    return f"{line.text} [{line.photos} photos]" if line.photos else line.text


async def simulate(
    stage: Stage,
    *,
    languages: Sequence[str],
    goals: Sequence[Goal],
    seeds: int,
    customer: Maker,
    progress: Progress = lambda done, total: None,
    abreast: int = 1,
) -> list[Played]:
    """Every goal in every language with seeds 0, 1, ... `abreast`: conversations at a time, worth it for customers that wait for a network."""
    todo = [persona(goal, language, seed) for goal in goals for language in languages for seed in range(seeds)]
    turnstile, done = asyncio.Semaphore(abreast), 0

    async def one(who: Persona) -> Played:
        nonlocal done
        async with turnstile:
            played = await play(stage, who, customer(who))
        done += 1
        progress(done, len(todo))
        return played

    return await asyncio.gather(*(one(who) for who in todo))


async def play(stage: Stage, who: Persona, customer: Customer) -> Played:
    talk = _Talk(stage, who)
    try:
        end = await talk.until_the_end(customer)
    except CustomerFailed as error:
        return Played(who=who, end=End.GIVEN_UP, lines=tuple(talk.lines), records=tuple(talk.records), spoiled=str(error))
    order = talk.running.shop.orders.get(who.order)
    why = faults(who, end, talk.records, order)
    return Played(who=who, end=end, lines=tuple(talk.lines), records=tuple(talk.records), why=why)


class _Talk:
    def __init__(self, stage: Stage, who: Persona) -> None:
        self._who = who
        turn = CaseTurn(text="", photos=0)  # each turn is given each line as it is written
        self._case = Case(id=who.id, author="simulation", scenario=who.goal.id, language=who.language, market=who.country, turns=(turn,))
        self.running: Scene = scene(stage, self._case)
        self.lines: list[Line] = []
        self.records: list[Record] = []

    async def until_the_end(self, customer: Customer) -> End:
        seen: Seen | None = None
        while len(self.lines) < MOST:
            line = await customer.next(seen)
            if line is None:
                return End.GIVEN_UP
            self.lines.append(line)
            given = CaseTurn(text=line.text, photos=line.photos)
            record = await recorded_turn(self.running, self._case, len(self.records), given)
            self.records.append(record)
            if record.crash:
                return End.CRASH
            if line.last:
                return End.RESOLVE
            if record.outcome == Outcome.HANDOFF:
                return End.HANDOFF
            seen = self._seen(record)
        return End.ENDLESS

    def _seen(self, record: Record) -> Seen:
        done = [effect for past in self.records for effect in past.effects if effect.order == self._who.order]
        asked = self.running.last.decision.question if self.running.last else None
        return Seen(
            reply=record.reply,
            outcome=Outcome(record.outcome),
            turn=len(self.lines),
            language=record.reply_language,
            reason=asked,
            question=_question(record, asked),
            done=frozenset(effect.kind for effect in done if effect.state == EffectState.CONFIRMED),
            told=frozenset(ref.split("/")[0] for sentence in record.said for kind, ref in sentence.sources if kind in {"order", "passage"}),
        )


def _question(record: Record, asked: Reason | None) -> Question | None:
    if asked is None:
        return None
    found = [ASKS[sentence.pattern] for sentence in record.said if sentence.pattern in ASKS]
    return found[-1] if found else Question.DETAIL
