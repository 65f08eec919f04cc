"""What is asked of a policy pack: one remedy on one order, by somebody, at a time. All the judge may look at."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from agent.domain.authority import Proof, Role
from agent.domain.commerce import Order, Product, Tier
from agent.domain.decision import Remedy
from agent.domain.money import Money

GIFT_CARD = "gift_card"


@dataclass(frozen=True, slots=True)
class Item:
    """A catalogue article and whether it can be had now."""

    product: Product
    available: bool


@dataclass(frozen=True, slots=True)
class Method:
    """A way to pay that the customer's account holds. `balance` is a gift card's, where it is known."""

    id: str
    kind: str  # as Payment.method: card | paypal | gift_card | ...
    balance: Money | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """`earlier`: kinds of remedy this order has already had (by RemedyKind value). `given`: money and goods the ledger has promised on it
    that its refunds do not show yet. `given_today`: what this person granted today, in any currency with a book rate.
    """

    remedy: Remedy
    order: Order
    now: datetime
    role: Role = Role.BOT
    proof: Proof = Proof.NONE
    tier: Tier | None = None  # None = as the order's customer
    products: Mapping[str, Item] = field(default_factory=dict[str, Item])
    payments: tuple[Method, ...] = ()
    earlier: tuple[str, ...] = ()
    owner: bool = True  # the order belongs to the writer
    given: Money | None = None
    given_today: Money | None = None

    @property
    def loyalty(self) -> Tier:
        return self.tier or self.order.customer.tier

    @property
    def detail(self) -> dict[str, str]:
        return dict(self.remedy.detail)

    @property
    def country(self) -> str:
        """Whose law and terms apply: where the customer lives."""
        return self.order.customer.country
