"""What a model wrote: right sentences pass, and each way of going wrong is found and named."""

from dataclasses import replace
from datetime import date

import pytest

from agent.domain.effect import PlannedEffect
from agent.domain.reply import Claim, Evidence, Reply
from agent.policy.channel_rules import RULES
from agent.policy.checks import faults
from agent.policy.checks.figures import values
from agent.policy.checks.free import Free, free
from agent.policy.checks.matching import misplaced, unsupported
from agent.writing.slots import slot
from knowledge.search import Passage

SENT = "Order #1042 left our warehouse in Rotterdam on 12 May 2026 with BlueLane Express."
DUE = "It should be with you by 20 May 2026."
PAID = "Order #1043 of 17 May 2026 is confirmed and not packed yet."
STARTED = "The refund of €79.90 was started on 19 May 2026; the bank has not confirmed it yet."
SOLD_OUT = "Murmo Earbuds Sage is sold out at the moment; we expect it back on 8 June 2026."
RETURNS = "You can return unused items within 30 days. The label is free in the EU. Opened beauty products cannot be returned."
TIMES = "Refunds take 5 to 10 business days after our warehouse has checked the parcel."


def found(text: str, *rests_on: str, plan: tuple[str, ...] = (), language: str = "en", values: tuple[str, ...] = ()) -> list[str]:
    effects = tuple(PlannedEffect(key=kind, kind=kind, order="1042", payload={}) for kind in plan)
    claim = Claim(text=text, free=True, rests_on=rests_on, values=values)
    return free(claim, Free(language=language, passages=(), plan=effects))


RIGHT = [
    ("Your order #1042 left Rotterdam on 12 May with BlueLane Express and should reach you by 20 May 2026.", SENT, DUE),
    ("Your order left on Tuesday, 12 May 2026.", SENT),
    ("It is confirmed, but has not been packed yet.", PAID),
    ("Unused items may be returned within 30 days, and in the EU the label costs nothing.", RETURNS),
    ("Refunds need five to ten business days once the warehouse has checked the parcel.", TIMES),
    ("Thank you for your patience.",),
    ("Kind regards",),
]
WRONG = [
    ("It left on 13 May 2026.", (SENT,), "date 2026-05-13 is in none"),
    ("It left on Wednesday, 12 May 2026.", (SENT,), "date weekday3 is"),
    ("It should be with you tomorrow.", (DUE,), "date +1 is in none"),
    ("Order #1043 left our warehouse.", (SENT,), "id 1043 is in none"),
    ("See evil.example/BL1.", (SENT,), "link evil.example/BL1 is in none"),
    ("Write to care@evil.example.", (SENT,), "email care@evil.example is in none"),
    ("The refund of $79.90 was started.", (STARTED,), "money 79.9 USD is in none"),
    ("The refund of €89.90 was started.", (STARTED,), "money 89.9 EUR is in none"),
    ("Refunds take 5 to 10 days after our warehouse has checked the parcel.", (TIMES,), "duration 10 day is in none"),
    ("Refunds take 10 to 5 business days after our warehouse has checked the parcel.", (TIMES,), "have changed places"),
    ("It left on 20 May 2026 and should be with you by 12 May 2026.", (SENT, DUE), "have changed places"),
    ("Refunds take 5 to 5 business days.", (TIMES,), "once more than in its sources"),
    ("Packing takes 1 to 4 days, delivery 2.", ("Packing takes 1 to 2 days, delivery 2 to 4 days.",), "1 to 4 is no range"),
    ("Order #1043 is not confirmed and not packed yet.", (PAID,), "denies what its sources say"),
    ("Order #1043 of 17 May 2026 is confirmed and packed.", (PAID,), "leaves out a denial"),
    ("The bank has confirmed your refund of €79.90.", (STARTED,), "leaves out a denial"),
    ("Opened beauty products can be returned.", (RETURNS,), "leaves out a denial"),
    ("Murmo Earbuds Sage is in stock.", (SOLD_OUT,), "says the opposite of its sources (stock)"),
    ("You can return unused items after 30 days.", (RETURNS,), "says the opposite of its sources (limit)"),
    ("The label is subject to a fee in the EU.", (RETURNS,), "says the opposite of its sources (cost)"),
    ("We will refund you the shipping as well.", (SENT,), "speaks of refund"),
    ("We have refunded you.", (TIMES,), "promises refund"),
    ("You will receive a voucher.", (SENT,), "speaks of discount"),
    ("We guarantee that it comes.", (DUE,), "speaks of guarantee"),
    ("The batch of your supplier is known for it.", (SENT,), "speaks of internal"),
    ("Your parcel was delivered.", (), "speaks of arrival"),
    ("It is free of charge.", (), "no source"),
    ("A" * 200, (), "no source"),
    (" ".join([SENT] * 4), (SENT,), "says much more"),
    (f"Your code is {slot('coupon', 'code')}.", (SENT,), "a slot in a sentence of a model's"),
]  # fmt: skip


