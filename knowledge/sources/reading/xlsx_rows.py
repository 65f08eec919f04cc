"""The rows of an XLSX workbook as texts, by openpyxl in its streaming mode."""

from __future__ import annotations

import re
import zipfile
from datetime import date, datetime, time
from io import BytesIO
from typing import Any

from openpyxl import load_workbook

MOST_UNPACKED = 200_000_000
MOST_ROWS = 20_000
_MOST_LINES = 100_000  # with blank ones
_MOST_COLUMNS = 50
_MOST_CELL = 100_000


def read(data: bytes) -> dict[str, Any]:
    """{"rows": [[sheet, line, [cell, ...]], ...]}, blank rows left out, or {"error"} naming the cure."""
    try:
        refused = _refused(data)
    except zipfile.BadZipFile:
        refused = "is not an XLSX workbook: save it as .xlsx without a password"
    return {"error": refused} if refused else _rows(data)


def _refused(data: bytes) -> str:
    """Why this workbook is not opened at all."""
    left = MOST_UNPACKED
    with zipfile.ZipFile(BytesIO(data)) as archive:
        for info in archive.infolist():
            with archive.open(info) as part:
                start = part.read(2_000)
                # A workbook never declares entities; who does wants to blow up the parser. (NULs: UTF-16.)
                if re.search(rb"<!(DOCTYPE|ENTITY)", start.replace(b"\0", b""), re.IGNORECASE):
                    return "declares XML entities, which no spreadsheet program writes: save it anew"
                left -= len(start)
                while left >= 0 and (more := part.read(1_000_000)):
                    left -= len(more)
            if left < 0:
                return f"unpacks to more than {MOST_UNPACKED // 1_000_000} MB: split it into several workbooks"
    return ""


def _rows(data: bytes) -> dict[str, Any]:
    book = load_workbook(BytesIO(data), read_only=True, data_only=True, keep_links=False)
    rows: list[list[Any]] = []
    for sheet in (sheet for sheet in book.worksheets if sheet.sheet_state == "visible"):
        sheet.reset_dimensions()  # files lie about their size
        lines = sheet.iter_rows(max_row=_MOST_LINES, max_col=_MOST_COLUMNS, values_only=True)
        for line, cells in enumerate(lines, start=1):
            texts = [_text(cell) for cell in cells]
            if any(texts):
                rows.append([sheet.title, line, texts])
            if len(rows) > MOST_ROWS:
                return {"error": f"has more than {MOST_ROWS:,} rows: split it into several workbooks"}
    return {"rows": rows}


def _text(cell: object) -> str:
    if cell is None:
        return ""
    if isinstance(cell, datetime):
        return cell.date().isoformat()
    if isinstance(cell, date | time):
        return cell.isoformat()
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell)[:_MOST_CELL].strip()
