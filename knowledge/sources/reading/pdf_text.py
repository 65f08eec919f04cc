"""The text of a PDF, by pypdf: paragraphs, without the lines that stand on every page."""

from __future__ import annotations

import re
from collections import Counter
from io import BytesIO
from typing import Any

from pypdf import PdfReader
from pypdf.errors import DependencyError, PdfReadError

MOST_PAGES = 300
_LEAST_LETTERS = 20
_EDGE = 2  # lines at the top and the foot of a page
_BULLET = re.compile(r"^\s*[•▪‣◦●·–]\s+")
#: What programs write in the place of a title: the name or path of a file, the page a browser printed, a name nobody gave.
_NO_TITLE = re.compile(
    r"\.\w{3,4}$|^about:|^(?:file|https?):|^[a-z]:[\\/]|^\\\\|^[~.]{0,2}/\S+$|^microsoft (?:word|excel|powerpoint|publisher)\b"
    r"|^(?:untitled|anonymous|unbenannt|ohne titel|unnamed|no title|sans (?:titre|nom)|sin título|senza (?:titolo|nome)|sem título|без (?:имени|названия)"
    r"|未命名|无标题|無題|名称未設定|بدون عنوان)|^(?:document|dokument|documento|документ|文档|powerpoint[ -]?\w*|presentation|slide)\s*\d*$",
    re.IGNORECASE,
)
_ENDS = re.compile(r"[.!?:;。！？؟۔][\"'»”)]?$")


def read(data: bytes) -> dict[str, Any]:
    """{"title", "language", "body"}, or {"error"} naming the cure."""
    try:
        reader = PdfReader(BytesIO(data))
        if reader.is_encrypted and not reader.decrypt(""):
            return {"error": "is locked by a password: save it without one"}
        count = len(reader.pages)
    except (DependencyError, NotImplementedError):
        return {"error": "is encrypted: save it without protection"}
    except PdfReadError as error:
        return {"error": f"is not a readable PDF: export it anew ({type(error).__name__})"}
    if count > MOST_PAGES:
        return {"error": f"has {count} pages: split it into files of at most {MOST_PAGES}"}
    body = _paragraphs(_without_running_lines([page.extract_text() for page in reader.pages]))
    if sum(letter.isalnum() for letter in body) < _LEAST_LETTERS:
        return {"error": "holds no text, only pictures of it: run text recognition (OCR) over it first"}
    return {"title": _title(reader), "language": str(reader.root_object.get("/Lang", "")), "body": body}


def _title(reader: PdfReader) -> str:
    """The document's own title, unless a program made it up."""
    title = str((reader.metadata and reader.metadata.title) or "").strip()
    return "" if _NO_TITLE.search(title) else title


def _without_running_lines(pages: list[str]) -> list[str]:
    """Drops what repeats, figures aside, at the edges of most pages: headers, footers, page numbers."""
    lines = [[line.rstrip() for line in page.splitlines()] for page in pages]
    seen = Counter(key for page in lines for key in {_key(line) for line in page[:_EDGE] + page[-_EDGE:]})
    running = {key for key, count in seen.items() if key and len(pages) >= 3 and count > len(pages) * 0.6}
    return [line for page in lines for line in [*_inside(page, running), ""]]


def _inside(page: list[str], running: set[str]) -> list[str]:
    if len(page) <= 4 * _EDGE:
        return page  # a label or slide: hardly more than edges
    last = len(page) - _EDGE
    return [line for at, line in enumerate(page) if _EDGE <= at < last or _key(line) not in running]


def _key(line: str) -> str:
    return re.sub(r"\d+", "0", line.strip())


def _paragraphs(lines: list[str]) -> str:
    """Lines become paragraphs: a blank line, a bullet, or a short line that ends a sentence closes one."""
    usual = sorted(map(len, lines))[len(lines) * 3 // 4] if lines else 0
    blocks: list[str] = [""]
    for line in lines:
        if not line.strip() or _BULLET.match(line):
            blocks.append("")
        blocks[-1] = _joined(blocks[-1], _BULLET.sub("- ", line).strip())
        if _ENDS.search(line) and len(line) < usual * 0.7:
            blocks.append("")
    return "\n\n".join(block for block in blocks if block)


def _joined(before: str, line: str) -> str:
    if re.search(r"[^\W\d_]-$", before) and line[:1].islower():
        return before[:-1] + line  # a word hyphenated at the end of its line
    return f"{before} {line}".strip()
