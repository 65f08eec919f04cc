"""Word lists per language, for recall of what must never be missed. Looked up by first word, so that thousands of entries cost little."""

import re
from collections import defaultdict
from functools import lru_cache
from importlib.resources import files

import yaml

from agent.brains.local.text import fold
from agent.domain.languages import FALLBACK, SUPPORTED, UNSPACED

#: The C loader where there is one: thousands of entries are read at start.
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_GAP = r"(?:\W+\w+){0,3}?\W+"
_WORD = re.compile(r"\w+")
#: Everyday words: they count only when they are the whole message.
WHOLE = frozenset({"vague", "yes", "no", "greeting"})


class Lexicon:
    """One language's lists. An entry is (key, pattern of what follows its first word); "" when there is nothing more."""

    def __init__(self, lists: dict[str, list[str]], *, spaced: bool) -> None:
        self._exact: dict[str, list[tuple[str, str]]] = defaultdict(list)
        self._prefix: dict[str, list[tuple[str, str]]] = defaultdict(list)
        self._inside: list[tuple[str, str]] = []
        self._whole: dict[str, set[str]] = {}
        for key, phrases in lists.items():
            folded = [fold(str(phrase).strip()) for phrase in phrases]
            if key in WHOLE:
                self._whole[key] = {_bare(phrase) or phrase for phrase in folded}
                continue
            for phrase in folded:
                self._add(key, phrase, spaced)
        self._lengths = sorted({len(prefix) for prefix in self._prefix})

    def _add(self, key: str, phrase: str, spaced: bool) -> None:
        first = _WORD.match(phrase)
        if not spaced or first is None:
            self._inside.append((key, phrase.replace("*", "")))
            return
        rest = phrase[first.end() :]
        if rest.startswith("*"):
            self._prefix[first.group()].append((key, _pattern(rest[1:])))
        else:
            self._exact[first.group()].append((key, _pattern(rest)))

    def found(self, folded: str) -> set[str]:
        keys = {key for key, phrase in self._inside if _within(phrase, folded)}
        keys |= {key for key, phrases in self._whole.items() if (_bare(folded) or folded.strip()) in phrases}
        for word in _WORD.finditer(folded):
            for key, rest in self._candidates(word.group()):
                if key not in keys and (not rest or _compiled(rest).match(folded, word.end())):
                    keys.add(key)
        return keys

    def _candidates(self, word: str) -> list[tuple[str, str]]:
        found = list(self._exact.get(word, ()))
        for length in self._lengths:
            if length > len(word):
                break
            found += self._prefix.get(word[:length], ())
        return found


def _pattern(rest: str) -> str:
    """The regular expression of what follows a first word, up to a word boundary; "" for nothing."""
    if not rest:
        return ""
    parts = [re.escape(part.strip()).replace(r"\*", r"\w*").replace(r"\ ", r"\s+") for part in rest.split("...")]
    lead = r"\s+" if rest[0].isspace() and parts[0] else ""
    return lead + _GAP.join(parts) + r"(?!\w)"


@lru_cache(maxsize=8192)
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern)


def _bare(text: str) -> str:
    return " ".join(_WORD.findall(text))


def _within(phrase: str, folded: str) -> bool:
    """Substring; "a...b" lets a few characters stand between."""
    head, gap, tail = phrase.partition("...")
    at = folded.find(head.strip())
    if at < 0 or not gap:
        return at >= 0
    end = at + len(head.strip())
    return tail.strip() in folded[end : end + len(tail) + 12]


@lru_cache(maxsize=32)
def load(language: str) -> Lexicon:
    """Raises FileNotFoundError for a language without a lexicon."""
    source = files("agent.brains.local").joinpath(f"data/lexicon/{language}.yaml").read_text(encoding="utf-8")
    lists = yaml.load(source, Loader=_LOADER)  # noqa: S506 - one of the two safe loaders
    return Lexicon(lists, spaced=language not in UNSPACED)


def found(text: str, language: str) -> frozenset[str]:
    """Keys of the language's lexicon, and of English beside it, that occur in the text."""
    folded = fold(text)
    languages = {language if language in SUPPORTED else FALLBACK, FALLBACK}
    return frozenset().union(*(load(code).found(folded) for code in languages))
