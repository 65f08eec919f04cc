"""Plans for wishes about one order: facts, and the remedies that the shop's policy pack allows the agent."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

from agent.domain.commerce import Order, OrderState
from agent.domain.decision import Reason, Remedy, RemedyKind
from agent.domain.intents import ARRIVED_WRONG, Intent
from agent.domain.money import Money
from agent.domain.triage import Flag
from agent.policy.address import parse
from agent.policy.conditions.trouble import due
from agent.policy.days import ON_THE_WAY, late, local_day
from agent.policy.judge import Request, Verdict, judge
from agent.policy.photos import contradicts, seen_batches, spoilt
from agent.policy.view import Plan, View

#: What an order of a state can be meant by, and where nothing is left to decide. What may be done about it, the pack says.
NOT_PACKED = {OrderState.UNPAID, OrderState.PAID}
ARRIVED = {OrderState.DELIVERED, OrderState.PART_RETURNED}
CLOSED = {OrderState.CANCELLED, OrderState.REFUNDED}

Planner = Callable[[View, Intent, Order], Plan]


def judged(view: View, order: Order, remedy: Remedy) -> Verdict:
    """What the customer's pack says of the agent doing it."""
    return judge(view.packs(order.customer.country), _request(view, order, remedy))


def _request(view: View, order: Order, remedy: Remedy) -> Request:
    """Nobody reaches an order here who has not shown number and e-mail.

    What the order has had already is left out: a code that is promised again is the same one under its own key, and is told again.
    """
    return Request(remedy=remedy, order=order, now=view.turn.now, proof=view.turn.identity.proof(order.customer.email))


def facts(view: View, intent: Intent, order: Order) -> Plan:
    """Where it is. A late parcel earns the code the shop promises; a lost one goes to the supply chain."""
    if order.state is OrderState.LOST:
        options = (
            _suggested(view, order, _remedy(RemedyKind.RESHIP, intent, order)),
            _money(view, RemedyKind.REFUND, intent, order, order.total),
        )
        return Plan(intent=intent, remedies=options, handover=Reason.NEEDS_JUDGEMENT, supply_chain=True)
    remedies = [_remedy(RemedyKind.ORDER_FACTS, intent, order)]
    if Flag.TRACKING in view.triage.flags and order.shipment:
        remedies.append(_remedy(RemedyKind.RESEND_TRACKING, intent, order))
    return Plan(intent=intent, remedies=(*remedies, *_promised(view, intent, order)))


def days_late(view: View, order: Order) -> int:
    """Days past the promised date of a parcel still on its way; 0 when it is not."""
    country = order.customer.country
    return late(order, local_day(view.packs(country), country, view.turn.now))


def not_received(view: View, intent: Intent, order: Order) -> Plan:
    """ "Delivered, but I have nothing" needs the carrier; on its way it is a question of status."""
    if order.state in ARRIVED:
        options = (
            _suggested(view, order, _remedy(RemedyKind.RESHIP, intent, order)),
            _money(view, RemedyKind.REFUND, intent, order, order.total),
        )
        return Plan(intent=intent, remedies=options, handover=Reason.NEEDS_JUDGEMENT, supply_chain=True)
    return facts(view, intent, order)


def send_back(view: View, intent: Intent, order: Order) -> Plan:
    """Return or legal withdrawal. Whatever the machine may not grant a person decides: no right is refused here."""
    if judged(view, order, _remedy(RemedyKind.CANCEL, intent, order)).allowed:
        return cancel(view, intent, order) if intent is Intent.WITHDRAWAL else _suggest_cancelling(view, intent, order)
    if order.open_return:
        return Plan(intent=intent, remedies=(_remedy(RemedyKind.ORDER_FACTS, intent, order),))
    return _by_verdict(view, order, _remedy(RemedyKind.RETURN, intent, order))


def _by_verdict(view: View, order: Order, remedy: Remedy) -> Plan:
    """Done where the pack allows it to the agent; else a person gets it as a suggestion, with the rule that stopped it."""
    verdict = judged(view, order, remedy)
    remedy = replace(remedy, rule=verdict.rule)
    return Plan(intent=remedy.intent, remedies=(remedy,), handover=None if verdict.allowed else verdict.reason or Reason.NEEDS_JUDGEMENT)


