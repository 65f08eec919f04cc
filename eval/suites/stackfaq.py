"""stackfaq: questions in other people's words against 125 answered questions about web applications."""

from eval.suites.ranking import Document, Query, ranking, search
from eval.suites.source import Row, Source
from eval.suites.suite import Found


class Answered(Row):
    id: str = ""
    doc_id: str
    lang: str = "en"
    question: str
    answers: tuple[str, ...] = ()


async def measure(source: Source) -> Found:
    asked = source.sample(source.rows(Query), lambda row: row.gold_doc)
    known = source.read(source.beside(f"{source.file.stem}_docs.jsonl", "docs.jsonl"), Answered)
    documents = [Document(item.doc_id, "\n".join((item.question, *item.answers)), item.lang) for item in known]
    orders = await search(asked, documents, source.progress)
    return Found(n=len(asked), measures=ranking(f"{len(known)} answers", list(zip(asked, orders, strict=True))))
