"""The pages of approvals and of the ledger: who may decide what, with the account beside it; rows by order, and differences."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import FIRST, Visit, chat, write
from tests.browser.remedy_desk import Answers, approval, at_desk, entry
from tests.browser.test_customer import OUTSIDE, WIDTH
from tests.browser.test_desk import case_of

pytestmark = pytest.mark.browser
WAITING = {
    "approvals": [
        approval("a1", "operator", "max@example.com", may=True),
        approval("a2", "finance", "max@example.com"),
        approval("a3", "lead", FIRST, mine=True),
    ]
}


def test_each_sees_what_they_may_decide_and_on_what_account(visit: Visit) -> None:
    page = at_desk(visit)
    answers = Answers(page, approvals=WAITING)
    page.get_by_role("link", name="Approvals").click()
    expect(page.locator("#rows tr")).to_have_count(3)
    mine, above, own = page.locator("#rows tr").all()
    expect(mine).to_contain_text("refund £250.00 #1045")
    expect(mine).to_contain_text("£340.00 paid")
    expect(mine).to_contain_text("£90.00 refunded, £110.00 granted besides this")
    expect(mine).to_contain_text("more than is left")
    expect(mine).to_contain_text("lumen-and-loom-uk@2026-11#limits.operator:82")
    expect(above).to_contain_text("somebody with finance decides")
    expect(own).to_contain_text("A second person decides.")
    expect(page.get_by_role("button", name="Approve")).to_have_count(1)

    mine.get_by_role("button", name="Refuse").click()
    expect(page.get_by_role("alert")).to_contain_text("Say why")
    mine.get_by_label("Note on #1045").fill("Twice the price of the earbuds.")
    mine.get_by_role("button", name="Refuse").click()
    expect(page.get_by_role("alert")).to_be_hidden()
    assert answers.posted == [("approvals/a1/refuse", {"note": "Twice the price of the earbuds."})]


def test_what_was_decided_says_by_whom(visit: Visit) -> None:
    page = at_desk(visit)
    over = approval("a1", "lead", FIRST, state="refused", decided_by="lead@example.com", note="No.", decided_at="2026-11-22T10:00:00Z")
    Answers(page, approvals={"approvals": [over]})
    page.goto("/desk/approvals")
    page.get_by_label("State").select_option("refused")
    expect(page.locator("#rows tr")).to_contain_text("lead@example.com")
    expect(page.get_by_role("button", name="Approve")).to_have_count(0)


def test_the_ledger_is_searched_by_order_and_says_where_the_shop_differs(visit: Visit) -> None:
    page = at_desk(visit)
    rows = [entry(), entry(key="coupon-1045-1", kind="coupon", amount=None, state="failed", error="once", approved_by="lead@example.com")]
    account = {"order": "1045", "currency": "GBP", "paid": 34000, "given": 25000, "left": 9000}
    gone = {
        "key": "refund-1050-1",
        "kind": "refund",
        "order": "1050",
        "what": "missing",
        "ledger": "confirmed",
        "source": "never done",
        "at": "",
    }
    Answers(page, ledger={"effects": rows, "accounts": [account]}, differences={"differences": [gone]})
    page.goto("/desk/ledger?order=1045")
    expect(page.get_by_label("Order")).to_have_value("1045")
    expect(page.locator("#rows tr")).to_have_count(2)
    expect(page.locator("#rows")).to_contain_text("approved by lead@example.com")
    expect(page.locator("#account")).to_have_text("#1045: £340.00 paid, £250.00 given, £90.00 left.")
    expect(page.locator("#file")).to_be_hidden()  # an operator's authority is not enough for the accountants' file
    expect(page.get_by_role("region", name="The shop says otherwise")).to_contain_text("knows nothing of it")
    page.get_by_label("Order").fill("#1046")
    with page.expect_request("**/api/desk/ledger?order=1046"):
        page.get_by_role("button", name="Search").click()
    assert page.url.endswith("/desk/ledger?order=1046")


@pytest.mark.parametrize("path", ["/desk/approvals", "/desk/ledger"])
def test_both_pages_fit_a_narrow_phone(visit: Visit, path: str) -> None:
    page = at_desk(visit)
    page.set_viewport_size({"width": 390, "height": 800})
    Answers(page, approvals=WAITING, ledger={"effects": [entry()], "accounts": []})
    page.goto(path)
    expect(page.locator("#rows tr").first).to_contain_text("refund")
    assert page.evaluate(WIDTH) == 390
    assert page.evaluate(OUTSIDE) == []


def test_a_refund_above_an_operator_s_limit_is_paid_when_a_second_person_agrees(visit: Visit) -> None:
    """The whole way, on the real service: ordered with the reply, held, approved, sent; and the strip in the chat."""
    frame = chat(visit.shop("en", "john@example.com"))
    write(frame, "I want my money back for order #1045, the earbuds are broken.")
    expect(frame.locator("#status")).to_have_text("A colleague will answer")
    page = case_of(at_desk(visit), "John Carter")
    refund = page.locator("#remedies input[value=refund]")
    refund.check()
    page.locator("[data-amount]").fill("110")
    page.locator("#reply").fill("Hello John, your money is on its way back to you.")
    page.keyboard.press("Control+Enter")
    expect(page.locator("#notice")).to_contain_text("Waits for approval: refund (lead)")
    expect(page.locator("#ledger")).to_contain_text("refund #1045 £110.00 waiting")

    other = visit.desk("editor@lumenandloom.example")
    other.get_by_role("link", name="Approvals").click()
    row = other.locator("#rows tr", has_text="#1045")
    expect(row).to_contain_text("£118.80 paid")
    row.get_by_role("button", name="Approve").click()
    expect(frame.locator("#log .message.operator")).to_contain_text("on its way back to you")
    expect(frame.locator("#remedies summary")).to_contain_text("Your refund #1045: Ordered")
    other.goto("/desk/ledger?order=1045")
    expect(other.locator("#rows tr").first).to_contain_text("confirmed")
    expect(other.locator("#rows tr").first).to_contain_text("approved by editor@lumenandloom.example")
    expect(other.locator("#export")).to_be_visible()
