"""The entailment model: a tiny one made here (random weights: what counts is the wiring), and what the verify node does with its answer."""

import asyncio
import json
from collections.abc import Sequence
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from agent.brains.entailment import WAITING, Entailment, label
from agent.domain.decision import Decision, Desk, Outcome, Reason
from agent.domain.reply import Claim, Reply
from agent.errors import NotReady
from agent.nodes import verify as node
from agent.phrasing import Phrases

WORDS = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "the", "parcel", "is", "packed", "not", "it"]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    from transformers import BertConfig, BertForSequenceClassification, BertTokenizerFast

    made = tmp_path_factory.mktemp("entailment")
    (made / "vocab.txt").write_text("\n".join(WORDS), encoding="utf-8")
    BertTokenizerFast(vocab=str(made / "vocab.txt")).save_pretrained(made)
    names = {0: "CONTRADICTION", 1: "neutral", 2: "ENTAILMENT"}
    tiny: dict[str, Any] = {"hidden_size": 16, "num_hidden_layers": 1, "num_attention_heads": 2, "intermediate_size": 16}
    config = BertConfig(vocab_size=len(WORDS), id2label=names, label2id={name: at for at, name in names.items()}, **tiny)
    BertForSequenceClassification(config).save_pretrained(made)
    return made


async def test_it_loads_in_a_thread_and_answers_for_every_pair(folder: Path) -> None:
    model = Entailment(folder)
    await model.loaded()
    scores = await model.entails([("the parcel is packed", "it is packed")] * 20)
    assert len(scores) == 20 and all(0 < score < 1 for score in scores)
    assert max(scores) - min(scores) < 1e-5
    assert await model.entails([]) == []
    model.close()


async def test_it_refuses_rather_than_make_wait(folder: Path) -> None:
    model = Entailment(folder)
    if not model._model.done():  # pyright: ignore[reportPrivateUsage]
        with pytest.raises(TimeoutError, match="loading"):
            await model.entails([("a", "b")])
    await model.loaded()
    many = [asyncio.create_task(model.entails([("the parcel", "it")] * 64)) for _ in range(WAITING + 3)]
    results = await asyncio.gather(*many, return_exceptions=True)
    assert sum(isinstance(result, TimeoutError) for result in results) == 3
    model.close()


def test_a_folder_that_is_no_such_model_is_named(tmp_path: Path) -> None:
    with pytest.raises(NotReady, match="no readable config"):
        label(tmp_path)
    (tmp_path / "config.json").write_text(json.dumps({"id2label": {"0": "good", "1": "bad"}}), encoding="utf-8")
    with pytest.raises(NotReady, match="entailment"):
        label(tmp_path)


class Told:
    """Finds everything as likely as it is told, or fails."""

    def __init__(self, score: float | Exception) -> None:
        self.score = score
        self.asked: list[tuple[str, str]] = []

    async def entails(self, pairs: Sequence[tuple[str, str]]) -> list[float]:
        self.asked += pairs
        if isinstance(self.score, Exception):
            raise self.score
        return [self.score for _ in pairs]


SAID = Claim(text="It has been packed.", free=True, rests_on=("Order #1042 is packed.",))
OWN = Claim(text="How can I help you?", pattern="greeting")


async def looked(make: Any, model: Told | None, *claims: Claim) -> tuple[str, ...]:
    decision = Decision(outcome=Outcome.RESOLVE, desk=Desk.AGENT, reasons=(Reason.ANSWERED,))
    state: Any = {
        "turn": make.turn("Hello"),
        "triage": make.triage(),
        "context": make.context(make.order()),
        "found": make.found(),
        "decision": decision,
        "plan": (),
        "reply": Reply(language="en", claims=claims),
    }
    view = make.view(state["turn"], state["triage"], state["context"])
    parts = {name: getattr(view, name) for name in ("thresholds", "terms", "limits", "demo", "packs")}
    runtime: Any = SimpleNamespace(context=SimpleNamespace(phrases=Phrases(), brand="Lumen & Loom", entails=model, voices=None, **parts))
    changes = await node.verify(state, runtime)
    return changes["check"].faults


@pytest.mark.parametrize(
    ("score", "faults"),
    [
        (0.9, ()),
        (0.1, ("its sources do not say this: It has been packed.",)),
        (TimeoutError("loading"), ("not read by the entailment model",)),
    ],
)
async def test_what_a_model_wrote_is_read_once_more(make, score: Any, faults: tuple[str, ...]) -> None:
    model = Told(score)
    assert await looked(make, model, SAID, OWN) == faults
    assert model.asked == [("Order #1042 is packed.", "It has been packed.")]


async def test_our_own_sentences_and_faulty_drafts_are_not_read(make) -> None:
    model = Told(0.1)
    assert await looked(make, model, OWN) == ()
    assert await looked(make, model, Claim(text="It is free of charge.", free=True)) == ("no source",)
    assert model.asked == []
    assert await looked(make, None, SAID) == ()


async def test_one_foreign_sentence_is_found_among_many(make) -> None:
    foreign = Claim(text="Vielen Dank für Ihre Nachricht und für Ihre Geduld mit uns.", free=True)
    own = [Claim(text="Thank you for your message and for your patience with us.", free=True)] * 4
    assert await looked(make, None, *own) == ()
    assert "not in the customer's language" in await looked(make, None, *own, foreign)
