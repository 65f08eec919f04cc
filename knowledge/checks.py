"""What an editor should look at before a snapshot is trusted: stale dates, and numbers that differ between languages."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from knowledge.article import Article

_NUMBER = re.compile(r"\d+(?:[.,:\s\u00a0\u202f'’٫٬]\d+)*")
_MONTH = re.compile(r"(?<!\d)\d+\s*月")  # 11月 is November, a word elsewhere
_SHOWN = 6


def numbers(text: str) -> Counter[str]:
    """The numbers of a text, written one way: 2.000 = 2,000 = 2 000 = 2000; 4,90 = 4.9; 08:00 = 8; ٣٠ = 30."""
    found: Counter[str] = Counter()
    for match in _NUMBER.finditer(_MONTH.sub(" ", text)):
        found.update(_parts(match.group()))
    return found


def _parts(written: str) -> Iterator[str]:
    digits = "".join(str(int(c)) if c.isdigit() else c for c in written).replace("٫", ".").replace("٬", ",")
    digits = re.sub(r"(?<=\d)[\s\u00a0\u202f'’](?=\d{3}(?!\d))", "", digits)
    for part in re.split(r"[\s\u00a0\u202f'’]", digits):
        if ":" in part:
            yield ":".join(piece.lstrip("0") or "0" for piece in part.removesuffix(":00").split(":"))
            continue
        whole, mark, rest = re.sub(r"[.,](?=\d{3}(?!\d))", "", part).replace(",", ".").partition(".")
        rest = rest.rstrip("0")
        yield (whole.lstrip("0") or "0") + (mark + rest if rest else "")


def warnings(articles: Sequence[Article], today: date) -> tuple[str, ...]:
    """Everything worth a look, one sentence each, in a fixed order."""
    return tuple(sorted({*_dates(articles, today), *_translations(articles)}))


def _dates(articles: Iterable[Article], today: date) -> Iterator[str]:
    for article in articles:
        name = f"{article.language}/{article.id}"
        if article.review_on and article.review_on <= today:
            yield f"{name}: its review was due on {article.review_on}"
        if article.valid_to and article.valid_to < today:
            yield f"{name}: has not been valid since {article.valid_to}"


def _translations(articles: Iterable[Article]) -> Iterator[str]:
    variants: dict[str, dict[str, Article]] = defaultdict(dict)
    for article in articles:
        variants[article.id][article.language] = article
    for id_, languages in variants.items():
        for language, article in languages.items():
            source = languages.get(article.source_language)
            if source is None:
                yield f"{language}/{id_}: its source, {article.source_language}/{id_}, is missing"
            elif source is not article:
                yield from _differences(source, article)


def _differences(source: Article, translation: Article) -> Iterator[str]:
    name = f"{translation.language}/{translation.id}"
    ours, theirs = set(numbers(source.body)), set(numbers(translation.body))
    missing, extra = sorted(ours - theirs), sorted(theirs - ours)
    if missing or extra:
        parts = [f"{label} {', '.join(some[:_SHOWN])}" for label, some in (("lacks", missing), ("adds", extra)) if some]
        yield f"{name}: numbers differ from {source.language}: {'; '.join(parts)}"
    for field in ("audience", "markets", "valid_from", "valid_to"):
        if getattr(source, field) != getattr(translation, field):
            yield f"{name}: {field} differs from {source.language}"
