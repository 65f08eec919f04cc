"""Reference texts as conversations through the real graph, on the most that the agent may do: the demo's thresholds."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from agent.domain.decision import Outcome
from agent.domain.intents import COURTESY, Intent
from agent.policy import thresholds
from agent.settings import Settings
from eval.case import MOST_TURNS, Case, CaseTurn
from eval.record import Record
from eval.stage import Scene, Stage, open_stage, play
from eval.suites.measure import share
from eval.suites.source import LONGEST, Progress
from eval.suites.suite import Measure, Offender

#: Resolving one of these is courtesy, not service.
_SMALL = frozenset({*(intent.value for intent in COURTESY), Intent.OUT_OF_SCOPE.value})


@dataclass(frozen=True, slots=True, kw_only=True)
class Talk:
    """A conversation to play: `id` is the row's own, `texts` the customer's turns."""

    id: str
    texts: Sequence[str]
    language: str = "en"
    customer: str | None = None
    market: str = "US"

    def case(self, number: int) -> Case:
        turns = tuple(CaseTurn(text=text[:LONGEST], photos=0) for text in self.texts[:MOST_TURNS])
        return Case(
            id=f"row-{number}",
            author="reference",
            scenario="reference",
            language=self.language,
            market=self.market,
            customer=self.customer,
            turns=turns,
        )


async def prepared_stage() -> Stage:
    """Raises NotReady with its cure."""
    return await open_stage(Settings.model_validate({}), thresholds.load(), demo=True)


def as_it_is(running: Scene, talk: Talk) -> None:
    """The labelled cases' own shop."""


async def play_all(talks: Sequence[Talk], progress: Progress, prepare: Callable[[Scene, Talk], None] = as_it_is) -> list[list[Record]]:
    """Records of each conversation, one a turn, in order. `prepare` may fill its shop before it begins."""
    stage = await prepared_stage()
    found: list[list[Record]] = []
    for number, talk in enumerate(talks):
        case = talk.case(number)
        found.append(await play(stage, case, lambda running, talk=talk: prepare(running, talk)))
        progress(number + 1, len(talks))
    return found


def acted_on(record: Record) -> bool:
    """Resolved as a request to the shop, or something was done: more than courtesy."""
    wishes = {intent for _, intent in record.remedies} - _SMALL
    return bool(record.effects) or (record.outcome == Outcome.RESOLVE and bool(wishes))


def handed_over(record: Record) -> bool:
    return record.outcome == Outcome.HANDOFF


def outcomes(records: Sequence[Record], of: str = "turns") -> list[Measure]:
    """The mix of what was decided."""
    told = [record for record in records if not record.crash]
    return [share(f"{of} that end in {outcome.value}", (record.outcome == outcome for record in told)) for outcome in Outcome]


def crashes(talks: Sequence[Talk], played: Sequence[Sequence[Record]]) -> tuple[Measure, list[Offender]]:
    """Conversations that ended in a crash: none may."""
    broken = [bool(records[-1].crash) for records in played]
    found = [Offender(talk.id, f"crash: {records[-1].crash}") for talk, records in zip(talks, played, strict=True) if records[-1].crash]
    return share("conversations that crash", broken, at_most=0.0), found


def effects(talks: Sequence[Talk], played: Sequence[Sequence[Record]]) -> tuple[Measure, list[Offender]]:
    """Conversations of strangers, in which nothing may be done."""
    done = [[effect for record in records for effect in record.effects] for records in played]
    found = [Offender(talk.id, f"{effect.kind} on order {effect.order}") for talk, own in zip(talks, done, strict=True) for effect in own]
    return share("conversations with an effect", map(bool, done), at_most=0.0), found
