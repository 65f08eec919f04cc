"""A knowledge base of any size: our own articles' sentences recombined, every passage with a number of its own."""

import random
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from knowledge.article import Article
from knowledge.entry import entries
from knowledge.sentences import sentences
from knowledge.sources.folder import FolderSource

#: Passages an article is cut into: its opening and three sections.
SECTIONS = 3
_SENTENCES = 3
_FRONT = """---
id: {id}
title: {title}
language: {language}
intents: [{intents}]
markets: [{markets}]
products: []
audience: {audience}
valid_from: {start}
owner: care
review_on: 2030-01-01
---

"""


@dataclass(frozen=True, slots=True)
class Words:
    """What one language's articles are made of."""

    sentences: Sequence[str]
    titles: Sequence[str]


def words(corpus: Path) -> dict[str, Words]:
    """Language -> its sentences and titles."""
    found: dict[str, list[str]] = defaultdict(list)
    titles: dict[str, list[str]] = defaultdict(list)
    for entry in entries(FolderSource(corpus).read().articles):
        found[entry.language] += [line for line in sentences(entry.text, entry.language) if len(line) > 15]
        titles[entry.language].append(entry.title)
    return {language: Words(found[language], titles[language]) for language in found}


def write(folder: Path, material: dict[str, Words], passages: int) -> list[Path]:
    """Articles in all languages with about so many passages in all; gives their files. The same ones every time."""
    draw, files = random.Random(4), list[Path]()  # noqa: S311 - fiction to repeat, no secret
    for number in range(passages // ((SECTIONS + 1) * len(material))):
        front = _placed(number)
        for language, said in material.items():
            file = folder / language / f"topic-{number}.md"
            file.parent.mkdir(parents=True, exist_ok=True)
            title = f"{draw.choice(said.titles)} {number}"
            head = _FRONT.format(id=f"topic-{number}", title=title.replace(":", ","), language=language, **front)
            file.write_text(head + "\n\n".join(_body(draw, said, number)) + "\n", encoding="utf-8")
            files.append(file)
    return files


def _placed(number: int) -> dict[str, str]:
    """A fifth for one market, a tenth for staff alone, a tenth not valid yet: filters have something to do."""
    return {
        "markets": ("DE", "US", "", "", "", "", "", "", "", "")[number % 10],
        "audience": "operator" if number % 10 == 2 else "customer",
        "start": "2099-01-01" if number % 10 == 3 else "2026-01-01",
        "intents": ("returns", "shipping_info", "payment")[number % 3],
    }


def _body(draw: random.Random, said: Words, number: int) -> Iterator[str]:
    for section in range(SECTIONS + 1):
        if section:
            yield f"## {draw.choice(said.titles)} {section}"
        yield " ".join((*draw.sample(said.sentences, _SENTENCES), f"({number}-{section})"))


def edit(files: Sequence[Path], share: float) -> int:
    """A new sentence at the end of that share of the articles; gives their number."""
    chosen = list(files)[:: round(1 / share)]
    for file in chosen:
        file.write_text(file.read_text(encoding="utf-8").rstrip() + " 2027.\n", encoding="utf-8")
    return len(chosen)


def some(folder: Path) -> tuple[Article, ...]:
    """What is in the folder."""
    return FolderSource(folder).read().articles
