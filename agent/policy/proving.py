"""When a code must be mailed before money moves, and what the ledger's row for it says. Pure."""

from agent.domain.decision import Decision
from agent.domain.effect import PlannedEffect
from agent.domain.message import Turn

#: The effect that Portside carries out itself.
CODE = "proof_code"
DIGITS = 6


def code_effect(turn: Turn, decision: Decision, language: str) -> PlannedEffect | None:
    """The mail that a decision waits for; None when it waits for none."""
    if decision.proof is None or decision.offers == ():
        return None
    order = decision.offers[0].remedy.order or ""
    payload = {"email": decision.proof, "conversation": turn.conversation, "language": language}
    return PlannedEffect(key=f"{CODE}-{turn.id}", kind=CODE, order=order, payload=payload)


def masked(email: str) -> str:
    """ "anna.weber@example.com" -> "a•••@example.com": enough to know one's own address by, too little to learn it from."""
    name, _, host = email.rpartition("@")
    return f"{name[:1]}•••@{host}"
