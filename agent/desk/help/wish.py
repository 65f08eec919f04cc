"""What an operator wishes, read from a few words by rules. Pure."""

import re
from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from babel import Locale

from agent.domain.languages import SUPPORTED

#: Characters of a wish that are read.
LONGEST = 500


class Kind(StrEnum):
    SHORTER = "shorter"
    LANGUAGE = "language"
    FRIENDLIER = "friendlier"
    PROMISES = "promises"
    SIMILAR = "similar"
    REWRITE = "rewrite"  # the draft otherwise, as the words say: by a model alone
    QUESTION = "question"


#: What gives another draft; the others tell something.
DRAFTS = frozenset({Kind.SHORTER, Kind.LANGUAGE, Kind.FRIENDLIER, Kind.REWRITE})


@dataclass(frozen=True, slots=True)
class Wish:
    """`language`: ISO 639-1, for LANGUAGE alone; None when it names none that is known. `sure` False: a model may know better."""

    kind: Kind
    language: str | None = None
    sure: bool = True


#: First match counts. Stems, so that "kürzere" and "promised" are found; Chinese and Japanese have no word ends.
_WORDS: tuple[tuple[Kind, re.Pattern[str]], ...] = (
    (
        Kind.PROMISES,
        re.compile(
            r"\bpromis|\bpledge|\bcommit(?:ted|ment)|versproch|zugesag|zusage|\bpromesso|\bpromet|обещ|承诺|承諾|答应|許諾|约定|約束|وعد"
        ),
    ),
    (
        Kind.SIMILAR,
        re.compile(
            r"\bsimilar\b|\bcases? like\b|\bothers? with\b|ähnlich|vergleichbar|gleiche fälle|\bsimilaires?|\bparecid|\bsimil[ie]\b|похож|类似|類似|相似|مشابه"
        ),
    ),
    (
        Kind.SHORTER,
        re.compile(
            r"\bshort|\bbriefer\b|\bcut it\b|\bconcise|kürze|kurz|knapp|\bplus court|\bmás cort|\bpiù breve|короч|简短|短一|更短|精简|短く|أقصر"
        ),
    ),
    (
        Kind.FRIENDLIER,
        re.compile(
            r"\bfriendl|\bwarm|\bnicer\b|\bkinder\b|\bpolite|freundlich|netter|herzlich|höflich|aimable|amable|gentile|дружелюбн|вежлив|友好|亲切|热情|礼貌|客气|丁寧|ودي|لطف"
        ),
    ),
)
#: Words that open a question for knowledge; "can you make it shorter?" is none.
_OPENS = re.compile(
    r"^(?:what|who|when|where|why|how|which|did|does|is there|are there|has|have)\b|^(?:was|wer|wann|wo|warum|wie|welche[rsnm]?|hat|haben|gibt)\b"
    r"|什么|为什么|怎么|多少|哪|吗|是否"
)
_ASKS = re.compile(rf"[?？؟]|{_OPENS.pattern}")
_REWRITES = re.compile(
    r"\b(?:rewrite|rephrase|reword|make it|more formal|less formal|formal|add|mention|leave out|remove|without|apologi[sz]e|simpler|begin|end)\b"
    r"|umformulier|formulier|formell|erwähn|ergänz|lass|ohne|entschuldig|einfacher|schreib|改写|重写|正式|加上|去掉|道歉|简单"
)
#: A wish for a language and nothing else: any language's name may stand there, which elsewhere would be taken for another word.
_INTO = re.compile(
    r"^(?:please |bitte )?(?:(?:translate|write|say|put|übersetze?|schreib) (?:it |this |das |es )?)?(?:into|in|auf|ins|en|em|用|翻译成|译成) ?"
    r"(?P<name>[^\W\d_]{2,24})(?: please| bitte)?[.!]?$"
)
#: How many words a wish for a language may have: "what did the French courier say" names one too.
_BRIEF = 7
#: What Chinese speakers say beside "英语".
_SCRIPTS = {"英": "en", "中": "zh", "德": "de", "法": "fr", "日": "ja", "俄": "ru"}


def read(text: str) -> Wish:
    """Never fails: what no rule knows is a rewriting or a question, and not sure."""
    words = " ".join(text[:LONGEST].casefold().split())
    opens, asks = _OPENS.search(words) is not None, _ASKS.search(words) is not None
    for kind, pattern in _WORDS:
        if pattern.search(words) and not (opens and kind in DRAFTS):
            return Wish(kind)
    language = _language(words)
    if language and not opens and not words.startswith("polish ") and len(words.split()) <= _BRIEF and len(words) <= 60:
        return Wish(Kind.LANGUAGE, language)
    if into := _INTO.match(words):
        rare = _all_names().get(into["name"])
        return Wish(Kind.LANGUAGE, rare, sure=rare is not None)
    return Wish(Kind.REWRITE if _REWRITES.search(words) and not asks else Kind.QUESTION, sure=asks)


def _language(words: str) -> str | None:
    """The language a text names, by its name in any of ours; the longest name wins, so that none is found within another."""
    found = [name for name in _names() if _stands_in(name, words)]
    return _names()[max(found, key=len)] if found else None


def _stands_in(name: str, words: str) -> bool:
    """As a word of its own, however it ends: "auf Französisch", "ins Französische". Where words are not set apart, anywhere."""
    if name > "\u2e80":
        return name in words
    if "\u0600" <= name < "\u0700":  # with the article, and often with a preposition, in one word
        return name.removeprefix("ال") in words
    stem = name[:-2] if "\u0400" <= name < "\u0530" else name  # "французский", but "по-французски"
    return re.search(rf"(?<!\w){re.escape(stem)}\w{{0,3}}(?!\w)", words) is not None


@cache
def _names() -> dict[str, str]:
    """Name of a language in each of ours, in small letters -> its code; and the codes themselves."""
    found = {f"{name}文": code for name, code in _SCRIPTS.items()}
    for shown in sorted(SUPPORTED):
        names = Locale.parse(shown).languages
        found |= {str(names[code]).casefold(): code for code in sorted(SUPPORTED | {"nl", "pl", "tr", "ko", "sv", "uk"}) if code in names}
    return found


@cache
def _all_names() -> dict[str, str]:
    """Of every language with a code of two letters."""
    found: dict[str, str] = {}
    for shown in sorted(SUPPORTED):
        found |= {str(name).casefold(): code for code, name in Locale.parse(shown).languages.items() if len(code) == 2}
    return found
