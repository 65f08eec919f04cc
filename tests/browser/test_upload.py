"""Files that knowledge editors choose or drop: drafts are made of them, and what could not be used is named with its cure."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Visit
from tests.browser.knowledge_desk import LIST, arrived, at

pytestmark = pytest.mark.browser
DROP = """async ([name, text]) => {
  const files = new DataTransfer();
  files.items.add(new File([text], name, {type: 'text/markdown'}));
  for (const kind of ['dragenter', 'dragover', 'drop']) window.dispatchEvent(new DragEvent(kind, {dataTransfer: files, bubbles: true, cancelable: true}));
}"""


def test_dropped_files_become_drafts_and_bad_ones_are_named(visit: Visit) -> None:
    page = arrived(visit, LIST)
    expect(page.locator("a.open").first).to_be_visible()
    page.evaluate(DROP, ["bows.md", "---\nid: bows\ntitle: Bows\nlanguage: en\n---\n\nBows are free.\n"])
    page.get_by_role("button", name="Make drafts").click()
    expect(page.locator("#uploaded")).to_contain_text("1 draft made")
    page.evaluate(DROP, ["broken.md", "---\nid: broken\ntitle: [\nlanguage: en\n---\n\nNothing.\n"])
    page.get_by_role("button", name="Make drafts").click()
    expect(page.locator("#uploaded")).to_contain_text("broken.md")
    page.goto(at("bows"))
    expect(page.locator("#body")).to_have_value(re.compile("Bows are free."))


def test_a_table_without_a_language_gets_it_in_the_upload_and_a_large_file_is_not_sent(visit: Visit) -> None:
    page = arrived(visit, LIST)
    sheet = page.get_by_role("dialog", name="Upload articles")
    files = page.get_by_label("Files")
    page.get_by_role("button", name="Upload").click()
    files.set_input_files({"name": "large.pdf", "mimeType": "application/pdf", "buffer": b"x" * (11 * 1024 * 1024)})
    sheet.get_by_role("button", name="Make drafts").click()
    expect(page.get_by_role("alert")).to_contain_text("an upload may have 10 MB")
    expect(sheet).to_be_visible()

    table = b"question,answer\nDo you sell stamps?,We do.\nDo you sell seals?,We do not.\n"
    files.set_input_files({"name": "faq.csv", "mimeType": "text/csv", "buffer": table})
    sheet.get_by_role("button", name="Make drafts").click()
    report = page.locator("#uploaded")
    expect(report).to_contain_text("faq.csv, lines 2, 3: does not say its language")
    report.get_by_role("button", name="Choose their language").click()
    sheet.get_by_label("its language is").select_option("de")
    sheet.get_by_label("it is for").select_option("operator")
    sheet.get_by_role("button", name="Make drafts").click()
    expect(report).to_contain_text("2 drafts made")
    report.get_by_role("link", name="Do you sell stamps?").click()
    expect(page.locator("[name=audience]")).to_have_value("operator")
    assert "lang=de" in page.url
