"""May this remedy be granted? A pack's rules in their order, then rights, limits and proof. Pure; odd data is a person's or refused, never an error."""

from dataclasses import dataclass, replace
from enum import StrEnum
from fnmatch import fnmatchcase

from agent.commerce.currency import RATES, from_euro
from agent.domain.authority import Proof, Role
from agent.domain.decision import Reason, RemedyKind
from agent.domain.money import Money
from agent.policy.conditions import broken, hold
from agent.policy.conditions.goods import lines
from agent.policy.request import Item, Method, Request
from agent.policy.schema import Auto, Limit, Pack, Right, Rule
from agent.policy.worth import SIZED, amount, before, euro

__all__ = ["Item", "Method", "Request", "Ruling", "Verdict", "judge"]

#: Rules of this pack guard every shop: no right lifts them.
GUARDS = "portside@"


class Ruling(StrEnum):
    ALLOW = "allow"  # this role may grant it now
    PERSON = "person"  # somebody else may: see `needs`, or `proof` when the reason is NEEDS_PROOF
    REFUSE = "refuse"  # nobody may


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """`rule` is what allowed or stopped it (pack@version#rule:line), `says` its sentence, `place` its file:line.

    `needs`: the lowest role that may grant it (of a refusal: nobody). `proof`: how well the customer must be known first; who decides for a
    customer they know says STRONG. `fee`: what the customer pays for it, in the order's currency; None = nothing.
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
    found = _for(request.role, pack, request)
    if found.ruling is not Ruling.REFUSE:
        found = replace(found, needs=_lowest(pack, request, found), proof=needed_proof(pack, request), fee=fee(pack, request))
    if found.allowed and found.proof > request.proof:
        return replace(
            found, ruling=Ruling.PERSON, reason=Reason.NEEDS_PROOF, says="Money moves only for who has shown to be the customer."
        )
    return found


def _lowest(pack: Pack, request: Request, found: Verdict) -> Role:
    """The lowest role that may grant it; when none may as things stand, who the broken rule names."""
    granting = (role for role in Role if role in pack.limits and _for(role, pack, replace(request, role=role)).allowed)
    return next(granting, found.needs)


def _for(role: Role, pack: Pack, request: Request) -> Verdict:
    rule = next((rule for rule in pack.rule if breaks(rule, pack, request)), None)
    if rule:
        return _stopped(rule, pack, request)
    return _limited(role, pack, request)


def breaks(rule: Rule, pack: Pack, request: Request) -> bool:
    """Whether it stops this role. What only a person may decide does not stop a person of that rank."""
    if request.remedy.kind not in rule.remedy or (rule.otherwise == "person" and request.role.rank >= rule.needs.rank):
        return False
    return hold(rule.applies, request, pack) and broken(rule.require, request, pack) is not None


def _stopped(rule: Rule, pack: Pack, request: Request) -> Verdict:
    if rule.otherwise == "person":
        return Verdict(ruling=Ruling.PERSON, rule=rule.ref, reason=rule.reason, says=rule.says, place=rule.place, needs=rule.needs)
    right = None if rule.form or rule.ref.startswith(GUARDS) else statutory(pack, request)
    if right and request.role is Role.BOT:
        says = f"{right.says} ({rule.says})"
        return Verdict(
            ruling=Ruling.PERSON, rule=right.ref, reason=Reason.RIGHT_AT_STAKE, says=says, place=right.place, needs=Role.OPERATOR
        )
    return Verdict(ruling=Ruling.REFUSE, rule=rule.ref, reason=rule.reason, says=rule.says, place=rule.place, needs=Role.FINANCE)


def statutory(pack: Pack, request: Request) -> Right | None:
    """The first right by law that it may rest on."""
    return next((right for right in pack.right if request.remedy.kind in right.remedy and hold(right.applies, request, pack)), None)


def _limited(role: Role, pack: Pack, request: Request) -> Verdict:
    auto = next((item for item in pack.auto if _covered(item, request)), None)
    if auto:
        return Verdict(ruling=Ruling.ALLOW, rule=auto.ref, says=auto.says, place=auto.place)
    limit, (ref, place) = pack.limits.get(role), pack.lines.get(f"limits.{role}", (pack.ref, ""))
    if limit is None:
        return Verdict(ruling=Ruling.PERSON, rule=pack.ref, reason=Reason.NEEDS_JUDGEMENT, says="The pack gives this role no limits.")
    reason = over(limit, request)
    ruling = Ruling.PERSON if reason else Ruling.ALLOW
    return Verdict(ruling=ruling, rule=ref, reason=reason, says=limit.says, place=place, needs=Role.FINANCE if reason else role)


def over(limit: Limit, request: Request) -> Reason | None:
    """Why a role may not grant it alone; None when it may."""
    kind = request.remedy.kind
    bound = _bound(limit, request)
    if bound is not None and not _within(bound, before(request), euro(amount(request))):
        return Reason.OVER_LIMIT
    if limit.alone is not None and kind not in limit.alone:
        return Reason.OVER_LIMIT if kind is RemedyKind.REFUND else Reason.NEEDS_JUDGEMENT
    if (
        limit.day is not None
        and kind in SIZED
        and not _within(limit.day.minor, euro(request.given_today or Money(0, "EUR")), euro(amount(request)))
    ):
        return Reason.OVER_LIMIT
    return None


def _bound(limit: Limit, request: Request) -> int | None:
    kind = request.remedy.kind
    found = [table[kind].minor for table in (limit.amounts, limit.tiers.get(request.loyalty, {})) if kind in table]
    return max(found, default=None)


def _within(bound: int, before: int | None, more: int | None) -> bool:
    return before is not None and more is not None and before + more <= bound


def _covered(item: Auto, request: Request) -> bool:
    """An article the agent may do this for alone: every piece is one, and with all before it stays under the amount."""
    found = lines(request)
    listed = bool(found) and all(any(fnmatchcase(line.sku, pattern) for pattern in item.sku) for line in found)
    return request.remedy.kind in item.remedy and listed and _within(item.amount.minor, before(request), euro(amount(request)))


def needed_proof(pack: Pack, request: Request) -> Proof:
    return Proof.STRONG if request.remedy.kind in pack.proof.strong else Proof[pack.proof.default.upper()]


def fee(pack: Pack, request: Request) -> Money | None:
    """What the way back costs the customer; the shop's own fault costs nothing."""
    terms, currency = pack.returns, request.order.total.currency
    if request.remedy.kind is not RemedyKind.RETURN or not terms.fee.minor or currency not in RATES:
        return None
    free = request.order.address.country in terms.free_countries or request.remedy.intent in terms.free_intents
    return None if free else from_euro(terms.fee, currency)
