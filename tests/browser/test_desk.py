"""What operators see: a case with its photo, a wrong password, two people at one case."""

from __future__ import annotations

import io
import re

import pytest
from PIL import Image
from playwright.sync_api import FilePayload, FrameLocator, Page, expect

from tests.browser.conftest import FIRST, Visit, chat, sign_in, write

pytestmark = pytest.mark.browser
SECOND = "second@lumenandloom.example"


def snapshot() -> FilePayload:
    """A photo as a phone takes it."""
    kept = io.BytesIO()
    Image.effect_noise((1600, 1200), 60).convert("RGB").save(kept, "JPEG")
    return {"name": "earbuds.jpg", "mimeType": "image/jpeg", "buffer": kept.getvalue()}


def handed_over(visit: Visit, customer: str, text: str) -> FrameLocator:
    """A conversation that waits for a person."""
    frame = chat(visit.shop("en", customer))
    write(frame, text)
    expect(frame.locator("#status")).to_have_text("A colleague will answer")
    return frame


def case_of(page: Page, name: str) -> Page:
    """The case of a customer, opened from the queue."""
    page.locator("a.open", has_text=name).click()
    expect(page.locator("#case")).not_to_have_attribute("aria-busy", "true")
    return page


def test_a_photo_goes_to_a_person_whose_answer_reaches_the_customer(visit: Visit) -> None:
    frame = chat(visit.shop("en", "john@example.com"))
    frame.locator("#file").set_input_files(snapshot())
    expect(frame.locator("#tray li:not(.uploading) canvas")).to_be_visible()
    write(frame, "The earbuds from order #1045 arrived broken.")
    expect(frame.locator("#status")).to_have_text("A colleague will answer")

    page = case_of(visit.desk(), "John Carter")
    photo = page.get_by_alt_text("Photo from the customer")
    expect(photo).to_be_visible()
    picture = page.locator(".shot img")
    for _ in range(60):  # the pages' own policy forbids the browser's tools to wait for an expression
        if picture.evaluate("img => img.naturalWidth"):
            break
        page.wait_for_timeout(100)
    assert picture.evaluate("img => img.naturalWidth") > 0
    expect(page.locator("#reply")).to_have_value(re.compile("#1045"))
    expect(page.locator("#facts")).to_contain_text("VQ-26A")  # the batch that many complain about

    page.locator("#reply").fill("Hello John, a new pair for #1045 leaves today, and £7.77 comes back to you.")
    expect(page.locator("#figures")).to_contain_text("7.77")  # stands in no source
    page.locator("#reply").fill("Hello John, a new pair for #1045 leaves today.")
    expect(page.locator("#figures")).to_be_hidden()
    page.keyboard.press("Control+Enter")
    expect(page.locator("#sent")).to_contain_text("leaves today")
    expect(frame.locator("#log .message.operator")).to_contain_text("Hello John, a new pair for #1045 leaves today.")


def test_a_wrong_password_is_said(visit: Visit) -> None:
    visit.expected.append("401")
    page = visit.page("/desk")
    assert "/desk/login?next=" in page.url
    sign_in(page, FIRST, "not the password")
    expect(page.get_by_role("alert")).to_contain_text("E-mail or password is wrong")
    expect(page.get_by_label("Password")).to_be_focused()


def test_the_second_of_two_operators_is_told_and_keeps_the_text(visit: Visit) -> None:
    visit.expected.append("409")
    frame = handed_over(visit, "hans@example.com", "I want to speak to a person, please.")
    visit.service.hire(SECOND, "Second")
    one, other = case_of(visit.desk(), "Hans Becker"), case_of(visit.desk(SECOND), "Hans Becker")
    other.locator("#reply").fill("My answer.")
    one.locator("#reply").fill("The answer that was first.")
    one.keyboard.press("Control+Enter")
    expect(frame.locator("#log .message.operator")).to_have_count(1)

    other.locator("#reply").press("Control+Enter")
    expect(other.locator("#trouble")).to_contain_text("a colleague answered")
    expect(other.locator("#reply")).to_have_value("My answer.")
    expect(frame.locator("#log .message.operator")).to_have_count(1)
