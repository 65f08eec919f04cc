"""Markdown becomes HTML that is safe to show: the one renderer of preview, history and the customers' pages."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

import nh3
from markdown_it import MarkdownIt
from markdown_it.common.utils import escapeHtml
from markdown_it.token import Token

from knowledge.links import SCHEME

_ARTICLE = re.compile(r"[a-z0-9][a-z0-9-]{0,79}(#[\w-]*)?")
_TAGS = {
    *("a", "p", "br", "hr", "strong", "em", "code", "pre", "blockquote", "h1", "h2", "h3", "h4", "h5", "h6"),
    *("ul", "ol", "li", "table", "thead", "tbody", "tr", "th", "td"),
}


def _image(tokens: Sequence[Token], place: int, *_: Any) -> str:
    """A picture would be fetched from anywhere; its description stays."""
    return escapeHtml(tokens[place].content)


_MARKDOWN = MarkdownIt("commonmark", {"html": False, "maxNesting": 20}).enable("table")
_MARKDOWN.renderer.rules["image"] = _image  # type: ignore[attr-defined]


def render(body: str, articles: str = "/faq/") -> str:
    """Safe HTML. Links to `article:id` lead to `articles` + id; others may be http, https, mailto or relative."""
    parsed = _MARKDOWN.parse(body)
    for link in (inner for token in parsed for inner in token.children or () if inner.type == "link_open"):
        link.attrs["href"] = _address(str(link.attrs.get("href", "")), articles)
    raw = _MARKDOWN.renderer.render(parsed, _MARKDOWN.options, {})
    return nh3.clean(
        raw,
        tags=_TAGS,
        attributes={"a": {"href", "title"}, "ol": {"start"}},
        url_schemes={"http", "https", "mailto"},
        link_rel="noopener noreferrer",
    )


def _address(target: str, articles: str) -> str:
    wanted = target.removeprefix(SCHEME)
    return articles + wanted if wanted != target and _ARTICLE.fullmatch(wanted) else target
