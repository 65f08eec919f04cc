"""Retrieval over a file's passages with the ranking of the knowledge base, measured by ir-measures."""

import json
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import ir_measures
from ir_measures import RR, R, nDCG

from eval.suites import brain
from eval.suites.measure import mean, share
from eval.suites.source import BadRows, Progress, Row
from eval.suites.suite import Measure
from knowledge.passages_file import Question, search_file

#: How deep the ranking is looked at.
K = 10


class Query(Row):
    query: str
    lang: str = "en"
    gold_doc: str


#: Ids of documents, best first.
Ranking = Sequence[str]


@dataclass(frozen=True, slots=True)
class Document:
    id: str
    text: str
    language: str


async def search(queries: Sequence[Query], documents: Sequence[Document], progress: Progress) -> list[Ranking]:
    """Ids of the documents found for each query, best first. Raises BadRows when a query's own document is missing."""
    known = {document.id for document in documents}
    if lost := next((query for query in queries if query.gold_doc not in known), None):
        raise BadRows(f"{lost.id}: gold_doc: no document {lost.gold_doc}. Add it to the file of documents.")
    with tempfile.TemporaryDirectory() as made:
        file = Path(made) / "passages.jsonl"
        lines = (json.dumps({"id": item.id, "text": item.text, "language": item.language}) for item in documents)
        file.write_text("\n".join(lines), encoding="utf-8")
        questions = [Question(query.query, query.lang, k=K) for query in queries]
        found = await search_file(file, questions, brain.prepared_embedder(), lambda _, done, total: progress(done, total))
    return [list(dict.fromkeys(passage.article for passage in result.passages)) for result in found]


def ranking(name: str, answered: Sequence[tuple[Query, Ranking]]) -> list[Measure]:
    """recall@1, recall@5, nDCG@10 and MRR@10 of the one document that answers each query."""
    right = [ir_measures.Qrel(str(at), query.gold_doc, 1) for at, (query, _) in enumerate(answered)]
    run = [
        ir_measures.ScoredDoc(str(at), item, float(-place)) for at, (_, order) in enumerate(answered) for place, item in enumerate(order)
    ]
    values: dict[str, list[float]] = {}
    for metric in ir_measures.iter_calc([R @ 1, R @ 5, nDCG @ K, RR @ K], right, run):
        values.setdefault(str(metric.measure), []).append(float(metric.value))
    return [
        share(f"{name}: recall@1", (value > 0 for value in values["R@1"])),
        share(f"{name}: recall@5", (value > 0 for value in values["R@5"])),
        mean(f"{name}: nDCG@{K}", values[f"nDCG@{K}"]),
        mean(f"{name}: MRR@{K}", values[f"RR@{K}"]),
    ]
