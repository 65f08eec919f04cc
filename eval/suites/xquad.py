"""xquad_retrieval: questions against encyclopaedia paragraphs, in the question's own language and in English."""

import json
import tempfile
from collections.abc import Sequence
from pathlib import Path

from agent.bootstrap import open_embedder
from agent.domain.languages import FALLBACK, is_supported
from agent.settings import Settings
from eval.interval import Share
from eval.suites import folder
from eval.suites.folder import Row
from eval.suites.measure import line
from knowledge.embed import Embedder
from knowledge.passages_file import Question, search_file


async def measure(limit: int | None) -> list[str]:
    settings = Settings.model_validate({})
    embedder = open_embedder(settings)
    asked = folder.sample([row for row in folder.rows("xquad_retrieval") if is_supported(row["lang"])], limit, by="lang")
    documents = folder.rows("xquad_retrieval", "public_docs.jsonl")
    lines: list[str] = []
    for language in sorted({row["lang"] for row in asked}):
        questions = [row for row in asked if row["lang"] == language]
        for corpus in dict.fromkeys((language, FALLBACK)):
            ranks = await _ranks(embedder, questions, [row for row in documents if row["lang"] == corpus])
            name = f"xquad_retrieval {language} -> {corpus}"
            lines += [line(f"{name}, recall@{k}", Share(sum(rank < k for rank in ranks), len(ranks))) for k in (1, 5)]
    return lines


def _passage(row: Row) -> str:
    return json.dumps({"id": row["doc_id"], "text": row["text"], "language": row["lang"]})


async def _ranks(embedder: Embedder, questions: Sequence[Row], documents: Sequence[Row]) -> list[int]:
    """Place of the right paragraph, 0 first; 5 when it is not among the five."""
    with tempfile.TemporaryDirectory() as made:
        file = Path(made) / "passages.jsonl"
        file.write_text("\n".join(map(_passage, documents)))
        found = await search_file(file, [Question(row["query"], row["lang"]) for row in questions], embedder)
    places = [[passage.article for passage in result.passages] for result in found]
    return [order.index(row["gold_doc"]) if row["gold_doc"] in order else 5 for row, order in zip(questions, places, strict=True)]
