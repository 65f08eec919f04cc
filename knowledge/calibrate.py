"""Fits the curve of `confidence.json` and the mean of `typical.json` on our own questions: python -m knowledge.calibrate MODEL_FOLDER [--write]."""

from __future__ import annotations

import argparse
import asyncio
import json
import math
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import yaml

from knowledge.confidence import FEATURES, FILE, USUAL, features
from knowledge.embed import Embedder, OnnxEmbedder
from knowledge.entry import Entry, entries
from knowledge.index import MemoryIndex, Vectors
from knowledge.passages import PassageSet
from knowledge.ranking import Common, Ranked, rank
from knowledge.search import COMMON_FETCH, FETCH, known
from knowledge.sources.folder import FolderSource
from knowledge.typical import FILE as TYPICAL
from knowledge.typical import typical_questions
from knowledge.vectors import embed_entries

Floats = npt.NDArray[np.float64]

HERE = Path(__file__).parent
FITTED = FEATURES[:-1]
NAMED_WEIGHT = 2.0  # by hand: the questions hold no product names
_RIDGE = 1.0


@dataclass(frozen=True, slots=True)
class Question:
    """One question; `article` answers it, None when nothing does."""

    language: str
    text: str
    article: str | None


@dataclass(frozen=True, slots=True)
class Outcome:
    """What search made of a question."""

    question: Question
    articles: tuple[str, ...]
    best: Ranked


def questions(file: Path = HERE / "questions.yaml") -> list[Question]:
    """All questions of the file, language by language."""
    found: list[Question] = []
    for language, kinds in yaml.safe_load(file.read_text(encoding="utf-8")).items():
        found += [Question(language, text, article) for text, article in kinds["answerable"].items()]
        found += [Question(language, text, None) for text in kinds["unanswerable"]]
    return found


async def outcomes(embedder: Embedder, asked: Sequence[Question], corpus: Sequence[Entry]) -> list[Outcome]:
    """Searches the corpus for each question, as a customer today would."""
    index, titles, passages = MemoryIndex(), dict[str, Vectors](), PassageSet("", corpus)
    await index.add([entry.id for entry in corpus], await embed_entries(embedder, corpus, titles))
    mask = passages.mask("customer", None, datetime.now(UTC).date())
    met = typical_questions(embedder.fingerprint)
    usual = known(passages, await index.query(met.usual, COMMON_FETCH)) if met else None
    found: list[Outcome] = []
    for question, vector in zip(asked, await embedder.queries([q.text for q in asked]), strict=True):
        dense = known(passages, await index.query(vector, FETCH))
        common = Common(*usual, float(vector @ met.shop)) if met and usual else None
        ranked = rank(passages, mask, dense, question.text, question.language, (), 5, common=common)
        articles = tuple(passages.entries[hit.row].article for hit in ranked)
        found.append(Outcome(question, articles, ranked[0]))
    return found


def samples(found: Sequence[Outcome], usual: Mapping[str, float]) -> tuple[Floats, Floats, npt.NDArray[np.str_]]:
    """Features, right or wrong, and language; a neighbour of the gold article on top counts as neither."""
    clear = [o for o in found if o.articles[0] == o.question.article or o.question.article not in o.articles[:3]]
    rows = [features(o.best.signals, usual)[: len(FITTED)] for o in clear]
    right = [float(o.articles[0] == o.question.article) for o in clear]
    return np.asarray(rows), np.asarray(right), np.asarray([o.question.language for o in clear])


def fit(rows: Floats, right: Floats) -> tuple[float, Floats]:
    """Intercept and weights of a ridge logistic regression (Newton's method on standardised features)."""
    mean, spread = rows.mean(axis=0), rows.std(axis=0) + 1e-9
    design = np.column_stack([np.ones(len(rows)), (rows - mean) / spread])
    ridge = np.diag([0.0] + [_RIDGE] * rows.shape[1])
    beta = np.zeros(design.shape[1])
    for _ in range(50):
        chance = _sigmoid(design @ beta)
        curvature = design.T @ (design * (chance * (1 - chance))[:, None]) + ridge
        beta = beta + np.linalg.solve(curvature, design.T @ (right - chance) - ridge @ beta)
    weights = beta[1:] / spread
    return float(beta[0] - weights @ mean), weights


def held_out(rows: Floats, right: Floats, languages: npt.NDArray[np.str_]) -> Floats:
    """The chance given to each sample by a curve that saw none of its language."""
    chance = np.zeros(len(right))
    for language in np.unique(languages):
        own = languages == language
        intercept, weights = fit(rows[~own], right[~own])
        chance[own] = _sigmoid(intercept + rows[own] @ weights)
    return chance


