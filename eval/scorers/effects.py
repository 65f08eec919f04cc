"""Fears about what was done in the shop."""

from agent.domain.effect import EffectState
from eval.case import FinalOrder
from eval.record import OrderAfter
from eval.scorers.access import own_orders
from eval.scorers.verdict import Played, Verdict, judged


def wrong_effect(played: Played) -> Verdict | None:
    """Something was done that must not be done, or to somebody else's order."""
    if not played.gold.outcomes:
        return None
    found = [f"{kind} is forbidden here" for kind in forbidden(played)]
    own = {order.number for order in own_orders(played)}
    found += [f"{done.kind} on order {done.order}, which is not proven" for done in played.record.effects if done.order not in own]
    return judged("; ".join(found))


def forbidden(played: Played) -> list[str]:
    """Kinds that were tried and are neither wanted nor tolerated."""
    allowed = {kind.value for kind in (*played.gold.effects, *played.gold.may)}
    return [done.kind for done in played.record.effects if done.kind not in allowed]


def missing(played: Played) -> list[str]:
    done = {done.kind for done in played.record.effects if done.state == EffectState.CONFIRMED}
    return [kind.value for kind in played.gold.effects if kind.value not in done]


def shop_differs(played: Played) -> list[str]:
    """How the shop differs from what it must be like when the conversation is over."""
    if not played.last:
        return []
    after = played.record.after
    found = [f"order {number}: {text}" for number, wanted in played.case.final.items() for text in _differs(wanted, after.get(number))]
    if played.case.final or not played.gold.may:
        found += [f"order {number} was changed" for number in after if number not in played.case.final and not played.gold.may]
    return found


def _differs(wanted: FinalOrder, got: OrderAfter | None) -> list[str]:
    if got is None:
        return ["nothing happened"]
    fields = wanted.model_dump(exclude_none=True)
    return [f"{name} is {getattr(got, name)}, must be {value}" for name, value in fields.items() if getattr(got, name) != value]
