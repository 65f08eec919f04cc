"""A reply carried over into a language that has no sentences of its own: claim by claim, each resting on the sentence it was."""

import asyncio
import re
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from agent.brains.translation.faithful import letters, unlike
from agent.brains.translation.marks import form
from agent.domain.languages import FALLBACK
from agent.domain.reply import Claim, Reply, Translation
from agent.phrasing import day, day_abroad
from agent.policy.checks.carried import carried as differing
from agent.policy.checks.figures import Figure, figures
from agent.writing.slots import SLOT
from knowledge.sentences import sentences

Translate = Callable[[str, str, str], Awaitable[Translation]]

_MONTHS = {day(date(2026, month, 1), "en").split()[1]: month for month in range(1, 13)}
_DAY = re.compile(rf"\b(\d{{1,2}}) ({'|'.join(_MONTHS)}) (\d{{4}})\b")
#: Values that are names, whatever they look like. Of the others those with a figure are kept; the rest are words to be translated.
NAMES = frozenset({"product", "brand", "carrier", "warehouse", "name", "tracking", "url", "email", "order", "orders"})
#: Letters that a translation of an English line needs, at most: so many times its own, and so many more.
GROWS, SLACK = 1.4, 25
#: Seconds for a whole reply: less than a node of the graph may take.
PATIENCE = 10.0
#: Said with its claim's number and a letter for its form, so that an engine can neither move nor swap it unseen.
_HELD = re.compile(r"⟦c(\d+)[a-z](\d+)⟧")


@dataclass(frozen=True, slots=True)
class _Line:
    """What is given to the engine, and what its marks stand for in the other language."""

    text: str
    held: tuple[str, ...] = ()


async def carried(reply: Reply, translate: Translate, language: str) -> Reply | None:
    """The reply in `language`; None when a sentence cannot be carried whole, it takes too long, or what came back is in another language.

    Values of a claim (amounts, dates, numbers, names) and slots of effects never pass through the engine. `source` is the reply as it was.
    """
    lines = [*(_line(at, claim, reply.language, language) for at, claim in enumerate(reply.claims)), *map(_Line, reply.quick_replies)]
    try:
        async with asyncio.timeout(PATIENCE):
            made, engine = await _translated([line.text for line in lines], translate, reply.language, language)
    except TimeoutError:
        return None
    if made is None or any(_unlike(line.text, text, language) for line, text in zip(lines, made, strict=True)):
        return None
    if unlike(reply.text, " ".join(made), language):  # lines too short to tell their language by themselves
        return None
    said = [_filled(at, text, line.held) for at, (text, line) in enumerate(zip(made, lines, strict=True))]
    texts = [text for text in said if text is not None]
    if len(texts) != len(said):
        return None
    told = replace(
        reply,
        language=language,
        claims=tuple(_claim(*each) for each in zip(reply.claims, texts, lines, strict=False)),
        quick_replies=tuple(texts[len(reply.claims) :]),
        brain=f"{reply.brain}; carried by {engine}",
        prompts=(*reply.prompts, *engine.split(", ")[1:]),
        source=reply,
    )
    # Here too, for an acknowledgement is sent as it is, and nothing else looks at what stands on buttons.
    return None if differing(_with_buttons(told), _with_buttons(reply)) else told


def _with_buttons(reply: Reply) -> Reply:
    return replace(reply, claims=(*reply.claims, *(Claim(text=text) for text in reply.quick_replies)))


def _claim(source: Claim, text: str, line: _Line) -> Claim:
    """Still of its pattern, so that what it promises is held to the plan."""
    return replace(source, text=text, values=line.held, names=(), free=True, rests_on=(source.text,))


def _line(at: int, claim: Claim, source: str, language: str) -> _Line:
    held: list[str] = []
    forms: list[str] = []

    def hold(found: re.Match[str]) -> str:
        if form(found.group()) not in forms:
            forms.append(form(found.group()))
        letter = chr(ord("a") + forms.index(form(found.group())) % 26)
        held.append(_localised(found.group(), source, language))
        return f"⟦c{at}{letter}{len(held) - 1}⟧"

    # In one pass: a value may stand inside another one.
    text = re.sub("|".join([SLOT.pattern, _DAY.pattern, *_values(claim)]), hold, claim.text)
    return _Line(text, tuple(held))


def _values(claim: Claim) -> list[str]:
    """Patterns of what code filled in, the longest first."""
    names = (*claim.names, *([""] * len(claim.values)))
    kept = {value for name, value in zip(names, claim.values, strict=False) if value and (name in NAMES or re.search(r"\d", value))}
    return [rf"(?<!\w){re.escape(value)}(?!\w)" for value in sorted(kept, key=len, reverse=True)]


def _localised(value: str, source: str, language: str) -> str:
    """A date as it is written there, where our check can read it so; all else as it is."""
    found = _DAY.fullmatch(value) if source == "en" else None
    there = day_abroad(date(int(found[3]), _MONTHS[found[2]], int(found[1])), language) if found else None
    return there if there and _read(there, language) == _read(value, source) else value


def _read(text: str, language: str) -> set[Figure]:
    return {found.figure for found in figures(text, language)}


def _unlike(source: str, text: str, language: str) -> bool:
    """Nobody here reads the language: a line that has grown, or has one sentence more, may say what we never said."""
    before, after = letters(source), letters(text)
    more = len(sentences(text, language)) > len(sentences(source, FALLBACK))
    return after > GROWS * before + SLACK or more or bool(unlike(source, text, language))


def _filled(at: int, text: str, held: Sequence[str]) -> str | None:
    """None when a value is missing, stands there twice, or comes from another claim."""
    found = [(int(mark[1]), int(mark[2])) for mark in _HELD.finditer(text)]
    if sorted(found) != [(at, number) for number in range(len(held))]:
        return None
    return _HELD.sub(lambda mark: held[int(mark[2])], text)


async def _translated(lines: Sequence[str], translate: Translate, source: str, language: str) -> tuple[list[str] | None, str]:
    """All in one text, which costs one call; one by one when the lines came back as more or fewer. And who did it."""
    counts = [line.count("\n") + 1 for line in lines]
    found = await translate("\n".join(lines), source, language)
    rows = (found.text or "").split("\n")
    if len(rows) == sum(counts) and all(row.strip() for row in rows):
        starts = [sum(counts[:at]) for at in range(len(counts))]
        return ["\n".join(rows[start : start + count]).strip() for start, count in zip(starts, counts, strict=True)], found.engine
    single = await asyncio.gather(*(translate(line, source, language) for line in lines))
    texts = [item.text.strip() for item in single if item.text and item.text.strip()]
    return (texts if len(texts) == len(lines) else None), (single or [found])[0].engine
