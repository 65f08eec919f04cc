"""What befalls remedies in the demo shop when nobody has done anything: its books learn of it, and tell it like anything else."""

from functools import partial

from agent.commerce.demo_effects import DemoEffects
from agent.commerce.remedies.parcels import visit
from agent.commerce.remedies.warehouse import Happenings, lapse
from agent.domain.decision import RemedyKind


async def silence(effects: DemoEffects, kind: RemedyKind, event: str, number: str) -> Happenings:
    """() for what its books do not keep. Raises NotFound for another shop's paper, MoveNotAllowed when the books know better."""
    if event == "lapsed" and kind in {RemedyKind.RETURN, RemedyKind.EXCHANGE}:
        return await effects.happen(partial(lapse, number=number))
    if event == "missed" and kind is RemedyKind.REPAIR:
        return await effects.happen(partial(visit, repair=number, outcome="missed"))
    return ()
