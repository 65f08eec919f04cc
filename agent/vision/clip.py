"""CLIP or SigLIP from a folder or a hub: the photo beside short English phrases, no examples needed. Loaded at the first photo."""
# transformers is only partly typed.
# pyright: reportUnknownMemberType=false, reportUnknownVariableType=false, reportUnknownArgumentType=false, reportPrivateImportUsage=false

import asyncio
import threading
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

import numpy as np

from agent.domain.commerce import Line
from agent.domain.diagnosis import Defect, Diagnosis, Source, Unclear
from agent.domain.message import Photo
from agent.errors import NotReady
from agent.ports import Photos
from agent.vision.diagnose import WORTH_SAYING, verdict
from agent.vision.model_eye import MOST_ARTICLES, MOST_SURE
from agent.vision.pixels import Pixels, open_pixels

#: The share that a phrase must win before it counts, and seconds until a model that could not be loaded is tried again.
WINS, AGAIN = 0.5, 300.0
SOMETHING_ELSE: Final = "a photo of something else"
PHRASES: Final[dict[Defect, str]] = {
    Defect.CRACK: "a photo of a cracked, broken {}",
    Defect.SCRATCH: "a photo of a {} with scratches",
    Defect.DENT: "a photo of a dented {}",
    Defect.STAIN: "a photo of a {} with a stain",
    Defect.TEAR: "a photo of a torn {} with a hole",
    Defect.TORN_PACKAGING: "a photo of a torn, damaged cardboard box",
    Defect.MISSING_PART: "a photo of a {} with a part missing",
    Defect.NONE: "a photo of a new {} in perfect condition",
}


class Pairs:
    """The network: how well each of several phrases fits a picture. Thread-safe, one picture at a time."""

    def __init__(self, model: str) -> None:
        self._model, self._lock = model, threading.Lock()
        self._loaded: tuple[Any, Any] | None = None
        self._failed = float("-inf")

    def shares(self, pixels: Pixels, phrases: Sequence[str]) -> list[float]:
        """Sum to 1. CPU work of up to a second: call it in a thread. Raises NotReady when the model cannot be loaded."""
        import torch

        with self._lock:
            network, processor = self._load()
            padding = "max_length" if "siglip" in str(network.config.model_type) else True  # as each was trained
            inputs = processor(text=list(phrases), images=[pixels], return_tensors="pt", padding=padding, truncation=True)
            with torch.inference_mode():
                logits = network(**inputs).logits_per_image[0]
            return torch.softmax(logits.float(), dim=0).tolist()

    def _load(self) -> tuple[Any, Any]:
        if self._loaded is None:
            if time.monotonic() - self._failed < AGAIN:
                raise NotReady(_CURE.format(self._model))
            from transformers import AutoModel, AutoProcessor

            try:
                # Only safetensors and no code of the folder's own: weights may come from a stranger.
                folder = Path(self._model).is_dir()
                network = AutoModel.from_pretrained(self._model, use_safetensors=True, trust_remote_code=False, local_files_only=folder)
                processor = AutoProcessor.from_pretrained(self._model, trust_remote_code=False, local_files_only=folder)
            except Exception as error:  # the library raises anything
                self._failed = time.monotonic()
                raise NotReady(_CURE.format(self._model)) from error
            self._loaded = network.eval(), processor
        return self._loaded


_CURE = (
    "PORTSIDE_VISION_MODEL={} cannot be loaded. Name a folder with a CLIP or SigLIP model in safetensors, or a model of a hub that answers."
)


class ClipEye:
    """Among the customer's own articles only; its confidence is not calibrated and stays below what counts as sure."""

    def __init__(self, model: str, photos: Photos) -> None:
        self.name = f"clip {Path(model).name}, not calibrated"
        self._pairs, self._photos = Pairs(model), photos

    async def diagnose(self, photo: Photo, lines: Sequence[Line]) -> Diagnosis:
        """Raises NotReady when the model cannot be loaded."""
        data = await self._photos.data(photo.id)
        if data is None:
            return Diagnosis(photo=photo.id, reason=Unclear.UNREADABLE, eye=self.name)
        offered = list({line.sku: line for line in lines}.values())[:MOST_ARTICLES]
        return await asyncio.to_thread(self._look, photo.id, data, offered)

    def _look(self, photo: str, data: bytes, offered: Sequence[Line]) -> Diagnosis:
        pixels = open_pixels(data)
        line, recognised = self._article(pixels, offered)
        if line is None:
            return Diagnosis(photo=photo, reason=Unclear.NO_PRODUCT, eye=self.name)
        defects = list(PHRASES)
        found = self._pairs.shares(pixels, [PHRASES[defect].format(line.title) for defect in defects])
        best = int(np.argmax(found))
        defect = defects[best] if found[best] >= WINS else None
        ranked = sorted(zip(defects, found, strict=True), key=lambda pair: -pair[1])
        return Diagnosis(
            photo=photo,
            verdict=verdict(defect),
            sku=line.sku,
            recognised=recognised,
            among=Source.ORDER,
            defect=defect,
            confidence=min(round(found[best], 3), MOST_SURE) if defect else 0.0,
            reason=None if defect else Unclear.UNSURE,
            eye=self.name,
            share=tuple((known.value, round(share, 3)) for known, share in ranked if share >= WORTH_SAYING),
        )

    def _article(self, pixels: Pixels, offered: Sequence[Line]) -> tuple[Line | None, float]:
        """The article of the orders, against "something else"."""
        if not offered:
            return None, 0.0
        found = self._pairs.shares(pixels, [*(f"a photo of {line.title}" for line in offered), SOMETHING_ELSE])
        best = int(np.argmax(found))
        if best == len(offered) or found[best] < WINS:
            return None, 0.0
        return offered[best], min(round(found[best], 3), MOST_SURE)
