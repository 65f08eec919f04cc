"""Words match inside a language, names match everywhere."""

from __future__ import annotations

from knowledge.lexical import Bm25, identifiers, terms


def test_accents_and_case_are_no_difference() -> None:
    assert terms("Größe ÉTÉ") == terms("grosse ete")


def test_chinese_and_thai_become_pairs() -> None:
    assert terms("退货运费") == ["退货", "货运", "运费"]
    assert len(terms("คืนสินค้า")) > 3


def test_names_have_letters_and_digits_but_are_no_quantities_addresses_or_links() -> None:
    text = "My LL-EB200 shows e04, 40cm, 24h, order 1042, mail a1@b2.example, https://x.example/b2b"
    assert identifiers(text) == {"LL-EB200", "E04"}


def test_rare_words_weigh_more_and_coverage_is_a_share() -> None:
    index = Bm25([4, 9], ["the parcel is late", "the refund is late"])
    score, coverage = index.scores("the refund")
    assert score[1] > score[0] > 0
    assert 0 < coverage[0] < coverage[1] == 1.0
    assert list(index.rows) == [4, 9]


def test_an_empty_index_and_an_empty_query_score_nothing() -> None:
    assert Bm25([], []).scores("x")[0].size == 0
    assert not Bm25([0], ["x"]).scores("")[0].any()
