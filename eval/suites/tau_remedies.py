"""tau_remedies: tau-bench's retail tasks through our policy, remedies and connector; no model takes part.

Its gold calls are judged by the pack "tau-retail", planned and carried out: the store's data must end as the benchmark's own tools leave
them. Every gold call is then changed to break one rule: that rule must stop it. And what an instruction names is read: order numbers,
articles, wishes. The rules of that reading were written with these public instructions in view, so their recall is no forecast.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from eval.stats import Share
from eval.suites.measure import per_group, share
from eval.suites.source import BadRows, Source
from eval.suites.suite import Found, Measure, Offender
from eval.suites.tau_store import TaskRow, stores, task_of
from eval.tau import replay, writes
from eval.tau.database import Database, digits
from eval.tau.mutants import Mutant, mutants
from eval.tau.reading import Reading, read
from eval.tau.replay import Replay, Step
from eval.tau.tasks import REFUSED, Task
from eval.world import NOW

Databases = tuple[Database, Database]
#: What may be missed at most.
IDS, ITEMS, INTENTS = 0.05, 0.05, 0.10
#: The rule that stops task 64.
STATE_RULE: Final = "delivered-only"
#: Wishes that are no write: to be told something, or to talk to a person.
_NO_WRITE: Final = frozenset({"info_only", "transfer_human"})


async def measure(source: Source) -> Found:
    rows = source.rows(TaskRow)
    databases = stores(source)
    chosen = source.sample(rows, lambda row: row.intents)
    tasks = [task for row in chosen if (task := task_of(row, databases)).user]
    if not tasks:
        raise BadRows(f"{source.file.name}: user_id: none of its customers is in users.json. Put that store's files beside it.")
    replays = await replay.replay_all(tasks, databases)
    caught = [Caught(mutant, stopped_by(mutant)) for task in tasks for mutant in mutants(task, databases[task.second])]
    source.progress(len(tasks), len(tasks))
    measures = [*_replayed(tasks, replays), *_caught(caught), *_read(tasks, databases)]
    return Found(n=len(tasks), measures=measures, offenders=[*_wrong(replays), *_loose(caught)])


@dataclass(frozen=True, slots=True)
class Caught:
    """`by` is the rule that stopped it; "" when nothing did."""

    mutant: Mutant
    by: str

    @property
    def right(self) -> bool:
        return self.by == self.mutant.rule


def stopped_by(mutant: Mutant) -> str:
    asked = writes.request(mutant.store, mutant.wanted, mutant.user, NOW)
    verdict = asked and replay.judge(replay.pack(), asked)
    return verdict.id if verdict and not verdict.allowed else ""


def _replayed(tasks: Sequence[Task], replays: Sequence[Replay]) -> list[Measure]:
    steps = [step for found in replays for step in found.steps]
    known = [found for task, found in zip(tasks, replays, strict=True) if task.id in REFUSED]
    return [
        share("tasks that end as the gold does", (found.reached for found in replays)),
        share("tasks that end otherwise", (not found.reached for found in replays), at_most=0.0),
        share("gold calls allowed and done", (step.allowed and not step.error for step in steps)),
        share("gold calls that the tools refuse", (bool(step.complaint) for step in steps)),
        share("gold calls on which we and the tools disagree", (not step.agrees for step in steps), at_most=0.0),
        share("task 64 not stopped by the order's state", (not _by_state(found.steps[:1]) for found in known), at_most=0.0),
    ]


def _by_state(steps: Sequence[Step]) -> bool:
    return any(not step.allowed and step.rule == STATE_RULE for step in steps)


def _caught(caught: Sequence[Caught]) -> list[Measure]:
    return [
        *per_group("calls outside the policy, stopped by their rule", [(item.mutant.rule, item.right) for item in caught]),
        share("calls outside the policy that are allowed", (not item.by for item in caught), at_most=0.0),
        share("calls outside the policy stopped by another rule", (bool(item.by) and not item.right for item in caught), at_most=0.0),
    ]


def _read(tasks: Sequence[Task], databases: Databases) -> Iterator[Measure]:
    told = [(task, read(task.instruction, databases[task.second], task.user)) for task in tasks]
    for name, limit, wanted, found in _PARTS:
        sets = [(task, frozenset(wanted(task)), found(reading)) for task, reading in told]
        if limit is not None:
            yield _share(f"{name}: missed", [(len(want - got), len(want)) for _, want, got in sets], at_most=limit)
        written = [(len(want & got), len(want)) for task, want, got in sets if not task.templated]
        yield _share(f"{name}: recall", [(len(want & got), len(want)) for _, want, got in sets])
        yield _share(f"{name}: recall where written by hand", written)
        yield _share(f"{name}: precision", [(len(want & got), len(got)) for _, want, got in sets])


def _share(name: str, counts: Sequence[tuple[int, int]], *, at_most: float | None = None) -> Measure:
    found = Share(sum(hits for hits, _ in counts), sum(of for _, of in counts))
    return Measure(name=name, value=found.value, share=found, interval=found.interval, at_most=at_most)


def _ids(task: Task) -> set[str]:
    return {digits(str(call.args["order_id"])) for call in task.calls if "order_id" in call.args}


def _said(task: Task) -> set[str]:
    return {number for number in _ids(task) if number in task.instruction}


def _items(task: Task) -> set[str]:
    return {item for call in task.calls for item in call.args.get("item_ids", ())}


def _intents(task: Task) -> set[str]:
    return set(task.intents) - _NO_WRITE


def _instead(task: Task) -> set[str]:
    return {item for call in task.calls for item in call.args.get("new_item_ids", ())}


Wanted = Callable[[Task], set[str]]
#: Name, what may be missed (None: measured only), what the gold calls hold, what was read. What comes instead often follows from the
#: conversation ("the cheapest one"), not from the text.
_PARTS: Final[tuple[tuple[str, float | None, Wanted, Callable[[Reading], frozenset[str]]], ...]] = (
    ("order numbers said", IDS, _said, lambda reading: reading.said),
    ("orders meant", IDS, _ids, lambda reading: reading.orders),
    ("items", ITEMS, _items, lambda reading: reading.items),
    ("intents", INTENTS, _intents, lambda reading: reading.intents),
    ("items that come instead", None, _instead, lambda reading: reading.instead),
)


def _wrong(replays: Sequence[Replay]) -> Iterator[Offender]:
    for found in replays:
        if not found.reached:
            yield Offender(found.task, "the store does not end as the gold calls leave it")
        for step in found.steps:
            if not step.agrees:
                yield Offender(found.task, f"{step.call.name}: ours {step.error or step.rule}, the tool {step.complaint or 'does it'}")


def _loose(caught: Sequence[Caught]) -> Iterator[Offender]:
    for item in caught:
        if not item.right:
            stopped = f"stopped by {item.by}" if item.by else "allowed"
            yield Offender(item.mutant.task, f"{item.mutant.what}: {stopped}, not stopped by {item.mutant.rule}")
