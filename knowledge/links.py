"""Links in articles: to another article by `article:id`, or to the web; anything else is worth a warning."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from urllib.parse import urlsplit

from markdown_it import MarkdownIt
from markdown_it.token import Token

from knowledge.article import Article

SCHEME = "article:"
_MARKDOWN = MarkdownIt("commonmark", {"maxNesting": 20}).enable("table")
_LINK = re.compile(r"\]\(|\]\[|\]:|<[a-z]+:", re.IGNORECASE)


def targets(body: str) -> list[tuple[int, str]]:
    """The targets of all links, each with the line of the block it stands in, counted from 1."""
    if not _LINK.search(body):  # most articles have none, and parsing is what takes the time
        return []
    return [found for token in _MARKDOWN.parse(body) for found in _of(token)]


def _of(block: Token) -> Iterator[tuple[int, str]]:
    line = block.map[0] + 1 if block.map else 1
    for token in block.children or ():
        if token.type == "link_open":
            yield line, str(token.attrs.get("href", ""))


def broken(articles: Sequence[Article]) -> tuple[str, ...]:
    """One sentence a link that leads nowhere, in a fixed order."""
    known = {article.id for article in articles}
    public = {article.id for article in articles if article.audience == "customer"}
    found = [
        f"{article.language}/{article.id}: line {line}: {fault}"
        for article in articles
        for line, target in targets(article.body)
        if (fault := _fault(target, known if article.audience != "customer" else public, known))
    ]
    return tuple(sorted(found))


def _fault(target: str, reachable: set[str], known: set[str]) -> str:
    if target.startswith(SCHEME):
        wanted = target.removeprefix(SCHEME).partition("#")[0]
        if wanted in reachable:
            return ""
        return f"links to {wanted}, which customers may not see" if wanted in known else f"links to {wanted}, which does not exist"
    try:
        parts = urlsplit(target)
        if parts.scheme == "mailto" and "@" in parts.path:
            return ""
        if parts.scheme in ("http", "https") and "." in (parts.hostname or ""):
            return ""
    except ValueError:
        pass
    return f"the link {target[:80]!r} is neither a web address nor article:id"
