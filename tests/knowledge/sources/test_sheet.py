"""An FAQ as a table: good rows load whatever stands in the others; hostile workbooks are named and left."""

import zipfile
from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import Workbook

from knowledge.errors import SourceFailed
from knowledge.sources.defaults import Defaults
from knowledge.sources.sheet import SheetSource
from knowledge.sources.source import Loaded

ENGLISH = Defaults(language="en")


async def load(folder: Path, data: bytes, name: str = "faq.csv", defaults: Defaults = ENGLISH) -> Loaded:
    (folder / name).write_bytes(data)
    return await SheetSource("faq", folder / name, defaults).load()


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
async def test_what_spreadsheet_programs_write(tmp_path: Path, delimiter: str, encoding: str) -> None:
    rows = [["Question", "ANSWER", "Language", "id"], ["Wie lange?", '"Drei, bis\nsechs; Tage"', "de-DE", "Lieferzeit"], ["", "", "", ""]]
    text = "\r\n".join(delimiter.join(row) for row in rows)
    loaded = await load(tmp_path, text.encode(encoding))
    (article,) = loaded.articles
    assert (article.id, article.language, article.title) == ("lieferzeit", "de", "Wie lange?")
    assert article.body == "Drei, bis\nsechs; Tage"
    assert loaded.problems == ()


async def test_a_row_says_more_about_itself(tmp_path: Path) -> None:
    head = "question,answer,intents,markets,products,audience,valid_from,valid_to\n"
    loaded = await load(tmp_path, (head + 'Q?,A,"a; b","EU;UK",SKU-1|SKU-2,Operator,2026-01-01,2026-02-01\n').encode())
    (article,) = loaded.articles
    assert (article.intents, article.products, article.audience) == (("a", "b"), ("SKU-1", "SKU-2"), "operator")
    assert "GB" in article.markets
    assert (str(article.valid_from), str(article.valid_to)) == ("2026-01-01", "2026-02-01")


async def test_a_sheet_whose_audience_is_mistyped_is_not_read_at_all(tmp_path: Path) -> None:
    for column in ("audiance", "Audience:", "Visibilty"):
        with pytest.raises(SourceFailed, match="looks like `audience`"):
            await load(tmp_path, f"question,answer,{column}\nWhat do we pay?,Eleven euros,internal\n".encode())
    assert (await load(tmp_path, b"question,answer,author\nWhere is it?,There,ana\n")).articles


async def test_broken_rows_are_named_by_line_and_the_rest_loads(tmp_path: Path) -> None:
    text = (
        "question,answer,id,audience,valid_from,valid_to,audiense\n"
        'Good?,"Yes,\nvery",good,,,,\n'  # lines 2 and 3
        "No answer?,,a,,,,\n"
        ",No question,b,,,,\n"
        "Wrong?,Yes,c,everyone,,,\n"
        "Dates?,Yes,d,,2026-02-01,2026-01-01,\n"
        "Twice?,Yes,good,,,,\n"
        "Script?,<script>alert(1)</script>,e,,,,\n"
        "Also good?,<p>Ja<br>ja</p>,f,,,,\n"
    )
    loaded = await load(tmp_path, text.encode())
    assert [(article.id, article.body) for article in loaded.articles] == [("good", "Yes,\nvery"), ("f", "Ja\nja")]
    assert [problem.line for problem in loaded.problems] == [1, 4, 5, 6, 7, 8, 9]
    assert "audiense" in loaded.problems[0].message
    assert "stands already in faq.csv row 2" in loaded.problems[5].message


async def test_ids_come_from_the_question_and_stay(tmp_path: Path) -> None:
    loaded = await load(tmp_path, b"question,answer\nWhere is it?,There\nWo?,Da\n")
    again = await load(tmp_path, b"answer,question\nDa,Wo?\nElsewhere,Where is it?\n")
    assert {article.id for article in loaded.articles} == {article.id for article in again.articles}


async def test_a_long_question_stays_whole(tmp_path: Path) -> None:
    (article,) = (await load(tmp_path, f"question,answer\n{'why ' * 80}?,Because\n".encode())).articles
    assert len(article.title) <= 200
    assert article.body.endswith("?\n\nBecause")


@pytest.mark.parametrize(
    ("data", "said"),
    [
        ("question,answer\nGröße?,M\n".encode("cp1252"), "faq.csv:2: not UTF-8"),
        (b"frage_x,antw\na,b\n", "no columns `question` and `answer`"),
        (b"", "no columns"),
        (b'question,answer\na,"' + b"x" * 200_000, "quotation mark"),
        (b"x" * 10_000_001, "larger than 10 MB"),
    ],
)
async def test_a_file_of_no_use_keeps_what_was_published(tmp_path: Path, data: bytes, said: str) -> None:
    with pytest.raises(SourceFailed, match="can be used") as failed:
        await load(tmp_path, data)
    assert said in str(failed.value)


async def test_too_many_rows_are_cut_and_said(tmp_path: Path) -> None:
    loaded = await load(tmp_path, b"question,answer,id\n" + b"".join(b"q,a,i%d\n" % number for number in range(20_003)))
    assert len(loaded.articles) == 20_000
    assert "left out" in loaded.problems[-1].message


def workbook() -> Workbook:
    book = Workbook()
    assert book.active
    book.active.append(["Frage", "Antwort", "id", "Language"])
    book.active.append(["Wie?", "So.", 12, "de"])
    book.active.append([None, None, None, None])
    book.active.append(["Wann?", None, None, "de"])
    return book


def saved(book: Workbook) -> bytes:
    made = BytesIO()
    book.save(made)
    return made.getvalue()


async def test_a_workbook(tmp_path: Path) -> None:
    book = workbook()
    hidden = book.create_sheet("internal")
    hidden.append(["question", "answer"])
    hidden.append(["Secret?", "Margin is 60 %"])
    hidden.sheet_state = "hidden"
    loaded = await load(tmp_path, saved(book), "faq.xlsx")
    assert [(article.id, article.language, article.body) for article in loaded.articles] == [("12", "de", "So.")]
    assert [str(problem) for problem in loaded.problems] == ["faq.xlsx:4: the answer is empty: fill it, or delete the row"]


def rewritten(data: bytes, part: str, content: bytes) -> bytes:
    made = BytesIO()
    with zipfile.ZipFile(BytesIO(data)) as old, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new:
        for info in old.infolist():
            new.writestr(info.filename, content if info.filename == part else old.read(info))
    return made.getvalue()


BOMB = b'<?xml version="1.0"?><!DOCTYPE s [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]><worksheet>&b;</worksheet>'


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (BOMB, "XML entities"),
        (BOMB.decode().encode("utf-16"), "XML entities"),
        (b" " * 210_000_000, "unpacks to more than 200 MB"),
        (b"<worksheet><sheetData><row>" + b"<c>" * 100_000, "damaged"),
    ],
)
async def test_a_hostile_workbook_is_refused(tmp_path: Path, content: bytes, said: str) -> None:
    data = rewritten(saved(workbook()), "xl/worksheets/sheet1.xml", content)
    with pytest.raises(SourceFailed) as failed:
        await load(tmp_path, data, "faq.xlsx")
    assert said in str(failed.value)


async def test_a_file_that_only_calls_itself_a_workbook(tmp_path: Path) -> None:
    with pytest.raises(SourceFailed, match="not an XLSX workbook"):
        await load(tmp_path, b"question,answer\n", "faq.xlsx")
