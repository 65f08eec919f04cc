"""An article becomes passages: plain text of about 60-120 tokens under one heading, each good to quote."""  # noqa: A005 - gone from newer Pythons

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from markdown_it import MarkdownIt
from markdown_it.tree import SyntaxTreeNode

from knowledge.sentences import sentences

CHUNKING = "1"
"""Raise it when articles are cut otherwise; all of them are then cut anew at the next sync."""

TARGET_TOKENS = 120
_HARD_WRAP = 600  # characters, for a "sentence" without any punctuation
_MARKDOWN = MarkdownIt("commonmark", {"maxNesting": 20}).enable("table")
_CJK = re.compile(r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\uac00-\ud7af]")
_JOINED = frozenset({"zh", "ja", "th"})  # written without spaces between words


@dataclass(frozen=True, slots=True)
class Chunk:
    """A piece of one section; `position` counts through the article, so translations can be laid side by side."""

    heading: str
    text: str
    position: int


def tokens(text: str) -> int:
    """About how many tokens the embedding model makes of this text."""
    unspaced = len(_CJK.findall(text))
    return round(unspaced * 0.7 + sum(max(1.4, len(word) / 5) for word in _CJK.sub(" ", text).split()))


def chunks(body: str, title: str, language: str) -> tuple[Chunk, ...]:
    """The passages of a Markdown body, each with its heading trail (without the title itself)."""
    found: list[Chunk] = []
    for heading, blocks in _sections(body, title, language):
        for text in _pack(blocks, language):
            found.append(Chunk(heading, text, len(found)))
    return tuple(found)


def _sections(body: str, title: str, language: str) -> Iterator[tuple[str, list[str]]]:
    trail: list[tuple[int, str]] = []
    blocks: list[str] = []
    for node in SyntaxTreeNode(_MARKDOWN.parse(body)).children:
        if node.type != "heading":
            blocks.extend(_blocks(node, language))
            continue
        yield _name(trail, title), blocks
        level, blocks = int(node.tag[1]), []
        trail = [entry for entry in trail if entry[0] < level] + [(level, _inline(node.children[0], language))]
    yield _name(trail, title), blocks


def _name(trail: list[tuple[int, str]], title: str) -> str:
    return " > ".join(name for _, name in trail if name and name != title)


def _blocks(node: SyntaxTreeNode, language: str) -> Iterator[str]:
    """Plain text of one block; raw HTML and pictures are left out, a table gives one line a row."""
    if node.type == "inline":
        yield _inline(node, language)
    elif node.type in {"fence", "code_block"}:
        yield node.content.strip()
    elif node.type == "table":
        yield from _table(node, language)
    elif node.type == "ordered_list":
        start = int(node.attrs.get("start", 1))
        for number, item in enumerate(node.children, start):
            yield f"{number}. " + "\n".join(_within(item, language))
    elif node.type == "list_item":
        yield "• " + "\n".join(_within(node, language))
    else:
        yield from _within(node, language)


def _within(node: SyntaxTreeNode, language: str) -> Iterator[str]:
    for child in node.children:
        yield from _blocks(child, language)


def _table(node: SyntaxTreeNode, language: str) -> Iterator[str]:
    rows = [_cells(row, language) for part in node.children for row in part.children]
    for row in rows[1:]:
        yield "; ".join(f"{name}: {cell}" if name else cell for name, cell in zip(rows[0], row, strict=False) if cell)


def _cells(row: SyntaxTreeNode, language: str) -> list[str]:
    return [" ".join(_within(cell, language)) for cell in row.children]


def _inline(node: SyntaxTreeNode, language: str) -> str:
    return "".join(_text(child, language) for child in node.children).strip()


def _text(node: SyntaxTreeNode, language: str) -> str:
    if node.type in {"text", "code_inline"}:
        return node.content
    if node.type == "softbreak":
        return "" if language.split("-")[0] in _JOINED else " "
    if node.type == "hardbreak":
        return "\n"
    if node.type in {"html_inline", "image"}:
        return ""
    label = "".join(_text(child, language) for child in node.children)
    target = str(node.attrs.get("href", "")).removeprefix("mailto:")
    if target.startswith("article:"):  # an address of ours, which a customer could not open
        return label
    return f"{label} ({target})" if target and target not in label else label


def _pack(blocks: Iterable[str], language: str) -> Iterator[str]:
    """Joins short blocks and splits long ones; a short rest joins the passage before it."""
    packed: list[str] = []
    for piece in (piece for block in blocks for piece in _split(block, language)):
        room = TARGET_TOKENS * (1.3 if tokens(piece) < TARGET_TOKENS / 4 else 1)
        if packed and tokens(packed[-1]) + tokens(piece) <= room:
            packed[-1] = f"{packed[-1]}\n{piece}"
        else:
            packed.append(piece)
    yield from packed


def _split(block: str, language: str) -> Iterator[str]:
    if tokens(block) <= TARGET_TOKENS:
        if block.strip():
            yield block.strip()
        return
    gap = "" if language.split("-")[0] in _JOINED else " "
    held = ""
    for sentence in sentences(block, language):
        if held and tokens(held) + tokens(sentence) > TARGET_TOKENS:
            yield held
            held = ""
        held = f"{held}{gap}{sentence}" if held else sentence
        while len(held) > _HARD_WRAP * 3:
            yield held[:_HARD_WRAP]
            held = held[_HARD_WRAP:]
    if held:
        yield held