@pytest.mark.parametrize("case", RIGHT, ids=lambda case: case[0][:40])
def test_a_right_sentence_passes(case: tuple[str, ...]) -> None:
    assert found(*case) == []


@pytest.mark.parametrize(("text", "rests_on", "fault"), WRONG, ids=[text[:40] for text, _, _ in WRONG])
def test_a_wrong_sentence_is_found(text: str, rests_on: tuple[str, ...], fault: str) -> None:
    said = found(text, *rests_on)
    assert any(fault in each for each in said), said


def test_a_planned_effect_makes_a_promise_true() -> None:
    text = "I have cancelled your order #1042 with BlueLane Express."
    assert found(text, SENT) != []
    assert found(text, SENT, plan=("cancel",)) == []
    assert found(text, SENT, plan=("coupon",)) != []


def test_what_code_filled_in_is_known() -> None:
    assert found("You paid €12.00.", SENT) != []
    assert found("It left, you paid €12.00.", SENT, values=("€12.00",)) == []


def test_a_source_in_another_language_is_read_in_its_own() -> None:
    passage = Passage("p1", "returns", "en", "Returns", "", RETURNS, 0.9)
    beside = Free(language="de", passages=(passage,), plan=())
    right = Claim(text="Unbenutztes können Sie innerhalb von 30 Tagen zurückgeben.", free=True, rests_on=(RETURNS,))
    assert free(right, beside) == []
    assert free(replace(right, text="Unbenutztes können Sie innerhalb von 40 Tagen zurückgeben."), beside) != []
    assert free(replace(right, text="Wir erstatten Ihnen das heute."), beside) != []


def test_sources_of_our_own_must_be_true() -> None:
    claim = Claim(text=DUE, free=True, rests_on=(DUE,))
    true = values("20 May 2026", "en")
    assert free(claim, Free(language="en", passages=(), plan=(), known=true)) == []
    assert free(claim, Free(language="en", passages=(), plan=(), known=values("21 May 2026", "en"))) == ["date 2026-05-20 is in no data"]


def test_a_whole_reply_is_checked_sentence_by_sentence(make) -> None:
    cited = Evidence(id="e1", kind="order", ref="1042", label="#1042")
    right = Claim(text="It left on 12 May 2026.", free=True, rests_on=(SENT,), evidence=("e1",))
    reply = Reply(language="en", claims=(right,), evidence=(cited,))

    def look(reply: Reply) -> list[str]:
        return faults(reply, (), make.context(make.order()), (), RULES["web"], own_emails=frozenset())

    assert look(reply) == []
    assert look(replace(reply, claims=(replace(right, evidence=("e9",)),))) == ["unknown evidence: e9"]
    assert look(replace(reply, claims=(replace(right, text="It left on 12 June 2026."),))) != []


def test_looser_figures_follow_from_exact_ones() -> None:
    known = values(f"{SENT} {TIMES}", "en")
    for text in ("12 May", "Tuesday", "May 2026", "5", "1042"):
        assert unsupported(values(text, "en"), known) == [], text
    for text in ("Monday", "13 May", "12 May 2027", "June 2026", "7", "#1043", "5 days"):
        assert unsupported(values(text, "en"), known) != [], text
    assert date(2026, 5, 12).isoweekday() == 2


def test_a_new_order_of_clauses_is_no_swap() -> None:
    source = [("Standard shipping costs EUR 4.90 and is free from EUR 50.", "en")]
    assert misplaced("Shipping is free from EUR 50, otherwise it costs EUR 4.90.", "en", source) == []
    assert misplaced("Standard shipping costs EUR 50 and is free from EUR 4.90.", "en", source) != []
