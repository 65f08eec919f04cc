"""What could put an order right, by the trouble it has: each way with its consequences, before anybody asked whether it is allowed. Pure."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from agent.commerce.currency import RATES, from_euro
from agent.commerce.routing import add_business_days, nearest, transit_days, with_stock
from agent.domain.authority import Role
from agent.domain.commerce import InventoryLevel, Order, OrderState, Piece, Product, Tier
from agent.domain.decision import Offer, Reason, Remedy, RemedyKind
from agent.domain.intents import Intent
from agent.domain.money import Money
from agent.policy import landed
from agent.policy.terms import TERMS, Terms
from agent.policy.worth import share


class Ruled(Protocol):
    """What `judge` says of a remedy, as far as an offer needs it. `ruling` is allow | person | refuse."""

    @property
    def ruling(self) -> str: ...
    @property
    def rule(self) -> str: ...
    @property
    def reason(self) -> Reason | None: ...
    @property
    def needs(self) -> Role: ...
    @property
    def fee(self) -> Money | None: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Situation:
    """`pieces` are wrong (() = all of the order), `others` are wanted instead. `stock` and `batch_bad` are staff facts: they rank, and are not said."""

    order: Order
    intent: Intent
    now: datetime
    judge: Callable[[Remedy], Ruled]
    pieces: tuple[Piece, ...] = ()
    others: tuple[Piece, ...] = ()
    stock: tuple[InventoryLevel, ...] = ()
    products: Mapping[str, Product] = field(default_factory=dict[str, Product])
    tier: Tier | None = None  # None = as the order's customer
    batch_bad: bool = False
    days_late: int = 0
    asked: RemedyKind | None = None
    terms: Terms = TERMS

    @property
    def goods(self) -> tuple[Piece, ...]:
        kept = tuple(Piece(line.sku, line.quantity - line.returned) for line in self.order.lines if line.quantity > line.returned)
        return self.pieces or kept

    @property
    def country(self) -> str:
        return self.order.address.country

    @property
    def left(self) -> int:
        """Minor units of the order's currency that were paid and did not go back."""
        return self.order.paid.minor - self.order.refunded.minor

    @property
    def worth(self) -> Money:
        """What was paid for the goods in question: their share of a discount is taken off, and never more than is left."""
        currency = self.order.total.currency
        if not self.pieces:
            return Money(max(self.left, 0), currency)
        prices = {line.sku: line.price.minor for line in self.order.lines if line.price.currency == currency}
        bought = sum(line.price.minor * line.quantity for line in self.order.lines)
        mine = sum(prices.get(piece.sku, 0) * piece.quantity for piece in self.pieces)
        fair = mine * min(self.order.paid.minor, bought) // bought if bought else 0
        return Money(max(min(fair, self.left), 0), currency)


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """`solved`: business days until the trouble is over; `near`: how many warehouses are nearer; `cost`: of the shop, in euro cents."""

    offer: Offer
    solved: int
    near: int = 0
    cost: int = 0


Ways = tuple[Candidate, ...]
#: Business days from an order to its dispatch, and more in the peak season.
PACKING, PEAK = (1, 2), (2, 4)
#: Business days that a warehouse takes to inspect, until a technician comes, and that a late parcel most likely still needs.
INSPECTION, VISIT_IN, STILL_LATE, VERY_LATE = 2, 3, 5, 10
#: Days late from which nobody believes in "soon".
LONG = 7
#: Added where the trouble stays: a piece that is kept as it is, an order that is not to come at all.
UNSOLVED = 20
PART_PERCENT = 30  # of the price, for who keeps what is not perfect
EXPRESS, STANDARD, FREE_FROM = Money(1290, "EUR"), Money(490, "EUR"), Money(5000, "EUR")
FREE_EXPRESS = {Tier.TIDE, Tier.BEACON}
NOT_PACKED = {OrderState.PAID}


def _remedy(s: Situation, kind: RemedyKind, **more: object) -> Remedy:
    fields: dict[str, object] = {"pieces": s.pieces, **more}
    return Remedy(kind=kind, intent=s.intent, order=s.order.number, **fields)  # type: ignore[arg-type] # each caller names its own fields


def _travel(s: Situation, house: str) -> tuple[int, int]:
    """Business days until a parcel ordered now arrives."""
    fewest, most = transit_days(house, s.country)
    slow = PEAK if (s.now.month, s.now.day) >= (11, 15) else (0, 0)
    return fewest + PACKING[0] + slow[0], most + PACKING[1] + slow[1]


