"""Ways to break one rule of the store's policy with a call that keeps all the others."""

from collections.abc import Callable, Iterator, Mapping
from copy import deepcopy
from dataclasses import dataclass, replace
from typing import Final

from agent.domain.commerce import Piece
from agent.domain.decision import Remedy, RemedyKind
from agent.domain.intents import Intent
from eval.tau.database import Database, Json, raw_number

CHANGES: Final = frozenset({RemedyKind.CANCEL, RemedyKind.CHANGE_ADDRESS, RemedyKind.CHANGE_ITEMS, RemedyKind.CHANGE_PAYMENT})
BACK: Final = frozenset({RemedyKind.RETURN, RemedyKind.EXCHANGE})
#: Not what the store offers.
_NOT_OFFERED: Final = {
    RemedyKind.REFUND: Intent.REFUND_REQUEST,
    RemedyKind.RESHIP: Intent.MISSING_ITEM,
    RemedyKind.COUPON: Intent.COMPLAINT,
    RemedyKind.CHANGE_SHIPPING: Intent.SHIPPING_INFO,
}
_REASONS: Final = ("", "too expensive", "found it cheaper", "No Longer Needed", "no longer needed.", "defective")
#: Of an item that is not known no rule on the pair can hold.
_SWAPPED: Final = ("same-product", "gift-card-covers-difference")
#: Nobody's account has it.
_STRANGE: Final = "credit_card_0000001"


@dataclass(frozen=True, slots=True)
class Change:
    """`store` when it is not the call's own."""

    what: str
    rule: str
    wanted: Remedy
    store: Database | None = None
    implied: tuple[str, ...] = ()


def all_of(wanted: Remedy, store: Database) -> Iterator[Change]:
    for make in _MAKERS[wanted.kind]:
        yield from make(wanted, store)


def without(wanted: Remedy, name: str, value: str = "") -> Remedy:
    """The same with another value of one detail, or none."""
    rest = tuple(item for item in wanted.detail if item[0] != name)
    return replace(wanted, detail=(*rest, (name, value)) if value else rest)


def _not_offered(wanted: Remedy, store: Database) -> Iterator[Change]:
    for kind, intent in _NOT_OFFERED.items():
        yield Change(f"{kind.value}, which the store has not", "remedy-offered", replace(wanted, kind=kind, intent=intent))


def _closed(wanted: Remedy, store: Database) -> Iterator[Change]:
    """The order is in a state that does not allow it."""
    pending = wanted.kind in CHANGES
    wrong = ("processed", "delivered", "cancelled", "return requested") if pending else ("pending", "processed", "cancelled")
    for status in wrong:
        yield _in(wanted, store, status, "pending-only" if pending else "delivered-only")
    yield _in(wanted, store, "pending (item modified)", "items-once" if pending else "delivered-only")
    for status in () if pending else ("return requested", "exchange requested"):
        yield _in(wanted, store, status, "back-once")
    yield _in(wanted, store, "awaiting a miracle", "state-known", "pending-only" if pending else "delivered-only")


def _in(wanted: Remedy, store: Database, status: str, rule: str, *implied: str) -> Change:
    changed = store.fork()
    key = raw_number(wanted.order or "")
    changed.orders[key] = changed.orders[key] | {"status": status}
    return Change(f"an order that is {status}", rule, wanted, changed, implied)


def _reasons(wanted: Remedy, store: Database) -> Iterator[Change]:
    for reason in _REASONS:
        yield Change(f'the reason "{reason}"', "cancel-reason", without(wanted, "reason", reason))


def _addresses(wanted: Remedy, store: Database) -> Iterator[Change]:
    for name in ("street", "city", "postcode", "country"):
        yield Change(f"an address without {name}", "address-complete", without(wanted, name))


def _pieces(wanted: Remedy, store: Database) -> Iterator[Change]:
    """Not on the order, more than were bought, none at all, or a number that is none."""
    order = store.orders[raw_number(wanted.order or "")]
    mine = {line["item_id"] for line in order["items"]}
    absent = next(item for item in _siblings(store, wanted.pieces[0].sku, available=None) if item not in mine)
    yield Change("an item that is not on the order", "pieces-on-order", _first(wanted, Piece(absent)), implied=_SWAPPED)
    first = wanted.pieces[0]
    many = sum(line["item_id"] == first.sku for line in order["items"]) + 1
    more = tuple(piece for piece in wanted.pieces if piece.sku != first.sku) + (first,) * many
    others = wanted.others and tuple(other for piece, other in _pairs(wanted) if piece.sku != first.sku) + (wanted.others[0],) * many
    yield Change("more pieces than were bought", "pieces-on-order", replace(wanted, pieces=more, others=others), _rich(wanted, store))
    for quantity in (many, 0, -1):
        changed = _first(wanted, replace(first, quantity=quantity))
        if wanted.others:
            changed = replace(changed, others=(replace(wanted.others[0], quantity=quantity), *wanted.others[1:]))
        yield Change(f"{quantity} pieces of one", "pieces-on-order", changed, _rich(wanted, store))
    yield Change("no pieces named", "pieces-named", replace(wanted, pieces=(), others=()))


