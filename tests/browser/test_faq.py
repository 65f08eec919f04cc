"""The help pages and the widget's suggestions in a real browser: typing, the chat, one's own orders, phones, no JavaScript, size."""

from __future__ import annotations

import gzip
import re
from pathlib import Path

import httpx
import pytest
from playwright.sync_api import expect

from tests.browser.conftest import ROOT, Service, Visit, chat

pytestmark = pytest.mark.browser
STATIC = ROOT / "api" / "ui" / "static"
WIDTH = "document.documentElement.scrollWidth"
BRIGHTNESS = "getComputedStyle(document.body).backgroundColor.match(/\\d+/g).slice(0, 3).reduce((sum, part) => sum + Number(part), 0) / 3"


def test_typing_finds_articles_and_nothing_found_leads_to_the_chat(visit: Visit) -> None:
    page = visit.page("/faq?lang=en&market=DE")
    page.get_by_role("searchbox").press_sequentially("retu", delay=30)
    expect(page.locator("#hits h3")).to_have_text(["Return an item"])
    page.get_by_role("searchbox").fill("who won the world cup in 1998")
    expect(page.locator("#nothing")).to_be_visible()
    expect(page.locator("#told")).to_have_text("We found no sure answer to that.")
    page.get_by_role("link", name="Ask this in the chat").click()
    frame = page.frame_locator("portside-chat iframe")
    expect(frame.locator("#text")).to_have_value("who won the world cup in 1998")


def test_a_customer_who_comes_from_the_shop_finds_what_concerns_their_order(visit: Visit) -> None:
    page = visit.shop("de", "anna@example.com")
    page.get_by_role("link", name="Hilfe").click()
    expect(page.get_by_role("heading", name="Für Sie")).to_be_visible()
    expect(page.locator("#first .why").first).to_have_text("Zu Ihrer Bestellung")
    assert not re.search(r"#?10\d\d\b", page.locator("main").inner_text()), "an order's number has no business here"
    page.locator("#first a").first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Was die Begriffe in Ihrer Sendungsverfolgung bedeuten")
    assert "as=anna" in page.url


def test_a_signed_link_shows_ones_own_without_leaving_the_identity_in_the_address(visit: Visit) -> None:
    shop = visit.shop("de", "anna@example.com")
    identity = shop.locator("script[data-identity]").get_attribute("data-identity")
    page = visit.page(f"/faq?lang=de&market=DE#identity={identity}")
    expect(page.locator("#first .why").first).to_have_text("Zu Ihrer Bestellung")
    assert "identity" not in page.url


@pytest.mark.parametrize(
    "path", ["/faq?lang=ar&market=SA", "/faq/returns?lang=ar", "/faq?lang=de&market=DE", "/faq/tracking-words?lang=ja"]
)
def test_the_pages_fit_a_phone_in_both_directions_and_the_dark(visit: Visit, path: str) -> None:
    page = visit.page(path, width=390, height=800, color_scheme="dark")
    assert page.evaluate(WIDTH) == 390
    assert page.evaluate(BRIGHTNESS) < 60
    assert page.evaluate("document.documentElement.dir") == ("rtl" if "lang=ar" in path else "ltr")


def test_everything_reads_and_searches_without_javascript(visit: Visit) -> None:
    page = visit.page("/faq?lang=de&market=DE", java_script_enabled=False)
    page.get_by_role("searchbox").fill("Artikel zurücksenden")
    page.keyboard.press("Enter")
    page.locator("#hits a").first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Artikel zurücksenden")
    page.locator("select[name=lang]").select_option("en")
    page.get_by_role("button", name="Übernehmen").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Return an item")


def test_an_empty_chat_offers_questions_in_the_customers_language_and_sends_them(visit: Visit) -> None:
    frame = chat(visit.shop("de", "anna@example.com"))
    offered = frame.get_by_role("region", name="Das wird oft gefragt").get_by_role("button")
    expect(offered.first).to_have_text("Was die Begriffe in Ihrer Sendungsverfolgung bedeuten")
    expect(frame.locator("#text")).to_be_focused()
    offered.first.press("Enter")
    expect(frame.locator(".message.customer .bubble")).to_have_text("Was die Begriffe in Ihrer Sendungsverfolgung bedeuten")
    expect(frame.locator("#suggestions")).to_have_count(0)
    expect(frame.locator("#text")).to_be_focused()
    expect(frame.locator(".message.bot")).to_have_count(1)


def test_a_chat_with_messages_offers_nothing(visit: Visit) -> None:
    page = visit.shop("en")
    frame = chat(page)
    frame.get_by_role("region", name="Others often ask").get_by_role("button").first.click()
    expect(frame.locator(".message.bot")).to_have_count(1)
    page.reload()
    expect(frame.locator("main")).not_to_have_attribute("aria-busy", "true")
    expect(frame.locator("#suggestions")).to_have_count(0)


def test_the_chat_works_when_suggestions_do_not(visit: Visit) -> None:
    visit.expected.append("/api/faq")
    page = visit.page("/widget?lang=en")
    page.route("**/api/faq*", lambda route: route.fulfill(status=500, body="{}"))
    page.evaluate("localStorage.clear()")
    page.reload()
    page.locator("#text").fill("Hello")
    page.keyboard.press("Enter")
    expect(page.locator(".message.bot")).to_have_count(1)


def test_the_widget_stays_small(service: Service) -> None:
    """Gzipped: the loader 5 kB, everything in its frame 25 kB."""
    assert len(gzip.compress((STATIC / "widget" / "loader.js").read_bytes())) <= 5000
    page = httpx.get(f"{service.url}/widget?lang=ar").text
    named = {*re.findall(r'(?:href|src)="(/static/[^"#]+)', page), "/static/widget/suggestions.js", "/static/widget/remedies.js"}
    assert len(named) > 12
    files = [Path(STATIC, name.removeprefix("/static/")).read_bytes() for name in named]
    assert sum(len(gzip.compress(data)) for data in [page.encode(), *files]) <= 25_000
