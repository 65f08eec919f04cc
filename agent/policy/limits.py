"""What the agent may do alone, and how fast people answer. One source for code, packet and pages."""

from dataclasses import dataclass

from agent.domain.decision import Desk
from agent.domain.triage import Urgency


@dataclass(frozen=True, slots=True)
class Limits:
    questions_in_a_row: int = 2
    failed_turns: int = 2
    mismatches: int = 3  # wrong pairs of order number and e-mail before nothing is looked up any more
    coupon_percent: int = 10
    coupon_order_minor: int = 15000  # in EUR cents: a coupon on top of a larger order needs a person
    refund_minor: int = 0  # in EUR cents: the agent pays nothing out alone
    late_days_for_coupon: int = 3  # more than this many days late earns the code
    bad_batch_rate: float = 0.05  # complaint rate of a batch from which the supply chain looks at a case
    bad_batch_sold: int = 20  # pieces sold below which the rate says nothing


LIMITS = Limits()

#: Working hours until a person answers, as the shop promises them.
_HOURS = {Urgency.LOW: 4, Urgency.NORMAL: 4, Urgency.HIGH: 1, Urgency.CRITICAL: 1}
_SEVERITY = (Desk.AGENT, Desk.OPERATOR, Desk.SUPPLY_CHAIN, Desk.CRISIS)


def answer_hours(urgency: Urgency) -> int:
    return _HOURS[urgency]


def highest(desks: list[Desk]) -> Desk:
    return max(desks, key=_SEVERITY.index, default=Desk.AGENT)
