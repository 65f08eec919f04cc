"""A cross-encoder may reorder what was found; it may not keep a customer waiting."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import numpy as np
import pytest

from knowledge.article import Article
from knowledge.embed import HashEmbedder
from knowledge.entry import entries
from knowledge.index import MemoryIndex
from knowledge.passages import PassageSet
from knowledge.rerank import CrossEncoderReranker, Reranker, RerankerBusy, Scores, reordered
from knowledge.search import Knowledge
from knowledge.shelf import FixedShelf


class Longest:
    """Longer texts first."""

    async def scores(self, query: str, texts: Sequence[str]) -> Scores:
        return np.asarray([len(text) for text in texts], np.float32)


class Broken:
    async def scores(self, query: str, texts: Sequence[str]) -> Scores:
        raise RuntimeError("out of memory")


class Slow:
    async def scores(self, query: str, texts: Sequence[str]) -> Scores:
        await asyncio.sleep(30)
        raise AssertionError


async def knowledge(reranker: Reranker | None) -> Knowledge:
    bodies = {"a": "Where is my parcel?", "b": "Where is my parcel now and why?", "c": "Parcels."}
    articles = [Article.model_validate({"id": id_, "title": id_, "language": "en", "body": body}) for id_, body in bodies.items()]
    found, index, embedder = entries(articles), MemoryIndex(), HashEmbedder()
    await index.add([entry.id for entry in found], await embedder.passages([entry.embedded for entry in found]))
    return Knowledge(FixedShelf(PassageSet("s1", found)), index, embedder, reranker=reranker)


async def order(reranker: Reranker | None, k: int = 5) -> list[str]:
    found = await (await knowledge(reranker)).search("where is my parcel", language="en", today=date(2026, 6, 1), k=k)
    scores = [passage.score for passage in found.passages]
    assert scores == sorted(scores, reverse=True)
    return [passage.article for passage in found.passages]


async def test_the_reranker_decides_the_order() -> None:
    assert await order(None) == ["a", "b", "c"]
    assert await order(Longest()) == ["b", "a", "c"]


async def test_more_is_read_again_than_is_shown() -> None:
    assert await order(Longest(), k=1) == ["b"]


async def test_a_broken_reranker_leaves_the_order() -> None:
    assert await order(Broken()) == ["a", "b", "c"]


async def test_a_slow_reranker_is_not_waited_for() -> None:
    assert await reordered(Slow(), "q", ["a", "b", "c"], patience=0.01) == [0, 1, 2]


async def test_one_text_is_not_read_again() -> None:
    assert await reordered(Broken(), "q", ["a"]) == [0]


@pytest.fixture(scope="module")
def tiny(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A cross-encoder of a few kilobytes with random weights."""
    from sentence_transformers import CrossEncoder
    from tokenizers import Tokenizer, models, pre_tokenizers
    from transformers import BertConfig, BertForSequenceClassification, PreTrainedTokenizerFast

    folder = tmp_path_factory.mktemp("cross")
    words = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "where", "is", "my", "parcel", "refund"]
    made = Tokenizer(models.WordLevel({word: at for at, word in enumerate(words)}, unk_token="[UNK]"))
    made.pre_tokenizer = pre_tokenizers.Whitespace()
    marks = {"pad_token": "[PAD]", "unk_token": "[UNK]", "cls_token": "[CLS]", "sep_token": "[SEP]"}
    PreTrainedTokenizerFast(tokenizer_object=made, **marks).save_pretrained(folder)
    config = BertConfig(vocab_size=len(words), hidden_size=16, num_hidden_layers=1, num_attention_heads=2, intermediate_size=16)
    config.num_labels = 1
    BertForSequenceClassification(config).save_pretrained(folder)
    CrossEncoder(str(folder), device="cpu").save_pretrained(str(folder))
    return folder


async def test_a_cross_encoder_scores_every_text(tiny: Path) -> None:
    reranker = CrossEncoderReranker(tiny)
    try:
        await reranker.loaded()
        texts = ["where is parcel", "refund", "my my my", "is refund"]
        scores = await reranker.scores("where is my parcel", texts)
        assert (scores.shape, scores.dtype) == ((4,), np.float32)
        assert len(set(scores.tolist())) > 1
        assert await reordered(reranker, "where is my parcel", texts) == np.argsort(-scores, kind="stable").tolist()
    finally:
        reranker.close()


async def test_while_it_loads_nobody_waits(tiny: Path) -> None:
    reranker = CrossEncoderReranker(tiny)
    try:
        with pytest.raises(RerankerBusy, match="loading"):
            await reranker.scores("where", ["a", "b"])
        assert await reordered(reranker, "where", ["a", "b"]) == [0, 1]
        await reranker.loaded()
    finally:
        reranker.close()


async def test_a_folder_without_a_model_says_so_and_is_passed_over(tmp_path: Path) -> None:
    reranker = CrossEncoderReranker(tmp_path)
    try:
        with pytest.raises((OSError, ValueError)):
            await reranker.loaded()
        assert await order(reranker) == ["a", "b", "c"]
    finally:
        reranker.close()
