"""What the sentences of our own may say: for each pattern the values that are true now, read from the data once more. Pure."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import chain

from agent.domain.commerce import Order
from agent.domain.decision import Decision, Offer, Outcome, Remedy
from agent.domain.reply import Claim, Reply
from agent.phrasing import Phrases, day, listing, moment, money
from agent.policy.identity import offered
from agent.policy.limits import answer_hours
from agent.policy.orders import days_late
from agent.policy.photos import tellable
from agent.policy.plan import EFFECTIVE, effect
from agent.policy.proving import masked
from agent.policy.view import View
from agent.writing.answer import WAREHOUSES
from agent.writing.done import DONE
from agent.writing.draft import finding
from agent.writing.facts import SCANS
from agent.writing.offering import NEEDS, values
from agent.writing.writer import Writer

Values = Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Grounds:
    """All that a reply was made from."""

    phrases: Phrases
    view: View
    decision: Decision
    brand: str

    def label(self, key: str, language: str) -> str:
        return self.phrases.render(key, language)

    @property
    def remedies(self) -> tuple[Remedy, ...]:
        chosen = (self.decision.chosen.remedy,) if self.decision.chosen else ()
        return (*self.decision.remedies, *chosen, *(offer.remedy for offer in self.decision.offers))


def right(claim: Claim, reply: Reply, grounds: Grounds) -> list[Values] | None:
    """Every set of values with which this pattern would be true; None for a pattern that nothing is known of."""
    orders = grounds.view.orders
    cited = {item.ref for item in reply.evidence if item.id in claim.evidence and item.kind == "order"}
    if claim.pattern in OF_ORDER:
        tell = OF_ORDER[claim.pattern]
        return [each for order in orders if not cited or order.number in cited for each in tell(order, grounds, reply.language)]
    if claim.pattern in OF_ALL:
        return list(OF_ALL[claim.pattern](grounds, reply.language))
    if claim.pattern in NEEDS:
        return list(_offers(grounds, reply.language))
    return list(_done(claim.pattern, grounds, reply.language)) if claim.pattern in _DONE_PATTERNS else None


def texts(grounds: Grounds, language: str) -> frozenset[str]:
    """Every value that any sentence of our own could hold now."""
    made: Iterable[Values] = chain(
        (each for tell in OF_ORDER.values() for order in grounds.view.orders for each in tell(order, grounds, language)),
        (each for tell in OF_ALL.values() for each in tell(grounds, language)),
        _offers(grounds, language),
        (each for pattern in _DONE_PATTERNS for each in _done(pattern, grounds, language)),
    )
    hours = {str(answer_hours(grounds.view.triage.urgency))}
    return frozenset(chain(hours, (value for each in made for value in each.values())))


def _short(order: Order, grounds: Grounds, language: str) -> Iterator[Values]:
    yield {"order": order.number}


def _placed(order: Order, grounds: Grounds, language: str) -> Iterator[Values]:
    yield {"order": order.number, "date": day(order.placed_at.date(), language)}


def _sent(order: Order, grounds: Grounds, language: str) -> Iterator[Values]:
    if ship := order.shipment:
        place = grounds.label(f"warehouse-{ship.warehouse}", language)
        yield {"order": order.number, "warehouse": place, "date": day(ship.shipped_at.date(), language), "carrier": ship.carrier}


def _delivered(order: Order, grounds: Grounds, language: str) -> Iterator[Values]:
    if (ship := order.shipment) and ship.delivered_at:
        yield {"order": order.number, "carrier": ship.carrier, "date": day(ship.delivered_at.date(), language)}


def _part_shipped(order: Order, grounds: Grounds, language: str) -> Iterator[Values]:
    if order.shipments:
        last = max(parcel.shipped_at for parcel in order.shipments)
        yield {"order": order.number, "parcels": str(len(order.shipments)), "date": day(last.date(), language)}


def _lost(order: Order, grounds: Grounds, language: str) -> Iterator[Values]:
    if ship := order.shipment:
        last = ship.checkpoints[-1].at if ship.checkpoints else ship.shipped_at
        yield {"order": order.number, "date": day(last.date(), language)}


def _late(order: Order, grounds: Grounds, language: str) -> Iterator[Values]:
    if ship := order.shipment:
        yield {"order": order.number, "promised": day(ship.promised, language), "days": str(days_late(grounds.view, order))}


def _scan(order: Order, grounds: Grounds, language: str) -> Iterator[Values]:
    if (ship := order.shipment) and ship.checkpoints:
        scan = ship.checkpoints[-1]
        state = grounds.label(SCANS.get(scan.state, "state-departed"), language)
        yield {"state": state, **({"place": scan.place} if scan.place else {}), "time": moment(scan.at, language)}


def _promised(order: Order, grounds: Grounds, language: str) -> Iterator[Values]:
    if ship := order.shipment:
        yield {"date": day(ship.promised, language)}


def _tracking(order: Order, grounds: Grounds, language: str) -> Iterator[Values]:
    if ship := order.shipment:
        yield {"tracking": ship.tracking, "url": ship.url}


def _refunds(succeeded: bool) -> Callable[[Order, Grounds, str], Iterator[Values]]:
    def tell(order: Order, grounds: Grounds, language: str) -> Iterator[Values]:
        for refund in order.refunds:
            if refund.succeeded is succeeded:
                yield {"amount": money(refund.amount, language), "date": day(refund.at.date(), language)}

    return tell


def _as_of(order: Order, grounds: Grounds, language: str) -> Iterator[Values]:
    yield {"time": moment(order.read_at, language)}


OF_ORDER: dict[str, Callable[[Order, Grounds, str], Iterator[Values]]] = {
    **dict.fromkeys(("order-unpaid", "order-paid"), _placed),
    **dict.fromkeys(("order-packed", "order-unknown-state", "order-refunded", "order-cancelled", "refund-none"), _short),
    **dict.fromkeys(("draft-return", "draft-cancel", "ask-address", "offers-intro", "offers-intro-one"), _short),
    **dict.fromkeys(("order-in-transit", "order-customs"), _sent),
    **dict.fromkeys(("order-delivered", "order-part-returned"), _delivered),
    **dict.fromkeys(("order-scan", "order-scan-nowhere"), _scan),
    "order-part-shipped": _part_shipped,
    "order-lost": _lost,
    "order-late": _late,
    "order-promised": _promised,
    "order-tracking": _tracking,
    "refund-done": _refunds(True),
    "refund-started": _refunds(False),
    "as-of": _as_of,
}


def _brand(grounds: Grounds, language: str) -> Iterator[Values]:
    yield {"brand": grounds.brand}


def _name(grounds: Grounds, language: str) -> Iterator[Values]:
    yield from ({"name": order.customer.name} for order in grounds.view.orders)


def _asked_number(grounds: Grounds, language: str) -> Iterator[Values]:
    """The customer's own words, read back."""
    yield from ({"order": number} for number in offered(grounds.view.turn, grounds.view.triage).numbers)


