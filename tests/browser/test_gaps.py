"""The page of gaps: what customers miss, one click to a draft, dismissing and taking back, by mouse and by keyboard."""

from __future__ import annotations

import asyncio
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import numpy as np
import pytest
from playwright.sync_api import Page, StorageState, expect
from sqlalchemy import delete, insert
from sqlalchemy.ext.asyncio import AsyncConnection

from agent.store.engine import make_engine
from knowledge.gaps import book
from knowledge.gaps.reading import Asked, Kind
from knowledge.gaps.tables import gap, proposal
from tests.browser.conftest import FIRST, Service, Visit

pytestmark = pytest.mark.browser
PAGE = "/desk/knowledge/gaps"
READER = "gaps-reader@lumenandloom.example"
NOW = datetime.now(UTC)
_sessions: dict[str, StorageState] = {}


def question(number: int, text: str, language: str, kind: Kind = "unanswered") -> Asked:
    return Asked(id=f"browser-{number}", text=text, language=language, kind=kind, at=NOW - timedelta(hours=number * 7))


GIFTS = [
    question(1, "Can I have my gift wrapped?", "en"),
    question(2, "Verpackt ihr Geschenke?", "de"),
    question(3, "هل تغلفون الهدايا؟", "ar"),
    question(4, "Do you offer gift wrapping?", "en", "bad"),
]
ENGRAVING = [question(5, "Graviert ihr Namen in die Lampe?", "de")]
ANSWER = "Any trailing-edge dimmer works with the Kolibri lamp.\n\nPlease use a bulb that is marked as dimmable."


async def _fill(url: str) -> None:
    engine = make_engine(url, pool=1)
    async with engine.begin() as connection:
        await connection.execute(delete(gap))
        await connection.execute(delete(proposal))
        vectors = np.eye(2, dtype=np.float32)[[0, 0, 0, 0, 1]]
        await book.record(connection, [*GIFTS, *ENGRAVING], vectors, "browser")
        await _propose(connection)
    await engine.dispose()


async def _propose(connection: AsyncConnection) -> None:
    row = {"id": "browser-case", "question": "Can the lamp be dimmed?", "answer": ANSWER, "language": "en", "intents": ["product_question"]}
    seen = {"vector": b"", "times": 3, "similar": "returns", "similarity": 0.31, "at": NOW - timedelta(days=2)}
    await connection.execute(insert(proposal).values(row | seen))


@pytest.fixture
def books(service: Service) -> None:
    """Two gaps and a proposal, as if the hourly job had found them."""
    with ThreadPoolExecutor(1) as elsewhere:  # Playwright keeps an event loop in this thread
        elsewhere.submit(asyncio.run, _fill(service.database)).result()


def arrived(visit: Visit, path: str = PAGE, email: str = FIRST, width: int = 1280, **context: object) -> Page:
    """Signed in once and remembered: more often than ten times a minute would be refused."""
    if email not in _sessions:
        if email != FIRST:
            visit.service.hire(email, "Reader")
        _sessions[email] = visit.desk(email).context.storage_state()
    page = visit.page(path, width=width, storage_state=_sessions[email], **context)  # pyright: ignore[reportArgumentType]
    expect(page.locator("#gaps")).not_to_have_attribute("aria-busy", "true")
    return page


@pytest.mark.usefixtures("books")
def test_the_gap_of_most_customers_comes_first_and_becomes_a_draft_by_one_click(visit: Visit) -> None:
    page = arrived(visit)
    expect(page.locator("#count")).to_have_text("2 gaps")
    first = page.locator("#list-gaps .card-row").first
    expect(first.locator(".asked")).to_contain_text("4")
    expect(first).to_contain_text("English 2")
    expect(first).to_contain_text("3 unanswered")
    expect(first).to_contain_text("1 answered badly")
    first.locator("summary").click()
    expect(first.locator("details q[lang=ar]")).to_have_attribute("dir", "rtl")
    first.get_by_role("button", name="Write the article").click()
    page.wait_for_url("**/desk/knowledge/articles/**")
    expect(page.locator("#editor")).not_to_have_attribute("aria-busy", "true")
    expect(page.get_by_label("Title")).to_have_value("Can I have my gift wrapped?")

    page = arrived(visit)
    expect(page.locator("#count")).to_have_text("1 gap")
    page.get_by_label("Show").select_option("drafted")
    expect(page.get_by_role("link", name="Open the draft")).to_be_visible()


@pytest.mark.usefixtures("books")
def test_a_dismissal_is_taken_back_by_a_key(visit: Visit) -> None:
    page = arrived(visit)
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    expect(page.locator("#list-gaps .card-row").nth(1)).to_be_focused()
    page.keyboard.press("x")
    expect(page.locator("#notice")).to_contain_text("Dismissed: Graviert")
    expect(page.locator("#list-gaps .card-row")).to_have_count(1)
    page.keyboard.press("u")
    expect(page.locator("#list-gaps .card-row")).to_have_count(2)
    expect(page.locator("#list-gaps .card-row").nth(1)).to_be_focused()
    expect(page.locator("#notice")).to_be_hidden()


@pytest.mark.usefixtures("books")
def test_an_operators_answer_becomes_a_draft_with_its_text(visit: Visit) -> None:
    page = arrived(visit)
    page.keyboard.press("2")
    expect(page.get_by_role("tab", name="Proposals")).to_have_attribute("aria-selected", "true")
    card = page.locator("#list-proposals .card-row")
    expect(card).to_contain_text("31% alike")
    card.focus()
    page.keyboard.press("d")
    page.wait_for_url("**/desk/knowledge/articles/**")
    expect(page.locator("#body")).to_have_value(ANSWER)


@pytest.mark.usefixtures("books")
def test_stale_articles_are_listed_and_the_address_keeps_the_list(visit: Visit) -> None:
    page = arrived(visit, f"{PAGE}#stale")
    expect(page.get_by_role("tab", name="Stale and unused")).to_have_attribute("aria-selected", "true")
    expect(page.locator("#list-stale tr").first).to_be_visible()
    expect(page.get_by_label("Show")).to_be_hidden()


@pytest.mark.usefixtures("books")
def test_an_operator_reads_and_a_telephone_has_room(visit: Visit) -> None:
    page = arrived(visit, email=READER, width=390, color_scheme="dark")
    expect(page.locator("#list-gaps .card-row")).to_have_count(2)
    expect(page.get_by_role("button", name="Write the article")).to_have_count(0)
    expect(page.get_by_role("button", name="Dismiss")).to_have_count(0)
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
