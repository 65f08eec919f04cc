"""What must not change comes back byte for byte, or there is no translation."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agent.brains.translation.glossary import Glossary
from agent.brains.translation.marks import FORMS, mask, ours, unmask, written

GERMAN = "Meine Bestellung PS-1042 (49,90 €) ist nicht da, siehe https://lumen.example/t?id=7 oder schreiben Sie an Ada@Example.com"


def test_ids_amounts_links_and_addresses_stand_behind_marks() -> None:
    masked, kept = mask(GERMAN)
    assert masked == "Meine Bestellung ⟦1⟧ (⟦2⟧) ist nicht da, siehe ⟦3⟧ oder schreiben Sie an ⟦4⟧"
    assert kept == ["PS-1042", "49,90 €", "https://lumen.example/t?id=7", "Ada@Example.com"]
    said = "Write to ⟦4⟧ or see ⟦3⟧: my order ⟦1⟧ (⟦2⟧) has not come"
    assert unmask(said, kept) == "Write to Ada@Example.com or see https://lumen.example/t?id=7: my order PS-1042 (49,90 €) has not come"


@pytest.mark.parametrize(
    "translation",
    [
        "My order ⟦1⟧ (⟦2⟧) is not there, see ⟦3⟧",
        "My order ⟦1⟧ ⟦1⟧ (⟦2⟧) is not there, see ⟦3⟧ or ⟦4⟧",
        "My order ⟦1⟧ (⟦2⟧) is not there, see ⟦3⟧ or ⟦4⟧ ⟦5⟧",
        "My order PS-1042 (⟦2⟧) is not there, see ⟦3⟧ or ⟦4⟧",
        "My order ⟦1⟧ (⟦2⟧), not PS-9999, is not there, see ⟦3⟧ or ⟦4⟧",
        "My order ⟦1⟧ (⟦2⟧) is not there, see ⟦3⟧ or ⟦4⟧, http://evil.example",
        "My 2 orders ⟦1⟧ (⟦2⟧) are not there, see ⟦3⟧ or ⟦4⟧",
        "My order ⟦1⟧ (⟦2⟧) is not there, see ⟦3⟧ or ⟦4⟧ ٧",
        "My order ⟦1⟧ (⟦2⟧) is not there, see ⟦3⟧ or ⟦4⟧ ⟦",
        "",
    ],
)
def test_an_unfaithful_translation_is_none(translation: str) -> None:
    assert unmask(translation, mask(GERMAN)[1]) is None


def test_two_of_one_form_keep_their_order() -> None:
    _, kept = mask("20 € statt 90 €, am 3.")
    assert kept == ["20 €", "90 €", "3"]
    assert unmask("on the ⟦3⟧, ⟦1⟧ rather than ⟦2⟧", kept) == "on the 3, 20 € rather than 90 €"
    assert unmask("⟦2⟧ rather than ⟦1⟧ on the ⟦3⟧", kept) is None


@pytest.mark.parametrize(
    "text",
    ["", "no numbers", "⟦1⟧ and ⟦x⟧ and 12", "订单１０４２在哪里？３个", "www.a.example/⟦1⟧ 5€", "١٢٣٤٥ +49 170 1234567", "⟦a-1.b|code⟧"],
)
def test_masking_comes_back(text: str) -> None:
    masked, kept = mask(text)
    assert unmask(masked, kept) == text
    assert not any(char.isdecimal() for char in masked.replace("⟦1⟧", "").replace("⟦2⟧", "").replace("⟦3⟧", ""))


@given(st.text(st.sampled_from("ab 1٣３⟦⟧|x-.,#@€[]{}<>XxПé中\n"), max_size=40), st.sampled_from(FORMS))
def test_any_text_comes_back_in_every_form(text: str, form: str) -> None:
    masked, kept = mask(text, Glossary(keep=("ab",), terms={"de": {"x": "y"}}))
    words = unmask(masked, kept)
    assert words in {text, None}
    back = ours(written(masked, form), form)
    assert back == masked or unmask(back, kept) in {text, None}


@pytest.mark.parametrize("text", ["a" * 6000, "1 " * 3000, " ".join(f"{chr(97 + n % 26)}{chr(97 + n // 26)}1" for n in range(676)) + " ."])
def test_a_text_of_nothing_but_figures_or_one_word_costs_no_second(text: str) -> None:
    began = time.process_time()
    masked, kept = mask(text)
    assert unmask(masked, kept) == text
    assert time.process_time() - began < 0.35
