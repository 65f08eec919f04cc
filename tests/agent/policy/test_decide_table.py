"""Every intent in every state of a proven order: what is done about it, as one table."""

from dataclasses import replace

import pytest

from agent.domain.commerce import OrderState
from agent.domain.decision import Desk, Outcome, Reason, RemedyKind
from agent.domain.intents import NEEDS_ORDER, Intent
from agent.policy.decide import decide

ASK, RESOLVE, HANDOFF = Outcome.ASK, Outcome.RESOLVE, Outcome.HANDOFF
AGENT, OPERATOR, CHAIN, CRISIS = Desk.AGENT, Desk.OPERATOR, Desk.SUPPLY_CHAIN, Desk.CRISIS
K = RemedyKind

#: What a word of the table stands for: outcome, desk, reason, remedies.
CELLS = {
    "answer": (RESOLVE, AGENT, Reason.ANSWERED, [K.ANSWER]),
    "facts": (RESOLVE, AGENT, Reason.ANSWERED, [K.ORDER_FACTS]),
    "code": (RESOLVE, AGENT, Reason.REMEDIED, [K.ORDER_FACTS, K.COUPON]),
    "cancel": (RESOLVE, AGENT, Reason.REMEDIED, [K.CANCEL]),
    "return": (RESOLVE, AGENT, Reason.REMEDIED, [K.RETURN]),
    "readdress": (RESOLVE, AGENT, Reason.REMEDIED, [K.CHANGE_ADDRESS]),
    "photo?": (ASK, AGENT, Reason.NEEDS_PHOTO, []),
    "detail?": (ASK, AGENT, Reason.NEEDS_DETAIL, []),
    "chain!": (HANDOFF, CHAIN, Reason.NEEDS_JUDGEMENT, [K.RESHIP, K.REFUND]),
    "judge!": (HANDOFF, OPERATOR, Reason.NEEDS_JUDGEMENT, []),
    "broken!": (HANDOFF, OPERATOR, Reason.NEEDS_JUDGEMENT, [K.RESHIP, K.REFUND]),
    "stop!": (HANDOFF, OPERATOR, Reason.NEEDS_JUDGEMENT, [K.CANCEL]),
    "swap!": (HANDOFF, OPERATOR, Reason.NEEDS_JUDGEMENT, [K.EXCHANGE]),
    "no!": (HANDOFF, OPERATOR, Reason.NOT_ALLOWED, []),
    "moved!": (HANDOFF, OPERATOR, Reason.NOT_ALLOWED, [K.CHANGE_ADDRESS]),
    "keep!": (HANDOFF, OPERATOR, Reason.RIGHT_AT_STAKE, [K.CANCEL]),
    "right!": (HANDOFF, OPERATOR, Reason.RIGHT_AT_STAKE, [K.RETURN]),
    "money!": (HANDOFF, OPERATOR, Reason.OVER_LIMIT, [K.REFUND]),
    "who?": (HANDOFF, OPERATOR, Reason.UNKNOWN_STATE, []),
    "nothing!": (HANDOFF, OPERATOR, Reason.NOTHING_FOUND, []),
    "complaint!": (HANDOFF, OPERATOR, Reason.COMPLAINT, []),
    "human!": (HANDOFF, OPERATOR, Reason.HUMAN_WANTED, []),
    "privacy!": (HANDOFF, OPERATOR, Reason.PRIVACY, []),
    "safety!": (HANDOFF, CRISIS, Reason.SAFETY, []),
    "legal!": (HANDOFF, CRISIS, Reason.LEGAL, []),
    "press!": (HANDOFF, CRISIS, Reason.PRESS, []),
}
STATES = tuple(state.value for state in OrderState)
TABLE = """
                unpaid    paid      packed some   in_transit customs late   lost   delivered part    refunded cancelled unknown
order_status    facts     facts     facts  facts  facts      facts   code   chain! facts     facts   facts    facts     who?
delivery_late   facts     facts     facts  facts  facts      facts   code   chain! facts     facts   facts    facts     who?
parcel_lost     facts     facts     facts  facts  facts      facts   code   chain! facts     facts   facts    facts     who?
customs         facts     facts     facts  facts  facts      facts   code   chain! facts     facts   facts    facts     who?
not_received    facts     facts     facts  facts  facts      facts   code   chain! chain!    chain!  facts    facts     who?
return_request  stop!     stop!     right! right! right!     right!  right! right! return    return  right!   right!    who?
withdrawal      cancel    cancel    right! right! right!     right!  right! right! return    return  right!   right!    who?
refund_request  stop!     stop!     money! money! money!     money!  money! money! money!    money!  facts    facts     who?
refund_status   facts     facts     facts  facts  facts      facts   facts  facts  facts     facts   facts    facts     who?
cancel_order    cancel    cancel    keep!  keep!  keep!      keep!   keep!  keep!  keep!     keep!   facts    facts     who?
change_address  readdress readdress moved! moved! moved!     moved!  moved! moved! moved!    moved!  moved!   moved!    who?
change_items    judge!    judge!    no!    no!    no!        no!     no!    no!    no!       no!     no!      no!       who?
"""
#: The same in every state.
ALWAYS = {
    Intent.EXCHANGE: "swap!",
    Intent.DAMAGED: "photo?",
    Intent.WRONG_ITEM: "photo?",
    Intent.DEFECTIVE: "broken!",
    Intent.MISSING_ITEM: "broken!",
    Intent.STOCK: "detail?",
    Intent.COMPLAINT: "complaint!",
    Intent.HUMAN: "human!",
    Intent.PRIVACY: "privacy!",
    Intent.SAFETY: "safety!",
    Intent.LEGAL_THREAT: "legal!",
    Intent.PRESS: "press!",
    **dict.fromkeys((Intent.PRAISE, Intent.GREETING, Intent.OUT_OF_SCOPE), "answer"),
    **dict.fromkeys((Intent.PRODUCT_QUESTION, Intent.SIZE_ADVICE, Intent.SHIPPING_INFO, Intent.PAYMENT, Intent.INVOICE), "nothing!"),
    **dict.fromkeys((Intent.COUPON, Intent.ACCOUNT, Intent.WARRANTY), "nothing!"),
}
ROWS = {Intent(row.split()[0]): row.split()[1:] for row in TABLE.strip().splitlines()[1:]} | {
    intent: [*[cell] * (len(STATES) - 1), "who?" if intent in NEEDS_ORDER else cell] for intent, cell in ALWAYS.items()
}
#: What the customer writes: the address is only read where one is changed.
TEXT = "Please send it to: Anna Weber, Lindenweg 4, 10115 Berlin, Germany"


