"""What an editor should look at in a draft although it may be published: dates, figures, links, HTML."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from markdown_it import MarkdownIt

from knowledge.article import Article
from knowledge.checks import warnings
from knowledge.editorial.catalogue import Catalogue
from knowledge.links import SCHEME, broken, targets

_MARKDOWN = MarkdownIt("commonmark", {"maxNesting": 20}).enable("table")


def advice(article: Article, source: Article | None, catalogue: Catalogue, today: date) -> list[str]:
    """One sentence each. `source`: the text that it is a translation of."""
    compared = [article] + ([source] if source else [])
    said = [*warnings(compared, today), *broken([article, *_linked(article, catalogue)])]
    return [*_about(article, said), *_markup(article.body)]


def _about(article: Article, sentences: Iterable[str]) -> Iterator[str]:
    name = f"{article.language}/{article.id}: "
    for sentence in sentences:
        if sentence.startswith(name):
            rest = sentence.removeprefix(name)
            yield rest[:1].upper() + rest[1:]


def _linked(article: Article, catalogue: Catalogue) -> Iterator[Article]:
    wanted = {target.removeprefix(SCHEME).partition("#")[0] for _, target in targets(article.body) if target.startswith(SCHEME)}
    for id_ in wanted - {article.id}:
        yield from (shown.article for shown in catalogue.articles.get(id_, {}).values())


def _markup(body: str) -> Iterator[str]:
    """HTML is neither shown nor found by a search."""
    if "<" not in body:
        return
    for block in _MARKDOWN.parse(body):
        within = block.type == "html_block" or any(token.type == "html_inline" for token in block.children or ())
        if within and block.map:
            yield f"Line {block.map[0] + 1}: HTML is not shown; write Markdown"