def _which(grounds: Grounds, language: str) -> Iterator[Values]:
    yield {"orders": listing([f"#{order.number}" for order in grounds.view.orders], language)}


def _code(grounds: Grounds, language: str) -> Iterator[Values]:
    if grounds.decision.proof:
        yield {"email": masked(grounds.decision.proof)}


def _price(grounds: Grounds, language: str) -> Iterator[Values]:
    for product in grounds.view.context.customer.products:
        yield {"product": product.title, "price": money(product.price, language)}


def _stock(grounds: Grounds, language: str) -> Iterator[Values]:
    titles = {product.sku: product.title for product in grounds.view.context.customer.products}
    for item in grounds.view.context.customer.availability:
        title = {"product": titles.get(item.sku, item.sku)}
        places = [grounds.label(WAREHOUSES[city], language) for city in item.warehouses if city in WAREHOUSES]
        if item.available:
            yield title | {"warehouse": listing(places, language)}
        elif item.restock:
            yield title | {"date": day(item.restock, language)}
        else:
            yield title


def _refund_offered(grounds: Grounds, language: str) -> Iterator[Values]:
    for remedy in grounds.remedies:
        if remedy.amount:
            yield {"amount": money(remedy.amount, language), "order": remedy.order or ""}


def _reship_offered(grounds: Grounds, language: str) -> Iterator[Values]:
    for order in grounds.view.orders:
        place = order.shipment.warehouse if order.shipment else "RTM"
        yield {"order": order.number, "warehouse": grounds.label(f"warehouse-{place}", language)}


def _exchange_offered(grounds: Grounds, language: str) -> Iterator[Values]:
    yield from ({"product": line.title} for order in grounds.view.orders for line in order.lines)


def _photographed(grounds: Grounds, language: str) -> Iterator[Values]:
    yield from (finding(grounds.phrases, grounds.view, found, language) for found in tellable(grounds.view))


OF_ALL: dict[str, Callable[[Grounds, str], Iterator[Values]]] = {
    **dict.fromkeys(("disclosure", "out-of-scope", "draft-closing"), _brand),
    **dict.fromkeys(("stock-yes", "stock-restock", "stock-no"), _stock),
    **dict.fromkeys(("draft-photo", "draft-photo-of"), _photographed),
    "draft-hello": _name,
    "ask-email": _asked_number,
    "ask-which": _which,
    "ask-code": _code,
    "product-price": _price,
    "draft-refund": _refund_offered,
    "draft-reship": _reship_offered,
    "draft-exchange": _exchange_offered,
}


def _offers(grounds: Grounds, language: str) -> Iterator[Values]:
    write, known = Writer(grounds.phrases, language), grounds.view.context.customer
    for number, offer in enumerate(grounds.decision.offers, start=1):
        yield {name: str(value) for name, value in values(write, known, offer, number).items()}


_DONE_PATTERNS = frozenset(phrase for phrase, _ in DONE.values())


def _done(pattern: str, grounds: Grounds, language: str) -> Iterator[Values]:
    """Of a remedy that is carried out in this very turn."""
    decision, write = grounds.decision, Writer(grounds.phrases, language)
    if decision.outcome is not Outcome.RESOLVE:
        return
    for remedy in decision.remedies:
        if remedy.kind in EFFECTIVE and DONE[remedy.kind][0] == pattern:
            key = effect(grounds.view.turn.id, remedy).key
            yield DONE[remedy.kind][1](write, grounds.view, remedy, key, _days(decision.chosen, grounds))


def _days(chosen: Offer | None, grounds: Grounds) -> tuple[int, int]:
    return chosen.days if chosen and chosen.days else grounds.view.terms.refund_business_days
