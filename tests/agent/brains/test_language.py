"""Which language a line is in: script first, then the detector, and the conversation's language for short lines."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agent.brains.local.language import detect

LINES = [
    ("en", "Where is my parcel, it should have been here last week"),
    ("de", "Wo bleibt mein Paket, es sollte letzte Woche da sein"),
    ("fr", "Où est mon colis, il devait arriver la semaine dernière"),
    ("es", "¿Dónde está mi paquete? Tenía que llegar la semana pasada"),
    ("it", "Dov'è il mio pacco? Doveva arrivare la settimana scorsa"),
    ("pt", "Onde está a minha encomenda? Devia ter chegado na semana passada"),
    ("ru", "Где моя посылка, она должна была прийти на прошлой неделе"),
    ("zh", "我的包裹在哪里？上周就应该到了"),
    ("ja", "荷物はどこですか。先週届くはずでした"),
    ("ar", "أين طردي؟ كان يجب أن يصل الأسبوع الماضي"),
]
SHORT = [
    ("zh", "订单在哪"),
    ("zh", "退款 HPH-200"),
    ("ja", "返品したい"),
    ("ja", "注文1042はどこ"),
    ("ar", "أين طلبي"),
    ("de", "Wo ist mein Paket?"),
    ("ru", "где мой заказ"),
]


@pytest.mark.parametrize(("language", "text"), LINES)
@pytest.mark.parametrize(
    "around", ["{}", "{} #1042 anna@example.com", "https://shop.example/where-is-it {}", "{} 😀😀", "{} HPH-200 BL123456789NL"]
)
def test_a_whole_line_is_told_whatever_stands_around(language: str, text: str, around: str) -> None:
    assert detect(around.format(text)) == (language, True)


@pytest.mark.parametrize(("language", "text"), SHORT)
def test_short_lines(language: str, text: str) -> None:
    assert detect(text)[0] == language


@pytest.mark.parametrize("text", ["", "1042", "#1042", "anna@example.com", "😀", "???", "https://shop.example/a", "HPH-200"])
@pytest.mark.parametrize("hint", ["de", "ar", None])
def test_a_text_without_words_takes_the_conversations_language(text: str, hint: str | None) -> None:
    assert detect(text, hint) == (hint or "en", False)


@pytest.mark.parametrize(("text", "hint"), [("ok", "de"), ("si", "it"), ("merci", "fr"), ("no", "es"), ("Danke", "de")])
def test_a_short_line_inherits_the_hint(text: str, hint: str) -> None:
    assert detect(text, hint)[0] == hint


def test_a_long_line_overrules_the_hint() -> None:
    assert detect(LINES[1][1], "en") == ("de", True)


@pytest.mark.parametrize(
    ("text", "code"),
    [("Missä minun pakettini on, sen piti tulla viime viikolla", "fi"), ("میرا پارسل کہاں ہے؟ یہ پچھلے ہفتے آنا تھا", "ur")],
)
def test_an_unserved_language_is_named(text: str, code: str) -> None:
    assert detect(text)[0] == code


@given(st.text(max_size=200), st.sampled_from([None, "de", "zh"]))
def test_any_text_has_a_language(text: str, hint: str | None) -> None:
    code, sure = detect(text, hint)
    assert code
    assert isinstance(sure, bool)
