"""Passages are plain, of one section, and made of quotable sentences in every script."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.article import Article
from knowledge.chunk import TARGET_TOKENS, chunks, tokens
from knowledge.entry import entries
from knowledge.sentences import sentences

BODY = """Cancel free of charge until it is **packed**.

## How to cancel

Open [your orders](https://shop.example/orders) and <b>press</b> *Cancel*.

1. Choose the order
2. Say why

### Afterwards

| EU | UK |
|----|----|
| 34 | 6 |

<script>alert(1)</script>

![picture](x.png)
"""


def test_sections_become_plain_passages_with_their_trail() -> None:
    found = chunks(BODY, "Cancelling", "en")
    assert [(chunk.heading, chunk.text, chunk.position) for chunk in found] == [
        ("", "Cancel free of charge until it is packed.", 0),
        (
            "How to cancel",
            "Open your orders (https://shop.example/orders) and press Cancel.\n1. Choose the order\n2. Say why",
            1,
        ),
        ("How to cancel > Afterwards", "EU: 34; UK: 6", 2),
    ]


def test_long_sections_are_split_between_sentences() -> None:
    text = " ".join(f"Sentence number {number} tells one more thing about returns." for number in range(60))
    found = chunks(text, "T", "en")
    assert len(found) > 3
    assert all(chunk.text.endswith(".") and tokens(chunk.text) <= 1.3 * TARGET_TOKENS for chunk in found)


def test_text_without_any_stop_is_cut_somewhere() -> None:
    found = chunks("a" * 50_000, "T", "en")
    assert max(len(chunk.text) for chunk in found) <= 1800
    assert sum(len(chunk.text) for chunk in found) == 50_000


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("en", "It costs 4.90 EUR. Ask care@shop.example! Really?", 3),
        ("en", "The answer is no. We keep it, e.g. the box, Dr. Who said.", 2),
        ("de", "Am 14. Tag z. B. per Post. Danach nicht mehr.", 2),
        ("es", "¿Dónde está? ¡Aquí! Cuesta 3,5 EUR.", 3),
        ("zh", "您可以取消订单。打包后请退货！好吗？", 3),
        ("ja", "「返品できます。」とのことです。送料は無料です。", 3),
        ("ar", "يمكنك الإلغاء مجانا. هل تريد ذلك؟ نعم.", 3),
        ("ru", "Доставка 3-6 дней, т.е. быстро. Спасибо!", 2),
        ("fr", "C’est gratuit ! Vous avez p. ex. 30 jours.", 2),
        ("en", "1. Choose the order\n2. Say why", 2),
    ],
)
def test_sentences_of_each_script(language: str, text: str, expected: int) -> None:
    assert len(sentences(text, language)) == expected, sentences(text, language)


@given(st.text(max_size=300), st.sampled_from(["en", "de", "zh", "ar"]))
def test_no_word_is_lost_between_sentences(text: str, language: str) -> None:
    assert "".join("".join(sentences(text, language)).split()) == "".join(text.split())


@given(st.text(max_size=500))
def test_any_body_can_be_cut(body: str) -> None:
    assert all(chunk.text.strip() for chunk in chunks(body, "T", "en"))


def test_an_id_is_stable_and_changes_with_text_and_audience() -> None:
    article = Article(id="a", title="T", language="en", body="One.\n\n## Two\n\nTwo.")
    first, second = entries([article])
    assert [entry.id for entry in entries([article])] == [first.id, second.id]
    assert first.id.startswith("a/en/")
    moved = article.model_copy(update={"body": "One.\n\n## New\n\nNew.\n\n## Two\n\nTwo."})
    assert second.id in {entry.id for entry in entries([moved])}
    internal = article.model_copy(update={"audience": "internal"})
    assert not {first.id, second.id} & {entry.id for entry in entries([internal])}
