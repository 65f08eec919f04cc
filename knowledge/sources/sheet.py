"""An FAQ as a table (CSV or XLSX): one row, one article."""

from __future__ import annotations

import asyncio
import codecs
import csv
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from difflib import get_close_matches
from io import StringIO
from pathlib import Path

from knowledge.article import Article, Problem
from knowledge.sources.apart import Apart
from knowledge.sources.defaults import NO_DEFAULTS, Defaults, clipped, slug, words
from knowledge.sources.files import Raw
from knowledge.sources.formats import Format, Parsed, load
from knowledge.sources.source import Loaded

MOST_ROWS = 20_000
_ALIKE = 0.75
_NAMES = {
    "question": "question title frage pregunta domanda pergunta 问题 質問 вопрос السؤال",
    "answer": "answer body text antwort réponse respuesta risposta resposta 答案 回答 ответ الجواب",
    "language": "language lang locale sprache langue idioma lingua 语言",
    "id": "id key slug",
    "intents": "intents intent category",
    "markets": "markets market countries country",
    "products": "products product sku skus",
    "audience": "audience visibility",
    "valid_from": "valid_from valid-from from",
    "valid_to": "valid_to valid-to until to",
    "owner": "owner",
    "review_on": "review_on",
}
_COLUMNS = {name: column for column, names in _NAMES.items() for name in names.split()}
Row = tuple[int, list[str]]
"""Its line in the file, and its cells."""


@dataclass(frozen=True, slots=True)
class SheetSource:
    """A .csv or .xlsx file, or a folder or .zip of them, with the columns `question`, `answer` and what _NAMES has beside them."""

    name: str
    place: Path
    defaults: Defaults = NO_DEFAULTS

    async def load(self) -> Loaded:
        """Raises SourceFailed when no row can be read."""
        return await asyncio.to_thread(load, self.place, SHEET, self.defaults)


def parse(raw: Raw, defaults: Defaults, apart: Apart) -> Iterator[Parsed]:
    """The articles of one table. A broken row is a problem with its line; the others load."""
    tables = _xlsx(raw, apart) if raw.ending == ".xlsx" else _csv(raw)
    if isinstance(tables, Problem):
        yield raw.name, tables
        return
    empty = True
    for name, rows in tables:
        for item in _articles(name, rows, defaults):
            empty = False
            yield item
    if empty:
        yield raw.name, Problem(raw.name, 1, "has no columns `question` and `answer`: name them in its first row, and fill a row below")


SHEET = Format({".csv": 10_000_000, ".xlsx": 10_000_000}, "xlsx_rows", parse)


def _articles(name: str, rows: list[Row], defaults: Defaults) -> Iterator[Parsed]:
    """Of one table whose first row names the columns; nothing if it does not."""
    header = _header(rows[0][1]) if rows else []
    if not {"question", "answer"} <= set(header):
        return
    unknown = [cell for cell, column in zip(rows[0][1], header, strict=True) if cell and not column]
    if "audience" not in header and (meant := next(filter(_like_audience, unknown), None)):
        # Read without it, internal answers would be published for customers.
        yield name, Problem(name, rows[0][0], f"the column {meant[:40]!r} looks like `audience`, so nothing was read: name it so")
        return
    for cell in unknown:
        yield name, Problem(name, rows[0][0], f"the column {cell[:40]!r} is not known and was not read: use {', '.join(_NAMES)}")
    for column in sorted({column for column in header if column and header.count(column) > 1}):
        yield name, Problem(name, rows[0][0], f"the column `{column}` is there twice, only the first is read: remove one")
    for line, cells in rows[1 : MOST_ROWS + 1]:
        fields = dict(reversed([pair for pair in zip(header, cells, strict=False) if pair[0]]))
        yield f"{name}#{line}", _article(name, line, fields, defaults)
    if len(rows) > MOST_ROWS + 1:
        yield (
            name,
            Problem(name, rows[MOST_ROWS + 1][0], f"more than {MOST_ROWS:,} rows, this and what follows is left out: split the file"),
        )


def _header(cells: Iterable[str]) -> list[str]:
    return [_COLUMNS.get(cell.strip().lower().replace(" ", "_"), "") for cell in cells]


def _like_audience(cell: str) -> bool:
    return bool(get_close_matches(cell[:40].strip().lower(), _NAMES["audience"].split(), 1, _ALIKE))


def _article(name: str, line: int, fields: dict[str, str], defaults: Defaults) -> Article | Problem:
    question, answer = (fields.pop(column, "").strip() for column in ("question", "answer"))
    if not question or not answer:
        return Problem(name, line, f"the {'answer' if question else 'question'} is empty: fill it, or delete the row")
    made: dict[str, object] = {key: value.strip() for key, value in fields.items()}
    made |= {key: words(fields[key]) for key in ("intents", "markets", "products") if key in fields}
    made["audience"] = str(made.get("audience", "")).lower()
    made["id"] = slug(fields.get("id", "")) if fields.get("id", "").strip() else slug(question, hashed=True)
    made["title"] = question
    # A question that is cut to fit the title stays whole in the text.
    made["body"] = answer if clipped(question) == " ".join(question.split()) else f"{question}\n\n{answer}"
    return defaults.article(name, line, made)


def _xlsx(raw: Raw, apart: Apart) -> list[tuple[str, list[Row]]] | Problem:
    found = apart.read(raw.data)
    if "error" in found:
        return Problem(raw.name, 1, str(found["error"]))
    sheets: dict[str, list[Row]] = {}
    for sheet, line, cells in found["rows"]:
        sheets.setdefault(sheet, []).append((line, cells))
    return [(raw.name if len(sheets) == 1 else f"{raw.name}/{sheet}", rows) for sheet, rows in sheets.items()]


def _csv(raw: Raw) -> list[tuple[str, list[Row]]] | Problem:
    utf16 = raw.data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    try:
        text = raw.data.decode("utf-16" if utf16 else "utf-8-sig")
    except UnicodeDecodeError as error:
        # Guessing one of the many 8-bit codes would publish wrong letters, and nobody would notice.
        return Problem(raw.name, raw.data.count(b"\n", 0, error.start) + 1, "not UTF-8: save it as `CSV UTF-8`, or as .xlsx")
    first = text.lstrip().split("\n", 1)[0]
    delimiter = max(";,\t", key=first.count)
    reader = csv.reader(StringIO(text, newline=""), delimiter=delimiter)
    rows: list[Row] = []
    line = 1
    try:
        for cells in reader:
            if any(cell.strip() for cell in cells):
                rows.append((line, cells))
            line = reader.line_num + 1  # a quoted cell may span several
            if len(rows) > MOST_ROWS + 1:
                break
    except csv.Error as error:
        return Problem(raw.name, line, f"not a table from here on ({error}): is a quotation mark not closed?")
    return [(raw.name, rows)]
