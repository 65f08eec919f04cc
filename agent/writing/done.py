"""Sentences that become true when an effect is confirmed; what only the shop knows is a slot until then."""

from collections.abc import Callable
from datetime import date, timedelta

from agent.commerce.routing import add_business_days
from agent.domain.commerce import Order
from agent.domain.decision import Offer, Remedy, RemedyKind
from agent.phrasing import day, money
from agent.policy.days import delivered_at, local_day
from agent.policy.plan import effect
from agent.policy.request import Request
from agent.policy.view import View
from agent.writing.offering import span
from agent.writing.slots import WORTH, slot
from agent.writing.writer import Writer

Texts = dict[str, str]
#: (writer, view, remedy, key of the effect, days until it is solved) -> what the pattern needs
Values = Callable[[Writer, View, Remedy, str, tuple[int, int]], Texts]


def done(write: Writer, view: View, remedy: Remedy, chosen: Offer | None = None) -> None:
    """`chosen` is the offer it was chosen from: it says how long it takes."""
    phrase, values = DONE[remedy.kind]
    planned = effect(view.turn.id, remedy)
    source = write.cite("effect", planned.key, f"{remedy.kind.value} #{remedy.order}")
    days = chosen.days if chosen and chosen.days else view.terms.refund_business_days
    write.say(phrase, source, **values(write, view, remedy, planned.key, days))


def order_of(view: View, remedy: Remedy) -> Order:
    return next(order for order in view.orders if order.number == remedy.order)


def _order(write: Writer, view: View, remedy: Remedy, key: str, days: tuple[int, int]) -> Texts:
    return {"order": remedy.order or ""}


def _nothing(write: Writer, view: View, remedy: Remedy, key: str, days: tuple[int, int]) -> Texts:
    return {}


def _return(write: Writer, view: View, remedy: Remedy, key: str, days: tuple[int, int]) -> Texts:
    until = _return_until(view, order_of(view, remedy), remedy)
    label = {"number": slot(key, "return"), "label": slot(key, "document")}
    return {"order": remedy.order or "", "date": day(until, write.language), **label}


def _return_until(view: View, order: Order, remedy: Remedy) -> date:
    """On the customer's calendar, as the pack counts: from the parcel that holds the pieces, else from the one that came last."""
    pack, country = view.packs(order.customer.country), order.customer.country
    asked = delivered_at(Request(remedy=remedy, order=order, now=view.turn.now))
    came = asked or max((parcel.delivered_at for parcel in order.shipments if parcel.delivered_at), default=view.turn.now)
    return local_day(pack, country, came) + timedelta(days=pack.windows.return_days or view.terms.return_days)


def _address(write: Writer, view: View, remedy: Remedy, key: str, days: tuple[int, int]) -> Texts:
    new = dict(remedy.detail)
    place = f"{new['postcode']} {new['city']}"
    return {"order": remedy.order or "", "address": ", ".join([new["name"], new["street"], place, new["country"]])}


def _coupon(write: Writer, view: View, remedy: Remedy, key: str, days: tuple[int, int]) -> Texts:
    return {"code": slot(key, "code"), "percent": slot(key, WORTH), "date": slot(key, "valid_until")}


def _wait(write: Writer, view: View, remedy: Remedy, key: str, days: tuple[int, int]) -> Texts:
    return {"code": slot(key, "code"), "worth": slot(key, WORTH), "date": slot(key, "valid_until")}


def _refund(write: Writer, view: View, remedy: Remedy, key: str, days: tuple[int, int]) -> Texts:
    amount = money(remedy.amount or order_of(view, remedy).total, write.language)
    return {"amount": amount, "order": remedy.order or "", "span": span(write.phrases, days, write.language)}


def _reship(write: Writer, view: View, remedy: Remedy, key: str, days: tuple[int, int]) -> Texts:
    number = {"order": remedy.order or "", "number": slot(key, "new_order")}
    return {**number, "warehouse": _warehouse(write, remedy), "span": span(write.phrases, days, write.language)}


def _exchange(write: Writer, view: View, remedy: Remedy, key: str, days: tuple[int, int]) -> Texts:
    label = {"number": slot(key, "return"), "label": slot(key, "document")}
    return {**label, "product": _title(view, remedy), "warehouse": _warehouse(write, remedy)}


def _repair(write: Writer, view: View, remedy: Remedy, key: str, days: tuple[int, int]) -> Texts:
    detail = dict(remedy.detail)
    part = write.phrases.render(f"part-{detail['part_of_day']}", write.language)
    return {"product": _title(view, remedy), "date": day(date.fromisoformat(detail["day"]), write.language), "part": part}


def _claim(write: Writer, view: View, remedy: Remedy, key: str, days: tuple[int, int]) -> Texts:
    return {"number": slot(key, "claim"), "span": span(write.phrases, days, write.language)}


def _shipping(write: Writer, view: View, remedy: Remedy, key: str, days: tuple[int, int]) -> Texts:
    service = write.phrases.render(f"service-{dict(remedy.detail)['service']}", write.language)
    arrives = add_business_days(view.turn.now.date(), days[1])
    return {"order": remedy.order or "", "service": service, "date": day(arrives, write.language)}


def _warehouse(write: Writer, remedy: Remedy) -> str:
    return write.phrases.render(f"warehouse-{dict(remedy.detail)['warehouse']}", write.language)


def _title(view: View, remedy: Remedy) -> str:
    sku = (remedy.others or remedy.pieces)[0].sku
    titles = {product.sku: product.title for product in view.context.customer.products}
    titles |= {line.sku: line.title for line in order_of(view, remedy).lines}
    return titles.get(sku, sku)


DONE: dict[RemedyKind, tuple[str, Values]] = {
    RemedyKind.CANCEL: ("cancel-done", _order),
    RemedyKind.CHANGE_ADDRESS: ("address-done", _address),
    RemedyKind.RETURN: ("return-done", _return),
    RemedyKind.RESEND_TRACKING: ("tracking-done", _nothing),
    RemedyKind.COUPON: ("coupon-done", _coupon),
    RemedyKind.WAIT: ("wait-done", _wait),
    RemedyKind.REFUND: ("refund-ordered", _refund),
    RemedyKind.RESHIP: ("reship-done", _reship),
    RemedyKind.EXCHANGE: ("exchange-done", _exchange),
    RemedyKind.REPAIR: ("repair-done", _repair),
    RemedyKind.CLAIM: ("claim-done", _claim),
    RemedyKind.CHANGE_ITEMS: ("items-done", _order),
    RemedyKind.CHANGE_PAYMENT: ("payment-done", _order),
    RemedyKind.CHANGE_SHIPPING: ("shipping-done", _shipping),
}