def _suggested(view: View, order: Order, remedy: Remedy) -> Remedy:
    """For a person, with what the pack says of it."""
    return replace(remedy, rule=judged(view, order, remedy).rule)


def exchange(view: View, intent: Intent, order: Order) -> Plan:
    remedy = _suggested(view, order, _remedy(RemedyKind.EXCHANGE, intent, order))
    return Plan(intent=intent, remedies=(remedy,), handover=Reason.NEEDS_JUDGEMENT)


def refund(view: View, intent: Intent, order: Order) -> Plan:
    """Money back: a person, within their limit; when nothing is packed yet, probably by cancelling."""
    if judged(view, order, _remedy(RemedyKind.CANCEL, intent, order)).allowed:
        return _suggest_cancelling(view, intent, order)
    if order.state in CLOSED:
        return refund_status(view, intent, order)
    return Plan(intent=intent, remedies=(_money(view, RemedyKind.REFUND, intent, order, order.total),), handover=Reason.OVER_LIMIT)


def refund_status(view: View, intent: Intent, order: Order) -> Plan:
    calendar_days = view.terms.refund_business_days[1] * 7 // 5
    overdue = any(view.turn.now - item.at > timedelta(days=calendar_days) for item in order.refunds)
    if overdue:
        return Plan(intent=intent, remedies=(_remedy(RemedyKind.ORDER_FACTS, intent, order),), handover=Reason.NEEDS_JUDGEMENT)
    return Plan(intent=intent, remedies=(_remedy(RemedyKind.ORDER_FACTS, intent, order),))


def _suggest_cancelling(view: View, intent: Intent, order: Order) -> Plan:
    """Who asks for a return or money back has not said "cancel": a cancellation cannot be taken back, so it is not guessed."""
    remedy = _suggested(view, order, _remedy(RemedyKind.CANCEL, intent, order))
    return Plan(intent=intent, remedies=(remedy,), handover=Reason.NEEDS_JUDGEMENT)


def cancel(view: View, intent: Intent, order: Order) -> Plan:
    if order.state in CLOSED:
        return Plan(intent=intent, remedies=(_remedy(RemedyKind.ORDER_FACTS, intent, order),))
    return _by_verdict(view, order, _remedy(RemedyKind.CANCEL, intent, order))


def change_address(view: View, intent: Intent, order: Order) -> Plan:
    """To a complete address; whether it may be changed at all is asked before the customer is asked for one.

    One that only a model made out of the words is no more than a suggestion to a person: a parcel would follow it.
    """
    typed, bare = parse(view.turn.text), _remedy(RemedyKind.CHANGE_ADDRESS, intent, order)
    verdict = judged(view, order, bare)
    if not verdict.allowed and verdict.reason is not Reason.NEEDS_DETAIL:
        return _by_verdict(view, order, bare)
    if typed is None and (read := view.context.customer.arguments.address):
        return Plan(intent=intent, remedies=(replace(bare, detail=read, rule=verdict.rule),), handover=Reason.NEEDS_JUDGEMENT)
    if typed is None:
        return Plan(intent=intent, question=Reason.NEEDS_DETAIL)
    detail = tuple((field, getattr(typed, field)) for field in ("name", "street", "postcode", "city", "country"))
    return _by_verdict(view, order, replace(bare, detail=detail))


def change_items(view: View, intent: Intent, order: Order) -> Plan:
    verdict = judged(view, order, _remedy(RemedyKind.CHANGE_ITEMS, intent, order))
    return Plan(intent=intent, handover=verdict.reason or Reason.NEEDS_JUDGEMENT)


def arrived_wrong(view: View, intent: Intent, order: Order) -> Plan:
    """A photo once, then a person; a batch that fails often goes to the supply chain."""
    bad = has_bad_batch(view, order)
    photo_helps = intent in {Intent.DAMAGED, Intent.WRONG_ITEM} and not bad
    if photo_helps and not view.turn.photos and not view.turn.asked and not _sent_photo_before(view):
        return Plan(intent=intent, question=Reason.NEEDS_PHOTO)
    if photo_helps and spoilt(view):
        return Plan(intent=intent, question=Reason.NEEDS_BETTER_PHOTO)
    options = (
        _suggested(view, order, _remedy(RemedyKind.RESHIP, intent, order)),
        _money(view, RemedyKind.REFUND, intent, order, order.total),
    )
    reason = Reason.BAD_BATCH if bad else Reason.PHOTO_DISAGREES if contradicts(view) else Reason.NEEDS_JUDGEMENT
    return Plan(intent=intent, remedies=options, handover=reason, supply_chain=bad)


