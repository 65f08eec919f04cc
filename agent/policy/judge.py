"""May this remedy be granted? A pack's rules in their order, then rights, limits and proof. Pure; odd data is a person's or refused, never an error."""

from dataclasses import dataclass
from enum import StrEnum

from agent.domain.authority import Proof, Role
from agent.domain.decision import Reason
from agent.domain.money import Money
from agent.policy.request import Item, Method, Request
from agent.policy.schema import Pack

__all__ = ["Item", "Method", "Request", "Ruling", "Verdict", "judge"]


class Ruling(StrEnum):
    ALLOW = "allow"  # this role may grant it now
    PERSON = "person"  # somebody else may: see `needs`, or `proof` when the reason is NEEDS_PROOF
    REFUSE = "refuse"  # nobody may


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """`rule` is what allowed or stopped it (pack@version#rule:line), `says` its sentence, `place` its file:line.

    `needs`: the lowest role that may grant it (of a refusal: nobody). `proof`: what the agent must have of the customer first; a person sees it
    and answers for it. `fee`: what the customer pays for it, in the order's currency; None = nothing.
    """

    ruling: Ruling
    rule: str
    reason: Reason | None = None
    says: str = ""
    place: str = ""
    needs: Role = Role.BOT
    proof: Proof = Proof.NONE
    fee: Money | None = None

    @property
    def allowed(self) -> bool:
        return self.ruling is Ruling.ALLOW

    @property
    def id(self) -> str:
        """The rule's own name: "return-window"."""
        return self.rule.partition("#")[2].rpartition(":")[0]


def judge(pack: Pack, request: Request) -> Verdict:
    """The first rule that is broken decides; then limits by role, then proof."""
    raise NotImplementedError
