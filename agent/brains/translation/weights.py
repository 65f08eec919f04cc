"""The model of a folder, loaded by transformers: sentences in, sentences out."""

import time
import warnings
from collections.abc import Sequence
from pathlib import Path
from typing import Any, cast

from agent.brains.translation.manifest import Manifest

#: Pieces of one sentence, in and out: more is no sentence, or an engine that repeats itself.
LONGEST = 400
#: Sentences that go through the model together.
ABREAST = 8


class TooSlow(Exception):
    """The time is over; what was written by then is no whole translation."""


class TooLong(Exception):
    """A sentence has more pieces than the model reads."""


class Weights:
    """Loaded when made, which takes seconds. Not safe for two threads at a time."""

    def __init__(self, folder: Path, manifest: Manifest, beams: int) -> None:
        # Imported here: seconds and hundreds of megabytes that a machine without such a folder need not spend.
        from transformers import AutoModelForSeq2SeqLM, AutoTokenizer
        from transformers.utils import logging

        logging.disable_progress_bar()
        self._manifest = manifest
        self._beams = beams
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # recommends a package that changes quotation marks
            self._tokenizer: Any = AutoTokenizer.from_pretrained(str(folder), local_files_only=True)  # pyright: ignore[reportUnknownMemberType]
            self._model: Any = AutoModelForSeq2SeqLM.from_pretrained(str(folder), local_files_only=True).eval()

    def survives(self, mark: str) -> bool:
        """Whether a mark comes through the model's pieces unharmed, both ways, as a word among words."""
        tokens = cast(list[int], self._tokenizer(f"a {mark} a")["input_ids"])
        back = str(self._tokenizer.decode(tokens, skip_special_tokens=True))
        return self._tokenizer.unk_token_id not in tokens and mark in back

    def say(self, sentences: Sequence[str], source: str, target: str, until: float) -> list[str]:
        """Each sentence in `target`; `until` is a time.monotonic().

        Raises:
            TooSlow, TooLong
        """
        said: list[str] = []
        for at in range(0, len(sentences), ABREAST):
            said += self._batch(list(sentences[at : at + ABREAST]), source, target, until)
        return said

    def _batch(self, sentences: list[str], source: str, target: str, until: float) -> list[str]:
        import torch

        names, more = self._manifest.codes, dict[str, Any]()
        if self._manifest.kind != "marian":
            self._tokenizer.src_lang = source if self._manifest.kind == "m2m100" else names[source]
            more["forced_bos_token_id"] = self._tokenizer.convert_tokens_to_ids(names[target])
        read = self._tokenizer(sentences, return_tensors="pt", padding=True)
        pieces = int(read["input_ids"].shape[1])
        if pieces > LONGEST:
            raise TooLong
        left = until - time.monotonic()
        if left <= 0:
            raise TooSlow
        with torch.inference_mode():
            made = self._model.generate(
                **read, **more, num_beams=self._beams, do_sample=False, max_new_tokens=min(LONGEST, 2 * pieces + 20), max_time=left
            )
        if time.monotonic() >= until:
            raise TooSlow
        return [str(text).strip() for text in self._tokenizer.batch_decode(made, skip_special_tokens=True)]