def _house(s: Situation, pieces: tuple[Piece, ...]) -> str | None:
    """The nearest warehouse that surely has all of it: a record that is old, missing or negative promises nothing."""
    fresh = [level for level in s.stock if not level.stale]
    return with_stock(fresh, [(piece.sku, piece.quantity) for piece in pieces], nearest(s.country)) if pieces else None


def _same_batch(s: Situation, pieces: tuple[Piece, ...]) -> bool:
    """Which batch a shelf holds is unknown: an article with a bad one is not sent again."""
    return s.batch_bad and bool({piece.sku for piece in pieces} & {piece.sku for piece in s.goods})


def _bulky(s: Situation) -> bool:
    return any(s.products[piece.sku].bulky for piece in s.goods if piece.sku in s.products)


def reship(s: Situation, key: str = "offer-reship") -> Ways:
    house, price = _house(s, s.goods), share(s.order, s.goods)
    if house is None or _same_batch(s, s.goods) or price is None or (s.order.refunded.minor and price.minor > s.left):
        return ()  # what was paid back already is not sent as well
    days = _travel(s, house)
    remedy = _remedy(s, RemedyKind.RESHIP, amount=s.worth, detail=(("warehouse", house),))
    cost = landed.sent(s.worth, house, s.country, bulky=_bulky(s))
    return (Candidate(offer=Offer(remedy=remedy, key=key, days=days), solved=days[1], near=nearest(s.country).index(house), cost=cost),)


def exchange(s: Situation) -> Ways:
    """The new piece leaves when the old one has been checked; `days` count from then."""
    others = s.others or s.goods
    house = _house(s, others)
    if house is None or _same_batch(s, others) or len(others) != len(s.goods):
        return ()
    days, return_days = _travel(s, house), transit_days(nearest(s.country)[0], s.country)[1]
    remedy = _remedy(s, RemedyKind.EXCHANGE, pieces=s.goods, others=others, detail=(("warehouse", house),))
    cost = landed.sent(s.worth, house, s.country, bulky=_bulky(s)) + landed.back(s.worth, s.country)
    solved = return_days + INSPECTION + days[1]
    offer = Offer(remedy=remedy, key="offer-exchange", days=days)
    return (Candidate(offer=offer, solved=solved, near=nearest(s.country).index(house), cost=cost),)


def refund(s: Situation) -> Ways:
    days = s.terms.refund_business_days
    remedy = _remedy(s, RemedyKind.REFUND, amount=s.worth)
    return (Candidate(offer=Offer(remedy=remedy, key="offer-refund", days=days), solved=days[1], cost=landed.cents(s.worth)),)


