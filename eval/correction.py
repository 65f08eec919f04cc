"""An operator's correction becomes a labelled conversation."""

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from agent.domain.commerce import Order, OrderState
from agent.domain.decision import Desk, Outcome, Reason, RemedyKind
from agent.domain.intents import Intent
from eval.case import MOST_TURNS, Case, CaseTurn, Feedback, Gold, ShopOrder
from eval.confirm import WITHHELD, verdict
from eval.live import Answered, LiveCase
from eval.pseudonyms import Pseudonym, Pseudonyms, pseudonyms
from eval.stand_in import StandIn, stand_in


@dataclass(frozen=True, slots=True, kw_only=True)
class Label:
    """What the person who adds the case knows better; None and () = as operator and agent had it."""

    intents: tuple[Intent, ...] = ()
    outcome: Outcome | None = None
    language: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Corrected:
    """The case, what was replaced in it, and what it could not keep."""

    case: Case
    replaced: tuple[Pseudonym, ...]
    lost: tuple[str, ...]


def correct(live: LiveCase, label: Label) -> Corrected:
    stands = _stands(live, label)
    names = pseudonyms(live, stands)
    answered, kept = live.answered, live.turns[-MOST_TURNS:]
    turns = [CaseTurn(text=names.apply(turn.text), photos=turn.photos) for turn in kept]
    turns[-1] = turns[-1].model_copy(update={"gold": _gold(answered, label, names)})
    case = Case(
        id=f"live-{answered.id[:12]}",
        author=f"customer-{hashlib.sha256(answered.conversation.encode()).hexdigest()[:8]}",
        scenario=f"live.{(label.intents or _read(answered))[0].value}",
        language=label.language or answered.packet["language"],
        channel=live.channel,
        market=live.market,
        customer=names.of(live.signed_email.lower()) if live.signed_email else None,
        orders=tuple(_order(stand) for stand in stands),
        tags=("live",),
        turns=tuple(turns),
    )
    return Corrected(case=case, replaced=tuple(names.used.values()), lost=tuple(_lost(live, stands, label)))


def _stands(live: LiveCase, label: Label) -> list[StandIn]:
    language = label.language or live.answered.packet["language"]
    found: list[StandIn] = []
    for order in live.orders:
        taken = [stand.number for stand in found]
        found.append(stand_in(order, _state(live.answered, order), live.answered.created_at, language, taken))
    return found


def _state(answered: Answered, order: Order) -> OrderState:
    """As it was when the case was opened: the packet has written it down."""
    facts = (fact["value"] for fact in answered.packet["facts"] if fact["label"] == f"Order #{order.number}")
    written = next(facts, "").partition(",")[0]
    return OrderState(written) if written in set(OrderState) else order.state


def _order(stand: StandIn) -> ShopOrder:
    differs = stand.state is not stand.like.state
    return ShopOrder(number=stand.number, like=stand.like.number, email=stand.email, state=stand.state.value if differs else None)


def _gold(answered: Answered, label: Label, names: Pseudonyms) -> Gold:
    """What the operator did is what was right: the agent closed it, or it was right to call a person."""
    outcome = label.outcome or (Outcome.RESOLVE if verdict(answered) else Outcome.HANDOFF)
    handed = outcome is Outcome.HANDOFF
    return Gold(
        intents=label.intents or _read(answered),
        language=label.language or answered.packet["language"],
        outcomes=(outcome,),
        tier=Desk(answered.desk) if handed else Desk.AGENT,
        reasons=tuple(Reason(reason) for reason in answered.reasons if reason not in WITHHELD) if handed else (),
        effects=tuple(RemedyKind(kind) for kind in answered.ordered) if outcome is Outcome.RESOLVE else (),
        draft=names.apply(answered.sent) if answered.sent else None,
        feedback=_feedback(answered, names),
    )


def _feedback(answered: Answered, names: Pseudonyms) -> Feedback | None:
    edited = answered.edit_distance if answered.sent else None
    if answered.good is None and edited is None:
        return None
    return Feedback(good=answered.good, note=names.apply(answered.note), edited=edited)


def _read(answered: Answered) -> tuple[Intent, ...]:
    return tuple(Intent(intent) for intent in answered.packet["intents"])


def _lost(live: LiveCase, stands: Sequence[StandIn], label: Label) -> Iterator[str]:
    """What the case says differently from what happened."""
    if len(live.turns) > MOST_TURNS:
        yield f"the first {len(live.turns) - MOST_TURNS} of {len(live.turns)} turns are left out: what they proved is not proven in the case"
    if not label.intents:
        yield "the intents are as the agent read them: give --intent where it read wrongly"
    yield "dates, amounts and articles in the texts are those of the real order: the order in the case is a similar one"
    for stand in stands:
        if stand.real.open_return:
            yield f"order {stand.number} stands for one with an open return, which its copy has not"
