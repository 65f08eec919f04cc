"""What knowledge editors see: writing, saving by itself, two at one draft, review, publishing, history, the keyboard."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import FIRST, Visit
from tests.browser.knowledge_desk import LIST, READER, arrived, at, opened

pytestmark = pytest.mark.browser
WRITER = "writer@lumenandloom.example"
WIDTH = "document.documentElement.scrollWidth"
SAVED = re.compile("^Saved")


def written(visit: Visit, title: str, text: str, email: str = FIRST) -> Page:
    """A new article, saved by itself."""
    page = opened(visit, at("new"), email)
    page.get_by_label("Title").fill(title)
    page.locator("#body").fill(text)
    expect(page.locator("#kept")).to_have_text(SAVED)
    return page


def press(page: Page, step: str) -> None:
    page.locator("#actions").get_by_role("button", name=step).click()


def carry_out(page: Page, step: str) -> None:
    """Press a button of the bar, and say yes."""
    press(page, step)
    page.get_by_role("dialog").get_by_role("button", name=step).click()


def test_an_article_is_written_seen_published_and_changed_back(visit: Visit) -> None:
    page = written(visit, "Gift wrapping", "We wrap **every** gift in paper for 3 EUR.")
    assert page.url.endswith("/articles/gift-wrapping?lang=en")
    expect(page.locator("#panel-preview strong")).to_have_text("every")
    carry_out(page, "Publish")
    expect(page.locator("#notice")).to_contain_text("Revision 1 is published")
    expect(page.locator("#badges")).to_contain_text("published")
    expect(page.locator("#notice")).to_have_text("Published, and the agent reads it now.")

    page.locator("#body").fill("We wrap **every** gift in paper for 4 EUR.")
    page.keyboard.press("Control+s")
    expect(page.locator("#kept")).to_have_text(SAVED)
    page.keyboard.press("Control+Enter")
    page.get_by_label("What has changed").fill("Dearer paper")
    page.keyboard.press("Control+Enter")
    expect(page.locator("#notice")).to_contain_text("Revision 2 is published")

    page.keyboard.press("Alt+h")
    history = page.locator("#panel-history")
    expect(history.locator(".revisions li")).to_have_count(2)
    expect(history).to_contain_text("Dearer paper")
    history.get_by_role("button", name="What changed in revision 2").click()
    expect(history.locator("ins")).to_have_text("4")
    expect(history.locator("del")).to_have_text("3")
    history.get_by_role("button", name="Restore revision 1").click()
    expect(page.locator("#body")).to_have_value(re.compile("3 EUR"))
    expect(page.locator("#badges")).to_contain_text("draft")
    carry_out(page, "Discard draft")
    expect(page.locator("#body")).to_have_value(re.compile("4 EUR"))


def test_the_second_of_two_editors_chooses_and_nothing_is_overwritten(visit: Visit) -> None:
    visit.expected.append("409")
    one = written(visit, "Engraving", "We engrave rings.\n\nIt takes 2 days.")
    other = opened(visit, at("engraving"), WRITER)
    other.locator("#body").press_sequentially("Good to know. ")
    expect(other.locator("#kept")).to_have_text(SAVED)

    one.locator("#body").fill("We engrave rings.\n\nIt takes 5 days.")
    dialog = one.get_by_role("dialog", name=re.compile(WRITER))
    expect(dialog).to_contain_text("Good to know.")
    dialog.get_by_role("button", name="Decide later").click()
    expect(one.locator("#kept")).to_contain_text("somebody else has saved")
    expect(one.locator("#body")).to_have_value(re.compile("5 days"))
    one.get_by_role("button", name="Compare").click()
    dialog.get_by_role("button", name="Take theirs").click()
    expect(one.locator("#body")).to_have_value(re.compile("2 days.*Good to know.", re.DOTALL))
    one.get_by_role("button", name="Put mine back").click()
    expect(one.locator("#kept")).to_have_text(SAVED)

    other.locator("#body").fill("We engrave watches.")
    dialog = other.get_by_role("dialog", name=re.compile(FIRST))
    dialog.get_by_role("button", name="Keep mine").click()
    expect(other.locator("#kept")).to_have_text(SAVED)
    one.reload()
    expect(one.locator("#body")).to_have_value("We engrave watches.")


def test_a_second_person_reads_what_needs_one(visit: Visit) -> None:
    page = written(visit, "Crisis words", "We are looking into it.", WRITER)
    page.locator("#details summary").click()
    page.get_by_label("A second person must read every change").check()
    expect(page.locator("#why-not")).to_contain_text("second person")
    expect(page.locator("[data-step=publish]")).to_have_count(0)
    press(page, "Send to review")
    page.get_by_label("What has changed").fill("Legal has read it")
    page.keyboard.press("Control+Enter")
    expect(page.locator("#badges")).to_contain_text("in review")
    expect(page.locator("#shown-title")).to_be_focused()  # the button that was pressed is gone

    reader = opened(visit, at("crisis-words"), READER)
    expect(reader.locator("#said")).to_contain_text("Legal has read it")
    expect(reader.locator("#panel-history")).to_be_visible()
    carry_out(reader, "Publish")
    expect(reader.locator("#notice")).to_contain_text("Revision 1 is published")
    reader.keyboard.press("Alt+h")
    expect(reader.locator(".revisions li")).to_contain_text(READER)


def test_a_translation_stands_beside_its_source_and_shows_what_changed(visit: Visit) -> None:
    page = opened(visit, at("returns", "ar"))
    expect(page.locator("#body")).to_have_attribute("dir", "rtl")
    page.keyboard.press("Alt+o")
    expect(page.locator("#panel-source")).to_contain_text("within 30 days")
    page.keyboard.press("Alt+1")
    expect(page.locator("#body")).to_have_value(re.compile("within 30 days"))
    assert "lang=en" in page.url
    text = page.locator("#body").input_value()
    page.locator("#body").fill(text.replace("within 30 days", "within 31 days"))
    expect(page.locator("#kept")).to_have_text(SAVED)
    page.keyboard.press("Alt+i")
    expect(page.locator("#panel-impact .behind")).to_contain_text("2 translations of this text will count as behind")
    carry_out(page, "Publish")
    expect(page.locator("#notice")).to_contain_text("is published")

    page.get_by_role("button", name="Arabic").click()
    expect(page.locator(".changes ins").first).to_have_text("31")
    arabic = page.get_by_role("button", name="Arabic")
    expect(arabic).to_have_attribute("data-outdated", "")

    page.locator("#body").press("Control+End")
    page.keyboard.type(" ٣١")
    expect(page.locator("#kept")).to_have_text(SAVED)
    press(page, "Publish")
    page.get_by_role("dialog").get_by_label("It follows the changes of its source now").check()
    page.keyboard.press("Control+Enter")
    expect(page.locator("#notice")).to_contain_text("is published")
    expect(arabic).not_to_have_attribute("data-outdated", "")
    expect(page.get_by_role("button", name="German")).to_have_attribute("data-outdated", "")


def test_words_survive_a_server_that_is_away_and_a_crash(visit: Visit) -> None:
    visit.expected += ["ERR_FAILED", "ERR_INTERNET_DISCONNECTED"]
    page = written(visit, "Ribbons", "Ribbons are free.")
    page.context.set_offline(True)
    page.locator("#body").fill("Ribbons are free, in red and in gold.")
    expect(page.locator("#kept")).to_contain_text("Not saved: The server cannot be reached")
    page.context.set_offline(False)
    expect(page.locator("#kept")).to_have_text(SAVED)

    page.route("**/api/knowledge/drafts/**", lambda route: route.abort())
    page.locator("#body").fill("Ribbons are free, in red, gold and blue.")
    expect(page.locator("#kept")).to_contain_text("Not saved")
    crashed = page.context.new_page()  # the same browser, opened again
    page.close()
    crashed.goto(at("ribbons"))
    crashed.get_by_role("button", name="Take them up").click()
    expect(crashed.locator("#body")).to_have_value(re.compile("blue"))
    expect(crashed.locator("#kept")).to_have_text(SAVED)


def test_what_is_wrong_is_said_where_it_is(visit: Visit) -> None:
    page = written(visit, "Stickers", "Stickers are free.")
    page.locator("#details summary").click()
    page.get_by_label("Valid from").fill("2027-05-01")
    page.get_by_label("Valid to").fill("2027-04-01")
    finding = page.locator("#findings")
    expect(finding).to_contain_text("would end before it begins")
    finding.get_by_role("button").first.click()
    expect(page.get_by_label("Valid to")).to_be_focused()
    expect(page.locator("#kept")).to_have_text(SAVED)  # a draft may be wrong
    page.locator("#body").focus()
    press(page, "Publish")
    expect(page.locator("#trouble")).to_contain_text("Mend what is named")
    expect(page.get_by_label("Valid to")).to_be_focused()
    page.get_by_label("Valid to").fill("2027-06-01")
    expect(page.locator("#trouble")).to_be_hidden()
    page.get_by_label("Title").fill("Stickers " * 40)  # nothing of it is cut off in silence
    expect(finding).to_contain_text("at most 200 characters")


def test_a_question_is_tried_before_and_after_the_draft(visit: Visit) -> None:
    page = written(visit, "Gift cards", "Gift cards are valid for 5 years and can be used in several orders.")
    page.keyboard.press("Alt+t")
    expect(page.get_by_label("A customer’s question")).to_be_focused()
    page.keyboard.type("How long is a gift card valid?")
    page.keyboard.press("Enter")
    after = page.locator(".pair section").nth(1)
    expect(after.locator("li.this")).to_contain_text("Gift cards")
    expect(page.locator(".pair section").first.locator("li.this")).to_have_count(0)


def test_the_list_is_found_by_keyboard_and_keeps_its_filters(visit: Visit) -> None:
    page = arrived(visit, LIST)
    expect(page.locator("a.open").first).to_be_visible()
    page.keyboard.press("/")
    page.keyboard.type("tracking")
    expect(page.locator("a.open")).to_have_count(1)
    expect(page).to_have_url(re.compile(r"\?q=tracking$"))
    page.reload()
    expect(page.locator("a.open")).to_have_count(1)
    page.keyboard.press("/")
    page.keyboard.press("ArrowDown")
    expect(page.locator("a.open")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("#shown-title")).to_have_text(re.compile("tracking"))
    page.keyboard.press("Control+k")
    page.keyboard.type("return")
    expect(page.locator(".jump-list a").first).to_contain_text("returns")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("/articles/returns$"))
    page.keyboard.press("Escape")
    page.locator("#tab-preview").focus()
    page.keyboard.press("?")
    expect(page.get_by_role("dialog", name="Keys")).to_contain_text("Save now")


@pytest.mark.parametrize("path", [LIST, at("returns", "ar"), at("new"), f"{LIST}/health"])
def test_every_page_fits_a_narrow_phone(visit: Visit, path: str) -> None:
    page = arrived(visit, path, width=360, height=740)
    expect(page.locator("[aria-busy=true]")).to_have_count(0)
    assert page.evaluate(WIDTH) == 360
