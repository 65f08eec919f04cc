"""Gold calls through our remedies: judged by the pack, planned, carried out, and the end held against what the tools leave behind."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from agent.domain.effect import EffectState
from agent.policy import plan
from agent.policy.judge import Verdict, judge
from agent.policy.pack import Pack, named
from eval.tau import gold, writes
from eval.tau.database import Database
from eval.tau.effects import TauEffects
from eval.tau.tasks import Task
from eval.tau.writes import Call
from eval.world import NOW

PACK = "tau-retail"


def pack() -> Pack:
    return named(PACK)


@dataclass(frozen=True, slots=True)
class Step:
    """`rule` is what allowed or stopped it; `error` the store's own refusal of our effect, `complaint` the tool's of the gold call."""

    call: Call
    rule: str
    allowed: bool
    error: str = ""
    complaint: str = ""

    @property
    def agrees(self) -> bool:
        """We do what the tool does, and refuse what it refuses."""
        return self.allowed == (not self.complaint) and not self.error


@dataclass(slots=True)
class Replay:
    """`reached`: every order and every customer of the store is as the gold calls leave it."""

    task: str
    steps: list[Step] = field(default_factory=list[Step])
    reached: bool = False


def verdict(policy: Pack, database: Database, call: Call, user: str) -> Verdict | None:
    """None for a call that is no remedy, or of an order that nobody has."""
    wanted = writes.remedy(call)
    asked = wanted and writes.request(database, wanted, user, NOW)
    return judge(policy, asked) if asked else None


async def replay(task: Task, store: Database, policy: Pack) -> Replay:
    ours, theirs = store.fork(), store.fork()
    effects, found = TauEffects(ours, task.user), Replay(task.id)
    for number, call in enumerate(task.calls):
        complaint = gold.apply(theirs, call)
        wanted = writes.remedy(call)
        if wanted is None:
            continue
        said = verdict(policy, ours, call, task.user)
        if said is None or not said.allowed:
            found.steps.append(Step(call, said.id if said else "no-such-order", False, complaint=complaint))
            continue
        done = await effects.carry_out(plan.effect(f"{task.id}-{number}", wanted))
        found.steps.append(Step(call, said.rule, True, "" if done.state is EffectState.CONFIRMED else done.error, complaint))
    found.reached = ours == theirs
    return found


async def replay_all(tasks: Iterable[Task], stores: tuple[Database, Database]) -> list[Replay]:
    policy = pack()
    return [await replay(task, stores[task.second], policy) for task in tasks]
