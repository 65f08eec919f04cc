"""Words match inside a language, names match everywhere."""

from __future__ import annotations

import pytest

from knowledge.lexical import WordIndex, identifiers, terms


def test_accents_and_case_are_no_difference() -> None:
    assert terms("Größe ÉTÉ") == terms("grosse ete")


def test_chinese_and_thai_become_pairs() -> None:
    assert terms("退货运费") == ["退货", "货运", "运费"]
    assert len(terms("คืนสินค้า")) > 3


def test_names_have_letters_and_digits_but_are_no_quantities_addresses_or_links() -> None:
    text = "My LL-EB200 shows e04, 40cm, 24h, order 1042, mail a1@b2.example, https://x.example/b2b"
    assert identifiers(text) == {"LL-EB200", "E04"}


def test_endings_are_half_a_difference() -> None:
    assert set(terms("посылка")) & set(terms("посылки")) == {"посыл*"}


def test_rare_words_weigh_more_and_coverage_is_a_share() -> None:
    index = WordIndex([4, 9], ["the parcel is late", "the refund is late"])
    coverage = index.coverage("the refund")
    assert 0 < coverage[0] < 0.5 < coverage[1]
    assert coverage[1] == pytest.approx(1.0)
    assert list(index.rows) == [4, 9]


def test_an_empty_index_and_an_empty_query_cover_nothing() -> None:
    assert WordIndex([], []).coverage("x").size == 0
    assert not WordIndex([0], ["x"]).coverage("").any()
