"""The main text of a web page as Markdown; read as a stream of tags, so no depth of nesting can hurt."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any

from .charset import charset
from .table import Table, squeezed

_DROPPED = frozenset(
    re.findall(r"\w+", "script style template iframe object svg math noscript textarea select nav form footer aside button head")
)
_VOID = frozenset(re.findall(r"\w+", "area base br col embed hr img input link meta source track wbr"))
_BLOCKS = frozenset(
    re.findall(r"\w+", "address blockquote dd details div dl dt figure figcaption header p pre section summary tr hr ol ul li table body")
)
_MAIN = ("article", "main")
_HEADINGS = frozenset(f"h{level}" for level in range(1, 7))
_CELLS = frozenset({"td", "th"})
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_LINK = re.compile(r"(https?://|mailto:|tel:)[^\s\"'`\\]+", re.IGNORECASE)


@dataclass
class _Block:
    """One paragraph, heading or list item; `linked` counts its letters that are links."""

    text: str
    item: bool = False
    linked: int = 0


def read(data: bytes) -> dict[str, Any]:
    """{"title", "language", "body"}, or {"error", "line"} naming the cure."""
    name = charset(data)
    if not name:
        return {"error": "names an unknown charset: save the page as UTF-8"}
    try:
        text = data.decode(name)
    except UnicodeDecodeError as error:
        return {"error": f"is not {name}: save the page as UTF-8", "line": data.count(b"\n", 0, error.start) + 1}
    page = _Page()
    page.feed(text)
    page.close()
    return page.outcome()


@dataclass
class _Page(HTMLParser):
    """Collects Markdown blocks; where <article> and <main> begin and end is noted, to choose at the end."""

    blocks: list[_Block] = field(default_factory=list[_Block])
    inline: list[str] = field(default_factory=list[str])
    prefix: str = ""
    linked: int = 0
    links: list[tuple[int, str]] = field(default_factory=list[tuple[int, str]])
    bold: list[int] = field(default_factory=list[int])
    lists: list[int] = field(default_factory=list[int])  # 0 for bullets, else the next number
    table: Table = field(default_factory=Table)
    hidden: tuple[str, int] | None = None
    open: list[tuple[str, int]] = field(default_factory=list[tuple[str, int]])
    mains: list[tuple[str, int, int]] = field(default_factory=list[tuple[str, int, int]])
    language: str = ""
    heading: str = ""
    title: str = ""
    in_title: bool = False

    def __post_init__(self) -> None:
        super().__init__(convert_charrefs=True)

    # The stream

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "html":
            self.language = given.get("lang") or given.get("xml:lang") or ""
        self.in_title = tag == "title" and not self.title
        if self._drops(tag, given):
            return
        if tag in _MAIN:
            self._flush()
            self.open.append((tag, len(self.blocks)))
        elif tag in _CELLS or tag == "tr" or tag == "table":
            self._table(tag)
        elif tag in _HEADINGS:
            self._break(f"{'#' * max(2, int(tag[1]))} ")
        elif tag in _BLOCKS:
            self._block(tag)
        else:
            self._span(tag, given)

    def _drops(self, tag: str, given: dict[str, str]) -> bool:
        """Whether we are inside something left out, or this begins it. What is hidden from readers is hidden from us."""
        if self.hidden and tag not in {"body", *_MAIN}:  # those end a <nav> that someone forgot to close
            name, depth = self.hidden
            self.hidden = (name, depth + (tag == name))
            return True
        self.hidden = None
        if tag in _VOID:
            return False
        if tag in _DROPPED or "hidden" in given or given.get("aria-hidden") == "true" or _HIDDEN.search(given.get("style", "")):
            self.hidden = (tag, 1)
        return self.hidden is not None

    def handle_endtag(self, tag: str) -> None:
        self.in_title = False
        if self.hidden:
            name, depth = self.hidden
            depth -= tag == name
            self.hidden = (name, depth) if depth else None
        elif tag in _MAIN:
            self._flush()
            self._end_main(tag)
        elif tag in _CELLS or tag == "table":
            self._end_table(tag)
        elif tag in _HEADINGS or tag in _BLOCKS:
            self._end_block(tag)
        elif tag in {"a", "b", "strong"}:
            self._end_span(tag)

    def handle_data(self, data: str) -> None:
        if self.in_title:
            self.title += data
        elif not self.hidden:
            # Text that looks like a tag or a link in Markdown must stay text.
            self.inline.append(data.replace("\\", "\\\\").replace("<", "\\<").replace("](", "]\\(").replace("]:", "]\\:"))

    # Blocks

    def _block(self, tag: str) -> None:
        if tag in {"ul", "ol"}:
            self._break("")
            self.lists.append(1 if tag == "ol" else 0)
        elif tag == "li":
            number = self.lists[-1] if self.lists else 0
            if number:
                self.lists[-1] = number + 1
            indent = "  " * (min(len(self.lists), 5) - 1)
            self._break(f"{indent}{number}. " if number else f"{indent}- ")
        else:
            self._break("### " if tag == "summary" else None)

    def _end_block(self, tag: str) -> None:
        if tag in {"h1", "summary"} and not self.heading:
            self.heading = squeezed(self.inline) if tag == "h1" else ""
        self._break("" if tag in _HEADINGS or tag in {"li", "summary"} else None)
        if tag in {"ul", "ol"} and self.lists:
            self.lists.pop()

    def _break(self, prefix: str | None) -> None:
        """Ends the block so far; None keeps the prefix for the first text inside (`<li><p>`)."""
        if self.table.in_cell:
            self.inline.append(" ")
            return
        self._flush()
        self.prefix = self.prefix if prefix is None else prefix

    def _flush(self) -> None:
        text = squeezed(self.inline)
        if text:
            self.blocks.append(_Block(self.prefix + text, item=self.prefix.endswith(("- ", ". ")), linked=self.linked))
            self.prefix = ""
        self.inline, self.links, self.bold, self.linked = [], [], [], 0

    def _end_main(self, tag: str) -> None:
        while self.open and any(name == tag for name, _ in self.open):
            name, start = self.open.pop()
            self.mains.append((name, start, len(self.blocks)))
            if name == tag:
                return

    # Words

    def _span(self, tag: str, given: dict[str, str]) -> None:
        if tag == "br":
            self.inline.append(" ")
        elif tag == "a":
            self.links.append((len(self.inline), given.get("href", "").strip()))
        elif tag in {"b", "strong"}:
            self.bold.append(len(self.inline))

    def _end_span(self, tag: str) -> None:
        if tag == "a" and self.links:
            start, href = self.links.pop()
            text = squeezed(self.inline[start:])
            self.linked += len(text)
            # A relative link leads nowhere outside its help centre: its text is kept.
            if text and _LINK.fullmatch(href):
                safe = href.replace("(", "%28").replace(")", "%29").replace("<", "%3C").replace(">", "%3E")
                self.inline[start:] = [f" [{text}]({safe}) "] if not self.inline[start][:1].strip() else [f"[{text}]({safe})"]
        elif tag != "a" and self.bold:
            start = self.bold.pop()
            text = squeezed(self.inline[start:])
            if text:
                self.inline[start:] = [f" **{text}** "]

    # Tables

    def _table(self, tag: str) -> None:
        if tag == "table" and not self.table.depth:
            self._flush()
        self._end_cell(tag)
        self.table.open(tag)

    def _end_table(self, tag: str) -> None:
        self._end_cell(tag)
        blocks = self.table.close(tag)
        self.blocks.extend(map(_Block, blocks))

    def _end_cell(self, tag: str) -> None:
        if self.table.ends_cell(tag):
            self.table.add(squeezed(self.inline))
            self.inline, self.links, self.bold = [], [], []

    # The end

    def outcome(self) -> dict[str, Any]:
        """The article, or what keeps the page from being one."""
        while self.table.depth:
            self._end_table("table")
        self._flush()
        while self.open:
            self._end_main(self.open[-1][0])
        blocks = self._main()
        letters, linked = sum(len(block.text) for block in blocks), sum(block.linked for block in blocks)
        title = self.heading or " ".join(self.title.split()).rsplit(" | ", 1)[0]
        if blocks and blocks[0].text.lstrip("# ") == title:
            del blocks[0]
        if not blocks:
            return {"error": "holds no text of its own: export the article itself, not a page that loads it"}
        if linked > letters * 0.7:
            return {"error": "holds little but links: a table of contents is no article, leave it out"}
        return {"title": title, "language": self.language, "body": _joined(blocks)}

    def _main(self) -> list[_Block]:
        """The longest <article>, if it is most of <main> (not a list of teasers); else <main>; else everything."""
        whole = self.blocks
        for kind in ("main", "article"):
            found = [self.blocks[start:end] for name, start, end in self.mains if name == kind]
            longest = max(found, key=_size, default=[])
            if _size(longest) >= _size(whole) / 2 or (kind == "main" and longest):
                whole = longest
        return list(whole)


def _size(blocks: list[_Block]) -> int:
    return sum(len(block.text) for block in blocks)


def _joined(blocks: list[_Block]) -> str:
    text = ""
    for before, block in zip([None, *blocks], blocks, strict=False):
        gap = "" if before is None else "\n" if before.item and block.item else "\n\n"
        text += gap + block.text
    return text
