"""What is asked of the policy pack and of the chooser, from what a turn knows. Pure."""

from collections.abc import Sequence

from agent.commerce import match
from agent.domain.authority import Role
from agent.domain.commerce import InventoryLevel, Line, Order, Piece, Product
from agent.domain.decision import Remedy
from agent.domain.intents import ARRIVED_WRONG, Intent
from agent.domain.money import Money
from agent.policy.candidates import Situation
from agent.policy.choice import asked
from agent.policy.judge import Item, Request, Verdict, judge
from agent.policy.orders import days_late, has_bad_batch
from agent.policy.photos import shown_pieces
from agent.policy.request import Method
from agent.policy.view import View

#: Wishes about a part of an order as often as about all of it.
ABOUT_PIECES = ARRIVED_WRONG | {Intent.EXCHANGE, Intent.RETURN_REQUEST, Intent.REFUND_REQUEST}


def request(view: View, order: Order, remedy: Remedy, role: Role = Role.BOT) -> Request:
    staff = view.context.staff
    mine = staff.order == order.number
    return Request(
        remedy=remedy,
        order=order,
        now=view.turn.now,
        role=role,
        proof=view.turn.identity.proof(order.customer.email),
        products=_items(view, order, staff.stock if mine else ()),
        payments=tuple(Method(payment.id, payment.method, payment.balance) for payment in order.payments),
        earlier=staff.granted.kinds if mine else (),
        given=staff.granted.open if mine else None,
    )


def situation(view: View, order: Order, intent: Intent) -> Situation:
    pack = view.packs(order.customer.country)

    def ruled(remedy: Remedy) -> Verdict:
        return judge(pack, request(view, order, remedy))

    return Situation(
        order=order,
        intent=intent,
        now=view.turn.now,
        judge=ruled,
        pieces=_pieces(view, order) if intent in ABOUT_PIECES else (),
        others=_instead(view, order) if intent is Intent.EXCHANGE else (),
        stock=view.context.staff.stock if view.context.staff.order == order.number else (),
        products={sku: item.product for sku, item in _items(view, order, ()).items()},
        batch_bad=has_bad_batch(view, order),
        days_late=days_late(view, order),
        asked=asked(view.turn.text, view.triage.language),
        terms=view.terms,
    )


def _pieces(view: View, order: Order) -> tuple[Piece, ...]:
    """What the customer names, else what their photos show, else what a model made of their words."""
    return pieces_meant(view.turn.text, order) or shown_pieces(view, order) or _argued(view, order)


def _instead(view: View, order: Order) -> tuple[Piece, ...]:
    """What a model read that should come instead, when it read for which pieces."""
    arguments = view.context.customer.arguments
    return arguments.others if arguments.pieces and arguments.pieces == _pieces(view, order) else ()


def _argued(view: View, order: Order) -> tuple[Piece, ...]:
    arguments = view.context.customer.arguments
    return arguments.pieces if arguments.order in (None, order.number) else ()


def pieces_meant(text: str, order: Order) -> tuple[Piece, ...]:
    """The lines that the customer names; () when none or all are meant."""
    kept = [line for line in order.lines if line.quantity > line.returned]
    if len(kept) < 2:
        return ()
    named = {product.sku for product in match.best([_product(line) for line in kept], text, len(kept))}
    meant = tuple(Piece(line.sku, line.quantity - line.returned) for line in kept if line.sku in named)
    return () if len(meant) == len(kept) else meant


def _items(view: View, order: Order, stock: Sequence[InventoryLevel]) -> dict[str, Item]:
    """The order's articles and those that the customer asked about. An old reading of a shelf promises nothing."""
    free = {level.sku for level in stock if level.free and not level.stale}
    known = {product.sku: product for product in view.context.customer.products}
    known = {line.sku: _product(line) for line in order.lines} | known
    return {sku: Item(product, sku in free) for sku, product in known.items()}


def _product(line: Line) -> Product:
    """What a line says of its article."""
    price = Money(line.price.minor, line.price.currency)
    return Product(sku=line.sku, title=line.title, category=line.category, price=price, text="", product=line.product, options=line.options)
