"""The knowledge desk's pages, signed in."""

from __future__ import annotations

from playwright.sync_api import Page, StorageState, expect

from tests.browser.conftest import FIRST, Visit

LIST = "/desk/knowledge"
READER = "reader@lumenandloom.example"
_sessions: dict[tuple[str, str], StorageState] = {}


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
