"""Text becomes sentences that can be quoted alone, in any of the supported scripts."""

from __future__ import annotations

import re

# Boundaries: CJK and Indic stops end a sentence at once; Latin, Cyrillic and Arabic ones need a space behind.
_CJK_STOP = r"[。！？｡]+[」』”’）)】]*"
_STOP = r"[.!?…؟۔।]+[\"”’»')\]]*(?=\s|$)"
_BOUNDARY = re.compile(rf"{_CJK_STOP}|{_STOP}|\n+")

# "14. Tag" is a date, not an end, where ordinals are written with a full stop.
_ORDINAL_STOP = frozenset({"de", "da", "nb", "no", "sv", "fi", "cs", "sk", "pl", "hu", "hr", "sl", "et", "lv", "lt"})

_ABBREVIATIONS = frozenset(
    {
        *("e.g", "i.e", "mr", "mrs", "ms", "dr", "vs", "approx", "incl", "excl", "st"),
        *("z.b", "d.h", "u.a", "o.ä", "bzw", "ca", "evtl", "ggf", "inkl", "zzgl", "vgl"),
        *("p.ex", "c.-à-d", "mme", "mlle", "réf", "ex", "p.ej", "ej", "sr", "sra", "dra", "aprox", "ad.es", "dott"),
        *("bijv", "d.w.z", "o.a", "т.е", "т.к", "ул"),
    }
)
_BEFORE_A_NUMBER = frozenset({"no", "nos", "nr", "núm", "n.º", "art", "tel", "тел", "стр", "p", "pág", "max", "min", "env"})


def sentences(text: str, language: str) -> tuple[str, ...]:
    """The sentences of `text`, in order and trimmed; together they hold all of its words."""
    found: list[str] = []
    start = 0
    for stop in _BOUNDARY.finditer(text):
        if not _ends(text, stop, language):
            continue
        found.append(text[start : stop.end()].strip())
        start = stop.end()
    found.append(text[start:].strip())
    return tuple(sentence for sentence in found if sentence)


def _ends(text: str, stop: re.Match[str], language: str) -> bool:
    mark = stop.group()
    if "\n" in mark or not mark.startswith("."):
        return True
    following = text[stop.end() :].lstrip()[:1]
    if following.islower():
        return False
    word = re.search(r"[^\s(]*$", text[max(0, stop.start() - 40) : stop.start()])
    before = word.group().casefold() if word else ""
    if before.isdigit() and len(before) <= 2 and language.split("-")[0] in _ORDINAL_STOP:
        return False
    if before in _ABBREVIATIONS or (before in _BEFORE_A_NUMBER and following.isdigit()):
        return False
    # A single letter is an initial or half of "z. B."; an enumeration mark ("1.") stands at the start of a line.
    return not (len(before) == 1 and before.isalpha()) and not _numbered(text, stop, before)


def _numbered(text: str, stop: re.Match[str], before: str) -> bool:
    line = text[text.rfind("\n", 0, stop.start()) + 1 : stop.start()]
    return before.isdigit() and line.strip() == before
