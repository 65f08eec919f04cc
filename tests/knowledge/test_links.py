"""Links between articles: broken ones are named with their line, sound ones are left in peace."""

from __future__ import annotations

from typing import Any

import pytest

from knowledge.article import Article
from knowledge.chunk import chunks
from knowledge.links import broken, targets


def article(id_: str, body: str = "Text.", **more: Any) -> Article:
    return Article(id=id_, title=id_, language="en", body=body, **more)


@pytest.mark.parametrize(
    "link", ["https://lumenandloom.example/a?b=1", "mailto:care@lumenandloom.example", "article:returns", "article:returns#how"]
)
def test_sound_links(link: str) -> None:
    assert broken([article("returns"), article("a", f"See [this]({link}).")]) == ()


@pytest.mark.parametrize(
    ("link", "fault"),
    [
        ("article:gone", "line 3: links to gone, which does not exist"),
        ("article:playbook", "line 3: links to playbook, which customers may not see"),
        ("returns.md", "line 3: the link 'returns.md' is neither a web address nor article:id"),
        ("https://nowhere", "line 3: the link 'https://nowhere' is neither a web address nor article:id"),
        ("ftp://files.example/a", "line 3: the link 'ftp://files.example/a' is neither a web address nor article:id"),
    ],
)
def test_broken_links_are_named_with_their_line(link: str, fault: str) -> None:
    articles = [article("a", f"One.\n\nSee [this]({link})."), article("playbook", audience="operator")]
    assert broken(articles) == (f"en/a: {fault}",)


def test_operators_may_be_led_to_operators_articles() -> None:
    assert broken([article("a", "[x](article:b)", audience="operator"), article("b", audience="internal")]) == ()


def test_reference_links_and_autolinks_count() -> None:
    assert targets("A [b][1] and <https://c.example>.\n\n[1]: article:d") == [(1, "article:d"), (1, "https://c.example")]


def test_a_passage_does_not_show_our_own_addresses() -> None:
    (chunk,) = chunks("See [how to return](article:returns) first.", "T", "en")
    assert chunk.text == "See how to return first."
