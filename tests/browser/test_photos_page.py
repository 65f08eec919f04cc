"""The editors' page of photos: examples are added, learned with progress, judged in a table, and removed; narrow, dark, by keyboard."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Page, expect

from agent.commerce.demo.damage.snap import jpeg, snap
from agent.domain.diagnosis import Defect, Severity
from tests.browser.conftest import Visit
from tests.browser.knowledge_desk import arrived

pytestmark = pytest.mark.browser
PAGE = "/desk/photos?category=audio"


def opened(visit: Visit, width: int = 1440) -> Page:
    page = arrived(visit, PAGE, width=width)
    expect(page.locator("#photos")).to_have_attribute("aria-busy", "false")
    return page


def drawn(folder: Path, sku: str, defect: Defect, count: int = 5) -> list[Path]:
    files = [folder / f"{sku}-{defect.value}-{seed}.jpg" for seed in range(count)]
    for seed, file in enumerate(files):
        file.write_bytes(jpeg(snap(sku, defect, seed, Severity.MAJOR)))
    return files


def add(page: Page, sku: str, defect: Defect, files: list[Path]) -> None:
    page.get_by_label("Product").fill(sku)
    page.get_by_label("What the photos show").select_option(defect.value)
    page.locator("#files").set_input_files(files)
    page.get_by_role("button", name="Add as examples").click()
    expect(page.locator("#sent")).to_contain_text(f"{len(files)} examples added")


def test_examples_are_added_learned_and_judged(visit: Visit, tmp_path: Path) -> None:
    page = opened(visit)
    expect(page.locator("#check")).to_contain_text("There are no examples yet")
    page.get_by_role("button", name="Learn and check").click()
    visit.expected.append("422")
    expect(page.locator("#trouble")).to_contain_text("nothing to tell apart")

    for sku in ("SPK-300", "HPH-200"):
        for defect in (Defect.NONE, Defect.TORN_PACKAGING):
            add(page, sku, defect, drawn(tmp_path, sku, defect))
    expect(page.locator("#count")).to_contain_text("20 examples")
    expect(page.locator("#gallery img")).to_have_count(20)
    page.get_by_role("button", name="Learn and check").click()
    expect(page.locator("#notice")).to_contain_text("Learned")
    row = page.get_by_role("row", name=re.compile("torn packaging"))
    expect(row).to_contain_text("10 / 2")
    expect(row.locator(".tag")).to_have_text(re.compile("^(on|off)$"))

    page.get_by_role("button", name="Remove: torn packaging, SPK-300").first.click()
    page.get_by_role("dialog").get_by_role("button", name="Remove").click()
    expect(page.locator("#gallery img")).to_have_count(19)
    expect(page.locator("#check")).to_contain_text("Learn again")


def test_what_cannot_be_used_is_named_and_the_rest_is_kept(visit: Visit, tmp_path: Path) -> None:
    visit.expected += ["415", "422"]
    page = opened(visit)
    before = page.locator("#gallery img").count()
    page.get_by_role("button", name="Add as examples").click()
    expect(page.locator("#sent")).to_contain_text("Choose one photo or more")
    broken, dark = tmp_path / "page.jpg", tmp_path / "night.png"
    broken.write_bytes(b"<html>")
    Image.new("RGB", (400, 300), (9, 9, 9)).save(dark)
    page.locator("#files").set_input_files([broken, dark, *drawn(tmp_path, "EAR-110", Defect.CRACK, 1)])
    page.get_by_label("Product").fill("no such thing at all")
    page.get_by_role("button", name="Add as examples").click()
    expect(page.locator("#sent")).to_contain_text("Choose a product of the catalogue")
    page.get_by_label("Product").fill("EAR-110")
    page.get_by_label("What the photos show").select_option("crack")
    page.get_by_role("button", name="Add as examples").click()
    expect(page.locator("#sent")).to_contain_text("1 example added")
    expect(page.locator("#sent")).to_contain_text("page.jpg: The file is not a photo")
    expect(page.locator("#sent")).to_contain_text("night.png: The photo is too dark to learn from. Take it by daylight")
    expect(page.locator("#gallery img")).to_have_count(before + 1)


def test_a_catalogue_picture_is_added_on_a_narrow_dark_screen_by_keyboard(visit: Visit, tmp_path: Path) -> None:
    page = opened(visit, width=390)
    page.locator("[data-theme-toggle]").click()
    shelf = page.locator("#shelf img")
    before = shelf.count()
    assert before >= 7
    page.get_by_label("Product").fill("EAR-120")
    page.locator("#files").set_input_files(drawn(tmp_path, "EAR-120", Defect.NONE, 1))
    page.get_by_role("button", name="Add as catalogue pictures").focus()
    page.keyboard.press("Enter")
    expect(page.locator("#sent")).to_contain_text("1 catalogue picture added")
    expect(shelf).to_have_count(before + 1)
    wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert wide <= 0, f"the page is {wide} px wider than its window"
