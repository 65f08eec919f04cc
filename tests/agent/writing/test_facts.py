"""Facts of an order in ten languages: exactly the figures of the order's own fields, in the reader's form."""

from dataclasses import replace
from datetime import date

import pytest

from agent.commerce.connectors.aftership.tracked import FINER
from agent.commerce.connectors.aftership.tracked import SCANS as TAGS
from agent.commerce.connectors.shopify.states import EVENTS
from agent.domain.commerce import Checkpoint, OrderState, Refund
from agent.domain.languages import SUPPORTED
from agent.domain.money import Money
from agent.phrasing import Phrases, day, money
from agent.policy.checks import numbers
from agent.writing.facts import SCANS, order_facts
from agent.writing.writer import Writer

LANGUAGES = sorted(SUPPORTED)
S = OrderState
TRACKING = {"123456789"}
#: Digit groups in the facts beside the order number: placed May 10, shipped May 12, last scan May 16 12:00, promised
#: May 22 (late: May 14, six days ago), delivered May 15, refunded 79.90 on May 18.
FIGURES = {
    S.UNPAID: {"10", "2026"},
    S.PAID: {"10", "2026"},
    S.PACKED: set(),
    S.PART_SHIPPED: set(),
    S.UNKNOWN: set(),
    S.IN_TRANSIT: {"12", "16", "00", "22", "2026"} | TRACKING,
    S.CUSTOMS_HOLD: {"12", "16", "00", "22", "2026"} | TRACKING,
    S.LATE: {"12", "16", "00", "14", "6", "2026"} | TRACKING,
    S.LOST: {"16", "2026"},
    S.DELIVERED: {"15", "2026"},
    S.PART_RETURNED: {"15", "2026"},
    S.REFUNDED: {"79", "90", "18", "2026"},
    S.CANCELLED: set(),
}
#: Chinese and Japanese write the month as a figure.
MONTH = {"5"}


@pytest.fixture(scope="module")
def phrases() -> Phrases:
    return Phrases()


def test_every_state_has_its_facts() -> None:
    assert set(FIGURES) == set(OrderState)


@pytest.mark.parametrize("state", OrderState)
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_figures_are_the_orders_own(make, phrases: Phrases, language: str, state: OrderState) -> None:
    write = Writer(phrases, language)
    order_facts(write, make.order(state), today_late=6 if state is S.LATE else 0)
    reply = write.reply()
    expected = {"1042"} | FIGURES[state]
    found = numbers(reply.text)
    assert found - MONTH == expected - MONTH
    assert found <= expected | MONTH
    assert (found >= MONTH) is (language in {"zh", "ja"} and "2026" in expected)
    assert all(claim.evidence == ("e1",) for claim in reply.claims)
    assert [evidence.ref for evidence in reply.evidence] == ["1042"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_of_person_address_or_batch_is_in_the_facts(make, phrases: Phrases, language: str) -> None:
    for state in OrderState:
        write = Writer(phrases, language)
        order = make.order(state)
        order_facts(write, order)
        text = write.reply().text
        for private in (order.customer.name, order.customer.email, order.address.street, order.address.postcode, "EAR-130-B07"):
            assert private not in text


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_refund_the_bank_has_not_confirmed_is_not_called_done(make, phrases: Phrases, language: str) -> None:
    def text(*, succeeded: bool) -> str:
        write = Writer(phrases, language)
        refund = Refund(amount=Money(7990, "EUR"), at=make.now, succeeded=succeeded)
        order_facts(write, make.order(S.CANCELLED, refunds=(refund,)))
        return write.reply().claims[-1].text

    assert text(succeeded=True) != text(succeeded=False)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("state", [S.IN_TRANSIT, S.DELIVERED, S.LOST])
def test_a_shipment_that_is_missing_makes_no_claim_and_no_crash(make, phrases: Phrases, language: str, state: OrderState) -> None:
    write = Writer(phrases, language)
    order_facts(write, make.order(state, shipments=()))
    assert numbers(write.reply().text) <= {"1042"}


def test_an_unknown_scan_is_still_on_its_way(make, phrases: Phrases) -> None:
    order = make.order()
    scan = replace(order.shipment.checkpoints[-1], state="beamed_up")
    write = Writer(phrases, "en")
    order_facts(write, replace(order, shipments=(replace(order.shipment, checkpoints=(scan,)),)))
    assert "on its way" in write.reply().text
    assert "delivered" in SCANS


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("said", [None, *FINER.values(), *TAGS.values(), *EVENTS.values()])
def test_every_word_of_a_carrier_is_told_in_every_language(make, phrases: Phrases, language: str, said: str | None) -> None:
    order = make.order()
    scan = Checkpoint(at=make.now, state=said or "in_transit", place="" if said else "Duisburg")
    write = Writer(phrases, language)
    order_facts(write, replace(order, shipments=(replace(order.shipment, checkpoints=(scan,)),)))
    told = write.reply().text
    assert (said or "in_transit") in SCANS and phrases.render(SCANS[scan.state], language) in told
    assert ("Duisburg" in told) is (said is None) and ", ," not in told and "، ،" not in told


def test_what_comes_back_or_is_broken_is_promised_for_no_day(make, phrases: Phrases) -> None:
    order = make.order()
    for state, promised in (("in_transit", True), ("returning", False), ("damaged", False)):
        write = Writer(phrases, "en")
        scan = Checkpoint(at=make.now, state=state, place="Duisburg")
        order_facts(write, replace(order, shipments=(replace(order.shipment, checkpoints=(scan,)),)))
        assert ("22 May 2026" in write.reply().text) is promised


@pytest.mark.parametrize("language", LANGUAGES)
def test_dates_name_day_and_year(language: str) -> None:
    assert {"9", "2026"} <= numbers(day(date(2026, 5, 9), language))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("amount", "digits"), [(Money(7990, "EUR"), "7990"), (Money(15900, "JPY"), "15900"), (Money(5, "EUR"), "005")])
def test_amounts_keep_every_cent(language: str, amount: Money, digits: str) -> None:
    assert "".join(char for char in money(amount, language) if char.isascii() and char.isdecimal()) == digits
