"""The health of the knowledge base in words that an editor understands."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Visit
from tests.browser.knowledge_desk import LIST, arrived, at

pytestmark = pytest.mark.browser
REPORT = {
    "warnings": ["ar/returns: numbers differ from en: lacks 60; adds 30"],
    "affected": [
        """worse: "I'd like a refund" finds returns (not sure), before refunds""",
        "better: 'Wo ist \\'mein\\' Paket?' finds tracking-words, before nothing",
        "and 3 more",
    ],
    "held": {"en/returns": "abc"},
    "added": 1,
    "removed": 0,
    "seconds": 1.0,
}


def test_health_says_in_plain_words_what_a_sync_found(visit: Visit) -> None:
    page = arrived(visit, LIST)
    page.route("**/api/knowledge/health", lambda route: route.fulfill(json=route.fetch().json() | {"report": REPORT}))
    page.goto(f"{LIST}/health")
    checks = page.locator("#checks")
    expect(checks).to_contain_text("returns, Arabic: numbers differ from English")
    expect(checks.get_by_role("link", name="returns, Arabic")).to_have_attribute("href", at("returns", "ar"))
    expect(checks).to_contain_text("1 worse")
    expect(checks).to_contain_text("“I'd like a refund”now finds returns (not sure), before refunds")
    expect(checks).to_contain_text("“Wo ist 'mein' Paket?”now finds tracking-words, before nothing")
    expect(checks).to_contain_text("and 3 more")
    expect(page.locator("#active")).to_contain_text("Held back since a reviewer went back")
