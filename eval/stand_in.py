"""Which order of the evaluation's world stands for a merchant's real one: the same country, state and age, another person."""

import hashlib
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from agent.commerce.currency import in_euro
from agent.commerce.demo.catalogue import BAD_BATCH
from agent.domain.commerce import Order, OrderState, Tier, TracedLine
from agent.policy.limits import LIMITS
from eval import world

#: States that the world has no order in, and what is copied for them.
_INSTEAD: Final = {OrderState.PART_RETURNED: OrderState.DELIVERED}


@dataclass(frozen=True, slots=True)
class StandIn:
    """`like` is copied under a number and an e-mail of its own."""

    real: Order
    state: OrderState
    like: Order
    number: str
    email: str


def stand_in(real: Order, state: OrderState, at: datetime, language: str, taken: Collection[str] = ()) -> StandIn:
    """`state` is the order's at that time. `taken`: numbers given already."""
    group = _group(real.customer.country, language)  # of the customer: all their orders stand for one person
    wanted = _INSTEAD.get(state, state)
    person = int(_digest(real.customer.email), 16) % world.PEOPLE
    people = [order for order in world.orders().values() if order.number.startswith(group) and int(order.number[-1]) == person]
    like = min((order for order in people if order.state is wanted), key=lambda order: _distance(real, at, order))
    number = new_number(real.number, taken)
    user = like.customer.email.replace(like.number, _digest(real.customer.email)[:5])
    return StandIn(real, state, like, number, user)


def new_number(real: str, taken: Collection[str] = ()) -> str:
    """Five digits that no order of the world has; the same for the same number, unless another has it already."""
    at = int(_digest(real), 16)
    while (made := f"4{at % 10_000:04}") in taken:
        at += 1
    return made


def new_email(real: str) -> str:
    """Of somebody who has no order."""
    return f"guest.{_digest(real.lower())[:6]}@example.com"


def person_of(country: str, language: str, key: str) -> Order:
    """Some order of a person in that country: for names and places that belong to no order."""
    group = _group(country, language)
    people = [order for order in world.orders().values() if order.number.startswith(group)]
    return people[int(_digest(key), 16) % len(people)]


def _group(country: str, language: str) -> str:
    """First digits of the numbers of the people who live there, else of those who speak the language."""
    home = next((order.number[:2] for order in world.orders().values() if order.address.country == country), None)
    spoken = language if language in world.LANGUAGES else world.FOREIGN
    return home or world.number(spoken, world.states()[0], 0)[:2]


def _distance(real: Order, at: datetime, candidate: Order) -> tuple[bool, bool, bool, bool, int]:
    """What policy looks at, gravest first."""
    return (
        (real.customer.tier is Tier.BEACON) is not (candidate.customer.tier is Tier.BEACON),
        _all_beauty(real) is not _all_beauty(candidate),
        _in_bad_batch(real) is not _in_bad_batch(candidate),
        _dear(real) is not _dear(candidate),
        abs(_age(real, at) - _age(candidate, world.NOW)),
    )


def _all_beauty(order: Order) -> bool:
    return all(line.category == "beauty" for line in order.lines)


def _in_bad_batch(order: Order) -> bool:
    return any(isinstance(line, TracedLine) and line.batch == BAD_BATCH for line in order.lines)


def _dear(order: Order) -> bool:
    """Over the limit that a late order's coupon has; a currency without a rate counts as over it."""
    euro = in_euro(order.total)
    return euro is None or euro.minor > LIMITS.coupon_order_minor


def _age(order: Order, at: datetime) -> int:
    """Days since what counts in its state: money sent back, arrival, the promised day, the order."""
    if order.refunds:
        return (at - order.refunds[-1].at).days
    if order.shipment and order.shipment.delivered_at:
        return (at - order.shipment.delivered_at).days
    if order.shipment:
        return (at.date() - order.shipment.promised).days
    return (at - order.placed_at).days


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
