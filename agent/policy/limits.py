"""What the agent may do alone, as the demo merchant's pack says it, and how fast people answer. One source for code, packet and pages."""

from dataclasses import dataclass

from agent.domain.authority import Role
from agent.domain.decision import Desk, RemedyKind
from agent.domain.triage import Urgency
from agent.policy.pack import named
from agent.policy.schema import Pack
from agent.policy.terms import late_promise


@dataclass(frozen=True, slots=True)
class Limits:
    questions_in_a_row: int
    failed_turns: int
    mismatches: int  # wrong pairs of order number and e-mail before nothing is looked up any more
    coupon_percent: int
    coupon_order_minor: int  # in EUR cents: a coupon on top of a larger order needs a person
    refund_minor: int  # in EUR cents: so much the agent pays out alone
    late_days_for_coupon: int  # more than this many days late earns the code
    bad_batch_rate: float  # complaint rate of a batch from which the supply chain looks at a case
    bad_batch_sold: int  # pieces sold below which the rate says nothing


def limits(pack: Pack) -> Limits:
    """The agent's; what the pack does not say is nothing."""
    conduct, bot = pack.conduct, pack.limits.get(Role.BOT)
    refund = bot.amounts.get(RemedyKind.REFUND) if bot else None
    return Limits(
        questions_in_a_row=conduct.questions_in_a_row,
        failed_turns=conduct.failed_turns,
        mismatches=conduct.mismatches,
        coupon_percent=late_promise(pack),
        coupon_order_minor=pack.coupons.order_max.minor if pack.coupons.order_max else 0,
        refund_minor=refund.minor if refund else 0,
        late_days_for_coupon=pack.windows.late_days or 0,
        bad_batch_rate=conduct.bad_batch_rate,
        bad_batch_sold=conduct.bad_batch_sold,
    )


LIMITS = limits(named("lumen-and-loom"))

#: Working hours until a person answers, as the shop promises them.
_HOURS = {Urgency.LOW: 4, Urgency.NORMAL: 4, Urgency.HIGH: 1, Urgency.CRITICAL: 1}
_SEVERITY = (Desk.AGENT, Desk.OPERATOR, Desk.SUPPLY_CHAIN, Desk.CRISIS)


def answer_hours(urgency: Urgency) -> int:
    return _HOURS[urgency]


def highest(desks: list[Desk]) -> Desk:
    return max(desks, key=_SEVERITY.index, default=Desk.AGENT)
