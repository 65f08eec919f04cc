"""Our own articles and questions, and whether "nothing found" is known: answerable questions against those of no shop.

The curve of `knowledge/confidence.json` was fitted on these same questions and on unanswerable ones written by hand, so a held-out figure
stands beside: every language judged by a curve that saw none of it. No row of clinc_oos was used for fitting, or for choosing anything.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import numpy as np

from eval.retrieval.figure import Figure, recall
from eval.suites.clinc import Utterance
from eval.suites.source import read
from knowledge.calibrate import Question, auroc
from knowledge.embed import Embedder
from knowledge.search import Knowledge, SearchResult

FOUND, DEPTH, SEPARATED = 0.97, 3, 0.95


@dataclass(frozen=True, slots=True)
class Asked:
    """A question and what was found for it."""

    question: Question
    result: SearchResult

    @property
    def order(self) -> list[str]:
        return [passage.article for passage in self.result.passages]

    @property
    def score(self) -> float:
        return self.result.passages[0].score if self.result.passages else 0.0


async def ask(knowledge: Knowledge, embedder: Embedder, questions: Sequence[Question]) -> list[Asked]:
    """As a customer of no known market would today."""
    vectors = await embedder.queries([question.text for question in questions])
    today = datetime.now(UTC).date()
    return [
        Asked(question, await knowledge.search(question.text, language=question.language, today=today, vector=vector))
        for question, vector in zip(questions, vectors, strict=True)
    ]


def found(asked: Sequence[Asked]) -> list[Figure]:
    """recall of the article that answers, language by language."""
    figures: list[Figure] = []
    for language in dict.fromkeys(one.question.language for one in asked):
        own = [one for one in asked if one.question.language == language and one.question.article]
        gold, orders = [one.question.article or "" for one in own], [one.order for one in own]
        first = f"recall@1 {recall(gold, orders, 1):.3f}"
        name = f"own articles, {language}: recall@{DEPTH}"
        figures.append(Figure(name=name, value=recall(gold, orders, DEPTH), n=len(gold), goal=FOUND, against=first))
    return figures


def foreign(folder: Path) -> list[Question]:
    """Questions outside all trades, in English."""
    return [Question("en", row.text, None) for row in read(folder / "public.jsonl", Utterance) if row.is_oos]


def separated(asked: Sequence[Asked], outside: Sequence[Asked]) -> list[Figure]:
    """How often an answerable question scores higher than one that nothing answers."""
    lower = [one.score for one in outside]
    ours = [one for one in asked if one.question.article]
    groups = {"English": [one for one in ours if one.question.language == "en"], "all languages": ours}
    figures = [_auroc(f"nothing found, {name}: AUROC", [one.score for one in group], lower) for name, group in groups.items()]
    near = [one.score for one in asked if not one.question.article]
    return [
        *figures,
        _auroc("nothing found, all languages: AUROC against our own unanswerable questions", [o.score for o in ours], near, None),
    ]


def _auroc(name: str, higher: Sequence[float], lower: Sequence[float], goal: float | None = SEPARATED) -> Figure:
    chance, right = np.asarray([*higher, *lower]), np.asarray([1.0] * len(higher) + [0.0] * len(lower))
    return Figure(name=name, value=auroc(chance, right), n=len(chance), goal=goal)
