"""The fp32 original as sentence-transformers sees it: its tokenizer, prompts and vectors. Loads torch: call in a build process."""
# sentence-transformers is only partly typed.
# pyright: reportMissingTypeStubs=false, reportUnknownMemberType=false, reportUnknownVariableType=false, reportUnknownArgumentType=false

import logging
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from knowledge.encoder import checkpoint, gate, tokens
from knowledge.encoder.model import PIECES, TOKENIZER

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer


@dataclass(frozen=True, slots=True)
class Description:
    """What the runtime has to know of the original, and its vectors of the probes."""

    dim: int
    pad: int
    max_tokens: int
    query_prefix: str
    passage_prefix: str
    vectors: gate.Vectors


def load(source: str) -> "SentenceTransformer":
    """The model of a folder or hub name, on the CPU."""
    from sentence_transformers import SentenceTransformer
    from transformers.utils import logging as transformers_logging

    logging.getLogger("sentence_transformers").setLevel(logging.WARNING)
    transformers_logging.disable_progress_bar()
    # The fused attention of torch cannot be written as plain ONNX.
    return SentenceTransformer(source, device="cpu", model_kwargs={"attn_implementation": "eager"})


def describe(folder: Path, served: Path, source: str | None) -> Description:
    """Write the runtime tokenizer to `served`, check it, and say how the model is fed."""
    model = load(str(folder))
    library: Any = model.tokenizer
    limit = int(model.get_max_seq_length() or 512)
    write_tokenizer(library, served, limit)
    query, passage = prefixes(model.prompts, source)
    vectors = gate.Vectors(_encode(model, query, gate.questions()), _encode(model, passage, gate.passages()))
    return Description(vectors.queries.shape[1], int(library.pad_token_id or 0), limit, query, passage, vectors)


def prefixes(prompts: Mapping[str, str | None], source: str | None) -> tuple[str, str]:
    """What goes before queries and passages: the model's own prompts, else E5's for an E5 model, else nothing."""
    query, passage = prompts.get("query") or "", prompts.get("document") or prompts.get("passage") or ""
    if not (query or passage) and "e5" in Path(source or "").name.lower():
        return checkpoint.QUERY, checkpoint.PASSAGE
    return query, passage


def write_tokenizer(library: Any, served: Path, limit: int) -> None:
    """Write what `tokens.load` reads: the compact form where it cuts the probes exactly like the original."""
    whole = served / "whole.json"
    library.backend_tokenizer.save(str(whole))
    special = {"bos": library.bos_token_id, "eos": library.eos_token_id, "unk": library.unk_token_id}
    if tokens.compact(whole, served, special) and _agree(library, tokens.load(served, limit)):
        whole.unlink()
        return
    whole.replace(served / TOKENIZER)
    (served / PIECES).unlink(missing_ok=True)


def _agree(library: Any, ours: tokens.Tokens) -> bool:
    return all(library(text)["input_ids"] == ours.encode(text) for text in [*gate.questions(), *gate.passages()])


def _encode(model: "SentenceTransformer", prefix: str, texts: list[str]) -> gate.Floats:
    made = model.encode([prefix + text for text in texts], prompt="", normalize_embeddings=True, show_progress_bar=False)
    return np.asarray(made, np.float32)
