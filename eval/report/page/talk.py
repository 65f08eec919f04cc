"""Failing conversations, with the pieces of the reply that are at fault marked."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup, escape

from eval.report.figures import Figures
from eval.report.page.words import plain


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    who: str
    photos: int
    text: Markup


@dataclass(frozen=True, slots=True, kw_only=True)
class Talk:
    """`case` and `why` head it; `expected` and `got` are left out where they are not known."""

    case: str
    turn: str
    why: str
    language: str
    spans: tuple[str, ...]
    lines: tuple[Line, ...]
    expected: str
    got: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Failing:
    name: str
    title: str
    hits: int
    talks: tuple[Talk, ...]


def failing(report: Figures, name: str) -> Failing | None:
    found = report["failures"].get(name, ())
    if not found:
        return None
    hits = next((row["hits"] for row in report["scorers"] if row["name"] == name), len(found))
    return Failing(name=name, title=plain(name), hits=hits, talks=tuple(map(talk, found)))


def talk(item: Figures) -> Talk:
    lines, spans = item["talk"], tuple(item.get("spans") or ())
    last = max((i for i, line in enumerate(lines) if line["who"] == "agent"), default=-1)
    shown = [
        Line(who=line["who"], photos=line.get("photos", 0), text=marked(line["text"], spans) if i == last else escape(line["text"]))
        for i, line in enumerate(lines)
    ]
    return Talk(
        case=item["case"],
        turn=f"turn {item['turn'] + 1}",
        why=item["why"],
        language=item["language"],
        spans=spans,
        lines=tuple(shown),
        expected=item.get("expected", ""),
        got=item.get("got", ""),
    )


def marked(text: str, spans: Sequence[str]) -> Markup:
    """`text` escaped, with every piece in `spans` as a <mark>."""
    written = [_pattern(span) for span in sorted(spans, key=len, reverse=True) if span]
    if not written:
        return escape(text)
    folded, pieces, end = _digits(text), [Markup("")], 0
    for match in re.finditer("|".join(written), folded):
        pieces += [escape(text[end : match.start()]), Markup("<mark>{}</mark>").format(text[match.start() : match.end()])]
        end = match.end()
    return Markup("").join([*pieces, escape(text[end:])])


def _pattern(span: str) -> str:
    # A number is told without leading noughts, and must not be found inside a longer one.
    return rf"(?<!\d)0*{span}(?!\d)" if span.isascii() and span.isdecimal() else re.escape(_digits(span))


def _digits(text: str) -> str:
    """Every script's digits as ASCII, place by place."""
    return "".join(str(unicodedata.decimal(char)) if char.isdecimal() else char for char in text)
