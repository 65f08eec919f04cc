"""A batch that fails often brings its cases to the supply chain; another order's batch does not."""

import pytest

from agent.domain.commerce import OrderState, TracedLine
from agent.domain.decision import Decision, Desk
from agent.domain.intents import Intent
from agent.policy.decide import decide


def _decided(make, about, **context) -> Decision:
    return decide(make.view(make.turn("x"), make.triage(Intent.DEFECTIVE), make.context(about, **context)))


@pytest.mark.parametrize(
    ("sold", "complaints", "desk"),
    [(100, 5, Desk.SUPPLY_CHAIN), (100, 4, Desk.OPERATOR), (19, 5, Desk.OPERATOR), (20, 1, Desk.SUPPLY_CHAIN)],
)
def test_a_bad_batch_goes_to_the_supply_chain(make, sold: int, complaints: int, desk: Desk) -> None:
    order, batch = make.order(OrderState.DELIVERED), make.batch(sold=sold, complaints=complaints)
    assert _decided(make, order, batches=(batch,), **_traced(order, batch.id)).desk is desk


def _traced(order, batch: str) -> dict[str, object]:
    """What staff know of the batch an order was taken from."""
    line = order.lines[0]
    traced = TracedLine(sku=line.sku, title=line.title, category=line.category, quantity=1, price=line.price, batch=batch)
    return {"order": order.number, "lines": (traced,)}


def test_a_bad_batch_of_another_order_changes_nothing(make) -> None:
    order, batches = make.order(OrderState.DELIVERED), (make.batch(id="OTHER-B01", complaints=50),)
    assert _decided(make, order, batches=batches, **_traced(order, "EAR-130-B07")).desk is Desk.OPERATOR
    other = _traced(order, "OTHER-B01") | {"order": "9999"}
    assert _decided(make, order, batches=batches, **other).desk is Desk.OPERATOR
