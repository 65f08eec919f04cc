"""Conditions on the pieces a remedy is about, and on what comes instead."""

from typing import Annotated, Any

from pydantic import Field

from agent.domain.commerce import Line
from agent.policy.request import Request
from agent.policy.schema import Pack
from agent.policy.worth import line_of

Words = Annotated[frozenset[str], Field(min_length=1)]
Fields = dict[str, Words]


def lines(request: Request) -> tuple[Line, ...]:
    """The lines it is about: those of the pieces, or all."""
    pieces = request.remedy.pieces
    if not pieces:
        return request.order.lines
    return tuple(line for piece in pieces if (line := line_of(request.order, piece.sku)))


def category_in(request: Request, pack: Pack, categories: frozenset[str]) -> bool:
    """Some of the goods are of these categories."""
    return any(line.category in categories for line in lines(request))


def category_not_in(request: Request, pack: Pack, categories: frozenset[str]) -> bool:
    """None of the goods is of these categories."""
    return not category_in(request, pack, categories)


def not_only_category(request: Request, pack: Pack, categories: frozenset[str]) -> bool:
    """Not all of the goods are of these categories."""
    return not all(line.category in categories for line in lines(request))


def pieces_named(request: Request, pack: Pack, wanted: bool) -> bool:
    """It says which pieces it is about."""
    return bool(request.remedy.pieces) is wanted


def pieces_on_order(request: Request, pack: Pack, wanted: bool) -> bool:
    """Every piece is on the order, in no larger number than was bought and has not come back."""
    asked: dict[str, int] = {}
    for piece in request.remedy.pieces:
        if piece.quantity < 1:
            return not wanted
        asked[piece.sku] = asked.get(piece.sku, 0) + piece.quantity
    return all(count <= _left(request, sku) for sku, count in asked.items()) is wanted


def _left(request: Request, sku: str) -> int:
    return sum(max(line.quantity - line.returned, 0) for line in request.order.lines if line.sku == sku)


def paired(request: Request, pack: Pack, wanted: bool) -> bool:
    """For every piece one comes instead, in the same number."""
    pieces, others = request.remedy.pieces, request.remedy.others
    same = len(pieces) == len(others) and all(a.quantity == b.quantity for a, b in zip(pieces, others, strict=True))
    return same is wanted


def same_product(request: Request, pack: Pack, wanted: bool) -> bool:
    """What comes instead is another variant of the same product."""
    pairs = zip(request.remedy.pieces, request.remedy.others, strict=False)
    return all(_related(request, piece.sku, other.sku) for piece, other in pairs) is wanted


def _related(request: Request, sku: str, other: str) -> bool:
    """Known by the product that both belong to; one article is its own variant."""
    line, item = line_of(request.order, sku), request.products.get(other)
    if sku == other:
        return line is not None
    return line is not None and item is not None and bool(line.product) and line.product == item.product.product


def replacement_available(request: Request, pack: Pack, wanted: bool) -> bool:
    """What comes instead is in the catalogue and in stock."""
    found = [request.products.get(other.sku) for other in request.remedy.others or request.remedy.pieces]
    return all(item is not None and item.available for item in found) is wanted


def bulky(request: Request, pack: Pack, wanted: bool) -> bool:
    """All of it is too bulky to send."""
    found = [request.products.get(line.sku) for line in lines(request)]
    return (bool(found) and all(item is not None and item.product.bulky for item in found)) is wanted


def detail_has(request: Request, pack: Pack, names: Words) -> bool:
    """The remedy says all of these."""
    detail = request.detail
    return all(detail.get(name, "").strip() for name in names)


def detail_in(request: Request, pack: Pack, fields: Fields) -> bool:
    """Each of these fields has one of the named values."""
    detail = request.detail
    return all(detail.get(name, "") in values for name, values in fields.items())


def detail_not_in(request: Request, pack: Pack, fields: Fields) -> bool:
    """None of these fields has one of the named values."""
    detail = request.detail
    return not any(detail.get(name, "") in values for name, values in fields.items())


CONDITIONS: dict[str, tuple[Any, Any]] = {
    "category_in": (Words, category_in),
    "category_not_in": (Words, category_not_in),
    "not_only_category": (Words, not_only_category),
    "pieces_named": (bool, pieces_named),
    "pieces_on_order": (bool, pieces_on_order),
    "paired": (bool, paired),
    "same_product": (bool, same_product),
    "replacement_available": (bool, replacement_available),
    "bulky": (bool, bulky),
    "detail_has": (Words, detail_has),
    "detail_in": (Fields, detail_in),
    "detail_not_in": (Fields, detail_not_in),
}
