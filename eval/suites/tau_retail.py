"""tau_retail: the shop tasks of tau-bench, as the first message of the signed-in customer, played through the graph.

A task's instruction speaks to a simulator ("You want to ..."); a small rule makes it the customer's own words. Measured is whether the
wishes are heard, whether a person is called where one is needed, and that nothing is done that the task does not want. Whole tasks, with
their calls and final data, are the suite tau_remedies; no figure here is tau-bench's pass^1.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from agent.domain.intents import Intent
from eval.record import Record
from eval.stage import Scene
from eval.suites import played
from eval.suites.measure import per_group, share
from eval.suites.played import Talk
from eval.suites.source import BadRows, Source
from eval.suites.suite import Found, Measure, Offender
from eval.suites.tau_store import Store, TaskRow, user_of
from eval.tau.tasks import REFUSED

#: Any of them serves the wish.
MEANS: Final[Mapping[str, frozenset[Intent]]] = {
    "cancel_order": frozenset({Intent.CANCEL_ORDER}),
    "return": frozenset({Intent.RETURN_REQUEST, Intent.REFUND_REQUEST, Intent.WITHDRAWAL}),
    "exchange": frozenset({Intent.EXCHANGE, Intent.CHANGE_ITEMS}),
    "modify_items": frozenset({Intent.CHANGE_ITEMS, Intent.EXCHANGE}),
    "modify_order_address": frozenset({Intent.CHANGE_ADDRESS}),
    "modify_user_address": frozenset({Intent.CHANGE_ADDRESS, Intent.ACCOUNT}),
    "modify_payment": frozenset({Intent.PAYMENT, Intent.CHANGE_ITEMS}),
}
#: Characters of a message: the first wishes, not the whole script.
LONGEST: Final = 400
#: Who they are, and how to behave towards the agent: unless the sentence holds a wish, too.
_STAGE = re.compile(
    r"^(?:You(?:r)? name is|You are|You're|Your (?:user id|email|zip)|You live|You (?:do not|don't) remember|You like|Please be)\b"
    r"|\bthe agent\b|\basked\b"
)
_WISH = re.compile(r"\b(?:want|wish|need|would like|return|exchange|cancel|modify|change|refund|order)\b", re.IGNORECASE)
_SENTENCE = re.compile(r"(?<=[.!?])\s+")
_FORGOTTEN = re.compile(r"You (?:do not|don't) remember your email address\.?")
_ORDER = re.compile(r"#?W(\d{4,})")
_SPEAKER: Final = {"you're": "I'm", "you are": "I am", "yourself": "myself", "yours": "mine", "your": "my"}
_SPOKEN = re.compile(r"\b(" + "|".join(_SPEAKER) + r")\b", re.IGNORECASE)
_SUBJECT = re.compile(r"\bYou\b|\byou(?= (?:\w+ed|want|wish|would|need|have|had|prefer|do|don't|just|also|bought|got|can|will|think)\b)")


async def measure(source: Source) -> Found:
    rows = [row for row in source.rows(TaskRow) if row.id not in REFUSED]
    store = Store(source.json(source.beside("orders.json")), source.json(source.beside("users.json")))
    users = {row.id: user_of(row, store.customers, store.owners) for row in rows}
    chosen = source.sample([row for row in rows if users[row.id]], lambda row: row.intents)
    if not chosen:
        raise BadRows(f"{source.file.name}: user_id: none of its customers is in users.json. Put that store's files beside it.")
    talks = [Talk(id=row.id, texts=[wishes(row.instruction)], customer=store.customers[users[row.id]].email) for row in chosen]

    def prepare(running: Scene, talk: Talk) -> None:
        store.fill(running, users[talk.id])

    conversations = await played.play_all(talks, source.progress, prepare)
    crash, offenders = played.crashes(talks, conversations)
    told = [(row, records[0]) for row, records in zip(chosen, conversations, strict=True) if not records[0].crash]
    wrong = list(_outside(told))
    return Found(n=len(chosen), measures=[*_measures(told, {item.id for item in wrong}), crash], offenders=[*offenders, *wrong])


def wishes(instruction: str) -> str:
    """What the customer wants, said by themselves: no name, no temper, our kind of order number, about 400 characters."""
    kept: list[str] = []
    for sentence in _SENTENCE.split(_FORGOTTEN.sub("", instruction).strip()):
        stage = _STAGE.search(sentence) and not (_WISH.search(sentence) and "agent" not in sentence)
        if not stage and (not kept or len(" ".join(kept)) + len(sentence) <= LONGEST):
            kept.append(sentence)
    text = _ORDER.sub(r"#\1", " ".join(kept) or instruction)
    spoken = _SPOKEN.sub(lambda found: _SPEAKER[found.group(1).lower()], text)
    return re.sub(r"\byou\b", "me", _SUBJECT.sub("I", spoken))


def _outside(told: Sequence[tuple[TaskRow, Record]]) -> Iterator[Offender]:
    for row, record in told:
        for done in record.effects:
            if (done.kind, done.order) not in row.allowed():
                yield Offender(row.id, f"{done.kind} on order {done.order}, which the task does not want")


def _measures(told: Sequence[tuple[TaskRow, Record]], wrong: set[str]) -> list[Measure]:
    wanted = [(wish, _heard(wish, record)) for row, record in told for wish in row.intents if wish in MEANS]
    needing = [record for row, record in told if row.needs_human]
    wished = [(row, record) for row, record in told if row.allowed()]
    return [
        *per_group("wish heard", wanted),
        share("a person is needed: handed over", map(played.handed_over, needing)),
        share("tasks with an effect that is not wanted", (row.id in wrong for row, _ in told), at_most=0.0),
        share("tasks in which a wanted effect is done at once", (bool(record.effects) and row.id not in wrong for row, record in wished)),
        *played.outcomes([record for _, record in told], of="tasks"),
    ]


def _heard(wish: str, record: Record) -> bool:
    return bool({intent.value for intent in MEANS[wish]} & {name for name, _ in record.intents})
