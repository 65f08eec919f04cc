"""What is in a folder with a finished embedding model, and `model.json` that says so."""

import json
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Final

from knowledge.encoder.errors import ModelDamaged, ModelNotPrepared

CARD: Final = "model.json"
"""Written last: a folder with it is complete."""
GRAPH: Final = "model.onnx"
WEIGHTS: Final = "model.onnx.data"
"""The token table, beside the graph so that processes map one copy of it."""
TOKENIZER: Final = "tokenizer.json"
PIECES: Final = "pieces.tsv"
CHECKPOINT: Final = "st"
"""The fp32 original as a sentence-transformers folder."""


@dataclass(frozen=True, slots=True)
class PreparedModel:
    """A finished model: what tells its vectors from others', and how its texts are fed."""

    fingerprint: str
    dim: int
    source: str
    query_prefix: str
    passage_prefix: str
    max_tokens: int
    pad: int
    cosine: float
    """Mean cosine of int8 to fp32 vectors on the gate's sentences."""


def read(folder: Path) -> PreparedModel:
    """The model in the folder; ModelNotPrepared when there is none."""
    try:
        fields: dict[str, Any] = json.loads((folder / CARD).read_text(encoding="utf-8"))
        model = PreparedModel(**fields)
    except FileNotFoundError:
        raise ModelNotPrepared(str(folder)) from None
    except (ValueError, TypeError) as error:
        raise ModelDamaged(f"{folder / CARD}: {error}") from error
    missing = [name for name in (GRAPH, WEIGHTS, TOKENIZER) if not (folder / name).is_file()]
    if missing:
        raise ModelDamaged(f"{folder} has no {', '.join(missing)}")
    return model


def write(model: PreparedModel, folder: Path) -> None:
    """Write `model.json`."""
    (folder / CARD).write_text(json.dumps(asdict(model), indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
