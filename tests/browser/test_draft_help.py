"""Help with a draft in the page: asked by button or in words, used and undone; thumbs; findings in photos; texts side by side; model calls."""

from __future__ import annotations

import json
from typing import Any

import pytest
from playwright.sync_api import Page, Route, expect

from tests.browser.conftest import Visit
from tests.browser.remedy_desk import CASE, NOW, Answers, at_desk, case
from tests.browser.test_card import OUTSIDE, WIDTH

pytestmark = pytest.mark.browser
PIXEL = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010806000000"
    "1f15c4890000000d49444154789c6360606060000000050001a5f645400000000049454e44ae426082"
)
PHOTO = "f" * 64
FINDING = {
    "photo": PHOTO, "verdict": "defect", "sku": "EAR-110", "recognised": 0.93, "among": "order", "defect": "crack", "severity": "major",
    "confidence": 0.81, "reason": None, "seen": [{"kind": "order", "value": "1045"}], "batch": "VQ-26A", "eye": "few-shot v3",
}  # fmt: skip
MADE = {"brain": "model big, write v1 0123456789ab", "prompts": ["write v1 0123456789ab"]}


def piece(text: str, **more: Any) -> tuple[str, Any]:
    return "piece", {"text": text, "group": 0, "sources": [], "faults": [], "left_out": False, "tag": "", "more": ""} | more


def done(**more: Any) -> tuple[str, Any]:
    return "done", {"kind": "shorter", "language": "en", "text": "", "by": "local", "prompt": "", "note": ""} | more


class Helper:
    """Answers wishes with events, and keeps them."""

    def __init__(self, page: Page, *events: tuple[str, Any], status: int = 200) -> None:
        self.wishes: list[str] = []
        self.events = events
        self.status = status
        page.route("**/api/desk/cases/*/help", self._answer)

    def _answer(self, route: Route) -> None:
        self.wishes.append(route.request.post_data_json["wish"])
        body = "".join(f"event: {name}\ndata: {json.dumps(data)}\n\n" for name, data in self.events)
        route.fulfill(status=self.status, body=body, content_type="text/event-stream")


def opened(visit: Visit, page: Page | None = None, **packet: Any) -> tuple[Page, Answers]:
    page = page or at_desk(visit)
    made = case(**packet)
    made["messages"] = [
        {
            "id": "m1",
            "seq": 1,
            "author": "customer",
            "text": "Kaputt!",
            "at": NOW.isoformat(),
            "photos": [{"id": PHOTO}],
            "sources": [],
            "turn": None,
        },
        {"id": "m2", "seq": 2, "author": "bot", "text": "Danke.", "at": NOW.isoformat(), "photos": [], "sources": [], "turn": "c1:1"},
    ]
    answers = Answers(page, cases=made, written={"messages": {"m2": {"made": MADE, "working": "Thank you."}}})
    page.route("**/api/desk/cases/*/ratings", lambda route: rate(route, answers))
    page.route("**/api/desk/photos/*", lambda route: route.fulfill(body=PIXEL, content_type="image/png"))
    page.goto(f"/desk/cases/{CASE}")
    expect(page.locator("#case")).not_to_have_attribute("aria-busy", "true")
    return page, answers


def rate(route: Route, answers: Answers) -> None:
    """Remembers one thumb, as the service would."""
    ratings: list[Any] = answers.served.setdefault("kept_ratings", [])
    if route.request.method == "POST":
        body = route.request.post_data_json
        answers.posted.append(("ratings", body))
        me = route.request.headers.get("x-test-me", "operator@lumenandloom.example")
        ratings[:] = [] if body["good"] is None else [{"operator": me, "name": "Operator", "at": NOW.isoformat(), **body}]
    route.fulfill(json={"ratings": ratings})


def test_a_wish_by_button_is_used_and_undone(visit: Visit) -> None:
    page, _ = opened(visit)
    help_ = Helper(page, piece("Sorry.", sources=[{"label": "#1045", "href": ""}]), done(text="Sorry.", note="Left out: Thank you."))
    page.get_by_role("button", name="Shorter").click()
    told = page.locator("#told")
    expect(told).to_contain_text("Left out: Thank you.")
    expect(told).to_contain_text("Written by: rules, no model")
    told.get_by_role("button", name="Use it").click()
    expect(page.locator("#reply")).to_have_value("Sorry.")
    expect(page.locator("#edited")).to_be_visible()
    told.get_by_role("button", name="Undo").click()
    expect(page.locator("#reply")).to_have_value("I am sorry.")
    expect(page.locator("#edited")).to_be_hidden()
    expect(told.get_by_role("button", name="Use it")).to_be_focused()
    assert help_.wishes == ["shorter"]


def test_a_wish_in_words_by_keyboard_and_a_language_by_choice(visit: Visit) -> None:
    page, _ = opened(visit)
    link = {"label": "conversation", "href": "/desk/conversations/c9"}
    evil = {"label": "elsewhere", "href": "https://evil.example/"}
    help_ = Helper(page, piece("<b>£12.50</b> back", sources=[link, evil], tag="not kept", more="bot, 2020-01-01"), done(kind="promises"))
    page.keyboard.press("Alt+h")
    expect(page.locator("#wish-text")).to_be_focused()
    page.keyboard.type("what did we promise her")
    page.keyboard.press("Enter")
    told = page.locator("#told")
    expect(told.get_by_role("link", name="conversation")).to_have_attribute("href", link["href"])
    expect(told.get_by_role("link", name="elsewhere")).to_have_count(0)
    expect(told).to_contain_text("<b>£12.50</b> back")
    expect(told.get_by_role("button")).to_have_count(0)
    page.get_by_label("The draft in another language").select_option("French")
    expect(told.get_by_role("heading")).to_have_text("in French")
    assert help_.wishes == ["what did we promise her", "in French"]


