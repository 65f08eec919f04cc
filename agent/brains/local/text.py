"""One way to clean and to fold text, shared by everything that matches words."""

import re
import unicodedata

_ARABIC_VARIANTS = str.maketrans({"أ": "ا", "إ": "ا", "آ": "ا", "ى": "ي", "ة": "ه", "ـ": None})
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\u200b-\u200f\u202a-\u202e\u2060\ufeff]")
_SENTENCE = re.compile(r"(?<=[.!?。！？؟…;；])\s+|(?<=[。！？；])|\n+")
_JOINT = re.compile(
    r",?\s+(?:and(?: also)?|also|plus|or|und(?: außerdem)?|außerdem|oder|et(?: aussi)?|aussi|ou|y(?: además)?|además|o"
    r"|e(?: anche)?|inoltre|e também|além disso|и(?: ещё)?|а также|или|وأيضا|وكذلك|وإلا|أو)\s+"
    r"|،\s+(?=و)|[，,]?(?:另外|还有|并且|以及)|[，,](?=而且|否则|不然)|[、。]?(?:それから|あと、|また、)",
    re.IGNORECASE,
)


def clean(text: str) -> str:
    """Drop control, zero-width and bidi characters and lone surrogates. Lengths may change; visible text does not."""
    return _CONTROL.sub("", text)


def fold(text: str) -> str:
    """Case-folded, accents stripped, Arabic letter variants unified, for matching only."""
    if text.isascii():
        return text.lower()
    # Decomposed first: only then have the letters of mathematical alphabets a case.
    decomposed = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold())
    bare = "".join(char for char in decomposed if not unicodedata.combining(char) or char in "\u3099\u309a")
    return unicodedata.normalize("NFC", bare).translate(_ARABIC_VARIANTS).replace("’", "'")


def _letters(part: str) -> int:
    """Letters that may carry a wish: a number and an address carry none."""
    return sum(char.isalpha() for char in part)


def clauses(text: str, limit: int = 6) -> list[str]:
    """The parts of a message that may each carry a wish; [text] when it has only one."""
    parts = [part.strip() for part in _SENTENCE.split(text) if part.strip()]
    if len(parts) == 1:
        parts = [part.strip() for part in _JOINT.split(parts[0]) if part and part.strip()]
    long_enough = [part for part in parts if _letters(part) >= (4 if not part.isascii() or "#" in part else 10)]
    return long_enough[:limit] if len(long_enough) > 1 else [text]
