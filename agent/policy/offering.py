"""Which ways out are put before a customer whose case a person has to confirm, and when the agent may ask on its own. Pure."""

from agent.domain.authority import Role
from agent.domain.commerce import Order
from agent.domain.decision import Offer, Reason, RemedyKind
from agent.domain.intents import ARRIVED_WRONG, Intent
from agent.policy.choice import asked
from agent.policy.escalation import is_vip
from agent.policy.offers import offers
from agent.policy.orders import NOT_PACKED
from agent.policy.photos import fitting, trouble
from agent.policy.requests import situation
from agent.policy.view import Plan, View

#: Troubles that have several ways out.
OPEN = ARRIVED_WRONG | {
    Intent.PARCEL_LOST,
    Intent.DELIVERY_LATE,
    Intent.NOT_RECEIVED,
    Intent.ORDER_STATUS,
    Intent.EXCHANGE,
    Intent.REFUND_REQUEST,
    Intent.RETURN_REQUEST,
}
#: A person has to look, and only at what would put it right; not at who writes, or how.
ABOUT_THE_REMEDY = {Reason.NEEDS_JUDGEMENT, Reason.OVER_LIMIT, Reason.BAD_BATCH}


def ways_out(view: View, plans: list[Plan]) -> tuple[Offer, ...]:
    """At most three for the one order that all of it is about; () when that is not clear, or nothing is to be offered."""
    troubled = [plan for plan in plans if plan.handover in ABOUT_THE_REMEDY and plan.intent in OPEN]
    order = _only_order(view)
    if not troubled or order is None or order.stale or order.state in NOT_PACKED:
        return ()
    return fitting(view, offers(situation(view, order, trouble(view, troubled[0].intent))))


def other_shipping(view: View) -> tuple[Offer, ...]:
    """Faster or greener, for who asks for it by name before the order is packed."""
    order = _only_order(view)
    if order is None or order.stale or order.state not in NOT_PACKED:
        return ()
    if asked(view.turn.text, view.triage.language) is not RemedyKind.CHANGE_SHIPPING:
        return ()
    found = offers(situation(view, order, Intent.SHIPPING_INFO))
    return tuple(way for way in found if way.remedy.kind is RemedyKind.CHANGE_SHIPPING and way.role is Role.BOT)


def may_be_told(view: View, plans: list[Plan], ways: tuple[Offer, ...]) -> bool:
    """Whether the customer is asked now, while a colleague is called: one trouble, no valued customer, and nothing beyond an operator."""
    one_trouble = all(plan.handover in ABOUT_THE_REMEDY for plan in plans if plan.handover)
    within = all(way.role.rank <= Role.OPERATOR.rank for way in ways)
    return len(ways) > 1 and one_trouble and within and not is_vip(view.context)


def _only_order(view: View) -> Order | None:
    return view.orders[0] if len(view.orders) == 1 else None
