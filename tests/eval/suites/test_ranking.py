"""The retrieval suites, by shared words alone."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from eval.suites import BadRows, Suite, run

Write = Callable[..., Path]
pytestmark = pytest.mark.usefixtures("no_models")


async def figures(name: str, data: Path) -> dict[str, float]:
    found = await run(name, data=data)
    assert isinstance(found, Suite)
    return {measure.name: measure.value for measure in found.measures}


async def test_each_language_is_asked_in_its_own_and_in_english(write: Write) -> None:
    write(
        {"doc_id": "1", "lang": "en", "text": "apples grow on trees"},
        {"doc_id": "2", "lang": "en", "text": "boats sail over water"},
        {"doc_id": "1", "lang": "de", "text": "Äpfel wachsen auf Bäumen"},
        {"doc_id": "2", "lang": "de", "text": "Boote segeln über Wasser"},
        name="own_docs.jsonl",
    )
    asked = [
        {"query": "apples grow", "lang": "en", "gold_doc": "1"},
        {"query": "apples grow", "lang": "en", "gold_doc": "2"},
        {"query": "Boote segeln", "lang": "de", "gold_doc": "2"},
        {"query": "teknede", "lang": "tr", "gold_doc": "1"},
    ]
    found = await figures("xquad", write(*asked))
    assert {name.split(":")[0] for name in found} == {"en to en", "de to de", "de to en"}
    assert found["en to en: recall@1"] == 0.5 and found["en to en: recall@5"] == 1.0
    assert found["en to en: MRR@10"] == 0.75
    assert found["de to de: recall@1"] == 1.0 and found["de to de: nDCG@10"] == 1.0


async def test_a_question_whose_answer_is_missing_is_refused(write: Write) -> None:
    write({"doc_id": "1", "question": "apples", "answers": ["on trees"]}, name="own_docs.jsonl")
    with pytest.raises(BadRows, match="gold_doc: no document 9"):
        await run("stackfaq", data=write({"query": "apples", "gold_doc": "9"}))


async def test_no_documents_beside_the_questions_is_refused(write: Write, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PORTSIDE_REFERENCE_DATA", str(tmp_path / "nothing"))
    with pytest.raises(BadRows, match=r"own_docs\.jsonl or docs\.jsonl"):
        await run("stackfaq", data=write({"query": "apples", "gold_doc": "1"}))


async def test_answers_are_found_by_question_or_answer(write: Write) -> None:
    write({"doc_id": "1", "question": "apples", "answers": ["on trees"]}, {"doc_id": "2", "question": "boats"}, name="docs.jsonl")
    found = await figures("stackfaq", write({"query": "trees", "gold_doc": "1"}, {"query": "boats", "gold_doc": "2"}))
    assert found["2 answers: recall@1"] == 1.0