def has_bad_batch(view: View, order: Order) -> bool:
    staff = view.context.staff
    mine = {line.batch for line in staff.lines} if staff.order == order.number else set[str | None]()
    mine |= seen_batches(view)
    return any(
        batch.id in mine and batch.sold >= view.limits.bad_batch_sold and batch.complaint_rate >= view.limits.bad_batch_rate
        for batch in view.context.staff.batches
    )


def _sent_photo_before(view: View) -> bool:
    return any(message.photos for message in view.turn.history)


def _remedy(kind: RemedyKind, intent: Intent, order: Order, detail: tuple[tuple[str, str], ...] = ()) -> Remedy:
    return Remedy(kind=kind, intent=intent, order=order.number, detail=detail)


def _money(view: View, kind: RemedyKind, intent: Intent, order: Order, amount: Money) -> Remedy:
    """Stopped by the limit; which is nothing, unless a merchant raises it."""
    remedy = Remedy(kind=kind, intent=intent, order=order.number, amount=amount)
    return _within_limits(judged(view, order, remedy), remedy)


def _within_limits(verdict: Verdict, remedy: Remedy) -> Remedy:
    return replace(remedy, rule=verdict.rule, blocked=None if verdict.allowed else Reason.OVER_LIMIT)


def _promised(view: View, intent: Intent, order: Order) -> tuple[Remedy, ...]:
    """The code that the pack promises for the order's trouble, when the agent gives it unasked."""
    bare = _remedy(RemedyKind.COUPON, intent, order)
    found = due(view.packs(order.customer.country), _request(view, order, bare))
    percent = next((item.percent for item in found if item.auto and item.percent), None)
    if percent is None:
        return ()
    remedy = replace(bare, detail=(("percent", str(percent)),))
    return (_within_limits(judged(view, order, remedy), remedy),)


PLANNERS: dict[Intent, Planner] = {
    Intent.ORDER_STATUS: facts,
    Intent.DELIVERY_LATE: facts,
    Intent.PARCEL_LOST: facts,
    Intent.CUSTOMS: facts,
    Intent.SHIPPING_INFO: facts,
    Intent.NOT_RECEIVED: not_received,
    Intent.RETURN_REQUEST: send_back,
    Intent.WITHDRAWAL: send_back,
    Intent.EXCHANGE: exchange,
    Intent.REFUND_REQUEST: refund,
    Intent.REFUND_STATUS: refund_status,
    Intent.CANCEL_ORDER: cancel,
    Intent.CHANGE_ADDRESS: change_address,
    Intent.CHANGE_ITEMS: change_items,
    **dict.fromkeys(ARRIVED_WRONG, arrived_wrong),
}

#: States an order must be in to be meant, when the customer names none.
MEANT: dict[Intent, set[OrderState]] = {
    Intent.ORDER_STATUS: {*NOT_PACKED, OrderState.PACKED, *ON_THE_WAY, OrderState.LOST},
    Intent.DELIVERY_LATE: {*ON_THE_WAY, OrderState.LOST},
    Intent.PARCEL_LOST: {*ON_THE_WAY, OrderState.LOST},
    Intent.CANCEL_ORDER: {*NOT_PACKED, OrderState.PACKED},
    Intent.CHANGE_ADDRESS: {*NOT_PACKED, OrderState.PACKED},
    Intent.CHANGE_ITEMS: {*NOT_PACKED, OrderState.PACKED},
    Intent.RETURN_REQUEST: ARRIVED,
    Intent.NOT_RECEIVED: ARRIVED,
    Intent.REFUND_STATUS: {OrderState.REFUNDED, OrderState.PART_RETURNED, OrderState.CANCELLED},
    **dict.fromkeys(ARRIVED_WRONG, ARRIVED),
}


def meant(view: View, intent: Intent) -> tuple[Order, ...]:
    """The orders the wish can be about: one is clear, several need a question."""
    if len(view.orders) <= 1 or view.names_an_order():
        return view.orders
    fitting = tuple(order for order in view.orders if order.state in MEANT.get(intent, set(OrderState)))
    return fitting or view.orders
