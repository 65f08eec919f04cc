"""Text of PDFs, and all the PDFs that have none to give."""

from io import BytesIO
from pathlib import Path

import pytest
from pypdf import PdfReader, PdfWriter
from pypdf.generic import NameObject, NumberObject
from reportlab.pdfgen.canvas import Canvas

from knowledge.errors import SourceFailed
from knowledge.sources.defaults import Defaults
from knowledge.sources.pdf import PdfSource

ENGLISH = Defaults(language="en", products=("LL-1",))


def pdf(*pages: list[str], title: str = "") -> bytes:
    made = BytesIO()
    canvas = Canvas(made)
    canvas.setTitle(title)
    for lines in pages:
        for number, line in enumerate(lines):
            canvas.drawString(50, 800 - number * 15, line)
        canvas.showPage()
    canvas.save()
    return made.getvalue()


def changed(data: bytes, password: str = "", owner: str | None = None, copies: int = 0) -> bytes:
    writer = PdfWriter(clone_from=PdfReader(BytesIO(data)))
    for _ in range(copies):
        writer.add_blank_page(100, 100)
    if password or owner:
        writer.encrypt(password, owner, algorithm="RC4-128")
    made = BytesIO()
    writer.write(made)
    return made.getvalue()


GOOD = pdf(["Pair the earbuds: open the case and hold", "the button. They answer with a blue light."], title="Earbuds")


async def test_a_leaflet(tmp_path: Path) -> None:
    text = [
        "The light stays on and the bat-",
        "tery is full for a day of music and calls.",
        "Press the button for three seconds.",
        "Then pair.",
    ]
    pages = [["Lumen & Loom", *text, f"Part {number} of the case, in words alone.", *text, f"Page {number}"] for number in range(4)]
    (tmp_path / "Ear_buds-2.pdf").write_bytes(pdf(*pages))
    (article,) = (await PdfSource("leaflets", tmp_path, ENGLISH).load()).articles
    assert (article.id, article.title, article.language, article.products) == ("ear-buds-2", "Ear buds 2", "en", ("LL-1",))
    assert "the battery is full for a day of music" in article.body
    assert "Part 3 of" in article.body
    assert "Lumen" not in article.body
    assert "Page" not in article.body
    assert article.body.count("\n\n") >= 7


@pytest.mark.parametrize(
    "title",
    [
        "about:blank",
        "Untitled",
        "untitled-2",
        "Microsoft Word - Care.doc",
        "Microsoft Word - Care",
        "C:\\docs\\Care guide",
        "/home/ana/care",
        "\\\\server\\care",
        "file:///tmp/care",
        "https://shop.example/print",
        "care_v2.indd",
        "Unbenannt",
        "无标题",
        "Document1",
        "~/care",
        "  ",
    ],
)
async def test_what_a_program_wrote_is_no_title(tmp_path: Path, title: str) -> None:
    (tmp_path / "Care-of-lamps.pdf").write_bytes(pdf(["Wipe the shade with a dry cloth once a month."], title=title))
    (article,) = (await PdfSource("leaflets", tmp_path, ENGLISH).load()).articles
    assert article.title == "Care of lamps"


@pytest.mark.parametrize("title", ["Documents for customs", "Microsoft keyboards: care", "Returns / exchanges", "About batteries"])
async def test_a_title_that_only_looks_like_it_is_one(tmp_path: Path, title: str) -> None:
    (tmp_path / "a.pdf").write_bytes(pdf(["Wipe the shade with a dry cloth once a month."], title=title))
    assert [found.title for found in (await PdfSource("leaflets", tmp_path, ENGLISH).load()).articles] == [title]


def looped() -> bytes:
    writer = PdfWriter(clone_from=PdfReader(BytesIO(GOOD)))
    tree = writer.root_object["/Pages"].get_object()
    tree["/Kids"].append(writer.root_object.raw_get("/Pages"))  # pyright: ignore
    tree[NameObject("/Count")] = NumberObject(2)  # pyright: ignore
    made = BytesIO()
    writer.write(made)
    return made.getvalue()


async def test_bad_documents_are_named_and_the_rest_loads(tmp_path: Path) -> None:
    documents: dict[str, tuple[bytes, str]] = {
        "scan.pdf": (pdf([]), "OCR"),
        "locked.pdf": (changed(GOOD, "secret"), "password"),
        "long.pdf": (changed(GOOD, copies=300), "at most 300"),
        "big.pdf": (b"%PDF" + b"x" * 20_000_000, "larger than 20 MB"),
        "fake.pdf": (b"<html>", "not a PDF"),
        "broken.pdf": (b"%PDF-1.7 nothing more", "anew"),
        "cut.pdf": (GOOD[:300], "anew"),
        "loop.pdf": (looped(), "anew"),
    }
    for name, (data, _) in documents.items():
        (tmp_path / name).write_bytes(data)
    (tmp_path / "good.pdf").write_bytes(GOOD)
    (tmp_path / "owned.pdf").write_bytes(changed(GOOD, "", "owner"))
    loaded = await PdfSource("leaflets", tmp_path, ENGLISH).load()
    assert {article.id for article in loaded.articles} >= {"good", "owned"}
    said = {problem.file: problem.message for problem in loaded.problems}
    assert said.keys() == documents.keys()
    assert [name for name, (_, words) in documents.items() if words not in said[name]] == []


async def test_one_bad_document_keeps_what_was_published(tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(pdf([]))
    with pytest.raises(SourceFailed, match="OCR"):
        await PdfSource("leaflet", tmp_path / "a.pdf", ENGLISH).load()
