"""Names that a model's sentence has and its sources have not: a supplier, another customer, another carrier. Pure."""

import re
from collections.abc import Iterable, Iterator, Sequence

from agent.policy.checks.figures import figures
from agent.policy.checks.lexicon import Lexicon, lexicon
from agent.policy.checks.plain import plain
from agent.policy.checks.sources import Sentence

#: Scripts in which a Latin word is a name.
_OTHER_SCRIPTS = frozenset({"ru", "ar", "zh", "ja"})
_LATIN = re.compile(r"[A-Za-z\u00c0-\u024f]{2,}")
#: With its apostrophe, so that "I'm" is one word.
_WORD = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)?")
#: A word is known by its beginning, for endings change: Rotterdam, Rotterdamer.
_STEM = 5
#: After these a sentence begins, and any word may be written large.
_OPENS = re.compile(r"[.!?:;¡¿…\"„“«»\n][\s\"„“«»]*$|^\W*$")
#: Two large words beside each other are a name where every noun is written large.
_TOGETHER = re.compile(r"[ -]")


def strangers(said: Iterable[Sentence], sources: Sequence[Sentence], values: Iterable[str], language: str) -> list[str]:
    """Sources in another language name the same people, yet not the same countries: only in other scripts are they compared."""
    same = all(source.language == language for source in sources)
    known = {_stem(word) for text in (*(source.text for source in sources), *values) for word in _parts(plain(text))}
    found = [word for each in said for word in _names(each, lexicon(language), known, same)]
    return [f"a name that is in none of its sources: {word}" for word in dict.fromkeys(found)]


def _parts(text: str) -> Iterator[str]:
    """Latin words by themselves too: in Chinese and Japanese others follow without a space."""
    for word in (*_WORD.findall(text), *_LATIN.findall(text)):
        yield from (word, *word.split("'"))


def _stem(word: str) -> str:
    return word.casefold()[:_STEM]


def _names(said: Sentence, words: Lexicon, known: set[str], same: bool) -> Iterator[str]:
    text = plain(said.text)
    for found in figures(text, said.language):
        text = f"{text[: found.start]}{' ' * (found.end - found.start)}{text[found.end :]}"
    if said.language in _OTHER_SCRIPTS:
        yield from (word for word in _LATIN.findall(text) if _stem(word) not in known)
    if same and not words.dense:
        yield from _large(text, words, known)


def _large(text: str, words: Lexicon, known: set[str]) -> Iterator[str]:
    strange = [
        match
        for match in _WORD.finditer(text)
        if match.group()[0].isupper() and _is_strange(match.group(), words, known) and not _OPENS.search(text[: match.start()])
    ]
    for at, match in enumerate(strange):
        beside = strange[at + 1 :][:1]
        if words.language != "de" or any(_TOGETHER.fullmatch(text[match.end() : other.start()]) for other in beside):
            yield match.group()


def _is_strange(word: str, words: Lexicon, known: set[str]) -> bool:
    """`de l'UE` and `I'm` are known by either part."""
    parts = (word, *word.split("'"))
    return not any(_stem(part) in known or words.capitals.fullmatch(part) for part in parts)
