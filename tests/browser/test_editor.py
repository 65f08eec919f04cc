"""What knowledge editors see: writing, saving by itself, two at one draft, review, publishing, history, the keyboard, files."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, StorageState, expect

from tests.browser.conftest import FIRST, Visit

pytestmark = pytest.mark.browser
LIST = "/desk/knowledge"
WRITER = "writer@lumenandloom.example"
READER = "reader@lumenandloom.example"
_sessions: dict[tuple[str, str], StorageState] = {}
WIDTH = "document.documentElement.scrollWidth"
SAVED = re.compile("^Saved")
DROP = """async ([name, text]) => {
  const files = new DataTransfer();
  files.items.add(new File([text], name, {type: 'text/markdown'}));
  for (const kind of ['dragenter', 'dragover', 'drop']) window.dispatchEvent(new DragEvent(kind, {dataTransfer: files, bubbles: true, cancelable: true}));
}"""


def at(article: str, language: str = "en") -> str:
    return f"{LIST}/articles/{article}?lang={language}"


def opened(visit: Visit, path: str, email: str = FIRST) -> Page:
    """An editor's page, signed in and ready."""
    page = arrived(visit, path, email)
    expect(page.locator("#editor")).not_to_have_attribute("aria-busy", "true")
    return page


def arrived(visit: Visit, path: str, email: str = FIRST, width: int = 1440, height: int = 900) -> Page:
    """Signed in once and remembered: more often than ten times a minute would be refused."""
    if (visit.service.url, email) not in _sessions:
        if email != FIRST:
            visit.service.hire(email, email.partition("@")[0].title(), "reviewer" if email == READER else "editor")
        _sessions[visit.service.url, email] = visit.desk(email, LIST).context.storage_state()
    return visit.page(path, width, height, storage_state=_sessions[visit.service.url, email])


def written(visit: Visit, title: str, text: str, email: str = FIRST) -> Page:
    """A new article, saved by itself."""
    page = opened(visit, at("new"), email)
    page.get_by_label("Title").fill(title)
    page.locator("#body").fill(text)
    expect(page.locator("#kept")).to_have_text(SAVED)
    return page


def carry_out(page: Page, step: str) -> None:
    """Press a button of the bar, and say yes."""
    page.locator("#actions").get_by_role("button", name=step).click()
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
    carry_out(page, "Send to review")
    expect(page.locator("#badges")).to_contain_text("in review")

    reader = opened(visit, at("crisis-words"), READER)
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
    carry_out(page, "Publish")
    expect(page.locator("#notice")).to_contain_text("is published")

    page.get_by_role("button", name="Arabic").click()
    expect(page.locator(".changes ins").first).to_have_text("31")
    expect(page.get_by_role("button", name="Arabic")).to_have_attribute("data-outdated", "")


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
    visit.expected.append("422")
    expect(page.locator("#kept")).to_have_text(SAVED)  # a draft may be wrong
    carry_out(page, "Publish")
    expect(page.locator("#trouble")).to_contain_text("not fit")


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


def test_dropped_files_become_drafts_and_bad_ones_are_named(visit: Visit) -> None:
    page = arrived(visit, LIST)
    expect(page.locator("a.open").first).to_be_visible()
    page.evaluate(DROP, ["bows.md", "---\nid: bows\ntitle: Bows\nlanguage: en\n---\n\nBows are free.\n"])
    expect(page.locator("#uploaded")).to_contain_text("1 draft made")
    page.evaluate(DROP, ["broken.md", "---\nid: broken\ntitle: [\nlanguage: en\n---\n\nNothing.\n"])
    expect(page.locator("#uploaded")).to_contain_text(re.compile(r"broken\.md:\d"))
    page.goto(at("bows"))
    expect(page.locator("#body")).to_have_value(re.compile("Bows are free."))


@pytest.mark.parametrize("path", [LIST, at("returns", "ar"), at("new"), f"{LIST}/health"])
def test_every_page_fits_a_narrow_phone(visit: Visit, path: str) -> None:
    page = arrived(visit, path, width=360, height=740)
    expect(page.locator("[aria-busy=true]")).to_have_count(0)
    assert page.evaluate(WIDTH) == 360
