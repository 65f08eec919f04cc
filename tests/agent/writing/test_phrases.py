"""The sentence patterns of ten languages: the same keys, the same variables, no digit of their own, all renderable."""

from importlib.resources import files

import pytest
from fluent.syntax import FluentParser, ast
from fluent.syntax.visitor import Visitor

from agent.domain.languages import SUPPORTED
from agent.nodes.compose import QUICK
from agent.phrasing import Phrases, spoken

LANGUAGES = sorted(SUPPORTED)
#: Plural forms are chosen by these; all others are text.
#: Variables that choose words and are not shown.
CHOICES = {"why"}
COUNTS = {"days", "hours", "fewest", "most", "parcels"}


class Reader(Visitor):
    """Collects the variables and the visible text of a message."""

    def __init__(self) -> None:
        self.variables: set[str] = set()
        self.text = ""

    def visit_VariableReference(self, node: ast.VariableReference) -> None:
        self.variables.add(node.id.name)

    def visit_TextElement(self, node: ast.TextElement) -> None:
        self.text += node.value


def read(language: str) -> dict[str, Reader]:
    source = files("agent").joinpath(f"phrases/{language}.ftl").read_text(encoding="utf-8")
    found: dict[str, Reader] = {}
    for entry in FluentParser().parse(source).body:
        assert not isinstance(entry, ast.Junk), entry.content
        if isinstance(entry, ast.Message):
            found[entry.id.name] = reader = Reader()
            reader.visit(entry)
    return found


PATTERNS = {language: read(language) for language in LANGUAGES}
ENGLISH = PATTERNS["en"]


@pytest.fixture(scope="module")
def phrases() -> Phrases:
    return Phrases()


@pytest.mark.parametrize("language", LANGUAGES)
def test_same_keys_and_variables_in_every_language(language: str) -> None:
    mine = {key: reader.variables for key, reader in PATTERNS[language].items()}
    assert mine == {key: reader.variables for key, reader in ENGLISH.items()}


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_pattern_has_a_digit_of_its_own(language: str) -> None:
    assert [key for key, reader in PATTERNS[language].items() if any(char.isdecimal() for char in reader.text)] == []


@pytest.mark.parametrize("count", [0, 1, 2, 3, 5, 11, 21, 100])
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_pattern_renders_with_its_variables(phrases: Phrases, language: str, count: int) -> None:
    for key, reader in ENGLISH.items():
        values = {name: count if name in COUNTS else f"<{name}>" for name in reader.variables}
        text = phrases.render(key, language, values)
        assert text.strip() == text != ""
        assert all(f"<{name}>" in text for name in reader.variables - COUNTS - CHOICES), key
        assert "{" not in text


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_missing_variable_is_an_error_not_a_hole(phrases: Phrases, language: str) -> None:
    with pytest.raises(ValueError, match="order-paid"):
        phrases.render("order-paid", language, {"order": "1042"})


def test_an_unknown_key_is_an_error(phrases: Phrases) -> None:
    with pytest.raises(KeyError, match=r"no-such-key|no_such_key"):
        phrases.render("no-such-key", "en")


def test_an_unserved_language_is_answered_in_english(phrases: Phrases) -> None:
    assert spoken("fi") == "en"
    assert phrases.render("greeting", "fi") == phrases.render("greeting", "en")


def test_no_language_falls_back_to_english_sentences() -> None:
    for language in LANGUAGES:
        same = [key for key, reader in PATTERNS[language].items() if len(reader.text) > 25 and reader.text == ENGLISH[key].text]
        assert language == "en" or same == []


def test_quick_replies_exist() -> None:
    assert set(QUICK) <= set(ENGLISH)


def test_right_to_left_text_puts_no_mark_on_what_is_followed_or_copied() -> None:
    url = "https://track.lumenandloom.example/KL551422794CN"
    told = Phrases().render("order-tracking", "ar", {"tracking": "KL551422794CN", "url": url})
    assert url in told
    assert not set(told) & {"\u2068", "\u2069"}
    label = Phrases().render("return-done", "ar", {"number": "⟦k|return⟧", "order": "1045", "date": "x", "label": "⟦k|document⟧"})
    assert "\u2068⟦" not in label
    assert "#1045" in label
    assert "\u2068Hong Kong\u2069" in Phrases().render("order-scan", "ar", {"state": "x", "place": "Hong Kong", "time": "y"})
