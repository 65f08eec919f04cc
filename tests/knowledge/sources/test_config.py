"""`sources.toml`: every mistake is named by its source and key; no file means no sources."""

from pathlib import Path

import pytest

from knowledge.sources.config import BadSourcesFile, load
from knowledge.sources.git import GitSource
from knowledge.sources.pdf import PdfSource
from knowledge.sources.source import Source

GOOD = """
[[source]]
name = "handbook"
kind = "git"
place = "https://bot:${KB_TOKEN}@git.lumenandloom.example/kb.git"
branch = "main"
folder = "docs"

[[source]]
name = "wiki"
kind = "folder"
place = "wiki"

[[source]]
name = "leaflets"
kind = "pdf"
place = "/srv/leaflets"
defaults = { language = "en", markets = ["EU"], products = ["LL-1"], audience = "operator", owner = "ana", intents = ["product_question"] }
"""


def read(folder: Path, text: str) -> tuple[Source, ...]:
    (folder / "sources.toml").write_text(text)
    return load(folder / "sources.toml", folder / "data", {"KB_TOKEN": "t0k"})


def test_no_file_no_sources(tmp_path: Path) -> None:
    assert load(tmp_path / "sources.toml", tmp_path) == ()
    assert read(tmp_path, "") == ()


async def test_sources_in_the_order_written(tmp_path: Path) -> None:
    git, folder, pdf = read(tmp_path, GOOD)
    assert isinstance(git, GitSource)
    assert (git.url, git.branch, git.folder) == ("https://bot:t0k@git.lumenandloom.example/kb.git", "main", "docs")
    assert git.checkout == tmp_path / "data" / "sources" / "handbook"
    assert isinstance(pdf, PdfSource)
    assert (pdf.name, pdf.place, pdf.defaults.audience) == ("leaflets", Path("/srv/leaflets"), "operator")
    (tmp_path / "wiki").mkdir()
    (tmp_path / "wiki" / "a.md").write_text("---\nid: a\ntitle: A\nlanguage: en\n---\n<b>Text</b>")
    assert (folder.name, (await folder.load()).articles[0].body) == ("wiki", "Text")


ENTRY = '[[source]]\nname = "a"\nkind = "pdf"\nplace = "x"\n'


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[[source]\n", "line 1"),
        (ENTRY + ENTRY, "source 1: name: a is taken"),
        (ENTRY.replace('"a"', '"corpus"'), "corpus is taken"),
        (ENTRY.replace('"a"', '"../a"'), "source 1: name"),
        (ENTRY + ENTRY.replace("pdf", "ftp"), "source 2: kind"),
        (ENTRY.replace('place = "x"', ""), "source 1: place"),
        (ENTRY + "plaze = 1\n", "source 1: plaze"),
        (ENTRY + 'defaults = { audience = "all" }\n', "source 1: defaults.audience"),
        (ENTRY + 'defaults = { lang = "en" }\n', "source 1: defaults.lang"),
        (ENTRY.replace("pdf", "folder") + "defaults = {}\n", "source 1: defaults"),
        (ENTRY.replace("pdf", "git").replace('"x"', '"ext::sh"'), "source 1: a repository is named by"),
        (ENTRY.replace("pdf", "git").replace('"x"', '"https://${NONE}@a.example/"'), "no NONE: set it"),
        ("sources = []\n", "sources"),
    ],
)
def test_a_mistake_is_named(tmp_path: Path, text: str, said: str) -> None:
    with pytest.raises(BadSourcesFile) as failed:
        read(tmp_path, text)
    assert "sources.toml" in str(failed.value)
    assert said in str(failed.value)


def test_another_encoding_is_a_mistake_too(tmp_path: Path) -> None:
    (tmp_path / "sources.toml").write_bytes("# Größe".encode("cp1252"))
    with pytest.raises(BadSourcesFile, match="utf-8"):
        load(tmp_path / "sources.toml", tmp_path)
