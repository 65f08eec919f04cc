"""Plans for wishes about one order: facts, and the remedies its state allows."""

from collections.abc import Callable
from datetime import timedelta

from agent.commerce.currency import in_euro
from agent.domain.commerce import Order, OrderState
from agent.domain.decision import Reason, Remedy, RemedyKind
from agent.domain.intents import ARRIVED_WRONG, Intent
from agent.domain.money import Money
from agent.domain.triage import Flag
from agent.policy.address import country_code, parse
from agent.policy.view import Plan, View

NOT_PACKED = {OrderState.UNPAID, OrderState.PAID}
ARRIVED = {OrderState.DELIVERED, OrderState.PART_RETURNED}
ON_THE_WAY = {OrderState.IN_TRANSIT, OrderState.CUSTOMS_HOLD, OrderState.LATE}
CLOSED = {OrderState.CANCELLED, OrderState.REFUNDED}

Planner = Callable[[View, Intent, Order], Plan]


def unknown_state(view: View, intent: Intent, order: Order) -> Plan:
    return Plan(intent=intent, handover=Reason.UNKNOWN_STATE)


def facts(view: View, intent: Intent, order: Order) -> Plan:
    """Where it is. A late parcel earns the code the shop promises; a lost one goes to the supply chain."""
    if order.state is OrderState.LOST:
        options = (_remedy(RemedyKind.RESHIP, intent, order), _money(view, RemedyKind.REFUND, intent, order, order.total))
        return Plan(intent=intent, remedies=options, handover=Reason.NEEDS_JUDGEMENT, supply_chain=True)
    remedies = [_remedy(RemedyKind.ORDER_FACTS, intent, order)]
    if Flag.TRACKING in view.triage.flags and order.shipment:
        remedies.append(_remedy(RemedyKind.RESEND_TRACKING, intent, order))
    if days_late(view, order) > view.limits.late_days_for_coupon:
        remedies.append(_coupon(view, intent, order))
    return Plan(intent=intent, remedies=tuple(remedies))


def days_late(view: View, order: Order) -> int:
    """Days past the promised date of a parcel still on its way; 0 when it is not."""
    if not order.shipment or order.state not in ON_THE_WAY:
        return 0
    return max(0, (view.turn.now.date() - order.shipment.promised).days)


def not_received(view: View, intent: Intent, order: Order) -> Plan:
    """ "Delivered, but I have nothing" needs the carrier; on its way it is a question of status."""
    if order.state in ARRIVED:
        options = (_remedy(RemedyKind.RESHIP, intent, order), _money(view, RemedyKind.REFUND, intent, order, order.total))
        return Plan(intent=intent, remedies=options, handover=Reason.NEEDS_JUDGEMENT, supply_chain=True)
    return facts(view, intent, order)


def send_back(view: View, intent: Intent, order: Order) -> Plan:
    """Return or legal withdrawal. Whatever the machine may not grant a person decides: no right is refused here."""
    if order.state in NOT_PACKED:
        return cancel(view, intent, order) if intent is Intent.WITHDRAWAL else _suggest_cancelling(intent, order)
    if order.open_return:
        return Plan(intent=intent, remedies=(_remedy(RemedyKind.ORDER_FACTS, intent, order),))
    remedy = _remedy(RemedyKind.RETURN, intent, order)
    if order.state not in ARRIVED or not in_window(view, intent, order):
        return Plan(intent=intent, remedies=(remedy,), handover=Reason.RIGHT_AT_STAKE)
    if all(line.category == "beauty" for line in order.lines):
        return Plan(intent=intent, remedies=(remedy,), handover=Reason.NEEDS_JUDGEMENT)
    return Plan(intent=intent, remedies=(remedy,))


def in_window(view: View, intent: Intent, order: Order) -> bool:
    if order.shipment is None or order.shipment.delivered_at is None:
        return False
    delivered, today = order.shipment.delivered_at.date(), view.turn.now.date()
    if intent is Intent.WITHDRAWAL:
        return view.terms.may_withdraw(order.customer.country, delivered, today)
    return today <= view.terms.return_until(delivered)


def exchange(view: View, intent: Intent, order: Order) -> Plan:
    return Plan(intent=intent, remedies=(_remedy(RemedyKind.EXCHANGE, intent, order),), handover=Reason.NEEDS_JUDGEMENT)