def _swaps(wanted: Remedy, store: Database) -> Iterator[Change]:
    """What comes instead: too few, too many, another product, not to be had."""
    few, many = replace(wanted, others=wanted.others[:-1]), replace(wanted, others=(*wanted.others, wanted.others[-1]))
    yield Change("one new item too few", "others-paired", few, implied=("replacement-available",))
    yield Change("one new item too many", "others-paired", many, _rich(wanted, store))
    double = replace(wanted, others=(replace(wanted.others[0], quantity=2), *wanted.others[1:]))
    yield Change("two for one", "others-paired", double, _rich(wanted, store))
    rich, product = _rich(wanted, store), store.variants[wanted.pieces[0].sku][0]["product_id"]
    for item, (other, variant) in store.variants.items():
        if other["product_id"] != product and variant["available"]:
            yield Change("another type of product", "same-product", _instead(wanted, item), rich)
            break
    for item in _siblings(store, wanted.pieces[0].sku, available=False):
        yield Change("a variant that is not to be had", "replacement-available", _instead(wanted, item), rich)
    yield Change("an item that there is not", "same-product", _instead(wanted, "1"), implied=("replacement-available", *_SWAPPED))


def _payments(wanted: Remedy, store: Database) -> Iterator[Change]:
    """Somebody else's way to pay, none, and one that nobody has."""
    user = store.owner(wanted.order or "")
    other = next(owner for owner in store.users if owner != user and store.users[owner]["payment_methods"])
    also = ("refund-to",) if wanted.kind is RemedyKind.RETURN else ()
    for method in (*store.users[other]["payment_methods"], _STRANGE, ""):
        what = "a way to pay of somebody else" if method not in {_STRANGE, ""} else "a way to pay that nobody has"
        yield Change(what, "payment-of-customer", without(wanted, "payment", method), implied=also)


def _third(wanted: Remedy, store: Database) -> Iterator[Change]:
    """Money goes back to an own card that did not pay."""
    for source in ("paypal", "credit_card"):
        changed, method = _with_method(wanted, store, {"source": source, "id": f"{source}_0000002"})
        yield Change("a refund to a third way", "refund-to", without(wanted, "payment", method), changed)


def _same_payment(wanted: Remedy, store: Database) -> Iterator[Change]:
    paid = store.orders[raw_number(wanted.order or "")]["payment_history"][0]["payment_method_id"]
    # The amount is no hindrance, should the order have been paid by a gift card that is empty since.
    yield Change("the present way to pay", "payment-different", without(wanted, "payment", paid), implied=("gift-card-covers-total",))


def _small_card_total(wanted: Remedy, store: Database) -> Iterator[Change]:
    total = sum(line["price"] for line in store.orders[raw_number(wanted.order or "")]["items"])
    for balance in (0.0, round(total - 0.01, 2)):
        changed, method = _with_method(wanted, store, _card(balance))
        yield Change("a gift card below the total", "gift-card-covers-total", without(wanted, "payment", method), changed)


def _small_card_difference(wanted: Remedy, store: Database) -> Iterator[Change]:
    """The dearest variant that can be had, and a gift card one cent short of the difference."""
    first = wanted.pieces[0].sku
    old, variants = store.variants[first][1]["price"], store.variants[first][0]["variants"]
    dearest = max(_siblings(store, first, available=True), key=lambda item: variants[item]["price"], default=first)
    more = round(variants[dearest]["price"] - old, 2)
    if more <= 0:
        return
    only = replace(_instead(wanted, dearest), pieces=wanted.pieces[:1])
    only = replace(only, others=only.others[:1])
    for balance in (0.0, round(more - 0.01, 2)):
        changed, method = _with_method(wanted, store, _card(balance))
        yield Change("a gift card below the difference", "gift-card-covers-difference", without(only, "payment", method), changed)


def _card(balance: float) -> Json:
    return {"source": "gift_card", "id": "gift_card_0000003", "balance": balance}


def _with_method(wanted: Remedy, store: Database, method: Json) -> tuple[Database, str]:
    changed, owner = store.fork(), store.owner(wanted.order or "")
    user = deepcopy(store.users[owner])
    user["payment_methods"][method["id"]] = method
    changed.users[owner] = user
    return changed, str(method["id"])


def _rich(wanted: Remedy, store: Database) -> Database | None:
    """Where a gift card pays, it holds enough: the change breaks no second rule."""
    method = dict(wanted.detail).get("payment", "")
    return _with_method(wanted, store, _card(99_999.0) | {"id": method})[0] if method.startswith("gift_card") else None


def _siblings(store: Database, item: str, *, available: bool | None) -> list[str]:
    """Other variants of an item's product."""
    variants = store.variants[item][0]["variants"]
    return [other for other in variants if other != item and available in (None, variants[other]["available"])]


def _pairs(wanted: Remedy) -> Iterator[tuple[Piece, Piece]]:
    return zip(wanted.pieces, wanted.others, strict=True)


def _first(wanted: Remedy, piece: Piece) -> Remedy:
    return replace(wanted, pieces=(piece, *wanted.pieces[1:]))


def _instead(wanted: Remedy, item: str) -> Remedy:
    return replace(wanted, others=(Piece(item), *wanted.others[1:]))


Maker = Callable[[Remedy, Database], Iterator[Change]]
_MAKERS: Final[Mapping[RemedyKind, tuple[Maker, ...]]] = {
    RemedyKind.CANCEL: (_closed, _not_offered, _reasons),
    RemedyKind.CHANGE_ADDRESS: (_closed, _not_offered, _addresses),
    RemedyKind.CHANGE_PAYMENT: (_closed, _not_offered, _payments, _same_payment, _small_card_total),
    RemedyKind.CHANGE_ITEMS: (_closed, _not_offered, _pieces, _swaps, _payments, _small_card_difference),
    RemedyKind.RETURN: (_closed, _not_offered, _pieces, _payments, _third),
    RemedyKind.EXCHANGE: (_closed, _not_offered, _pieces, _swaps, _payments, _small_card_difference),
}
