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

    @property
    def complete(self) -> bool:
        return bool(self.numbers and self.email)


#: How many numbers one turn may try against the shop: a guard against guessing.
MAX_TRIES = 3


def offered(turn: Turn, triage: Triage) -> Proof:
    """From this turn's entities; what is missing is taken from the customer's earlier messages."""
    numbers = triage.values(EntityKind.ORDER)
    emails = triage.values(EntityKind.EMAIL)
    if not (numbers and emails):
        said = [m.text for m in reversed(turn.history) if m.author is Author.CUSTOMER]
        earlier = [without_postcodes([text], entities.find(text)) for text in said]
        numbers = numbers or _first(earlier, EntityKind.ORDER)
        emails = emails or _first(earlier, EntityKind.EMAIL)
    return Proof(numbers[:MAX_TRIES], emails[0] if emails else None, triage.values(EntityKind.ORDER))


def _first(messages: list[tuple[entities.Entity, ...]], kind: EntityKind) -> tuple[str, ...]:
    for found in messages:
        values = tuple(dict.fromkeys(item.value for item in found if item.kind is kind))
        if values:
            return values
    return ()
