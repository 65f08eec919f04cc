"""Where the reference data lies, and a fair sample of a file of it."""

import json
import os
import random
from collections.abc import Hashable, Sequence
from pathlib import Path
from typing import Any

Row = dict[str, Any]


def root() -> Path:
    chosen = os.environ.get("PORTSIDE_REFERENCE_DATA")
    return Path(chosen) if chosen else Path(__file__).parents[3] / "shared" / "data"


def present(suite: str) -> bool:
    return (root() / suite / "public.jsonl").is_file()


def rows(suite: str, file: str = "public.jsonl") -> list[Row]:
    with (root() / suite / file).open(encoding="utf-8") as lines:
        return [json.loads(line) for line in lines if line.strip()]


def sample(found: Sequence[Row], limit: int | None, by: str) -> list[Row]:
    """`limit` rows, as many of each value of the field `by`; the same ones every time."""
    if limit is None or limit >= len(found):
        return list(found)
    groups: dict[Hashable, list[Row]] = {}
    for row in random.Random(7).sample(list(found), len(found)):  # noqa: S311 - a draw to repeat, no secret
        groups.setdefault(row[by], []).append(row)
    each = max(1, limit // len(groups))
    return [row for group in groups.values() for row in group[:each]]
