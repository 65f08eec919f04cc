"""xquad_retrieval: questions against encyclopaedia paragraphs, in the question's own language and in English."""

from collections.abc import Sequence

from agent.domain.languages import FALLBACK, is_supported
from eval.suites.ranking import Document, Query, Ranking, ranking, search
from eval.suites.source import BadRows, Row, Source
from eval.suites.suite import Found, Measure


class Paragraph(Row):
    id: str = ""
    doc_id: str
    lang: str
    text: str


async def measure(source: Source) -> Found:
    rows = [row for row in source.rows(Query) if is_supported(row.lang)]
    if not rows:
        raise BadRows(f"{source.file.name}: lang: no question in a language that is served. Give questions in English, for one.")
    asked = source.sample(rows, lambda row: row.lang)
    documents = source.read(source.beside(f"{source.file.stem}_docs.jsonl", "docs.jsonl"), Paragraph)
    measures: list[Measure] = []
    for corpus in sorted({row.lang for row in asked}):
        # Everybody asks in English texts: they are embedded once.
        own = asked if corpus == FALLBACK else [row for row in asked if row.lang == corpus]
        texts = [Document(item.doc_id, item.text, item.lang) for item in documents if item.lang == corpus]
        orders = await search(own, texts, source.progress)
        measures += [measure for language in sorted({row.lang for row in own}) for measure in _of(language, corpus, own, orders)]
    return Found(n=len(asked), measures=measures)


def _of(language: str, corpus: str, asked: Sequence[Query], orders: Sequence[Ranking]) -> list[Measure]:
    own = [(query, order) for query, order in zip(asked, orders, strict=True) if query.lang == language]
    return ranking(f"{language} to {corpus}", own)
