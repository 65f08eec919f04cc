"""The voice guide: its layers, what a text breaks of it, and errors that name the file, the key and the cure."""

from pathlib import Path

import pytest

from agent.domain.languages import SUPPORTED
from agent.errors import NotReady
from agent.phrasing import Phrases
from agent.writing.voice import Voices, load

BRAND = "Lumen & Loom"


@pytest.fixture(scope="module")
def shipped() -> Voices:
    return load()


def guide(folder: Path, text: str) -> Voices:
    (folder / "voice.toml").write_text(text, encoding="utf-8")
    return load(folder / "voice.toml")


@pytest.mark.parametrize("language", sorted(SUPPORTED))
def test_the_shipped_guide_speaks_every_language(shipped: Voices, language: str) -> None:
    letter = shipped.of(BRAND, "webhook", language)
    assert letter.formality and letter.forbidden
    assert letter.greeted("Ada Lovelace").count("Ada Lovelace") == 1
    assert BRAND in letter.closed(BRAND)
    assert letter.greeted("") and "{" not in letter.greeted("") + letter.closed(BRAND)
    assert shipped.of(BRAND, "web", language).greeting == ""


@pytest.mark.parametrize("language", sorted(SUPPORTED))
def test_our_own_sentences_keep_to_the_shipped_guide(shipped: Voices, language: str) -> None:
    voice, phrases = shipped.of(BRAND, "webhook", language), Phrases()
    keys = ("draft-thanks", "draft-sorry", "draft-look", "ask-order", "handoff-sorry", "praise", "greeting")
    assert [fault for key in keys for fault in voice.faults(phrases.render(key, language))] == []


def test_later_layers_replace_and_forbidden_words_add_up(tmp_path: Path) -> None:
    made = guide(
        tmp_path,
        """
[base]
emoji = "none"
tone = "plain"
forbidden = { "*" = ["asap"], en = ["cheap"] }
[channel.web]
emoji = "few"
[brand.Loom]
tone = "warm"
forbidden = { en = ["deal*"] }
[brand.Loom.channel.web]
tone = "warmer"
formality = { "*" = "politely" }
""",
    )
    voice = made.of("Loom", "web", "en")
    assert (voice.emoji, voice.tone, voice.formality, voice.forbidden) == ("few", "warmer", "politely", ("asap", "cheap", "deal*"))
    assert made.of("Loom", "cli", "en").tone == "warm"
    assert made.of("Other", "web", "fr").forbidden == ("asap",)
    assert "never use: asap; cheap; deal*" in voice.lines()


@pytest.mark.parametrize(
    ("language", "text", "count"),
    [
        ("en", "Unfortunately it is late.", 1),
        ("en", "A fortunate day, and a Misfortunately made word.", 0),
        ("de", "Ist das deines? Das Duell ist vorbei.", 1),
        ("de", "Ihre Bestellung ist da.", 0),
        ("zh", "请问你需要什么？", 1),
        ("ru", "Ты можешь", 1),
        ("en", "Thank you \U0001f600", 1),
        ("en", "2 × 3 = 6, 5 °C, © ™ → • –", 0),
    ],
)
def test_what_a_text_breaks_is_named(shipped: Voices, language: str, text: str, count: int) -> None:
    assert len(shipped.of(BRAND, "cli", language).faults(text)) == count


def test_two_emoji_are_few_and_three_are_not(shipped: Voices) -> None:
    voice = shipped.of(BRAND, "web", "en")
    assert voice.faults("Yes \U0001f469\U0001f3fd\u200d\U0001f4bb and \U0001f1eb\U0001f1f7") == []
    assert "more emoji" in voice.faults("\U0001f600\u2764\ufe0f\U0001f44d")[0]


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("[base]\ntune = 'x'\n", "base.tune: there is no such key"),
        ("[base]\nemoji = 'many'\n", "base.emoji"),
        ("[brand.Loom.channel.web]\nsentence_words = 2\n", "brand.Loom.channel.web.sentence_words"),
        ("[base.formality]\ngerman = 'Sie'\n", "base.formality.german"),
        ("[base.greeting]\nde = 'Hallo ⟦s1⟧'\n", "base.greeting.de"),
        ("[base\n", "not TOML.*line 1"),
    ],
)
def test_a_wrong_guide_is_named_with_its_key(tmp_path: Path, text: str, named: str) -> None:
    with pytest.raises(NotReady, match=rf"voice\.toml.*{named}"):
        guide(tmp_path, text)


def test_a_missing_guide_says_which_setting_to_mend(tmp_path: Path) -> None:
    with pytest.raises(NotReady, match="PORTSIDE_VOICE"):
        load(tmp_path / "none.toml")
