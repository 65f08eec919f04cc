"""Letters and figures that look like others: readers see "900" and "refund", our patterns do not. Pure."""

import re
import unicodedata
from collections.abc import Iterable

#: Latin letters stand everywhere, for brands; small capitals and their like are nobody's.
_LATIN, _CYRILLIC, _ARABIC = "\u0041-\u024f\u1e00-\u1eff", "\u0400-\u052f", "\u0600-\u077f"
_EAST = "\u3005-\u30ff\u3400-\u9fff\uf900-\ufaff\uff00-\uffef"
_MORE = dict.fromkeys(("en", "de", "fr", "es", "it", "pt"), "") | {"ru": _CYRILLIC, "ar": _ARABIC, "zh": _EAST, "ja": _EAST}
#: By language its own letters. Of languages that are not served nobody knows them here.
_OWN = {language: re.compile(f"[{_LATIN}{more}]") for language, more in _MORE.items()}
#: Two alphabets that share their looks: no word is of both.
_WORD, _ONE, _OTHER = re.compile(r"\w+"), re.compile(f"[{_LATIN}]"), re.compile("[\u0370-\u052f]")
#: A name of a site with another full stop in it.
_SITE = re.compile(r"[A-Za-z0-9-]{2,63}[\u3002\uff0e\uff61][a-z]{2,}")
_PLAIN = re.compile(r"[A-Za-z0-9]")


def disguised(text: str, language: str, sources: Iterable[str]) -> list[str]:
    """What is not written in the letters and digits of the language, and stands in none of the sources either."""
    if text.isascii():
        return []
    known = "\n".join(sources)
    found = {char for char in text if _is_figure(char) or _is_foreign(char, language)}
    found |= {word for word in _WORD.findall(text) if _ONE.search(word) and _OTHER.search(word)} | set(_SITE.findall(text))
    return [f"in disguise: {each}" for each in sorted(found) if each not in known]


def _is_figure(char: str) -> bool:
    """Circled, raised or Roman; circled letters too. The Chinese zero is an ordinary one."""
    kind = unicodedata.category(char)
    circled = kind == "So" and _PLAIN.fullmatch(unicodedata.normalize("NFKC", char)) is not None
    return circled or (kind in ("No", "Nl") and char != "〇")


def _is_foreign(char: str, language: str) -> bool:
    own = _OWN.get(language)
    return own is not None and unicodedata.category(char) in ("Lu", "Ll", "Lt", "Lo") and not own.match(char)
