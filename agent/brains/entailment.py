"""A sequence classifier from a folder: does one text say the other? It loads in a thread from the start; torch is not imported before."""

import asyncio
import json
from collections.abc import Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from typing import Any

from agent.errors import NotReady

#: Pairs read at once, tokens of a pair that are read, and batches that may wait: more is refused at once rather than made to wait.
BATCH, TOKENS, WAITING = 8, 256, 4
#: The class that counts; others ("neutral", "contradiction") do not.
CLASS = "entailment"


class Entailment:
    """`folder` holds a model for sequence classification and its tokenizer, as `save_pretrained` writes them."""

    def __init__(self, folder: Path) -> None:
        """Raises NotReady when the folder is no such model; its cure is in the message."""
        self._label = label(folder)
        self._thread = ThreadPoolExecutor(1, "entailment")
        self._waiting = set[Future[list[float]]]()
        self._model: Future[tuple[Any, Any]] = self._thread.submit(_load, folder)

    async def loaded(self) -> None:
        """Waits for the model; raises what kept it from loading."""
        await asyncio.wrap_future(self._model)

    async def entails(self, pairs: Sequence[tuple[str, str]]) -> list[float]:
        """Raises TimeoutError while it loads or has too much to do."""
        if not self._model.done() or len(self._waiting) >= WAITING:
            raise TimeoutError(
                "the entailment model is loading" if not self._model.done() else "too many texts wait for the entailment model"
            )
        loaded = self._model.result()
        work = self._thread.submit(_read, *loaded, list(pairs), self._label)
        self._waiting.add(work)  # until it is done: a caller that gave up does not end the work
        work.add_done_callback(self._waiting.discard)
        return await asyncio.wrap_future(work)

    def close(self) -> None:
        """Ends the thread after what it is doing."""
        self._thread.shutdown(wait=False, cancel_futures=True)


def label(folder: Path) -> int:
    """The number of the class, read without loading the model."""
    try:
        config = json.loads((folder / "config.json").read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise NotReady(
            f"{folder} holds no readable config.json. Point PORTSIDE_ENTAILMENT_MODEL at a folder saved by transformers."
        ) from error
    found = [int(number) for number, name in config.get("id2label", {}).items() if str(name).casefold() == CLASS]
    if not found:
        raise NotReady(f"The model in {folder} has no class named {CLASS!r}. Choose one that was trained on entailment.")
    return found[0]


def _load(folder: Path) -> tuple[Any, Any]:
    from transformers import AutoModelForSequenceClassification, AutoTokenizer

    model: Any = AutoModelForSequenceClassification.from_pretrained(folder, local_files_only=True)
    tokenizer: Any = AutoTokenizer.from_pretrained(folder, local_files_only=True)
    return model.eval(), tokenizer


def _read(model: Any, tokenizer: Any, pairs: list[tuple[str, str]], wanted: int) -> list[float]:
    import torch

    found: list[float] = []
    for at in range(0, len(pairs), BATCH):
        premises, texts = zip(*pairs[at : at + BATCH], strict=True)
        given = tokenizer(list(premises), list(texts), truncation=True, max_length=TOKENS, padding=True, return_tensors="pt")
        with torch.inference_mode():
            found += torch.softmax(model(**given).logits, dim=-1)[:, wanted].tolist()
    return found
