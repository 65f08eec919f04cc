"""Facts are found in every script and form, and not in their neighbours."""

import pytest

from eval.facts import BadFact, parse, states


@pytest.mark.parametrize(
    ("text", "fact"),
    [
        ("Versand kostet 4,90 EUR", "number:4.90"),
        ("Standard costs EUR 4.90.", "number:4.90"),
        ("free from €50.", "number:50"),
        ("1.234,00 € oder 1,234.00", "number:1234"),
        ("التوصيل خلال ٣ إلى ٦ أيام", "number:6"),
        ("在5至10个工作日", "number:10"),
        ("am 22. Mai 2026", "date:2026-05-22"),
        ("٢٢ مايو ٢٠٢٦", "date:2026-05-22"),
        ("2026年5月22日", "date:2026-05-22"),
        ("до 22 мая 2026 г.", "date:2026-05-22"),
        ("Sendungsnummer KL874769129NL:", "text:kl874769129nl"),
    ],
)
def test_a_fact_is_found(text: str, fact: str) -> None:
    assert states(text, parse(fact))


@pytest.mark.parametrize(
    ("text", "fact"),
    [
        ("costs 12.90", "number:2.90"),
        ("costs 12.90", "number:12"),
        ("130 days", "number:30"),
        ("on 12 May 2026", "date:2026-05-02"),
        ("on 22 May 2026", "date:2026-05-02"),
        ("on 22 June 2026", "date:2026-05-22"),
    ],
)
def test_a_neighbour_is_not_taken_for_it(text: str, fact: str) -> None:
    assert not states(text, parse(fact))


@pytest.mark.parametrize("raw", ["number:many", "date:soon", "mood:good", "text:", "nothing"])
def test_a_fact_that_cannot_be_looked_for_is_refused_with_its_cure(raw: str) -> None:
    with pytest.raises(BadFact, match="writ"):
        parse(raw)
