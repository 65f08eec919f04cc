"""Articles by their names' words: all of the name, or the word that carries it ("keyboard" for a mechanical keyboard)."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from eval.tau.database import Json

#: Shorter words that stand in front ("pet", "air", "desk") name too much else.
_LEAST: Final = 6
_WORD: Final = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
#: Where the wish begins: what stands before is what the customer has.
_WISH: Final = re.compile(r"\b(?:to|for|with|into)\b")
_REACH: Final = 320
#: "'set type': 'fixed'": what an option is called names neither an article nor a value.
_LABEL: Final = re.compile(r"'[^':]{1,40}':")


@dataclass(frozen=True, slots=True)
class Named:
    """`pattern` finds the whole name, `short` a word of it."""

    name: str
    pattern: re.Pattern[str]
    short: re.Pattern[str]


@dataclass(frozen=True, slots=True)
class Mention:
    """`about`: the words around it that tell which one is meant; `wish`: those that tell what shall come instead, as far as the next mention."""

    name: str
    about: str
    wish: str = ""


def names(found: Iterable[str]) -> tuple[Named, ...]:
    return tuple(_named(name) for name in sorted(set(found)))


@lru_cache(maxsize=512)
def _named(name: str) -> Named:
    words = re.findall(r"[a-z0-9]+", name.casefold())
    single = [word for word in words[:-1] if len(word) >= _LEAST]
    # "watch" is in a wristwatch, too; "tshirt" is a T-shirt.
    head = words[-1] if len(words) > 1 else _tail(words[-1])
    short = "|".join(_plural(word) for word in (*single, head))
    whole = r"[\s-]*".join(map(_plural, words))
    return Named(name, re.compile(rf"\b{whole}\b"), re.compile(rf"\b(?:{short})\b"))


def _tail(word: str) -> str:
    return next((tail for tail in ("watch", "board", "phone", "shelf") if word.endswith(tail) and word != tail), word)


def _plural(word: str) -> str:
    if word.endswith("shelf"):
        return f"{re.escape(word[:-1])}(?:f|ves)"
    return f"{re.escape(word.removesuffix('s'))}(?:e?s)?"


def mentions(text: str, known: Sequence[Named]) -> Iterator[Mention]:
    """In the order of the names. Where one is named in full, its words name no other."""
    low = _LABEL.sub(" ", text.casefold())
    full = [(match.span(), named) for named in known for match in named.pattern.finditer(low)]
    taken = [span for span, _ in full]
    found = list(full)
    for named in known:
        found += [(match.span(), named) for match in named.short.finditer(low) if not _inside(match.span(), taken)]
    for (start, end), named in found:
        following = min((at for (at, _), _ in found if at >= end), default=len(low))
        yield Mention(named.name, *_around(low[:following], start, end))


def _inside(span: tuple[int, int], taken: Iterable[tuple[int, int]]) -> bool:
    return any(start <= span[0] and span[1] <= end for start, end in taken)


def _around(text: str, start: int, end: int) -> tuple[str, str]:
    """Two words in front and what follows, up to the wish; and the wish."""
    front, rest = text[:start].split()[-2:], text[end : end + _REACH]
    stop = _WISH.search(rest)
    after, wish = (rest[: stop.start()], rest[stop.end() :]) if stop else (rest, "")
    return f"{' '.join(front)} {after}", wish


def closest(line: Json, variants: Iterable[Json], wish: str) -> list[str]:
    """Items that have most of the options that the wish names, and of these most of the line's own others; those that can be had."""
    scored = [(_fit(line, variant, wish), variant["item_id"]) for variant in variants if variant["available"]]
    best = max((fit for fit, _ in scored), default=(0, 0))
    return [item for fit, item in scored if fit == best]


def _fit(line: Json, variant: Json, wish: str) -> tuple[int, int]:
    named = sum(_says(wish, str(value).casefold()) for value in variant["options"].values())
    return named, sum(line["options"].get(name) == value for name, value in variant["options"].items())


def likest(lines: Sequence[tuple[str, Json]], said: str) -> list[tuple[str, Json]]:
    """Those whose options the words name most; all where none stands out."""
    scores = [sum(_says(said, str(value).casefold()) for value in line["options"].values()) for _, line in lines]
    best = max(scores, default=0)
    return [line for line, score in zip(lines, scores, strict=True) if score == best]


def _says(text: str, value: str) -> bool:
    """As a word of its own: a size "s" is in no other word."""
    return bool(re.search(rf"(?<!\w){re.escape(value)}(?!\w)", text))
