"""Our own articles and questions, and whether "nothing found" is known: answerable questions against those of no shop.

The agent hands the wishes it has heard to the search, so the goal is for questions asked like that; search alone stands beside. What was seen
before: these same questions chose the weights in `knowledge/ranking.py` (a handful of numbers) and fitted `knowledge/confidence.json` and
`knowledge/typical.json`, with unanswerable questions written by hand. Asked with all that fitted on the other articles, AUROC against clinc_oos is
.962 (English .970). The wishes are read by a classifier that was fitted on other texts, of which about one in twenty nearly equals a question
here. No row of clinc_oos was fitted on; its score stood beside when the features of the curve were chosen, by our own held-out figure.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import numpy as np

from agent.nodes.retrieve import wishes
from agent.ports import Brain
from eval.retrieval.figure import Figure, recall
from eval.suites.clinc import Utterance
from eval.suites.source import read
from knowledge.calibrate import Question, auroc
from knowledge.embed import Embedder
from knowledge.search import Knowledge, SearchResult

Wishes = Collection[str]

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


async def ask(knowledge: Knowledge, embedder: Embedder, questions: Sequence[Question], told: Sequence[Wishes] = ()) -> list[Asked]:
    """As a customer of no known market would today; without wishes the search is on its own."""
    vectors = await embedder.queries([question.text for question in questions])
    today, heard = datetime.now(UTC).date(), told or [()] * len(questions)
    return [
        Asked(question, await knowledge.search(question.text, language=question.language, today=today, vector=vector, intents=own))
        for question, vector, own in zip(questions, vectors, heard, strict=True)
    ]


async def heard(brain: Brain, questions: Sequence[Question]) -> list[Wishes]:
    """The wishes that the agent would hear, and hand to the search."""
    read = await brain.triage_texts([question.text for question in questions], [question.language for question in questions])
    return [wishes(triage) for triage in read]


def found(asked: Sequence[Asked], alone: Sequence[Asked]) -> list[Figure]:
    """recall of the article that answers, language by language."""
    return [_found(language, asked, alone) for language in dict.fromkeys(one.question.language for one in asked)]


def _found(language: str, asked: Sequence[Asked], alone: Sequence[Asked]) -> Figure:
    gold = [one.question.article or "" for one in asked if _answerable(one, language)]
    orders, bare = ([one.order for one in some if _answerable(one, language)] for some in (asked, alone))
    beside = f"search alone {recall(gold, bare, DEPTH):.3f}; recall@1 {recall(gold, orders, 1):.3f}, alone {recall(gold, bare, 1):.3f}"
    name = f"own articles as the agent asks, {language}: recall@{DEPTH}"
    return Figure(name=name, value=recall(gold, orders, DEPTH), n=len(gold), goal=FOUND, against=beside)


def _answerable(one: Asked, language: str) -> bool:
    return one.question.language == language and one.question.article is not None


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
