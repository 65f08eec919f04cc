"""The languages the local brain serves as equals, and how they are written."""

from enum import StrEnum


class Language(StrEnum):
    """ISO 639-1 codes of the ten served languages."""

    ENGLISH = "en"
    CHINESE = "zh"
    GERMAN = "de"
    FRENCH = "fr"
    SPANISH = "es"
    ITALIAN = "it"
    PORTUGUESE = "pt"
    ARABIC = "ar"
    JAPANESE = "ja"
    RUSSIAN = "ru"


SUPPORTED = frozenset(language.value for language in Language)
FALLBACK = Language.ENGLISH.value
#: Written without spaces between words: match lexicons by substring.
UNSPACED = frozenset({"zh", "ja", "th"})
RIGHT_TO_LEFT = frozenset({"ar", "fa", "he", "ur"})


def is_supported(code: str) -> bool:
    return code in SUPPORTED
