"""Search on real text with the real model: the articles of the demo shop, and XQuAD."""

from __future__ import annotations

import json
import os
from collections.abc import AsyncIterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from knowledge.article import Article
from knowledge.calibrate import outcomes, questions, recall
from knowledge.checks import warnings
from knowledge.confidence import curve
from knowledge.embed import OnnxEmbedder
from knowledge.entry import entries
from knowledge.passages_file import Question, search_file
from knowledge.search import SearchResult
from knowledge.sources.folder import FolderSource

ROOT = Path(__file__).parents[2]
CORPUS = ROOT / "knowledge" / "corpus"
MODELS = Path(os.environ.get("PORTSIDE_TEST_MODELS", ROOT / ".portside" / "models"))
XQUAD = ROOT.parent / "shared" / "data" / "xquad_retrieval"

# Recall@1 and @5 that must be reached; measured .978/.996, .909/.985 and .848/.985 on all questions.
FLOORS = {"en": (0.95, 0.98), "es": (0.85, 0.96), "ru": (0.78, 0.94)}


@pytest.fixture
async def embedder() -> AsyncIterator[OnnxEmbedder]:
    if not (MODELS / "model.json").exists():
        pytest.skip(f"no prepared model in {MODELS}: portside models prepare")
    made = OnnxEmbedder(MODELS)
    yield made
    made.close()


def articles() -> tuple[Article, ...]:
    return FolderSource(CORPUS).read().articles


def test_every_article_loads_and_translations_keep_the_figures() -> None:
    loaded = FolderSource(CORPUS).read()
    assert loaded.problems == ()
    assert warnings(loaded.articles, date(2026, 6, 1)) == ()


async def test_our_own_questions_find_their_article(embedder: OnnxEmbedder) -> None:
    english = [entry for entry in entries(articles()) if entry.language == "en"]
    found = await outcomes(embedder, questions(), english)
    assert recall(found, 1) > 0.55
    assert recall(found, 5) > 0.85
    scored = [(o.question.article, curve().score(o.best.signals)) for o in found]
    sure = [article is None for article, score in scored if score >= curve().threshold]
    assert sum(sure) / len(sure) < 0.12  # wrongly sure of an answer; measured .07


@pytest.mark.skipif(not XQUAD.exists(), reason="the shared data sets are not here")
async def test_english_paragraphs_are_found_from_other_languages(embedder: OnnxEmbedder, tmp_path: Path) -> None:
    file = tmp_path / "passages.jsonl"
    paragraphs = [row for row in _rows("public_docs.jsonl") if row["lang"] == "en"]
    lines = ({"id": row["doc_id"], "text": row["text"], "language": "en"} for row in paragraphs)
    file.write_text("\n".join(json.dumps(line) for line in lines))
    asked = [row for row in _rows("public.jsonl") if row["lang"] in FLOORS][::3]
    found = await search_file(file, [Question(row["query"], row["lang"]) for row in asked], embedder)
    for language, (first, five) in FLOORS.items():
        pairs = [(row["gold_doc"], _articles(result)) for row, result in zip(asked, found, strict=True) if row["lang"] == language]
        assert sum(gold == articles[0] for gold, articles in pairs) / len(pairs) >= first, language
        assert sum(gold in articles for gold, articles in pairs) / len(pairs) >= five, language


def _articles(result: SearchResult) -> list[str]:
    return [passage.article for passage in result.passages]


def _rows(name: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (XQUAD / name).read_text(encoding="utf-8").splitlines()]
