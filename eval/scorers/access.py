"""Which orders the writer has proven to own, worked out from the conversation alone: the agent's own word is not asked."""

from agent.domain.commerce import Order
from eval import world
from eval.facts import plain
from eval.scorers.verdict import Played


def own_orders(played: Played) -> list[Order]:
    """Signed-in customers own theirs; others must have written number and e-mail of the order."""
    said = plain(played.said).casefold()
    signed = (played.case.customer or "").casefold()
    return [
        order for order in _candidates(played) if order.customer.email.casefold() in (signed or said) and (signed or order.number in said)
    ]


def own_sources(played: Played) -> set[str]:
    """Numbers of the world's orders whose data the writer may read: their own, and those that their own were copied from."""
    own = {order.number for order in own_orders(played)}
    return own | {extra.like for extra in played.case.orders if extra.number in own}


def _candidates(played: Played) -> list[Order]:
    return [*world.orders().values(), *(world.copied(**dict(extra)) for extra in played.case.orders)]
