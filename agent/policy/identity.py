"""Which proof a turn offers: identity before data."""

from dataclasses import dataclass

from agent.domain import entities
from agent.domain.message import Author, Turn
from agent.domain.triage import EntityKind, Triage
from agent.policy.address import without_postcodes


@dataclass(frozen=True, slots=True)
class Proof:
    """Numbers named, newest message first, and the e-mail to match them with."""

    numbers: tuple[str, ...]
    email: str | None
    named_now: tuple[str, ...]
    open: bool = True  # not given before beside an order that is proven since: a mailed code among earlier words is no order's number

    @property
    def complete(self) -> bool:
        return bool(self.numbers and self.email and self.open)


#: How many numbers one turn may try against the shop: a guard against guessing.
MAX_TRIES = 3


def offered(turn: Turn, triage: Triage) -> Proof:
    """From this turn's entities; what is missing is taken from the customer's earlier messages."""
    named, typed = triage.values(EntityKind.ORDER), triage.values(EntityKind.EMAIL)
    numbers, emails = named, typed
    if not (numbers and emails):
        said = [m.text for m in reversed(turn.history) if m.author is Author.CUSTOMER]
        earlier = [without_postcodes([text], entities.find(text)) for text in said]
        numbers = numbers or _first(earlier, EntityKind.ORDER)
        emails = emails or _first(earlier, EntityKind.EMAIL)
    is_open = bool(named or typed or not turn.identity.proven_orders)
    return Proof(numbers[:MAX_TRIES], emails[0] if emails else None, named, is_open)


def _first(messages: list[tuple[entities.Entity, ...]], kind: EntityKind) -> tuple[str, ...]:
    for found in messages:
        values = tuple(dict.fromkeys(item.value for item in found if item.kind is kind))
        if values:
            return values
    return ()
