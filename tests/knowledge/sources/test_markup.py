"""Raw HTML goes, text stays: whatever is hidden in Markdown can not become a tag again."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from knowledge.article import Article, Problem
from knowledge.sources.markup import all_plain, plain, without_html
from knowledge.sources.source import Loaded


@pytest.mark.parametrize(
    ("given_text", "left"),
    [
        ("Send it <b>back</b> within 30 days.", "Send it back within 30 days."),
        ("before<script>alert(1)</script>after", "beforeafter"),
        ("<SCRIPT src=x>1</SCRIPT >kept", "kept"),
        ("<scr<script>x</script>ipt>alert(1)</script>", "\\<script>alert(1)"),
        ("one<br>two", "one\ntwo"),
        ("a < b and 2 <3", "a < b and 2 <3"),
        ("<!-- note -->text", "text"),
        ("<!-- never closed", "\\<!-- never closed"),
        ("<https://lumenandloom.example/x> <care@lumenandloom.example>", "<https://lumenandloom.example/x> <care@lumenandloom.example>"),
        ("size <M> or <x-y onclick=1>", "size \\<M> or \\<x-y onclick=1>"),
        ("[go](javascript:alert(1)) [ok](https://a.example)", "[go](#)) [ok](https://a.example)"),
        ("already \\<script> escaped", "already \\<script> escaped"),
        ("\\\\<script>x</script>y", "\\\\y"),
        ("<script>without an end", "without an end"),
        ("<?php x ?>", "\\<?php x ?>"),
    ],
)
def test_without_html(given_text: str, left: str) -> None:
    assert without_html(given_text) == left


@given(st.text(alphabet="<>/!-\\`abscriptimgon =\"' \n&;:", max_size=80))
def test_no_html_is_left_for_a_markdown_reader(text: str) -> None:
    tokens = MarkdownIt("commonmark").parse(without_html(text))
    kinds = {child.type for token in tokens for child in [token, *(token.children or [])]}
    assert kinds & {"html_block", "html_inline"} == set()


@pytest.mark.parametrize("piece", ["<!--", "<script>", "<script ", "<a ", "<", "</script", "<x ", "](", "]: "])
def test_many_openings_take_no_quadratic_time(piece: str) -> None:
    started = time.process_time()
    without_html(piece * (1_000_000 // len(piece)))
    assert time.process_time() - started < 15


@pytest.mark.parametrize("opening", ["](", "](<", "]:"])
def test_blanks_before_a_link_take_no_quadratic_time(opening: str) -> None:
    started = time.process_time()
    without_html(opening + " " * 900_000)
    assert time.process_time() - started < 5
    assert "javascript" not in without_html(f"[a{opening}  javascript:alert(1))")


def test_an_article_of_nothing_but_a_script_is_a_problem() -> None:
    article = Article(id="a", title="A", language="en", body="<script>alert(1)</script>")
    made = plain(article, "en/a.md")
    assert isinstance(made, Problem)
    assert "script" in made.message
    good = article.model_copy(update={"body": "<p>Fine.</p>"})
    loaded = all_plain(Loaded((article, good)))
    assert [found.body for found in loaded.articles] == ["Fine."]
    assert len(loaded.problems) == 1