def _order(make, state: str):
    """Of one that travels in parts, a parcel is under way."""
    order = make.order(OrderState(state))
    return replace(order, shipments=(make.shipment(OrderState.IN_TRANSIT),)) if order.state is OrderState.PART_SHIPPED else order


def test_the_table_is_complete() -> None:
    assert set(ROWS) == set(Intent)
    assert all(len(row) == len(STATES) for row in ROWS.values())


@pytest.mark.parametrize(
    ("intent", "state", "cell"),
    [(intent, state, cell) for intent, row in ROWS.items() for state, cell in zip(STATES, row, strict=True)],
)
def test_decide(make, intent: Intent, state: str, cell: str) -> None:
    view = make.view(make.turn(TEXT), make.triage(intent), make.context(_order(make, state)))
    decision = decide(view)
    outcome, desk, reason, remedies = CELLS[cell]
    assert (decision.outcome, decision.desk, decision.reasons) == (outcome, desk, (reason,))
    assert [remedy.kind for remedy in decision.remedies] == remedies
    assert all(remedy.order in (None, "1042") for remedy in decision.remedies)


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("intent", Intent)
def test_money_is_never_given_by_the_agent(make, intent: Intent, state: str) -> None:
    """Whatever is asked of whatever order: what costs money or goods is at most suggested to a person."""
    decision = decide(make.view(make.turn(TEXT), make.triage(intent), make.context(_order(make, state))))
    if decision.outcome is RESOLVE:
        assert not {K.REFUND, K.RESHIP, K.EXCHANGE} & {remedy.kind for remedy in decision.remedies}
        assert not any(remedy.blocked for remedy in decision.remedies)
