"""What is exported is what was published: every article of the corpus, and the odd ones."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from knowledge.article import Article, parse
from knowledge.export import markdown, write
from knowledge.sources.folder import FolderSource

CORPUS = Path(__file__).parents[2] / "knowledge" / "corpus"
ODD = [
    Article(id="a", title="yes", language="en", body="---\n\nA rule\n\n---"),
    Article(
        id="b",
        title='Colons: "quotes" #5 \U0001f4a1',
        language="zh",
        source_language="en",
        products=("1.10", "null"),
        body="# x\n\n```\n---\n```",
    ),
    Article(id="c", title="ا: ب", language="ar", markets=("EU", "US"), valid_from=date(2026, 1, 1), second_reader=True, body="..."),
    Article(id="d", title="x" * 200, language="zh-Hant", intents=("a, b", "- c"), owner="@care", audience="internal", body="'"),
]


@pytest.mark.parametrize("article", ODD, ids=lambda article: article.id)
def test_an_odd_article_is_read_back_as_it_was(article: Article) -> None:
    assert parse(markdown(article).encode(), "x.md") == article


def test_the_whole_corpus_goes_out_and_comes_back(tmp_path: Path) -> None:
    articles = FolderSource(CORPUS).read().articles
    write(tmp_path, articles)
    back = FolderSource(tmp_path).read()
    assert not back.problems and set(back.articles) == set(articles) and len(articles) > 100