def test_faults_are_marked_and_failures_said(visit: Visit) -> None:
    visit.expected.append("429")
    page, _ = opened(visit)
    help_ = Helper(
        page, piece("We pay 99.", faults=["it names no source"], left_out=True), ("failed", {"code": "x", "message": "It broke."})
    )
    page.get_by_role("button", name="Friendlier").click()
    expect(page.locator("#told .faulty")).to_contain_text("left out: it names no source")
    expect(page.locator("#told [role=status]")).to_have_text("It broke.")
    help_.events = (piece("Half"),)
    page.get_by_role("button", name="Friendlier").click()
    expect(page.locator("#told [role=status]")).to_contain_text("The line broke")
    help_.status = 429
    page.get_by_role("button", name="Friendlier").click()
    expect(page.locator("#told [role=status]")).to_contain_text("429")


def test_a_thumb_with_a_note_and_back(visit: Visit) -> None:
    page, answers = opened(visit)
    bad = page.get_by_role("button", name="Bad draft")
    expect(bad).to_have_attribute("aria-pressed", "false")
    bad.click()
    expect(page.get_by_role("button", name="Bad draft")).to_have_attribute("aria-pressed", "true")
    note = page.get_by_label("What is good or bad about it")
    note.fill("too stiff")
    note.press("Tab")
    page.get_by_role("button", name="Bad draft").click()
    expect(page.get_by_role("button", name="Bad draft")).to_have_attribute("aria-pressed", "false")
    expect(note).to_have_count(0)
    assert [body["note"] for _, body in answers.posted] == ["", "too stiff", ""]
    assert [body["good"] for _, body in answers.posted] == [False, False, None]


def test_photos_say_what_was_found_and_texts_stand_side_by_side(visit: Visit) -> None:
    draft = {"claims": [{"text": "Es tut mir leid.", "evidence": [], "values": [], "group": 0}], **MADE}
    draft["source"] = {"claims": [{"text": "I am sorry.", "evidence": [], "values": [], "group": 0}]}
    page, _ = opened(visit, language="de", original="Kaputt!", working="Broken!", diagnoses=[FINDING], draft=draft)
    found = page.locator(".finding")
    for words in ("crack", "major", "81 % sure", "EAR-110", "93 %", "VQ-26A", "order 1045", "few-shot v3"):
        expect(found).to_contain_text(words)
    expect(page.locator("#translation .both")).to_contain_text("Broken!")
    expect(page.locator("[data-message=m2] .working")).to_have_text("Thank you.")
    expect(page.locator("[data-message=m2] .made")).to_contain_text("write v1 0123456789ab")
    expect(page.locator("#claims .working")).to_have_text("I am sorry.")
    expect(page.locator("#written")).to_contain_text("model big, write v1 0123456789ab")


def test_a_finding_that_cannot_be_told_says_why(visit: Visit) -> None:
    blurred = FINDING | {
        "verdict": "cannot_tell",
        "reason": "blurred",
        "sku": None,
        "defect": None,
        "severity": None,
        "seen": [],
        "batch": None,
    }
    page, _ = opened(visit, diagnoses=[blurred])
    expect(page.locator(".finding")).to_contain_text("cannot tell blurred")
    expect(page.locator(".finding")).to_contain_text("not recognised")


def test_the_conversation_page_sums_the_calls_of_a_turn(visit: Visit) -> None:
    page = at_desk(visit)
    call = {
        "step": "triage",
        "size": "small",
        "model": "tiny",
        "prompt": "triage v2 0a",
        "outcome": "ok",
        "tokens_in": 1200,
        "tokens_out": 80,
    }
    calls = [call | {"cost": 760, "ms": 410}, call | {"step": "write", "outcome": "Timeout", "cost": 1240, "ms": 8000}]
    turn = {"turn": "c1:1", "outcome": "handoff", "desk": "operator", "reasons": [], "created_at": NOW.isoformat()}
    turn["detail"] = {"model": calls, "writer": MADE, "diagnoses": [FINDING]}
    said = {"id": "m2", "seq": 2, "author": "bot", "text": "Danke.", "at": NOW.isoformat(), "photos": [], "sources": [], "turn": "c1:1"}
    whole = {"id": "c1", "owner": "bot", "language": "de", "market": "DE", "channel": "web", "messages": [said], "turns": [turn]}
    Answers(page, c1=whole, written={"messages": {"m2": {"made": MADE, "working": "Thank you."}}})
    page.goto("/desk/conversations/c1")
    page.locator(".why summary").first.click()
    summary = page.get_by_text("2 calls, €0.002")
    summary.click()
    expect(page.locator(".calls tbody tr")).to_have_count(2)
    expect(page.locator(".calls")).to_contain_text("1,200 / 80")
    expect(page.locator(".working")).to_have_text("Thank you.")


@pytest.mark.parametrize("dark", [False, True])
def test_the_help_box_fits_a_narrow_phone(visit: Visit, dark: bool) -> None:
    page = at_desk(visit)
    page.set_viewport_size({"width": 390, "height": 800})
    if dark:
        page.get_by_role("button", name="Light or dark").click()
    opened(visit, page, language="ar", original="مكسور!", working="Broken!", diagnoses=[FINDING])
    Helper(page, piece("مرحبا جون، رقم الطلب #1045 " * 8, faults=["x" * 80]), done(text="مرحبا", language="ar"))
    page.get_by_role("button", name="Shorter").click()
    expect(page.get_by_role("button", name="Use it")).to_be_visible()
    assert page.evaluate(WIDTH) == 390
    assert page.evaluate(OUTSIDE) == []
