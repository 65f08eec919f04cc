"""What a photo costs: taken in, recognised and diagnosed offline; and, apart from that, a label that is read. CPU of this process and of those it started."""

import io
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import psutil
from PIL import Image

from agent.commerce.demo.catalogue import products
from agent.commerce.demo.photos import photo as catalogue_picture
from agent.domain.commerce import Line, Product
from agent.domain.diagnosis import Defect
from agent.domain.message import Photo
from agent.errors import NotReady
from agent.vision.classifier import Classifier
from agent.vision.features import FILE, SIZE, Extractor
from agent.vision.intake import take_in_soon
from agent.vision.label import LabelReader
from agent.vision.local_eye import LocalEye
from agent.vision.pixels import open_pixels
from agent.vision.recognise import MemoryRecogniser
from eval.bench.usage import megabytes, tree_cpu
from eval.recognition.views import view

#: As a telephone takes them: 12 megapixels.
WIDTH, HEIGHT = 4032, 3024
LABELS = 5


@dataclass(slots=True)
class Costs:
    """Milliseconds of CPU a photo, and megabytes."""

    taken_in: list[float] = field(default_factory=list[float])
    looked_at: list[float] = field(default_factory=list[float])
    read: list[float] = field(default_factory=list[float])
    grown: float = 0.0  # by all of it but the label reader
    grown_by_labels: float = 0.0


async def measure(models: Path, photos: int) -> Costs:
    """Raises NotReady when the network that looks at photos is not prepared."""
    if not (models / FILE).is_file():
        raise NotReady(f"The network that looks at photos is not prepared in {models}. Run: portside models prepare")
    skus = [product.sku for product in products()]
    sent = [_telephone(skus[number % len(skus)], number) for number in range(photos + 1)]
    root, costs, kept = psutil.Process(), Costs(), Kept()
    before = _resident(root)
    eye = _eye(models, kept)
    await _one(root, eye, kept, sent[0], Costs())  # what is loaded at the first photo, the catalogue's pictures among it
    for each in sent[1:]:
        await _one(root, eye, kept, each, costs)
    costs.grown = _resident(root) - before
    before, reader = _resident(root), LabelReader(seconds=60)
    for number in range(LABELS + 1):
        pixels, start = open_pixels(kept.data_of[number % len(kept.data_of)]), tree_cpu(root)
        await reader.read(pixels)
        costs.read += [tree_cpu(root) - start] if number else []
    costs.grown_by_labels = _resident(root) - before
    return costs


async def _one(root: psutil.Process, eye: LocalEye, kept: "Kept", sent: tuple[str, bytes], costs: Costs) -> None:
    sku, data = sent
    start = tree_cpu(root)
    stored = await take_in_soon(data)
    between = tree_cpu(root)
    kept.data_of.append(stored.data)
    line = _line(sku)
    await eye.diagnose(Photo(id=str(len(kept.data_of) - 1), width=stored.width, height=stored.height), [line])
    costs.taken_in.append(between - start)
    costs.looked_at.append(tree_cpu(root) - between)


def _resident(root: psutil.Process) -> float:
    """Of this process and of those that decode photos."""
    return megabytes(root) + sum(megabytes(child) for child in root.children() if any("apart/serve.py" in word for word in child.cmdline()))


def _telephone(sku: str, seed: int) -> tuple[str, bytes]:
    out = io.BytesIO()
    Image.fromarray(view(sku, np.random.default_rng(seed))).resize((WIDTH, HEIGHT)).save(out, "JPEG", quality=90)
    return sku, out.getvalue()


def _line(sku: str) -> Line:
    found = next(product for product in products() if product.sku == sku)
    return Line(sku=sku, title=found.title, category=found.category, quantity=1, price=found.price)


def _eye(models: Path, kept: "Kept") -> LocalEye:
    extractor = Extractor(models)
    recogniser = MemoryRecogniser(extractor, {product.sku: catalogue_picture(product.sku) for product in products()})
    return LocalEye(kept, extractor, recogniser, None, Fitted(), Shelf())


@dataclass(slots=True)
class Kept:
    """Photos by their number."""

    data_of: list[bytes] = field(default_factory=list[bytes])

    async def data(self, photo: str) -> bytes | None:
        return self.data_of[int(photo)]


class Shelf:
    async def products(self, skus: Sequence[str]) -> tuple[Product, ...]:
        return tuple(product for product in products() if product.sku in skus)

    async def match(self, text: str, limit: int = 3) -> tuple[Product, ...]:
        return ()


class Fitted:
    """A classifier of noise for every category: it costs what a good one costs."""

    def __init__(self) -> None:
        labels = tuple(Defect)
        weights = np.random.default_rng(1).normal(0, 1, (len(labels), 2 * SIZE))
        self._classifier = Classifier("bench", "", "", labels, frozenset(labels), weights, np.zeros(len(labels)))

    async def of(self, category: str, extractor: str) -> Classifier | None:
        return self._classifier
