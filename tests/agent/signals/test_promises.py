"""What a customer was promised: days and amounts read back from our own sentences in every language, and whether it was kept."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from agent.domain.card import DeskMemory, Done, Said
from agent.domain.commerce import OrderState, Refund
from agent.domain.languages import SUPPORTED
from agent.domain.money import Money
from agent.phrasing import Phrases, day, money
from agent.signals.promises import promises, sentences
from agent.signals.spoken_dates import amounts, dates

NEAR = date(2026, 11, 20)


@pytest.mark.parametrize("language", sorted(SUPPORTED))
def test_days_and_amounts_are_read_as_they_are_written(language: str) -> None:
    for due in (date(2026, 11, 28), date(2027, 1, 3), date(2026, 3, 9), date(2026, 5, 31)):
        assert dates(f"x {day(due, language)}.", NEAR) == [due]
    for amount in (Money(123450, "EUR"), Money(700, "GBP"), Money(12345, "JPY"), Money(99, "USD")):
        assert len(amounts(f"x {money(amount, language)} x")) == 1


def test_operators_write_days_in_their_own_ways() -> None:
    for text in (
        "by 28.11.",
        "until Nov 28th",
        "28 November",
        "am 28. November",
        "2026-11-28",
        "28/11/2026",
        "28.11.26",
        "November 28, 2026",
    ):
        assert dates(text, NEAR) == [date(2026, 11, 28)], text
    for text in ("at 12:30", "version 1.2.3", "5 items", "31.2.", "#1042", "EUR 79.90 each"):
        assert dates(text, NEAR) == [], text


def test_a_year_left_out_is_the_nearest() -> None:
    assert dates("3 January", NEAR) == [date(2027, 1, 3)]
    assert dates("15 December", date(2027, 1, 5)) == [date(2026, 12, 15)]
    assert dates("29 February", date(2026, 3, 1)) == []


def test_sentences_end_in_every_script() -> None:
    assert sentences("One, two. Three!\n\n四。五？") == ["One, two.", "Three!", "四。", "五？"]
    assert sentences("Bis 28.11. bei Ihnen.") == ["Bis 28.11. bei Ihnen."]
    assert sentences("By 28 November 2026. Thanks.") == ["By 28 November 2026.", "Thanks."]
    assert sentences("四。五？") == ["四。", "五？"]
    assert sentences("") == []


def said(make: Any, text: str, days: int = 9, **changes: Any) -> Said:
    return replace(Said(conversation="c", by="bot", text=text, language="en", at=make.now - timedelta(days=days)), **changes)


def test_a_day_is_held_against_the_parcel(make: Any) -> None:
    late = make.order(OrderState.LATE)
    due = late.shipments[0].promised
    told = Phrases().render("order-promised", "de", {"date": day(due, "de")})
    (open_one,) = promises(DeskMemory(said=(said(make, told, language="de"),)), late, make.today)
    assert (open_one.due, open_one.kept, open_one.why) == (due, False, "not delivered yet")
    came = replace(late, shipments=(replace(late.shipments[0], delivered_at=make.now - timedelta(days=7)),))
    assert promises(DeskMemory(said=(said(make, told),)), came, make.today)[0].kept is True
    (early,) = promises(DeskMemory(said=(said(make, told),)), late, due)
    assert (early.kept, early.why) == (None, "not due yet")


def test_days_gone_by_and_sentences_without_figures_promise_nothing(make: Any) -> None:
    words = f"It left on {day(make.today - timedelta(days=20), 'en')}. Thank you for waiting. I will look into #1042."
    assert promises(DeskMemory(said=(said(make, words),)), make.order(), make.today) == ()


def test_an_amount_is_held_against_what_was_paid_back(make: Any) -> None:
    promised = said(make, "We pay £12.50 back to you.", by="operator")
    order = make.order(refunds=(Refund(amount=Money(1250, "GBP"), at=make.now, succeeded=True),))
    (kept,) = promises(DeskMemory(said=(promised,)), order, make.today)
    assert (kept.by, kept.kept, kept.why) == ("operator", True, "paid back 2026-05-20")
    under_way = replace(order, refunds=(replace(order.refunds[0], succeeded=False),))
    assert promises(DeskMemory(said=(promised,)), under_way, make.today)[0].kept is None
    assert promises(DeskMemory(said=(promised,)), make.order(), make.today)[0].kept is None
    failed = Done(kind="refund", order="1042", state="failed", at=make.now, amount=Money(1250, "GBP"), error="over_paid")
    found = promises(DeskMemory(said=(promised,), done=(failed,)), make.order(), make.today)
    assert [(each.by, each.kept) for each in found] == [("ledger", False), ("operator", False)]
    assert found[0].text == "refund £12.50 for #1042"


def test_the_same_words_stand_once_and_the_newest_first(make: Any) -> None:
    many = tuple(said(make, f"Until {day(make.today + timedelta(days=n), 'en')}.", days=n) for n in range(12))
    found = promises(DeskMemory(said=(*many, said(make, many[3].text, days=0))), None, make.today)
    assert len(found) == 8
    assert [each.at for each in found] == sorted((each.at for each in found), reverse=True)
    assert found[0].at == datetime(2026, 5, 20, 12, tzinfo=UTC)