def auroc(chance: Floats, right: Floats) -> float:
    """The chance that a right sample is given more than a wrong one."""
    above = chance[right > 0][:, None] - chance[right == 0][None, :]
    return float((above > 0).mean() + (above == 0).mean() / 2)


def recall(found: Sequence[Outcome], depth: int) -> float:
    """The share of answerable questions whose article is among the first `depth`."""
    hits = [o.question.article in o.articles[:depth] for o in found if o.question.article]
    return float(np.mean(hits))


def _sigmoid(values: Floats) -> Floats:
    return 1 / (1 + np.exp(-np.clip(values, -30, 30)))


async def common(embedder: Embedder) -> dict[str, Any]:
    """The content of `typical.json`."""
    asked = questions()
    vectors = await embedder.queries([question.text for question in asked])
    spoken = np.asarray([question.language for question in asked])
    answered = np.asarray([question.article is not None for question in asked])
    means = {kind: _mean(vectors, spoken, chosen) for kind, chosen in {"all": answered | True, "yes": answered, "no": ~answered}.items()}
    made = {"usual": means["all"], "shop": means["yes"] - means["no"]}
    return {"fingerprint": embedder.fingerprint} | {name: [round(float(number), 4) for number in vector] for name, vector in made.items()}


def _mean(vectors: Vectors, spoken: npt.NDArray[np.str_], chosen: npt.NDArray[np.bool_]) -> Vectors:
    """Every language counts alike."""
    return np.mean([vectors[chosen & (spoken == language)].mean(axis=0) for language in np.unique(spoken)], axis=0)


async def calibrate(embedder: Embedder, say: Callable[[str], None]) -> dict[str, Any]:
    """The content of `confidence.json`, from the articles with and without their translations."""
    corpus = entries(FolderSource(HERE / "corpus").read().articles)
    found: list[Outcome] = []
    settings = {"all languages": corpus, "English articles only": [entry for entry in corpus if entry.language == "en"]}
    for name, part in settings.items():
        some = await outcomes(embedder, questions(), part)
        say(f"{name}: {len(part)} passages, recall@1 {recall(some, 1):.3f}, @3 {recall(some, 3):.3f}, @5 {recall(some, 5):.3f}")
        found += some
    usual = {name: _usual([getattr(outcome.best.signals, name) for outcome in found]) for name in USUAL}
    rows, right, languages = samples(found, usual)
    intercept, weights = fit(rows, right)
    chance = held_out(rows, right, languages)
    # The vectors of typical.json saw all languages. With them made anew too, and articles held out instead of languages: AUROC .960.
    report = f"{len(right)} samples, each language judged by the others: AUROC {auroc(chance, right):.3f}, "
    report += f"accuracy {np.mean((chance >= 0.5) == (right > 0)):.3f}"
    say(report)
    return {
        "how": f"python -m knowledge.calibrate; questions.yaml against corpus/; {report}; weight of `named` by hand",
        "intercept": round(intercept, 4),
        "weights": dict(zip(FEATURES, [*(round(float(w), 4) for w in weights), NAMED_WEIGHT], strict=True)),
        "usual": {name: round(value, 4) for name, value in usual.items()},
        "threshold": 0.5,
    }


def _usual(values: Sequence[float]) -> float:
    """The mean of what is known; 0 where nothing is."""
    known_ones = [value for value in values if not math.isnan(value)]
    return float(np.mean(known_ones)) if known_ones else 0.0


def _say(line: str) -> None:
    sys.stdout.write(line + "\n")


def main() -> None:
    """Prints what was measured; with --write the running code uses it from its next start."""
    parser = argparse.ArgumentParser(prog="python -m knowledge.calibrate", description=__doc__)
    parser.add_argument("models", type=Path, help="folder of the prepared embedding model")
    parser.add_argument("--write", action="store_true", help=f"replace {FILE.name} and {TYPICAL.name}")
    arguments = parser.parse_args()
    embedder = OnnxEmbedder(arguments.models)
    if arguments.write:  # first: the curve is fitted on what is found with it
        TYPICAL.write_text(json.dumps(asyncio.run(common(embedder))) + "\n", encoding="utf-8")
        typical_questions.cache_clear()
    fitted = json.dumps(asyncio.run(calibrate(embedder, _say)), indent=2) + "\n"
    embedder.close()
    _say(fitted)
    if arguments.write:
        FILE.write_text(fitted, encoding="utf-8")


if __name__ == "__main__":
    main()
