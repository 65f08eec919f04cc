"""What the ranking of the knowledge base finds in documents given for the purpose."""

import json
import tempfile
from collections.abc import Sequence
from pathlib import Path

from eval.suites.ranking import Document, K, Query, Ranking
from knowledge.embed import Embedder
from knowledge.passages_file import Question, search_file


async def ours(asked: Sequence[Query], documents: Sequence[Document], embedder: Embedder) -> list[Ranking]:
    """Ids of the documents found for each query, best first."""
    with tempfile.TemporaryDirectory() as made:
        file = Path(made) / "passages.jsonl"
        lines = (json.dumps({"id": item.id, "text": item.text, "language": item.language}) for item in documents)
        file.write_text("\n".join(lines), encoding="utf-8")
        found = await search_file(file, [Question(row.query, row.lang, k=K) for row in asked], embedder)
    return [[passage.article for passage in result.passages] for result in found]
