"""Word lists per language compiled to one pattern a key: recall for what must never be missed."""

import re
from functools import lru_cache
from importlib.resources import files

import yaml

from agent.brains.local.text import fold
from agent.domain.languages import FALLBACK, SUPPORTED, UNSPACED

_GAP = r"(?:\W+\w+){0,3}?\W+"


def _entry(phrase: str, spaced: bool) -> str:
    folded = fold(phrase.strip())
    parts = [re.escape(part.strip().rstrip("*")) + (r"\w*" if part.strip().endswith("*") else "") for part in folded.split("...")]
    if not spaced:
        return r".{0,12}?".join(part.removesuffix(r"\w*") for part in parts)
    body = _GAP.join(part.replace(r"\*", r"\w*").replace(r"\ ", r"\s+") for part in parts)
    return rf"(?<!\w){body}(?!\w)"


@lru_cache(maxsize=32)
def load(language: str) -> dict[str, re.Pattern[str]]:
    """Key -> compiled pattern for folded text. Raises FileNotFoundError for a language without a lexicon."""
    source = files("agent.brains.local").joinpath(f"data/lexicon/{language}.yaml").read_text(encoding="utf-8")
    lists: dict[str, list[str]] = yaml.safe_load(source)
    spaced = language not in UNSPACED
    return {
        key: re.compile("|".join(_entry(str(phrase), spaced) for phrase in sorted(phrases, key=lambda p: -len(str(p)))))
        for key, phrases in lists.items()
        if phrases
    }


def found(text: str, language: str) -> frozenset[str]:
    """Keys of the language's lexicon, and of English beside it, that occur in the text."""
    folded = fold(text)
    languages = {language if language in SUPPORTED else FALLBACK, FALLBACK}
    return frozenset(key for code in languages for key, pattern in load(code).items() if pattern.search(folded))
