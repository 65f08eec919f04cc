"""Nothing an article says becomes anything but text, lists, tables and safe links."""

from __future__ import annotations

from html.parser import HTMLParser

import pytest

from knowledge.markup import render


class Shown(HTMLParser):
    """The tags that a browser would see, each with its attributes."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str]]] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, {name: value or "" for name, value in attrs}))


def test_markdown_becomes_html() -> None:
    shown = render("## Sizes\n\n**Bold** and `code`\n\n3. three\n4. four\n\n| a | b |\n|---|:-:|\n| 1 | 2 |\n")
    assert "<h2>Sizes</h2>" in shown and "<strong>Bold</strong>" in shown and '<ol start="3">' in shown
    assert "<td>1</td>" in shown and "style" not in shown


@pytest.mark.parametrize(
    "body",
    [
        "<script>alert(1)</script>",
        '<img src=x onerror="alert(1)">',
        "[x](javascript:alert(1))",
        "[x](JaVaScRiPt:alert(1))",
        "[x](data:text/html,<script>)",
        "[x](vbscript:x)",
        '[x](https://a.example "\\" onmouseover=\\"alert(1)")',
        "![x](https://tracker.example/pixel.png)",
        '![" onerror="alert(1)](x)',
        "[x]: javascript:alert(1)\n\n[x]",
        '[x](article:a" onclick="b)',
        "<javascript:alert(1)>",
        "> " * 500 + "deep",
        "<style>body{display:none}</style><iframe src=//x></iframe><form action=//x>",
    ],
)
def test_nothing_can_run_or_be_fetched(body: str) -> None:
    shown = Shown(render(body))
    assert {tag for tag, _ in shown.tags} <= {"p", "a", "blockquote"}
    assert {name for _, names in shown.tags for name in names} <= {"href", "title", "rel"}
    assert all(names.get("href", "/").startswith(("https:", "/")) for _, names in shown.tags)


def test_links_say_little_about_where_the_reader_comes_from_and_find_other_articles() -> None:
    assert 'rel="noopener noreferrer"' in render("[x](https://a.example)")
    assert 'href="/faq/returns-eu#when"' in render("[x](article:returns-eu#when)")
    assert 'href="/desk/knowledge/articles/returns-eu"' in render("[x](article:returns-eu)", "/desk/knowledge/articles/")
    assert 'href="mailto:care@a.example"' in render("[x](mailto:care@a.example)")


def test_a_picture_is_told_by_its_description() -> None:
    assert render("![A <b>lamp</b> & bulb](https://a.example/l.png)") == "<p>A &lt;b&gt;lamp&lt;/b&gt; &amp; bulb</p>\n"
