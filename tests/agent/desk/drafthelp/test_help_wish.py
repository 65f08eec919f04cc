"""An operator's wish is read by rules, in their own words."""

import pytest

from agent.desk.help.lines import Spoken, figures, read
from agent.desk.help.wish import Kind, Wish
from agent.desk.help.wish import read as wish

SAID = {
    Kind.SHORTER: [
        "shorter",
        "Please make it shorter",
        "can you make it shorter?",
        "kürzer",
        "Bitte etwas knapper",
        "简短一点",
        "更短一些",
    ],
    Kind.FRIENDLIER: ["friendlier", "a bit warmer please", "freundlicher", "höflicher bitte", "更友好一些"],
    Kind.PROMISES: [
        "what did we promise her",
        "What have we promised so far?",
        "was haben wir ihr versprochen?",
        "Zusagen?",
        "我们承诺了什么",
    ],
    Kind.SIMILAR: ["similar cases", "any cases like this?", "ähnliche Fälle", "vergleichbare Fälle?", "类似案例"],
    Kind.QUESTION: [
        "How short is the warranty?",
        "did the French courier deliver?",
        "Welche Charge ist es?",
        "was steht in der Rechnung",
        "保修多久？",
    ],
    Kind.REWRITE: ["Make it more formal", "add that the label is free", "etwas formeller schreiben", "改写一下"],
}
LANGUAGES = {
    "in French": "fr", "French": "fr", "auf Französisch": "fr", "ins Französische übersetzen": "fr", "翻译成德语": "de", "用法语": "fr",
    "用英文回复": "en", "in italiano": "it", "em português": "pt", "en español": "es", "по-французски": "fr", "بالفرنسية": "fr",
    "フランス語で": "fr", "英語で": "en", "auf Arabisch bitte": "ar", "translate it into Japanese": "ja", "in Polish": "pl", "用中文": "zh",
    "на русском": "ru",
}  # fmt: skip


@pytest.mark.parametrize(("kind", "words"), [(kind, words) for kind, all_words in SAID.items() for words in all_words])
def test_wishes_in_three_languages(kind: Kind, words: str) -> None:
    assert wish(words).kind is kind


@pytest.mark.parametrize(("words", "code"), LANGUAGES.items())
def test_languages_by_their_names_in_any_of_ours(words: str, code: str) -> None:
    assert wish(words) == Wish(Kind.LANGUAGE, code)


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ("in Finnish", "fi"),
        ("Bitte auf Ungarisch", "hu"),
        ("translate it into Hindi please", "hi"),
        ("用越南语", "vi"),
        ("en danois.", "da"),
    ],
)
def test_a_wish_for_nothing_but_a_language_may_name_any(words: str, code: str) -> None:
    assert wish(words) == Wish(Kind.LANGUAGE, code)


@pytest.mark.parametrize("words", ["in Klingon", "auf Klingonisch", "Please translate this into Klingon!"])
def test_a_language_that_nobody_knows_is_none_and_a_model_may_know_better(words: str) -> None:
    assert wish(words) == Wish(Kind.LANGUAGE, None, sure=False)


@pytest.mark.parametrize(
    "words", ["what is in Hindi on the label?", "in two short lines", "add that it is in stock", "in Ido style, add a greeting"]
)
def test_a_language_beside_other_words_is_no_wish_for_it(words: str) -> None:
    assert wish(words).kind is not Kind.LANGUAGE


def test_what_no_rule_knows_is_left_to_a_model() -> None:
    assert not wish("polish it up a little").sure
    assert not wish("the tone is off").sure
    assert wish("what is in the parcel?").sure
    assert wish("x" * 100_000).kind is Kind.QUESTION


def test_a_line_of_a_model_names_its_sources_in_front() -> None:
    assert read("[2][s5] It left on ⟦s5.date⟧.") == Spoken("It left on ⟦s5.date⟧.", ("2", "s5"))
    assert read("- [s1, s2] Both.") == Spoken("Both.", ("s1", "s2"))
    assert read("No source at all.") == Spoken("No source at all.", ())
    assert read("⟦s3⟧") == Spoken("⟦s3⟧", ())
    assert read("  ") is read("[3]  ") is None
    assert figures("٣٥٠ and 12.50") == {"350", "12", "50"}
