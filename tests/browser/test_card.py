"""The case page with the context card: delays, shelves, promises at a glance; offers, orders, running remedies, likely matches."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from agent.domain.decision import RemedyKind
from tests.browser.conftest import Visit
from tests.browser.remedy_desk import CASE, Answers, at_desk, case, entry, match, offer, procedure
from tests.browser.test_customer import OUTSIDE, WIDTH

pytestmark = pytest.mark.browser


def opened(visit: Visit, page: Page | None = None, **served: Any) -> tuple[Page, Answers]:
    page = page or at_desk(visit)
    chosen = {
        "cases": case(),
        "procedures": {"procedures": [procedure(RemedyKind.RETURN, "received", "labelled")]},
        "ledger": {"effects": [entry()]},
        "matches": {"matches": [match(), match(conversation="c8", email=None, confirmed=True, by="max@example.com")]},
    }
    answers = Answers(page, **(chosen | served))
    page.goto(f"/desk/cases/{CASE}")
    expect(page.locator("#case")).not_to_have_attribute("aria-busy", "true")
    return page, answers


def test_one_line_tells_where_the_goods_are_and_what_is_wrong(visit: Visit) -> None:
    page, _ = opened(visit)
    card = page.get_by_role("region", name="Supply chain")
    line = card.get_by_role("list", name="From the order to the door").get_by_role("listitem")
    expect(line.first).to_contain_text("#1045")
    expect(line.last).to_contain_text("delivered")
    expect(line.last).to_contain_text("in time")
    expect(card).to_contain_text("sales does not answer")
    for words in ("batch VQ-26A", "RTM → GB 2.5 days late", "6 similar open cases", "£482.10 in 4 orders, 2 earlier cases"):
        expect(card.locator(".brief")).to_contain_text(words)
    expect(card.get_by_text("no stock record")).to_be_hidden()
    card.get_by_text("Details").click()
    for words in ("no stock record", "limit 5.0 %", "2.5 days late, usually in time", "We pay £12.50 back by 2 January 2020."):
        expect(card).to_contain_text(words)
    expect(card.get_by_role("link", name="Mia Brown")).to_have_attribute("href", "/desk/cases/alike")


def test_a_case_older_than_cards_has_none(visit: Visit) -> None:
    older = case()
    for name in ("card", "offers", "told", "chosen"):
        del older["packet"][name]
    page, _ = opened(visit, cases=older)
    expect(page.locator("#card")).to_be_hidden()
    expect(page.locator("#offers")).to_be_empty()
    expect(page.locator("#remedies")).to_contain_text("refund")


def test_offers_go_to_the_customer_as_they_are_ticked(visit: Visit) -> None:
    page, answers = opened(visit)
    offers = page.get_by_role("group", name="Offers for the customer")
    expect(offers).to_contain_text("needs lead’s approval")
    offers.get_by_role("checkbox", name="part refund").uncheck()
    offers.get_by_role("button", name="Offer these to the customer").click()
    expect(page.locator("#notice")).to_contain_text("asked to choose")
    assert answers.posted == [(f"cases/{CASE}/offer", {"version": 3, "keys": ["offer-reship", "offer-refund"]})]


def test_what_the_customer_chose_is_marked_and_cannot_be_offered_again(visit: Visit) -> None:
    made = case(told=True)
    made["packet"]["chosen"] = made["packet"]["offers"][1]
    page, _ = opened(visit, cases=made)
    expect(page.locator("#offers")).to_contain_text("the customer chose this")
    expect(page.get_by_role("button", name="Offer these")).to_have_count(0)


def test_what_the_customer_chose_is_ordered_with_the_reply(visit: Visit) -> None:
    made = case(told=True)
    made["packet"]["chosen"] = offer("return", None, "operator", days=[5, 5])
    made["packet"]["offers"].append(made["packet"]["chosen"])
    page, answers = opened(visit, cases=made)
    expect(page.locator("#offers")).to_contain_text(" 5 business days")
    orders = page.get_by_role("group", name="Order with the reply")
    expect(orders.locator("label").first).to_contain_text("the customer chose this")
    orders.get_by_role("checkbox", name="return").check()
    page.locator("#reply").press("Control+Enter")
    expect(page.locator("#notice")).to_contain_text("On its way")
    ((_, body),) = answers.posted
    assert body["remedies"] == ["return"]


def test_a_part_of_the_money_that_the_customer_chose_is_not_ordered_whole(visit: Visit) -> None:
    made = case(told=True)
    made["packet"]["chosen"] = made["packet"]["offers"][1]
    page, _ = opened(visit, cases=made)
    orders = page.get_by_role("group", name="Order with the reply")
    expect(orders.get_by_label("GBP")).to_have_value("30.00")
    expect(orders.get_by_role("checkbox", name="refund")).to_have_count(1)


def test_a_refund_is_ordered_with_its_amount_and_the_page_says_who_must_agree(visit: Visit) -> None:
    page, answers = opened(visit)
    orders = page.get_by_role("group", name="Order with the reply")
    amount = orders.get_by_label("GBP")
    amount.fill("12.50")
    expect(orders.get_by_role("status")).to_have_text("yours to grant")
    amount.fill("99")
    expect(orders.get_by_role("status")).to_have_text("needs lead’s approval")
    amount.fill("5000")
    expect(orders.get_by_role("status")).to_have_text("more than is left of what was paid")
    amount.fill("12.50")
    orders.get_by_role("checkbox", name="reship").check()
    expect(orders.get_by_text("The new address is missing")).to_be_visible()
    page.locator("#reply").press("Control+Enter")
    expect(page.locator("#notice")).to_contain_text("On its way")
    ((path, body),) = answers.posted
    assert path == f"cases/{CASE}/answer"
    assert (body["remedies"], body["orders"]) == (["reship"], [{"kind": "refund", "minor": 1250, "currency": "GBP"}])


def test_a_running_return_shows_its_standard_and_is_inspected_with_a_grade(visit: Visit) -> None:
    page, answers = opened(visit)
    steps = page.get_by_role("list", name="Steps of the return")
    expect(steps.get_by_role("listitem").last).to_contain_text("inspect within two business days")
    page.get_by_label("Grade").select_option("C")
    page.get_by_label("Note for the next step").fill("scratched")
    page.get_by_role("button", name="inspected").click()
    expect(page.locator("body")).to_be_focused()
    assert answers.posted == [("procedures/return-1/events", {"event": "inspected", "note": "scratched", "grade": "C"})]
    expect(page.locator("#ledger")).to_contain_text("refund #1045 £250.00 waiting")
    expect(page.locator("#ledger").get_by_role("link", name="approvals")).to_be_visible()


def test_a_likely_match_is_confirmed_by_the_operator_alone(visit: Visit) -> None:
    page, answers = opened(visit)
    expect(page.locator(".match")).to_have_count(2)
    first, second = page.locator(".match").all()
    expect(first).to_contain_text("same phone")
    expect(second).to_contain_text("confirmed by max@example.com")
    first.get_by_role("button", name="Same customer").click()
    expect(page.locator("#trouble")).to_be_hidden()
    second.get_by_role("button", name="Not the same").click()
    expect(page.locator("body")).to_be_focused()
    assert answers.posted == [
        ("conversations/c1/matches", {"other": "c9", "same": True}),
        ("conversations/c1/matches", {"other": "c8", "same": False}),
    ]


def test_what_cannot_be_read_leaves_the_rest(visit: Visit) -> None:
    visit.expected.append("500")
    page = at_desk(visit)
    page.route("**/api/desk/ledger*", lambda route: route.fulfill(status=500, body="{}"))
    answers = Answers(page, cases=case(), procedures={"procedures": []}, matches={"matches": []})
    page.unroute("**/api/desk/**")
    page.route(
        "**/api/desk/**", lambda route: route.fulfill(status=500, body="{}") if "/ledger" in route.request.url else answers._answer(route)
    )
    page.goto(f"/desk/cases/{CASE}")
    expect(page.locator("#ledger")).to_contain_text("Cannot be read now.")
    expect(page.locator("#card")).to_contain_text("#1045")
    expect(page.locator("#procedures")).to_be_empty()


def test_the_case_fits_a_narrow_phone(visit: Visit) -> None:
    page = at_desk(visit)
    page.set_viewport_size({"width": 390, "height": 800})
    opened(visit, page)
    page.get_by_role("region", name="Supply chain").get_by_text("Details").click()
    assert page.evaluate(WIDTH) == 390
    assert page.evaluate(OUTSIDE) == []


def test_customers_see_how_far_their_return_has_come(visit: Visit) -> None:
    page = visit.page("/widget?lang=ar", width=360, height=640)
    steps = [{"text": "أُرسل الملصق", "state": "now"}, {"text": "تم الفحص", "state": "next"}]
    found = {"remedies": [{"kind": "return", "order": "1045", "over": False, "steps": steps}]}
    page.route("**/api/chat/remedies*", lambda route: route.fulfill(json=found))
    page.reload()
    strip = page.locator("#remedies")
    expect(strip.locator("summary")).to_contain_text("إرجاعك")
    strip.locator("summary").click()
    expect(strip.locator("[aria-current=step]")).to_have_text("أُرسل الملصق")
    assert page.evaluate(WIDTH) == 360
    assert page.evaluate(OUTSIDE) == []