def refund(view: View, intent: Intent, order: Order) -> Plan:
    """Money back: a person, within their limit; when nothing is packed yet, probably by cancelling."""
    if order.state in NOT_PACKED:
        return _suggest_cancelling(intent, order)
    if order.state in CLOSED:
        return refund_status(view, intent, order)
    return Plan(intent=intent, remedies=(_money(view, RemedyKind.REFUND, intent, order, order.total),), handover=Reason.OVER_LIMIT)


def refund_status(view: View, intent: Intent, order: Order) -> Plan:
    calendar_days = view.terms.refund_business_days[1] * 7 // 5
    overdue = any(view.turn.now - item.at > timedelta(days=calendar_days) for item in order.refunds)
    if overdue:
        return Plan(intent=intent, remedies=(_remedy(RemedyKind.ORDER_FACTS, intent, order),), handover=Reason.NEEDS_JUDGEMENT)
    return Plan(intent=intent, remedies=(_remedy(RemedyKind.ORDER_FACTS, intent, order),))


def _suggest_cancelling(intent: Intent, order: Order) -> Plan:
    """Who asks for a return or money back has not said "cancel": a cancellation cannot be taken back, so it is not guessed."""
    return Plan(intent=intent, remedies=(_remedy(RemedyKind.CANCEL, intent, order),), handover=Reason.NEEDS_JUDGEMENT)


def cancel(view: View, intent: Intent, order: Order) -> Plan:
    if order.state in CLOSED:
        return Plan(intent=intent, remedies=(_remedy(RemedyKind.ORDER_FACTS, intent, order),))
    remedy = _remedy(RemedyKind.CANCEL, intent, order)
    if order.state not in NOT_PACKED:
        return Plan(intent=intent, remedies=(remedy,), handover=Reason.RIGHT_AT_STAKE)
    return Plan(intent=intent, remedies=(remedy,))


def change_address(view: View, intent: Intent, order: Order) -> Plan:
    """Before packing, to a complete address in the same country (another country changes duties and price)."""
    typed = parse(view.turn.text)
    if order.state not in NOT_PACKED:
        return Plan(intent=intent, remedies=(_remedy(RemedyKind.CHANGE_ADDRESS, intent, order),), handover=Reason.NOT_ALLOWED)
    if typed is None:
        return Plan(intent=intent, question=Reason.NEEDS_DETAIL)
    detail = tuple((field, getattr(typed, field)) for field in ("name", "street", "postcode", "city", "country"))
    remedy = _remedy(RemedyKind.CHANGE_ADDRESS, intent, order, detail)
    if country_code(typed.country) != order.address.country:
        return Plan(intent=intent, remedies=(remedy,), handover=Reason.NEEDS_JUDGEMENT)
    return Plan(intent=intent, remedies=(remedy,))


def change_items(view: View, intent: Intent, order: Order) -> Plan:
    return Plan(intent=intent, handover=Reason.NEEDS_JUDGEMENT if order.state in NOT_PACKED else Reason.NOT_ALLOWED)


def arrived_wrong(view: View, intent: Intent, order: Order) -> Plan:
    """A photo once, then a person; a batch that fails often goes to the supply chain."""
    bad = has_bad_batch(view, order)
    photo_helps = intent in {Intent.DAMAGED, Intent.WRONG_ITEM} and not bad
    if photo_helps and not view.turn.photos and not view.turn.asked and not _sent_photo_before(view):
        return Plan(intent=intent, question=Reason.NEEDS_PHOTO)
    options = (_remedy(RemedyKind.RESHIP, intent, order), _money(view, RemedyKind.REFUND, intent, order, order.total))
    reason = Reason.BAD_BATCH if bad else Reason.NEEDS_JUDGEMENT
    return Plan(intent=intent, remedies=options, handover=reason, supply_chain=bad)


def has_bad_batch(view: View, order: Order) -> bool:
    staff = view.context.staff
    mine = {line.batch for line in staff.lines} if staff.order == order.number else set()
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
    euro = in_euro(amount)
    over = euro is None or not 0 < euro.minor <= view.limits.refund_minor
    return Remedy(kind=kind, intent=intent, order=order.number, amount=amount, blocked=Reason.OVER_LIMIT if over else None)


def _coupon(view: View, intent: Intent, order: Order) -> Remedy:
    euro = in_euro(order.total)
    over = euro is None or euro.minor > view.limits.coupon_order_minor
    percent = (("percent", str(view.limits.coupon_percent)),)
    return Remedy(kind=RemedyKind.COUPON, intent=intent, order=order.number, detail=percent, blocked=Reason.OVER_LIMIT if over else None)


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
