"""The suite's photos, drawn once and kept as features: 28 products, whole and with every damage that can happen to them."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np

from agent.commerce.demo.catalogue import products
from agent.commerce.demo.damage.snap import DRAWING, HAPPENS, jpeg, snap
from agent.domain.diagnosis import Defect, Severity
from agent.vision.diagnose import closely, kind
from agent.vision.features import Extracts
from agent.vision.fitting import Example
from agent.vision.pixels import open_pixels

#: Undamaged photos of a product for every one of a damage: most things that arrive are whole.
WHOLE = 2
#: Seeds of the suite lie apart from those of the demo's examples.
FIRST_SEED = 5000
#: Category -> its examples.
Collections = dict[str, list[Example]]


def collect(extractor: Extracts, each: int, kept: Path, told: Callable[[int, int], None]) -> Collections:
    """`each` photos of every damage of every product; read from `kept` when they were drawn before."""
    file = kept / f"photos-{kind(extractor)}-{DRAWING}-{each}.npz"
    if not file.is_file():
        kept.mkdir(parents=True, exist_ok=True)
        _draw(extractor, each, file, told)
    with np.load(file, allow_pickle=False) as stored:
        columns = [stored[name] for name in ("category", "sku", "defect", "severity", "vector")]
    found: Collections = {name: [] for name in sorted(HAPPENS)}
    for category, sku, defect, severity, vector in zip(*columns, strict=True):
        found[str(category)].append(Example(str(sku), Defect(str(defect)), Severity(str(severity)), vector.astype(np.float32)))
    return found


def _draw(extractor: Extracts, each: int, file: Path, told: Callable[[int, int], None]) -> None:
    wanted = [
        (product, defect, number)
        for product in products()
        for defect in (Defect.NONE, *HAPPENS[product.category])
        for number in range(each * WHOLE if defect is Defect.NONE else each)
    ]
    rows: dict[str, list[Any]] = {name: [] for name in ("category", "sku", "defect", "severity", "vector")}
    for done, (product, defect, number) in enumerate(wanted):
        told(done, len(wanted))
        severity = list(Severity)[number % len(Severity)]
        pixels = open_pixels(jpeg(snap(product.sku, defect, FIRST_SEED + number, severity)))
        values = product.category, product.sku, defect.value, severity.value, closely(extractor, pixels).astype(np.float16)
        for column, value in zip(rows.values(), values, strict=True):
            column.append(value)
    partial = file.with_suffix(".tmp.npz")
    np.savez_compressed(partial, allow_pickle=False, **{name: np.array(column) for name, column in rows.items()})
    partial.replace(file)
