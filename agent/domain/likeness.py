"""Whether two conversations may be one customer's: what they have in common, as reasons for a person to judge. Pure."""

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from agent.domain.commerce import Order

#: Digits a phone number is compared by: with or without its country, it ends the same.
_PHONE = 9
_SHORTEST = 8


class Likeness(StrEnum):
    SIGNED_EMAIL = "signed_email"  # the shop vouches for the same address, or a code that was sent there came back
    SAME_CUSTOMER = "same_customer"  # an order proven there is of the same customer
    PHONE = "phone"
    NAME_AND_POSTCODE = "name_and_postcode"


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Who writes in a conversation, as far as it is proven; nothing that is only claimed."""

    signed: frozenset[str] = frozenset()  # e-mails
    emails: frozenset[str] = frozenset()  # of proven orders' customers, and the signed ones
    orders: frozenset[str] = frozenset()
    phones: frozenset[str] = frozenset()
    homes: frozenset[tuple[str, str, str]] = frozenset()  # name, postcode, country

    @property
    def email(self) -> str | None:
        """The address they are known by."""
        return min(self.signed or self.emails, default=None)


def person(signed: Iterable[str], orders: Iterable[Order], thread: str = "") -> Person:
    """`thread` is the channel's own id of the customer: a phone number where the channel is a messenger."""
    known = tuple(orders)
    mails = frozenset(each.casefold() for each in signed if each)
    numbers = [number for order in known for number in (order.customer.phone, order.address.phone)]
    return Person(
        signed=mails,
        emails=mails | {order.customer.email.casefold() for order in known},
        orders=frozenset(order.number for order in known),
        phones=frozenset(filter(None, map(phone, [*numbers, thread]))),
        homes=frozenset(filter(None, (home(order) for order in known))),
    )


def phone(written: str) -> str:
    """Its last digits; "" for what is no phone number."""
    bare = written.strip().removeprefix("+")
    digits = "".join(str(unicodedata.decimal(char)) for char in bare if char.isdecimal())
    is_number = all(char.isdecimal() or char in " -/().\u00a0" for char in bare)
    return digits[-_PHONE:] if is_number and len(digits) >= _SHORTEST else ""


def home(order: Order) -> tuple[str, str, str] | None:
    """None without a postcode: a name alone is nobody."""
    name, postcode = _plain(order.address.name or order.customer.name), _plain(order.address.postcode)
    return (name, postcode, order.address.country) if name and postcode else None


def _plain(written: str) -> str:
    """Without accents, spaces and punctuation; names in any order of their parts."""
    letters = "".join(char for char in unicodedata.normalize("NFKD", written) if not unicodedata.combining(char))
    return " ".join(sorted("".join(char if char.isalnum() else " " for char in letters).casefold().split()))


def likeness(one: Person, other: Person) -> tuple[Likeness, ...]:
    """Strongest first; () when nothing speaks for it."""
    found = {
        Likeness.SIGNED_EMAIL: bool(one.signed & other.signed),
        Likeness.SAME_CUSTOMER: bool(one.emails & other.emails or one.orders & other.orders),
        Likeness.PHONE: bool(one.phones & other.phones),
        Likeness.NAME_AND_POSTCODE: bool(one.homes & other.homes),
    }
    return tuple(reason for reason, holds in found.items() if holds)
