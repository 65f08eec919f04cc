"""Whatever an editor drops: known formats become articles, the rest is named; nothing is written or believed."""

import zipfile
from io import BytesIO
from pathlib import Path

import pytest

from knowledge.sources import upload
from knowledge.sources.defaults import Defaults
from knowledge.sources.upload import articles_of

ENGLISH = Defaults(language="en")
FRONT = b"---\nid: a\ntitle: A\nlanguage: de\n---\nText <script>x</script>hier"


@pytest.mark.parametrize(
    ("name", "data", "made"),
    [
        ("a.md", FRONT, ("a", "de", "A", "Text hier")),
        ("C:\\docs\\Return rules.md", b"# Returns\r\n\r\nWithin 30 days.", ("return-rules", "en", "Returns", "Within 30 days.")),
        ("faq.csv", b"question,answer,id\nQ?,A,q", ("q", "en", "Q?", "A")),
        ("../../page.HTML", b"<title>T</title><p>Text", ("page", "en", "T", "Text")),
    ],
)
def test_one_file(name: str, data: bytes, made: tuple[str, ...]) -> None:
    loaded = articles_of(name, data, ENGLISH)
    assert loaded.problems == ()
    assert [(article.id, article.language, article.title, article.body) for article in loaded.articles] == [made]


def test_a_page_in_another_language_than_the_default_is_an_original_unless_its_source_came_with_it() -> None:
    german = b"<html lang=de><title>T</title><p>Hallo zusammen"
    (alone,) = articles_of("page.html", german, ENGLISH).articles
    assert (alone.language, alone.source_language) == ("de", "de")
    (told,) = articles_of("a.md", FRONT.replace(b"language: de", b"language: de\nsource_language: fr"), ENGLISH).articles
    assert told.source_language == "fr"
    made = BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        archive.writestr("de/page.html", german)
        archive.writestr("en/page.html", b"<html lang=en><title>T</title><p>Hello all")
    both = articles_of("help.zip", made.getvalue(), ENGLISH).articles
    assert {(found.id, found.language, found.source_language) for found in both} == {("page", "de", "en"), ("page", "en", "en")}


def test_an_archive_of_everything(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    made = BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for name, data in {
            "a.md": FRONT,
            "faq.csv": b"question,answer,id\nQ?,A,q\nR?,,r",
            "help/x.html": b"<p>Text",
            "broken.md": b"---\nid: [\n---\nx",
            "latin.md": "Größe\nist".encode("cp1252"),
            "b/a.md": FRONT,
            "not.pdf": b"MZ",
            "program.md": b"\x7fELF",
            "inner.zip": made.getvalue(),
            "../up.md": FRONT,
            "readme.txt": b"x",
        }.items():
            archive.writestr(name, data)
    loaded = articles_of("export.zip", made.getvalue(), ENGLISH)
    assert {article.id for article in loaded.articles} == {"a", "q", "help-x"}
    assert {problem.file for problem in loaded.problems} == {
        *("faq.csv", "broken.md", "latin.md", "b/a.md", "not.pdf", "program.md", "inner.zip", "../up.md")
    }
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("run.exe", b"MZ", "upload one of"),
        ("", b"", "upload one of"),
        ("a.md", b"x" * 50_000_000, "larger than 1 MB"),
        ("a.md", b"", "holds no text"),
        ("b.md", b"<script>x</script>", "holds only"),
        ("a.md", b"---\nid: a\n", "front matter"),
        ("a.pdf", b"<html>", "not what .pdf says"),
        ("a.html", b"%PDF-1.7", "not what .html says"),
        ("a.xlsx", b"PK\3\4", "XLSX"),
        ("a.zip", b"PK\3\4", "ZIP"),
        ("a\x1b[2J.md", "Größe".encode("cp1252"), "a[2J.md:1: not UTF-8"),
    ],
)
def test_what_can_not_be_used_is_named(name: str, data: bytes, said: str) -> None:
    loaded = articles_of(name, data, ENGLISH)
    assert loaded.articles == ()
    assert said in str(loaded.problems[0])


def test_an_upload_that_takes_too_long_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("knowledge.sources.formats._MOST_SECONDS", -1)
    assert "split it" in articles_of("a.md", FRONT).problems[0].message
    assert upload.MAX_UPLOAD > 0
