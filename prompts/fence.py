"""Keeps untrusted text apart from instructions: one named tag around it, and nothing inside that could pass for that tag."""

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache

#: Letters of other scripts that look like Latin ones.
_TWINS = str.maketrans("асеорхіѕјһԁмтнкαορινε", "aceopxisjhdmthkaopive")
_ANGLE = r"(?:[<‹〈⟨《«≺˂ᐸ❮❰⧼]|&(?:amp;)?(?:lt|laquo|#0*60|#x0*3c);?|\\u003c|\\x3c|%3c)"
_BRACKET = r"[\[({]"
_SLASH = r"[/\\⁄∕⧸]"
_CLOSE = r"[>›〉⟩》»≻˃ᐳ❯❱⧽\])}]"
DEFUSED = "[tag]"


def fence(text: str, tag: str = "message", others: Iterable[str] = ()) -> str:
    """`text` between <tag> and </tag>. What looks like that tag inside becomes "[tag]"; all else stays as it was.

    Look-alikes: other brackets, full-width or foreign letters, invisible characters, escapes, spaces and case.
    `others` are tags used beside this one, which `text` must not imitate either.

    Raises:
        ValueError: when the tag is not a lower-case word.
    """
    if not re.fullmatch(r"[a-z]+(?:_[a-z]+)*", tag):
        raise ValueError(f"{tag!r} can not name a fence. Use lower-case letters and single underscores.")
    return f"<{tag}>\n{_defused(text, frozenset({tag, *others}))}\n</{tag}>"


def _defused(text: str, tags: frozenset[str]) -> str:
    # Again until nothing is found: taking one look-alike out may join the halves of another.
    while True:
        folded, origin = _folded(text)
        spans = [(origin[m.start()], origin[m.end() - 1] + 1) for m in _look_alike(tags).finditer(folded)]
        if not spans:
            return text
        for start, end in reversed(spans):
            text = text[:start] + DEFUSED + text[end:]


def _folded(text: str) -> tuple[str, list[int]]:
    """As a hasty reader sees it, and for each of its characters the position it came from."""
    if text.isascii():
        return text.lower(), list(range(len(text)))
    folded: list[str] = []
    origin: list[int] = []
    for at, char in enumerate(text):
        seen = _seen(char)
        folded.append(seen)
        origin += [at] * len(seen)
    return "".join(folded), origin


@lru_cache(maxsize=4096)
def _seen(char: str) -> str:
    """One character without width, case, accents and script; "" for what nobody sees."""
    if unicodedata.category(char) in {"Cf", "Cs", "Co", "Cn"}:
        return ""
    bare = "".join(c for c in unicodedata.normalize("NFKD", char) if not unicodedata.combining(c))
    return bare.casefold().translate(_TWINS)


@lru_cache(maxsize=16)
def _look_alike(tags: frozenset[str]) -> re.Pattern[str]:
    names = "|".join(r"[\W_]{0,8}".join(tag.replace("_", "")) for tag in sorted(tags))
    opened = rf"(?:{_ANGLE}\W{{0,8}}|{_BRACKET}\s{{0,4}}{_SLASH}\s{{0,4}})"
    return re.compile(rf"{opened}(?:{names})(?:[^\w<>]{{0,8}}{_CLOSE})?")
