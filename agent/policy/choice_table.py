"""The words of choosing, compiled once a language: from choice_words.toml and the labels of the quick replies."""

import re
import tomllib
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Any

from agent.brains.local.text import clean, fold
from agent.domain.languages import FALLBACK, SUPPORTED, UNSPACED

#: Without their accent they are another word, so it is not left out: "si" (if), "que" (that), "ou" (or), "a", "e".
ACCENT_TELLS = frozenset({"sí", "sì", "qué", "où", "à", "è", "é", "por qué"})
#: Their accents tell words apart; elsewhere they are folded away.
ACCENTED = frozenset({"de", "es", "fr", "it", "pt"})
_LABEL = re.compile(r"^label-(?P<name>[\w-]+) = (?P<text>.+)$", re.MULTILINE)
_NUMERO = re.compile(r"№|\bn[º°o]\.?(?=\s*\d)", re.IGNORECASE)
#: "and", "with", "for" grown together with the word behind them.
_ARABIC_PREFIX = "[وبفلك]{0,2}"


def normal(text: str, language: str) -> str:
    """Case, width and digits of every script made one; accents kept where they tell words apart."""
    text = _NUMERO.sub("#", clean(text)).replace("’", "'")
    text = "".join(str(unicodedata.decimal(char)) if char.isdecimal() else char for char in text)
    plain = unicodedata.normalize("NFKC", text).casefold() if language in ACCENTED else fold(text)
    return plain.replace("\ufe0f", "").replace("\u20e3", "")


def bare(text: str) -> str:
    """Its words alone."""
    return " ".join(re.findall(r"\w+", text))


@dataclass(frozen=True, slots=True)
class Table:
    """Patterns of one language. `marks` and `ordinals` name what they find: group n<index>, or `number`."""

    language: str
    spaced: bool
    labels: Mapping[str, str]  # bare label -> name
    yes: re.Pattern[str]
    whole_yes: re.Pattern[str]
    none: re.Pattern[str]  # somewhere in the text
    nothing: re.Pattern[str]  # the whole text
    human: re.Pattern[str]
    asks: re.Pattern[str]
    polite: re.Pattern[str]
    negates: re.Pattern[str]
    hedges: re.Pattern[str]
    want: re.Pattern[str]
    filler: re.Pattern[str]
    marked: re.Pattern[str]
    digit: re.Pattern[str]
    ordinals: tuple[re.Pattern[str], ...]
    last: re.Pattern[str]
    cardinals: tuple[frozenset[str], ...]
    names: re.Pattern[str]
    named: tuple[str, ...]  # name of each group of `names`


@lru_cache(maxsize=16)
def table(language: str) -> Table:
    words = _words()[language]
    spaced = language not in UNSPACED

    def any_of(entries: Iterable[str], after: str = "") -> re.Pattern[str]:
        return re.compile(_bounded(_alternatives(entries, language), language, after))

    names = sorted(((_form(entry, language), name) for name, entries in words["names"].items() for entry in entries), key=_longest)
    groups = "|".join(f"({pattern})" for pattern, _ in names)
    cardinals = tuple(frozenset(normal(entry, language) for entry in entries) for entries in words["cardinals"])
    return Table(
        language=language,
        spaced=spaced,
        labels=_labels(language),
        yes=any_of(words["yes"]),
        whole_yes=re.compile(_alternatives(words["yes"], language)),
        none=any_of(entry for entry in words["none"] if len(entry) > (2 if not spaced else 0) and (" " in entry or not spaced)),
        nothing=re.compile(_alternatives(words["none"], language)),
        human=any_of(words["human"]),
        asks=any_of(words["asks"]),
        polite=any_of(words["polite"]),
        negates=any_of(words["not"]),
        # "Si, la segunda" without its accent is a yes: a condition goes on.
        hedges=any_of(words["hedge"], r"(?=\s+\w)" if spaced else ""),
        want=any_of(words["want"]),
        filler=any_of(words["filler"]),
        marked=_marked(words, cardinals, language),
        digit=re.compile(r"(?<![\w.,#])[1-9](?!\w|[.,:]\d|\s*[%€$£¥])" if spaced else r"(?<![0-9.,#a-z])[1-9](?![0-9a-z%€円元]|[.,:]\d)"),
        ordinals=tuple(any_of(entries) for entries in words["ordinals"]),
        last=any_of(words["last"]),
        cardinals=cardinals,
        names=re.compile(_bounded(groups, language, "")),
        named=tuple(name for _, name in names),
    )


def _marked(words: Mapping[str, Any], cardinals: tuple[frozenset[str], ...], language: str) -> re.Pattern[str]:
    """A number with a word that makes it a choice, before it or, in some languages, after it."""
    said = "|".join(sorted((re.escape(word) for group in cardinals for word in group), key=len, reverse=True))
    option = _alternatives(words["option"], language)
    if language in UNSPACED:
        after = _alternatives(words["after"], language)
        return re.compile(
            rf"(?:{option}|#)\s*(?P<before>[1-9](?![0-9])|[a-c](?![a-z])|{said})|(?P<after>(?<![0-9])[1-9]|{said})\s*(?:{after})"
        )
    before = rf"(?<!\w)(?:{option})\W{{0,3}}(?P<before>[1-9]|[a-c]|{said})(?!\w|[.,:]\d)"
    return re.compile(rf"{before}|#\s?(?P<after>[1-9])(?!\w)")


def _bounded(pattern: str, language: str, after: str) -> str:
    if language in UNSPACED:
        return f"(?:{pattern}){after}"
    return rf"(?<!\w){_ARABIC_PREFIX if language == 'ar' else ''}(?:{pattern})(?!\w){after}"


def _alternatives(entries: Iterable[str], language: str) -> str:
    """The longest first. An empty list matches nothing."""
    forms = sorted({_form(entry, language) for entry in entries}, key=len, reverse=True)
    return "|".join(forms) or r"(?!)"


def _form(entry: str, language: str) -> str:
    """With its accents or, where that is no other word, without."""
    written = [normal(entry, language)]
    if language in ACCENTED and entry not in ACCENT_TELLS and fold(entry) != written[0]:
        written.append(fold(entry))
    return "|".join(re.escape(each).replace(r"\*", r"\w*").replace(r"\ ", r"\s+") for each in written)


def _longest(item: tuple[str, str]) -> int:
    return -len(item[0].partition("|")[0])


def _labels(language: str) -> dict[str, str]:
    """The quick replies come back as they were shown."""
    source = files("agent").joinpath(f"phrases/{language}.ftl").read_text(encoding="utf-8")
    return {bare(normal(found["text"], language)): found["name"] for found in _LABEL.finditer(source)}


@lru_cache(maxsize=1)
def _words() -> dict[str, Any]:
    found = tomllib.loads(files("agent.policy").joinpath("choice_words.toml").read_text(encoding="utf-8"))
    if missing := SUPPORTED - found.keys():
        raise ValueError(f"choice_words.toml lacks {', '.join(sorted(missing))}: add a table with the keys of [{FALLBACK}]")
    return found
