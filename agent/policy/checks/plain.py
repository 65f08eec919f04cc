"""Text as the checks read it: digits of every script as 0-9, one kind of space and apostrophe, no invisible marks. Pure."""

import unicodedata
from functools import lru_cache

from agent.domain.languages import UNSPACED

_SAME = {
    **dict.fromkeys("\u00a0\u202f\u2007\u2009\u3000", " "),
    **dict.fromkeys("’ʼ‘＇", "'"),
    **dict.fromkeys("٫．", "."),
    **dict.fromkeys("٬，", ","),
    "％": "%",
    "٪": "%",
    "＃": "#",
    "：": ":",
    "￥": "¥",
    "＄": "$",
    "．": ".",
    "～": "~",
    "−": "-",
    "‑": "-",
    "‐": "-",
    **{chr(code): chr(code - 0xFEE0) for code in (*range(0xFF21, 0xFF3B), *range(0xFF41, 0xFF5B))},
    "أ": "ا",
    "إ": "ا",
    "آ": "ا",
    "ٱ": "ا",
    "ى": "ي",
    "ؤ": "و",
    "ئ": "ي",
}
#: Marks of direction and joining: seen by nobody, and they part figures from their units.
_INVISIBLE = frozenset("\u200b\u200c\u200d\u200e\u200f\u061c\u2060\ufeff\u00ad\u0640\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


@lru_cache(maxsize=4096)
def plain(text: str) -> str:
    if text.isascii():
        return text
    return "".join(_one(char) for char in unicodedata.normalize("NFC", text))


def _one(char: str) -> str:
    if char.isascii():
        return char
    if char.isdecimal():
        return str(unicodedata.decimal(char))
    if char in _INVISIBLE or "\u064b" <= char <= "\u0652":
        return ""
    return _SAME.get(char, char)


def condensed(text: str) -> str:
    """Without any space: how two copies of one sentence compare."""
    return "".join(text.split())


def is_dense(language: str) -> bool:
    return language in UNSPACED
