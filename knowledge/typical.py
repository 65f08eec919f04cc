"""What questions to a shop have in common, as vectors of one embedding model.

Some articles are near to any question, and no better an answer for that. And a question that points away from what shops are asked has most
likely no answer here. `python -m knowledge.calibrate` makes both vectors anew; another model has none, and does without.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np

from knowledge.index import Vectors

FILE = Path(__file__).with_name("typical.json")


@dataclass(frozen=True, slots=True)
class Questions:
    """`usual` is the mean of all questions, `shop` points from those that nothing answers to those that an article does."""

    usual: Vectors
    shop: Vectors


@cache
def typical_questions(fingerprint: str) -> Questions | None:
    """None for another model than the vectors were made with."""
    if not FILE.is_file():
        return None
    made = json.loads(FILE.read_text(encoding="utf-8"))
    if made["fingerprint"] != fingerprint:
        return None
    return Questions(np.asarray(made["usual"], np.float32), np.asarray(made["shop"], np.float32))