def part_refund(s: Situation) -> Ways:
    amount = Money(s.worth.minor * PART_PERCENT // 100, s.worth.currency)
    days = s.terms.refund_business_days
    remedy = _remedy(s, RemedyKind.REFUND, amount=amount, pieces=s.goods)
    return (Candidate(offer=Offer(remedy=remedy, key="offer-part-refund", days=days), solved=UNSOLVED, cost=landed.cents(amount)),)


def send_back(s: Situation) -> Ways:
    """Money back when the goods are; `amount` is what that will be, before a fee that the judge may name."""
    way = transit_days(nearest(s.country)[0], s.country)[1] + INSPECTION + s.terms.refund_business_days[1]
    remedy = _remedy(s, RemedyKind.RETURN, amount=s.worth)
    return (
        Candidate(offer=Offer(remedy=remedy, key="offer-return"), solved=way, cost=landed.cents(s.worth) + landed.back(s.worth, s.country)),
    )


def repair(s: Situation) -> Ways:
    """A visit, for one article that is too bulky to send, or that broke under the shop's warranty and is worth a technician's way."""
    product = s.products.get(s.goods[0].sku) if len(s.goods) == 1 else None
    if product is None or not (product.bulky or _worth_a_visit(s, product)):
        return ()
    day = add_business_days(s.now.date(), VISIT_IN).isoformat()
    remedy = _remedy(s, RemedyKind.REPAIR, pieces=s.goods, detail=(("day", day), ("part_of_day", "morning")))
    return (Candidate(offer=Offer(remedy=remedy, key="offer-repair", days=(VISIT_IN, VISIT_IN)), solved=VISIT_IN, cost=landed.VISIT),)


def _worth_a_visit(s: Situation, product: Product) -> bool:
    shipment = s.order.shipment
    if s.intent not in {Intent.DEFECTIVE, Intent.WARRANTY} or shipment is None or shipment.delivered_at is None:
        return False
    months = (s.now.year - shipment.delivered_at.year) * 12 + s.now.month - shipment.delivered_at.month
    return months < s.terms.warranty_for(product.category) and landed.cents(s.worth) >= 2 * landed.VISIT


def claim(s: Situation) -> Ways:
    """The carrier's answer solves nothing yet: a parcel that it finds still has to travel."""
    if s.order.shipment is None:
        return ()
    days = s.terms.inquiry_business_days
    remedy = _remedy(s, RemedyKind.CLAIM, pieces=(), detail=(("tracking", s.order.shipment.tracking),))
    return (Candidate(offer=Offer(remedy=remedy, key="offer-claim", days=(days, days)), solved=days + VERY_LATE, cost=landed.INQUIRY),)


def wait(s: Situation) -> Ways:
    solved = VERY_LATE if s.days_late > LONG else STILL_LATE
    return tuple(
        Candidate(offer=Offer(remedy=_remedy(s, RemedyKind.WAIT, pieces=(), detail=detail), key="offer-wait"), solved=solved, cost=cost)
        for detail, cost in _thanks(s)
    )


def coupon(s: Situation) -> Ways:
    return tuple(
        Candidate(
            offer=Offer(remedy=_remedy(s, RemedyKind.COUPON, pieces=(), detail=detail), key="offer-coupon"), solved=UNSOLVED, cost=cost
        )
        for detail, cost in _thanks(s)
    )


def _thanks(s: Situation) -> tuple[tuple[tuple[tuple[str, str], ...], int], ...]:
    """What a code gives, and costs: a percentage, or a fixed amount for what customs hold up."""
    total = s.order.total
    if s.order.state is not OrderState.CUSTOMS_HOLD or s.days_late > s.terms.late_days:
        percent = s.terms.late_coupon_percent
        return (((("percent", str(percent)),), landed.code(Money(total.minor * percent // 100, total.currency))),)
    if total.currency not in RATES or s.terms.customs_off is None:
        return ()
    off = from_euro(s.terms.customs_off, total.currency)
    return (((("minor", str(off.minor)), ("currency", off.currency)), landed.code(off)),)


def faster(s: Situation) -> Ways:
    """Half the days, for the price of express less what was paid for shipping."""
    house, currency = nearest(s.country)[0], s.order.total.currency
    if currency not in RATES:
        return ()
    fewest, most = transit_days(house, s.country)
    days = (-(-fewest // 2) + PACKING[0], -(-most // 2) + PACKING[1])
    paid = 0 if landed.cents(s.order.total) >= FREE_FROM.minor else STANDARD.minor
    free = (s.tier or s.order.customer.tier) in FREE_EXPRESS
    cost = None if free else from_euro(Money(EXPRESS.minor - paid, "EUR"), currency)
    more = landed.grams(house, s.country, "express") - landed.grams(house, s.country, "standard")
    remedy = _remedy(s, RemedyKind.CHANGE_SHIPPING, pieces=(), detail=(("service", "express"),))
    key = "offer-express-free" if free else "offer-express"
    return (Candidate(offer=Offer(remedy=remedy, key=key, days=days, cost=cost, grams=more), solved=days[1]),)


def greener(s: Situation) -> Ways:
    """Half as long again, by rail, ship and full vans."""
    house = nearest(s.country)[0]
    fewest, most = _travel(s, house)
    days = (fewest * 3 // 2, -(-most * 3 // 2))
    less = landed.grams(house, s.country, "standard") - landed.grams(house, s.country, "green")
    remedy = _remedy(s, RemedyKind.CHANGE_SHIPPING, pieces=(), detail=(("service", "green"),))
    return (Candidate(offer=Offer(remedy=remedy, key="offer-green", days=days, grams=less), solved=days[1]),)


def cancel(s: Situation) -> Ways:
    return (Candidate(offer=Offer(remedy=_remedy(s, RemedyKind.CANCEL, pieces=()), key="offer-cancel"), solved=UNSOLVED),)
