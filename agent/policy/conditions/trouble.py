"""What the shop promises for a trouble (a parcel that is late, held in customs), and whether a remedy gives no more than that."""

from typing import Any

from agent.policy.conditions import goods, money, order, person
from agent.policy.request import Request
from agent.policy.schema import Compensation, Pack
from agent.policy.worth import amount, euro, whole

#: All conditions that a promise may be bound to.
KNOWN = {name: test for part in (order, goods, money, person) for name, (_, test) in part.CONDITIONS.items()}


def due(pack: Pack, request: Request) -> tuple[Compensation, ...]:
    """The promises that this order's trouble calls in, as the pack lists them."""
    return tuple(item for item in pack.compensation if all(KNOWN[name](request, pack, value) for name, value in item.applies.items()))


def compensation_earned(request: Request, pack: Pack, wanted: bool) -> bool:
    """What it gives is not more than the shop promises for the order's trouble."""
    return any(_covers(item, request) for item in due(pack, request)) is wanted


def _covers(item: Compensation, request: Request) -> bool:
    percent = whole(request.detail.get("percent"))
    if percent is not None:
        return item.percent is not None and 0 < percent <= item.percent
    found = euro(amount(request))
    return item.amount is not None and found is not None and 0 < found <= item.amount.minor


CONDITIONS: dict[str, tuple[Any, Any]] = {"compensation_earned": (bool, compensation_earned)}
