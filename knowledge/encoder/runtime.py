"""Runs a prepared model: texts in, normalised vectors out, by onnxruntime without torch."""
# onnxruntime is not typed.
# pyright: reportMissingTypeStubs=false, reportUnknownMemberType=false, reportUnknownVariableType=false, reportUnknownArgumentType=false, reportUnknownParameterType=false

from pathlib import Path
from typing import Any, Final, cast

import numpy as np
import numpy.typing as npt
import onnxruntime as ort

from knowledge.encoder import model, tokens
from knowledge.encoder.errors import ModelDamaged

Floats = npt.NDArray[np.float32]

MAX_CHARACTERS: Final = 8192
"""No 512 tokens are longer; the rest is cut before it costs time."""


class Encoder:
    """A loaded model. Thread-safe; calls block.

    One text a run: the int8 model scales its activations over the whole run, so in a batch a vector would depend on its neighbours (cosine .995
    to itself alone). Two runs side by side are as fast as a batch, and long texts are 3 times faster alone.
    """

    def __init__(self, folder: Path) -> None:
        self.model = model.read(folder)
        try:
            self._tokens = tokens.load(folder, self.model.max_tokens)
            self._session = ort.InferenceSession(str(folder / model.GRAPH), session_options(), providers=["CPUExecutionProvider"])
        except Exception as error:  # onnxruntime and tokenizers raise what they like
            raise ModelDamaged(f"{folder}: {error}") from error

    def query(self, text: str) -> Floats:
        """Vector of what a customer says: (dim,) float32, length 1."""
        return self._encode(self.model.query_prefix + clean(text))

    def passage(self, text: str) -> Floats:
        """Vector of what can answer: (dim,) float32, length 1."""
        return self._encode(self.model.passage_prefix + clean(text))

    def _encode(self, text: str) -> Floats:
        ids = np.array([self._tokens.encode(text)], np.int64)
        outputs = cast("list[Any]", self._session.run(["embedding"], {"input_ids": ids, "attention_mask": np.ones_like(ids)}))
        return cast("Floats", outputs[0][0])


def session_options() -> ort.SessionOptions:
    """Options for few cores shared with a web server: one thread a run, several runs at once."""
    options = ort.SessionOptions()
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    options.log_severity_level = 3
    return options


def clean(text: str) -> str:
    """The text as it can be tokenised: halves of surrogate pairs joined or replaced, no NUL, white space single, length bounded."""
    text = text[: 8 * MAX_CHARACTERS].replace("\0", " ")
    if not text.isascii():
        text = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return " ".join(text.split())[:MAX_CHARACTERS]
