"""Who must agree to what an effect gives away: asked of the policy pack with all that was promised on the order before. Pure."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from agent.commerce.currency import in_euro
from agent.domain.authority import Proof, Role
from agent.domain.commerce import Order
from agent.domain.decision import Decision, Remedy, RemedyKind
from agent.domain.effect import PlannedEffect
from agent.domain.money import Money
from agent.policy.judge import Ruling, Verdict, judge
from agent.policy.pack import packs
from agent.policy.plan import key
from agent.policy.request import Item, Request
from agent.policy.schema import Pack

#: Kinds whose value leaves the shop for good: all of an order together never exceed what was paid for it.
COUNTED = frozenset({RemedyKind.REFUND.value, RemedyKind.RESHIP.value})
#: Kinds that a limit in euro holds for.
LIMITED = COUNTED | {RemedyKind.EXCHANGE.value, RemedyKind.COUPON.value, RemedyKind.WAIT.value}


@dataclass(frozen=True, slots=True)
class Given:
    """What was granted before: `on_order` what its refunds do not show yet, `today` by this person on all orders, in euro."""

    on_order: Money | None = None
    today: Money | None = None


@dataclass(frozen=True, slots=True)
class Need:
    """The lowest role that may grant it, and the rule that says so. `refused`: nobody may."""

    role: Role
    why: str
    says: str = ""
    refused: bool = False


Judging = Callable[[PlannedEffect, Given], Need]


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """On whose word effects are planned. `refunded`: what the source says went back by order, ours and others'.

    `judging` by effect key; an effect without one is held against the limits of the base pack alone. `asks`: a person has looked at the goods
    already, so what is beyond the agent's own limit waits for an approval instead of being refused.
    """

    who: str = "bot"
    role: Role = Role.BOT
    case: str | None = None
    asks: bool = False
    judging: Mapping[str, Judging] = field(default_factory=dict[str, Judging])
    refunded: Mapping[str, Money] = field(default_factory=dict[str, Money])


def by_pack(
    remedy: Remedy, order: Order, now: datetime, role: Role, items: Mapping[str, Item], of: Callable[[str], Pack] = packs
) -> Judging:
    """A person sees the customer's proof, and answers for it. `of` gives the pack of the customer's country."""
    pack = of(order.customer.country)

    def judging(effect: PlannedEffect, given: Given) -> Need:
        request = Request(
            remedy=remedy,
            order=order,
            now=now,
            role=role,
            proof=Proof.STRONG,
            products=items,
            given=given.on_order,
            given_today=given.today,
        )
        return as_need(judge(pack, request))

    return judging


def as_need(verdict: Verdict) -> Need:
    return Need(verdict.needs, verdict.rule, verdict.says, verdict.ruling is Ruling.REFUSE)


def decided(turn: str, decision: Decision, orders: Iterable[Order] = (), seen: Money | None = None) -> Standing:
    """What the graph decided was judged already, with `seen` promised on the order; what others planned since is judged on top of it."""
    judging: dict[str, Judging] = {key(turn, remedy): judged(decision.role, remedy.rule, seen) for remedy in decision.remedies}
    refunded = {order.number: order.refunded for order in orders}
    return Standing(who=decision.by, role=decision.role, judging=judging, refunded=refunded)


def judged(role: Role, rule: str, seen: Money | None) -> Judging:
    def judging(effect: PlannedEffect, given: Given) -> Need:
        grown = given.on_order is not None and given.on_order.minor > (seen.minor if seen else 0)
        return by_limits(effect, given) if grown or _beyond_day(role, effect, given) else Need(role, rule)

    return judging


def _beyond_day(role: Role, effect: PlannedEffect, given: Given) -> bool:
    """What was offered is granted on the day it is chosen: many offers must not add up to more than a day's limit."""
    limit = packs("").limits.get(role)
    now, today = euro(effect.amount), euro(given.today)
    return limit is not None and limit.day is not None and (now is None or today is None or now + today > limit.day.minor)


def by_limits(effect: PlannedEffect, given: Given) -> Need:
    """Without the order at hand: the lowest role whose limit holds all of it together."""
    pack = packs("")
    return next(
        (Need(role, pack.ref) for role in Role if _holds(pack, role, effect, given)),
        Need(Role.FINANCE, pack.ref, "More than any limit."),
    )


def _holds(pack: Pack, role: Role, effect: PlannedEffect, given: Given) -> bool:
    limit = pack.limits.get(role)
    if limit is None or (limit.alone is not None and effect.kind not in limit.alone):
        return False
    bound = limit.amounts.get(RemedyKind(effect.kind)) if effect.kind in LIMITED else None
    now, before, today = euro(effect.amount), euro(given.on_order), euro(given.today)
    if now is None or before is None or today is None:
        return bound is None and limit.day is None
    return (bound is None or now + before <= bound.minor) and (limit.day is None or now + today <= limit.day.minor)


def euro(money: Money | None) -> int | None:
    """In euro cents: 0 for nothing, None without a book rate."""
    found = in_euro(money) if money else Money(0, "EUR")
    return None if found is None else found.minor
