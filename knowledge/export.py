"""Articles as the Markdown files they could have come from."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import yaml

from knowledge.article import EU, Article


def markdown(article: Article) -> str:
    """The file of an article; `knowledge.article.parse` reads the same article from it."""
    fields = article.model_dump(mode="python", exclude={"body"}, exclude_none=True)
    fields = {name: list(value) if isinstance(value, tuple) else value for name, value in fields.items() if value not in ("", False)}
    if set(article.markets) >= EU:
        fields["markets"] = ["EU", *(market for market in article.markets if market not in EU)]
    front = yaml.safe_dump(fields, allow_unicode=True, sort_keys=False, default_flow_style=None, width=1000)
    return f"---\n{front}---\n\n{article.body}\n"


def write(folder: Path, articles: Iterable[Article]) -> None:
    """One file an article and language. Ids and languages hold no character that could lead out of the folder."""
    for article in articles:
        file = folder / article.language / f"{article.id}.md"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(markdown(article), encoding="utf-8", newline="\n")
