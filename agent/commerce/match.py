"""Which products a text names: by SKU, by a product's own name, or by what such a thing is called in ten languages."""

import re
import tomllib
from collections.abc import Sequence
from functools import lru_cache
from importlib.resources import files

from agent.brains.local.text import fold
from agent.domain.commerce import Product

_SKU, _NAME, _NOUN, _WORD = 100, 6, 3, 1
#: Titles are English, and a text without spaces may have one in its midst: "我的Murmo耳机".
_TOKEN = re.compile(r"[a-z0-9]+")
_CODE = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)+")
_UNSPACED = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]")
_ARABIC = re.compile(r"[\u0600-\u06ff]")
#: Article, conjunction and prepositions that Arabic writes onto the word.
_CLITICS = r"(?:[وف]?(?:[بلك]?ال|لل|[بلك])?)"
#: Characters read for common nouns, which is the dear part; SKUs and names are found anywhere.
_LONGEST = 2000


def best(products: Sequence[Product], text: str, limit: int) -> tuple[Product, ...]:
    """Best first. A colour or a material alone ("the linen one") names nothing; it only ranks what is named."""
    folded = fold(text)
    codes = frozenset(_CODE.findall(folded))
    tokens = frozenset(_TOKEN.findall(folded))
    nouns = _named_nouns(folded[:_LONGEST])
    scored = [(score, product) for product in products if (score := _score(product, codes, tokens, nouns))]
    scored.sort(key=lambda pair: (-pair[0], pair[1].sku))
    return tuple(product for _, product in scored[: max(limit, 0)])


def _score(product: Product, codes: frozenset[str], tokens: frozenset[str], nouns: frozenset[str]) -> int:
    name, *words = _title(product.title)
    named = _SKU if product.sku.lower() in codes else 0
    named += _NAME if name in tokens else 0
    named += _NOUN if nouns.intersection(words) else 0
    return named + _WORD * len(tokens.intersection(words)) if named else 0


def _named_nouns(folded: str) -> frozenset[str]:
    """The nouns in a text, without those inside a longer one: "头戴式耳机" are headphones, though 耳机 are earbuds."""
    spans = [(*match.span(), noun) for noun, pattern in _nouns().items() for match in pattern.finditer(folded)]
    return frozenset(noun for start, end, noun in spans if not any(s <= start and end <= e and e - s > end - start for s, e, _ in spans))


@lru_cache(maxsize=1024)
def _title(title: str) -> tuple[str, ...]:
    return tuple(_TOKEN.findall(fold(title)))


@lru_cache(maxsize=1)
def _nouns() -> dict[str, re.Pattern[str]]:
    """The word of the English titles -> a pattern of what customers call it."""
    source = files("agent.commerce").joinpath("nouns.toml").read_text(encoding="utf-8")
    lists: dict[str, list[str]] = tomllib.loads(source)
    return {noun: re.compile("|".join(_term(fold(term)) for term in _longest_first(noun, terms))) for noun, terms in lists.items()}


def _longest_first(noun: str, terms: list[str]) -> list[str]:
    return sorted((noun, *terms), key=len, reverse=True)


def _term(term: str) -> str:
    """With room for an ending, but never for another word: "robe" is no "Robert", "crema" no "cremallera"."""
    if _UNSPACED.search(term):
        return re.escape(term)
    ending = r"\w{0,3}" if len(term) > 4 or not term.isascii() else "s?"
    clitics = _CLITICS if _ARABIC.search(term) else ""
    return rf"(?<!\w){clitics}{re.escape(term)}{ending}(?!\w)"
