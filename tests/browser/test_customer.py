"""What a customer sees: question and answer, right-to-left, the keyboard alone, dark mode, a reload."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import FrameLocator, Locator, Page, expect

from tests.browser.conftest import Visit, chat, write

pytestmark = pytest.mark.browser
WIDTH = "document.documentElement.scrollWidth"
#: Elements that stick out of the page, but for those clipped on purpose.
OUTSIDE = """() => [...document.querySelectorAll('body *')].filter((node) => {
  const box = node.getBoundingClientRect();
  return box.width && !node.closest('.quiet, .skip, svg') && (box.left < -1 || box.right > innerWidth + 1);
}).map((node) => node.outerHTML.slice(0, 100))"""
BRIGHTNESS = "getComputedStyle(document.body).backgroundColor.match(/\\d+/g).slice(0, 3).reduce((sum, part) => sum + Number(part), 0) / 3"


def answers(frame: FrameLocator) -> Locator:
    return frame.locator("#log .message.bot")


def inner(page: Page, script: str) -> object:
    """Run a script in the widget's document."""
    (frame,) = [found for found in page.frames if "/widget" in found.url]
    return frame.evaluate(script)


def test_a_question_in_german_is_answered_with_tracking_number_and_source(visit: Visit) -> None:
    page = visit.shop("de", "anna@example.com")
    frame = chat(page)
    write(frame, "Wo ist meine Bestellung #1042?")
    answer = answers(frame)
    expect(answer).to_have_count(1)
    expect(answer).to_contain_text(re.compile(r"Sendungsnummer BL\d{9}NL"))
    expect(answer.get_by_role("link")).to_have_attribute("href", re.compile(r"^https://track\.lumenandloom\.example/BL\d{9}NL$"))
    expect(answer).to_contain_text("KI-Assistent")
    answer.get_by_text("Quellen (1)").click()
    expect(answer.locator(".sources li")).to_have_text(["#1042"])
    expect(frame.get_by_role("button", name="Mit einem Menschen sprechen")).to_have_count(1)


def test_arabic_runs_from_right_to_left_and_fits_a_narrow_phone(visit: Visit) -> None:
    page = visit.shop("ar", "fatima@example.com", width=360, height=740)
    assert page.evaluate(WIDTH) == 360
    frame = chat(page)
    write(frame, "أين طلبي #1049؟")
    expect(answers(frame)).to_contain_text(re.compile(r"KL\d{9}CN"))
    assert inner(page, "document.documentElement.dir") == "rtl"
    assert inner(page, WIDTH) == 360
    assert inner(page, OUTSIDE) == []
    mine, theirs = frame.locator(".customer .bubble").bounding_box(), frame.locator(".bot .bubble").bounding_box()
    assert mine
    assert theirs
    assert mine["x"] < 40, "the customer's own words stand at the end of the line, which is on the left"
    assert theirs["x"] + theirs["width"] > 320


def test_the_keyboard_alone_opens_writes_sends_and_leaves(visit: Visit) -> None:
    page = visit.shop("en")
    page.locator("footer a").last.focus()
    page.keyboard.press("Tab")  # the chat is the last stop of the page
    page.keyboard.press("Enter")
    frame = page.frame_locator("portside-chat iframe")
    expect(frame.locator("#text")).to_be_focused()
    expect(frame.locator("main")).not_to_have_attribute("aria-busy", "true")
    page.keyboard.type("How long do I have to send something back?")
    page.keyboard.press("Enter")
    expect(answers(frame)).to_have_count(1)
    expect(frame.locator("#text")).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.locator("portside-chat iframe")).to_be_hidden()
    expect(page.locator("portside-chat button")).to_be_focused()


def test_dark_follows_the_system_and_the_button(visit: Visit) -> None:
    page = visit.shop("en", color_scheme="dark")
    frame = chat(page)
    for dark in (page.evaluate(BRIGHTNESS), inner(page, BRIGHTNESS)):
        assert dark < 60
    frame.get_by_role("button", name="Light or dark").click()
    expect(page.locator("html")).to_have_attribute("data-bs-theme", "light")
    for light in (page.evaluate(BRIGHTNESS), inner(page, BRIGHTNESS)):
        assert light > 200


def test_a_reload_keeps_the_conversation(visit: Visit) -> None:
    page = visit.shop("en")
    frame = chat(page)
    write(frame, "Hello")
    expect(answers(frame)).to_have_count(1)
    before = frame.locator("#log .bubble").all_inner_texts()
    page.reload()
    expect(page.locator("portside-chat iframe")).to_be_visible()  # it was open
    expect(frame.locator("main")).not_to_have_attribute("aria-busy", "true")
    expect(frame.locator("#log .bubble")).to_have_text(before)


@pytest.mark.parametrize("path", ["/", "/docs", "/shop?lang=ja", "/widget?lang=ru", "/desk/login"])
def test_every_open_page_fits_a_narrow_phone(visit: Visit, path: str) -> None:
    page = visit.page(path, width=360, height=740)
    page.wait_for_load_state("networkidle") if path == "/docs" else page.wait_for_load_state()
    assert page.evaluate(WIDTH) == 360


def test_a_file_that_is_no_photo_is_refused_in_the_language_of_the_chat(visit: Visit) -> None:
    visit.expected.append("415")
    frame = chat(visit.shop("de"))
    frame.locator("input[type=file]").set_input_files({"name": "page.jpg", "mimeType": "image/jpeg", "buffer": b"<html>"})
    expect(frame.get_by_text("Diese Datei lässt sich nicht als Foto lesen.")).to_be_visible()
