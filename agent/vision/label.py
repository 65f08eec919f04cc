"""What stands in a photo: labels, order numbers, batch codes. It is a stranger's words, whoever printed them."""

import asyncio
import re
import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any, Final

import structlog

from agent.domain import entities
from agent.domain.triage import Entity, EntityKind
from agent.errors import frames
from agent.vision.heap import give_back
from agent.vision.pixels import Pixels, resized

log = structlog.get_logger()
#: Pixels of the longer side that is read; lines that are read; seconds until the reply goes on without them.
SIDE: Final = 736
LINES: Final = 24
SECONDS: Final = 4.0
#: How sure the reader must be of a line.
SURE: Final = 0.6
#: Characters in all: what a label may say.
MOST: Final = 1000
#: A SKU followed by its batch ("EAR-130-B07"), or a supplier's own code: letters, year, letter ("VQ-26A").
BATCH: Final = re.compile(r"\b[A-Z]{2,4}-[A-Z0-9]{2,8}-B\d{1,4}\b|\b[A-Z]{2}-\d{2}[A-Z]\b", re.ASCII)
#: A reader loses the space after such a word.
_GLUED: Final = re.compile(r"\b(LOT|BATCH|CHARGE|SKU|REF|ART)[:.]?(?=[A-Z]{2,4}-[A-Z0-9]{2})", re.ASCII)
_OF_SKU: Final = re.compile(r"-B\d{1,4}$")


@dataclass(frozen=True, slots=True)
class Label:
    """`seen`: order and tracking numbers, SKUs and the like, their positions in the lines joined by line ends. Nothing of it is proven."""

    lines: tuple[str, ...] = ()
    seen: tuple[Entity, ...] = ()
    batch: str | None = None


def understood(lines: tuple[str, ...]) -> Label:
    """Pure: what of these lines means something to us."""
    text = _GLUED.sub(r"\1 ", "\n".join(lines))[:MOST]
    batches = BATCH.findall(text)
    found = tuple(entity for entity in map(_without_batch, entities.find(text)) if entity is not None)
    return Label(lines, found, batches[0] if batches else None)


def _without_batch(entity: Entity) -> Entity | None:
    """The SKU before a batch is a SKU; a supplier's code is none."""
    if entity.kind is not EntityKind.SKU or not BATCH.fullmatch(entity.value):
        return entity
    sku = _OF_SKU.sub("", entity.value)
    return None if sku == entity.value else Entity(entity.kind, sku, entity.start, entity.start + len(sku))


class LabelReader:
    """RapidOCR, loaded at the first label: one at a time, in a thread of its own, 0.2 to 1.5 s of CPU; what it takes is given back after each."""

    def __init__(self, seconds: float = SECONDS) -> None:
        self._seconds = seconds
        self._thread = ThreadPoolExecutor(1, "label-reader")
        self._busy = threading.Semaphore(2)  # one is read, one may wait; the next ones go unread
        self._ocr: Any = None

    async def read(self, pixels: Pixels) -> Label:
        """Empty when nothing stands there, when it takes too long, and when too many wait. Never raises for a photo's sake."""
        if not self._busy.acquire(blocking=False):
            return Label()
        reading = self._thread.submit(self._read, resized(pixels, SIDE))
        reading.add_done_callback(lambda _: self._busy.release())
        try:
            async with asyncio.timeout(self._seconds):
                return understood(await asyncio.wrap_future(reading))
        except TimeoutError:
            log.warning("label.late")
        except Exception as error:  # whatever a stranger's picture does to a library
            log.error("label.failed", error=type(error).__name__, at=frames(error))
        return Label()

    def _read(self, pixels: Pixels) -> tuple[str, ...]:
        if self._ocr is None:
            self._ocr = _opened()
        try:
            found, _ = self._ocr(pixels[:, :, ::-1], use_cls=False)  # it takes BGR; a label upside down is not turned
        finally:
            give_back()
        return tuple(str(text) for _, text, sure in found or () if float(sure) >= SURE)[:LINES]


def _opened() -> Any:
    import cv2
    from rapidocr_onnxruntime import RapidOCR

    cv2.setNumThreads(1)
    one: Any = {f"{part}{what}_op_num_threads": 1 for part in ("", "det_", "cls_", "rec_") for what in ("intra", "inter")}
    # One line at a time: in a batch each is padded to the longest, which took 2.4 s instead of 1.4 for a full page and 80 MB more.
    return RapidOCR(det_limit_side_len=SIDE, det_limit_type="max", det_max_candidates=2 * LINES, rec_batch_num=1, **one)
