"""Word lists: gaps, prefixes, whole messages, languages without spaces, and that all ten files are sound."""

from importlib.resources import files

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from agent.brains.local.lexicon import WHOLE, Lexicon, found, load
from agent.brains.local.reading import FLAGS, OUTRIGHT
from agent.brains.local.text import fold
from agent.domain.languages import SUPPORTED, UNSPACED

SPACED = Lexicon(
    {"human": ["speak ... human", "real person"], "legal": ["lawyer*", "take ... court", "sue you"], "vague": ["help", "???"]}, spaced=True
)
UNSPACED_LIST = Lexicon({"human": ["人工", "转...客服"], "vague": ["你好"]}, spaced=False)


@pytest.mark.parametrize(
    ("text", "keys"),
    [
        ("let me speak to a human", {"human"}),
        ("speak human", {"human"}),
        ("speak, please, to a human!", {"human"}),
        ("speak to one or two other humans", set()),
        ("speak to any one more real human", set()),
        ("REAL   person", {"human"}),
        ("real persons", set()),
        ("surreal person", set()),
        ("my lawyers will write", {"legal"}),
        ("lawyer", {"legal"}),
        ("a flawyer", set()),
        ("I will take you to court and speak to a human", {"legal", "human"}),
        ("take it easy, there is no court of law", set()),
        ("I sue you", {"legal"}),
        ("the issue you had", set()),
        ("Help", {"vague"}),
        ("help!!", {"vague"}),
        ("help me with my order", set()),
        ("???", {"vague"}),
        ("", set()),
    ],
)
def test_with_spaces(text: str, keys: set[str]) -> None:
    assert SPACED.found(fold(text)) == keys


@pytest.mark.parametrize(
    ("text", "keys"),
    [
        ("我要转人工服务", {"human"}),
        ("请转接到真人客服", {"human"}),
        ("转眼之间已经过去了好多好多好多天才有客服", set()),
        ("你好", {"vague"}),
        ("你好，我的订单", set()),
    ],
)
def test_without_spaces(text: str, keys: set[str]) -> None:
    assert UNSPACED_LIST.found(fold(text)) == keys


@pytest.mark.parametrize("language", sorted(SUPPORTED))
def test_every_file_is_sound_and_hears_its_own_phrases(language: str) -> None:
    source = files("agent.brains.local").joinpath(f"data/lexicon/{language}.yaml").read_text(encoding="utf-8")
    lists = yaml.safe_load(source)
    assert set(OUTRIGHT) | set(FLAGS) <= set(lists)
    lexicon = load(language)
    deaf = []
    for key, phrases in lists.items():
        for phrase in phrases:
            said = str(phrase) if key in WHOLE else str(phrase).replace("*", "").replace("...", "" if language in UNSPACED else " ")
            if key not in lexicon.found(fold(" ".join(said.split()))):
                deaf.append((key, phrase))
    assert deaf == []


@pytest.mark.parametrize(
    ("language", "text", "key"),
    [
        ("en", "I want to talk to a real person", "human"),
        ("de", "Ich möchte mit einem Menschen sprechen", "human"),
        ("fr", "Je veux parler à un humain", "human"),
        ("es", "quiero hablar con una persona", "human"),
        ("it", "vorrei parlare con un operatore", "human"),
        ("pt", "quero falar com um humano", "human"),
        ("ru", "позовите оператора", "human"),
        ("zh", "我要转人工客服", "human"),
        ("ja", "人間のオペレーターと話したい", "human"),
        ("ar", "أريد التحدث إلى موظف", "human"),
        ("ar", "اريد التحدث الي موظف", "human"),
        ("de", "ICH HOLE MEINEN ANWALT", "legal"),
        ("zh", "充电时着火了", "safety"),
        ("ja", "speak to a human please", "human"),
    ],
)
def test_a_person_is_heard_in_every_language(language: str, text: str, key: str) -> None:
    assert key in found(text, language)


def test_a_language_without_a_list_uses_english() -> None:
    assert "human" in found("talk to a human", "fi")


@given(st.text(max_size=200), st.sampled_from(sorted(SUPPORTED)))
def test_any_text_can_be_looked_up(text: str, language: str) -> None:
    assert found(text, language) <= {key for code in (language, "en") for key in _keys(code)}


def _keys(language: str) -> set[str]:
    lexicon = load(language)
    spaced = {key for entries in (*lexicon._exact.values(), *lexicon._prefix.values()) for key, _ in entries}
    return spaced | {key for key, _ in lexicon._inside} | set(lexicon._whole)
