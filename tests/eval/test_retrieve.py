"""How retrieval is measured: the figures, the floors, and what is done without the data."""

import json
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import numpy as np
import pytest
import typer
from typer.testing import CliRunner

from eval.commands import retrieve as command
from eval.retrieval import own, public
from eval.retrieval.figure import Figure, as_json, recall, reciprocal_rank
from eval.retrieval.floors import RememberingEmbedder, bm25, dense
from knowledge.calibrate import Question
from knowledge.embed import Floats, HashEmbedder
from knowledge.search import Passage, SearchResult

GOLD = ["a", "b", "c"]
ORDERS = [["a", "x"], ["x", "b"], ["x", "y"]]


def test_recall_and_reciprocal_rank() -> None:
    assert recall(GOLD, ORDERS, 1) == pytest.approx(1 / 3)
    assert recall(GOLD, ORDERS, 2) == pytest.approx(2 / 3)
    assert reciprocal_rank(GOLD, ORDERS) == pytest.approx(0.5)
    assert reciprocal_rank(GOLD, ORDERS, depth=1) == pytest.approx(1 / 3)


@pytest.mark.parametrize(("value", "above", "ok"), [(0.5, False, True), (0.5, True, False), (0.51, True, True), (0.49, False, False)])
def test_a_goal_is_reached_or_beaten(value: float, above: bool, ok: bool) -> None:
    figure = Figure(name="f", value=value, n=3, goal=0.5, above=above)
    assert (figure.ok, as_json([figure])[0]["ok"]) == (ok, ok)
    assert Figure(name="f", value=0.0, n=3).ok


def test_bm25_prefers_rare_words_and_short_texts() -> None:
    texts = ["the parcel the parcel is late", "the refund is late", "a refund, and much more about many other things that nobody asked for"]
    assert bm25(["Refund!"], texts) == [[1, 2, 0]]
    assert bm25(["unheard"], texts) == [[0, 1, 2]]


async def test_dense_is_the_nearest_whole_text() -> None:
    assert (await dense(["parcel late"], ["refund to the card", "the parcel is late"], HashEmbedder()))[0] == [1, 0]


class Counting(HashEmbedder):
    """Counts the passages that it embeds."""

    seen: int = 0

    async def passages(self, texts: Sequence[str]) -> Floats:
        self.seen += len(texts)
        return await super().passages(texts)


async def test_a_passage_is_embedded_once() -> None:
    inner = Counting()
    outer = RememberingEmbedder(inner)
    first, second = await outer.passages(["a", "b", "a"]), await outer.passages(["b", "c"])
    assert inner.seen == 3
    assert np.array_equal(first[1], second[0])
    assert (await outer.passages([])).shape == (0, outer.dim)


def _write(folder: Path, name: str, rows: Sequence[object]) -> None:
    (folder / name).write_text("\n".join(json.dumps(row) for row in rows), encoding="utf-8")


async def test_public_questions_stand_beside_their_floors(tmp_path: Path) -> None:
    paragraphs = [
        {"doc_id": str(n), "lang": lang, "text": f"{word} {lang}"} for n, word in enumerate(["rivers", "engines"]) for lang in ("en", "de")
    ]
    asked = [
        {"id": f"{lang}{n}", "query": word, "lang": lang, "gold_doc": str(n)}
        for n, word in enumerate(["rivers", "engines"])
        for lang in ("en", "de", "tr")
    ]
    _write(tmp_path, "public_docs.jsonl", paragraphs)
    _write(tmp_path, "public.jsonl", asked)
    figures = await public.xquad(tmp_path, HashEmbedder(), lambda done, total: None)
    assert [figure.name for figure in figures if "@5" in figure.name] == [
        f"xquad {pair}: recall@5" for pair in ("en to en", "de to en", "de to de")
    ]
    assert [figure.goal for figure in figures if "@1" in figure.name] == [public.ENGLISH, None, None]
    assert all(figure.value == 1.0 for figure in figures)


async def test_reworded_questions_must_beat_both_floors(tmp_path: Path) -> None:
    _write(
        tmp_path,
        "docs.jsonl",
        [{"doc_id": "1", "question": "Add a style?", "answers": ["Click."]}, {"doc_id": "2", "question": "Delete mail?"}],
    )
    _write(tmp_path, "public.jsonl", [{"id": "q", "query": "delete my mail", "gold_doc": "2"}])
    figures = await public.stackfaq(tmp_path, HashEmbedder(), lambda done, total: None)
    assert [(figure.against, figure.goal, figure.ok) for figure in figures] == [("BM25", 1.0, False), ("plain dense", 1.0, False)]


class Oracle:
    """Finds the article that a question names; without wishes a wrong one stands before it."""

    async def search(self, query: str, *, language: str, today: date, vector: Floats, intents: Sequence[str]) -> SearchResult:
        order = (["returns"] if intents else ["a", "b", "c", "returns"]) if "return" in query else ["a"]
        found = [Passage(name, name, language, "", "", "", 0.9 if "return" in query else 0.1) for name in order]
        return SearchResult(tuple(found), True, "")


async def test_own_questions_are_asked_as_the_agent_does_and_alone() -> None:
    questions = [Question("en", "return it", "returns"), Question("en", "weather", None), Question("de", "return das", "returns")]
    alone = await own.ask(Oracle(), HashEmbedder(), questions)  # pyright: ignore[reportArgumentType] - all that is asked of it
    asked = await own.ask(Oracle(), HashEmbedder(), questions, [["return_request"]] * 3)  # pyright: ignore[reportArgumentType]
    figures = own.found(asked, alone)
    assert [(figure.name[-12:], figure.value, figure.n) for figure in figures] == [("en: recall@3", 1.0, 1), ("de: recall@3", 1.0, 1)]
    assert "search alone 0.000" in figures[0].against
    assert [figure.value for figure in own.separated(asked, [asked[1]])] == [1.0, 1.0, 1.0]


def test_absent_data_is_skipped_and_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PORTSIDE_REFERENCE_DATA", str(tmp_path))
    monkeypatch.setenv("PORTSIDE_DATA", str(tmp_path / "data"))
    monkeypatch.setattr(command, "prepared_embedder", HashEmbedder)
    ran = CliRunner().invoke(_app(), ["--only", "xquad", "--only", "stackfaq", "--gate"])
    assert ran.exit_code == 0, ran.output
    report = json.loads((tmp_path / "data" / "eval" / "retrieve.json").read_text())
    assert report["figures"] == []
    assert set(report["skipped"]) == {"xquad", "stackfaq"}
    assert "PORTSIDE_REFERENCE_DATA" in report["skipped"]["xquad"]


@pytest.mark.parametrize(("flags", "code"), [([], 0), (["--gate"], 1)])
def test_only_the_gate_fails_a_missed_goal(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, flags: list[str], code: int) -> None:
    async def missed(parts: Sequence[str]) -> tuple[list[Figure], list[object]]:
        return [Figure(name="f", value=0.1, n=1, goal=0.9)], []

    monkeypatch.setenv("PORTSIDE_DATA", str(tmp_path))
    monkeypatch.setattr(command, "_measure", missed)
    assert CliRunner().invoke(_app(), flags).exit_code == code


def test_an_unknown_part_is_refused_with_the_known_ones() -> None:
    ran = CliRunner().invoke(_app(), ["--only", "everything"])
    assert ran.exit_code == 2


def _app() -> typer.Typer:

    app = typer.Typer()
    app.command()(command.retrieve)
    return app
