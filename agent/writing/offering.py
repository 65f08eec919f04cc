"""The ways a customer may choose from, numbered, each with its consequences; every figure is filled in by code."""

from collections.abc import Callable
from datetime import date

from babel.units import format_unit

from agent.domain.context import CustomerContext
from agent.domain.decision import Offer, Remedy
from agent.domain.money import Money
from agent.phrasing import Phrases, day, money, percent, spoken
from agent.policy.offers import name
from agent.writing.writer import Writer

#: Texts for one pattern, filled from the offer.
Values = dict[str, str | int]
HUMAN = "quick-human"


def offer(write: Writer, known: CustomerContext, offers: tuple[Offer, ...]) -> tuple[str, ...]:
    """Writes them and returns the keys of the quick replies: a label for each, and a person."""
    if not offers:
        return (HUMAN,)
    several = len(offers) > 1
    order = offers[0].remedy.order or ""
    source = _source(write, known, order)
    write.paragraph()
    write.say("offers-intro" if several else "offers-intro-one", source, order=order)
    for number, each in enumerate(offers, start=1):
        write.paragraph()
        write.say(each.key, _source(write, known, each.remedy.order or ""), **values(write, known, each, number))
    write.paragraph()
    write.say("offers-outro" if several else "offers-outro-one")
    return (*labels(offers), HUMAN)


def labels(offers: tuple[Offer, ...]) -> tuple[str, ...]:
    """Keys of the short words on the buttons."""
    return tuple(f"label-{name(each)}" for each in offers)


def values(write: Writer, known: CustomerContext, each: Offer, number: int) -> Values:
    """What the pattern of this offer needs, ready to be read."""
    return {"number": str(number), **{field: FIELDS[field](write, known, each) for field in NEEDS[each.key]}}


#: The variables of each pattern, beside its number.
NEEDS: dict[str, tuple[str, ...]] = {
    "offer-reship": ("warehouse", "span"),
    "offer-local": ("warehouse", "span"),
    "offer-refund": ("amount", "span"),
    "offer-part-refund": ("amount", "span"),
    "offer-exchange": ("product", "warehouse", "span"),
    "offer-repair": ("product", "date", "part"),
    "offer-claim": ("span",),
    "offer-wait": ("worth",),
    "offer-express": ("cost", "span", "weight"),
    "offer-express-free": ("span", "weight"),
    "offer-green": ("span", "weight"),
    "offer-coupon": ("worth",),
    "offer-return": ("amount",),
    "offer-return-fee": ("amount", "fee"),
    "offer-cancel": (),
}


def span(phrases: Phrases, days: tuple[int, int], language: str) -> str:
    """Business days, as a range or as the most there can be."""
    fewest, most = days
    if fewest == most:
        return phrases.render("span-within", language, {"most": most})
    return phrases.render("span-days", language, {"fewest": fewest, "most": most})


def worth(remedy: Remedy, language: str) -> str:
    """What a code takes off: a percentage or an amount."""
    detail = dict(remedy.detail)
    if "percent" in detail:
        return percent(int(detail["percent"]), language)
    return money(Money(int(detail["minor"]), detail["currency"]), language)


def weight(grams: int, language: str) -> str:
    kilos, unit = (grams / 1000, "mass-kilogram") if grams >= 1000 else (grams, "mass-gram")
    return format_unit(kilos, unit, length="short", locale=spoken(language), numbering_system="latn")


def _source(write: Writer, known: CustomerContext, number: str) -> str:
    read = next((order.read_at.isoformat() for order in known.orders if order.number == number), "")
    return write.cite("order", number, f"#{number}", read)


def _product(write: Writer, known: CustomerContext, each: Offer) -> str:
    """The title of what comes, or of what is repaired; another variant may only be in the catalogue."""
    sku = (each.remedy.others or each.remedy.pieces)[0].sku
    lines = {line.sku: line.title for order in known.orders for line in order.lines}
    catalogue = {product.sku: product.title for product in known.products}
    return lines.get(sku) or catalogue.get(sku) or sku


def _warehouse(write: Writer, known: CustomerContext, each: Offer) -> str:
    return write.phrases.render(f"warehouse-{dict(each.remedy.detail)['warehouse']}", write.language)


def _part(write: Writer, known: CustomerContext, each: Offer) -> str:
    return write.phrases.render(f"part-{dict(each.remedy.detail)['part_of_day']}", write.language)


def _amount(write: Writer, known: CustomerContext, each: Offer) -> str:
    if each.remedy.amount is None:
        raise ValueError(f"{each.key} needs an amount: agent/policy/candidates.py gives every such remedy one")
    return money(each.remedy.amount, write.language)


def _cost(write: Writer, known: CustomerContext, each: Offer) -> str:
    if each.cost is None:
        raise ValueError(f"{each.key} needs a cost: without one its pattern is the one that ends on -free, or has no fee")
    return money(each.cost, write.language)


FIELDS: dict[str, Callable[[Writer, CustomerContext, Offer], str]] = {
    "amount": _amount,
    "cost": _cost,
    "fee": _cost,
    "product": _product,
    "warehouse": _warehouse,
    "part": _part,
    "date": lambda write, known, each: day(date.fromisoformat(dict(each.remedy.detail)["day"]), write.language),
    "span": lambda write, known, each: span(write.phrases, each.days or (0, 0), write.language),
    "worth": lambda write, known, each: worth(each.remedy, write.language),
    "weight": lambda write, known, each: weight(each.grams or 0, write.language),
}
