"""Calls outside the policy: each gold call changed so that it breaks one rule, and the rule that must stop it.

`implied` are rules that the same change cannot help breaking, too (somebody else's card is no original card either): with the rule and
those taken out of the pack, nothing stops the call, so it was this rule that did.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from agent.domain.decision import Remedy, RemedyKind
from agent.domain.intents import Intent
from eval.tau import breakages, gold
from eval.tau.breakages import BACK, CHANGES, Change
from eval.tau.database import Database, raw_number
from eval.tau.tasks import Task
from eval.tau.writes import remedy


@dataclass(frozen=True, slots=True, kw_only=True)
class Mutant:
    """`what` was done to the call, in words; `rule` must stop it when `user` asks for `wanted` on `store`."""

    task: str
    what: str
    rule: str
    wanted: Remedy
    user: str
    store: Database
    implied: tuple[str, ...] = ()


def mutants(task: Task, store: Database) -> Iterator[Mutant]:
    """All of a task's gold calls that the tools take, on the store as the calls before have left it."""
    now = store.fork()
    for call in task.calls:
        wanted, before = remedy(call), now.fork()
        if gold.apply(now, call) or wanted is None:
            continue
        if wanted.order and before.owner(wanted.order) != task.user:
            continue  # outside the policy as it is
        if not wanted.order:
            yield from _made(task, before, _profile(wanted))
            continue
        yield from _foreign(task, wanted, before)
        yield from _made(task, before, breakages.all_of(wanted, before))
        yield from _made(task, now, _again(wanted, now))


def _made(task: Task, store: Database, changes: Iterable[Change]) -> Iterator[Mutant]:
    for change in changes:
        yield Mutant(
            task=task.id,
            what=change.what,
            rule=change.rule,
            wanted=change.wanted,
            user=task.user,
            store=change.store or store,
            implied=change.implied,
        )


def _foreign(task: Task, wanted: Remedy, store: Database) -> Iterator[Mutant]:
    """Somebody else writes; the one before and the one after in the file."""
    users = list(store.users)
    at = users.index(task.user)
    for other in {users[at - 1], users[(at + 1) % len(users)]} - {task.user}:
        yield Mutant(task=task.id, what="a foreign order", rule="order-owned", wanted=wanted, user=other, store=store)


def _profile(wanted: Remedy) -> Iterator[Change]:
    """A default address lacks a part."""
    return (
        Change(f"an address without {name}", "address-complete", breakages.without(wanted, name))
        for name in ("street", "city", "postcode", "country")
    )


#: What a remedy closes an order to, and the rule that says so.
_CLOSED = {
    RemedyKind.CANCEL: ("pending-only", CHANGES),
    RemedyKind.CHANGE_ITEMS: ("items-once", CHANGES),
    RemedyKind.RETURN: ("back-once", BACK),
    RemedyKind.EXCHANGE: ("back-once", BACK),
}


def _again(wanted: Remedy, store: Database) -> Iterator[Change]:
    """The same once more, and others, on the order as the call has left it."""
    rule, kinds = _CLOSED.get(wanted.kind, ("", frozenset[RemedyKind]()))
    if wanted.kind in kinds and wanted.kind is not RemedyKind.CHANGE_ITEMS:
        yield Change(f"{wanted.kind.value} twice", rule, wanted)
    for other in _others(wanted, store):
        if other.kind in kinds:
            yield Change(f"{other.kind.value} after {wanted.kind.value}", rule, other)


def _others(wanted: Remedy, store: Database) -> Iterator[Remedy]:
    """Whole remedies of other kinds on the same order."""
    bare = replace(wanted, pieces=(), others=(), detail=())
    place = (("street", "1 Elm"), ("city", "Austin"), ("postcode", "78701"), ("country", "USA"))
    yield replace(bare, kind=RemedyKind.CHANGE_ADDRESS, intent=Intent.CHANGE_ADDRESS, detail=place)
    if wanted.kind is not RemedyKind.CANCEL:
        yield replace(bare, kind=RemedyKind.CANCEL, intent=Intent.CANCEL_ORDER, detail=(("reason", "no longer needed"),))
    if wanted.kind is RemedyKind.CHANGE_ITEMS:
        # The new goods, changed once more.
        yield replace(wanted, pieces=wanted.others)
    if wanted.kind is RemedyKind.EXCHANGE:
        paid = store.orders[raw_number(wanted.order or "")]["payment_history"][0]["payment_method_id"]
        back = replace(wanted, kind=RemedyKind.RETURN, intent=Intent.RETURN_REQUEST, others=())
        yield breakages.without(back, "payment", paid)
