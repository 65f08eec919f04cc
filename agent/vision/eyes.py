"""Who looks at photos, one after the other: offline where it is sure, then a vision model, then CLIP; else nobody can tell, and why."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import Protocol

import structlog
from sqlalchemy.ext.asyncio import AsyncEngine

from agent.brains.llm.models import Models
from agent.domain.commerce import Line
from agent.domain.diagnosis import Diagnosis, Source, Unclear, Verdict
from agent.domain.message import Photo
from agent.errors import NotReady, frames
from agent.ports import Catalogue, Eye, Photos
from agent.settings import Settings
from agent.vision.clip import ClipEye
from agent.vision.diagnose import SURELY_OTHER
from agent.vision.features import Extractor
from agent.vision.label import LabelReader
from agent.vision.local_eye import LocalEye
from agent.vision.model_eye import VisionModelEye
from agent.vision.recognise import Recogniser
from agent.vision.store import StoredClassifiers, StoredPhotos

log = structlog.get_logger()
#: Seconds that one photo may take, all eyes together; the graph gives the node 12.
PATIENCE = 9.0
#: What another eye cannot see either: the customer is asked for another photo.
HOPELESS = frozenset((Unclear.TOO_DARK, Unclear.TOO_BRIGHT, Unclear.BLURRED, Unclear.TOO_SMALL, Unclear.UNREADABLE))


class Named(Eye, Protocol):
    @property
    def name(self) -> str: ...


@dataclass(frozen=True, slots=True)
class Eyes:
    """Never raises and never takes longer than its patience: what was found until then stands."""

    order: Sequence[Named]
    patience: float = PATIENCE

    async def diagnose(self, photo: Photo, lines: Sequence[Line]) -> Diagnosis:
        found: list[Diagnosis] = []
        try:
            async with asyncio.timeout(self.patience):
                for eye in self.order:
                    found.append(await _looked(eye, photo, lines))
                    if found[-1].verdict is not Verdict.CANNOT_TELL or found[-1].reason in HOPELESS:
                        break
        except TimeoutError:
            log.warning("photo.late", eye=self.order[len(found)].name)
        return together(photo.id, found)


async def _looked(eye: Named, photo: Photo, lines: Sequence[Line]) -> Diagnosis:
    try:
        return await eye.diagnose(photo, lines)
    except NotReady as error:
        log.warning("photo.not_ready", cure=str(error))
    except Exception as error:  # whatever a stranger's picture does to a library, the turn goes on
        log.error("photo.failed", eye=eye.name, error=type(error).__name__, at=frames(error))
    return Diagnosis(photo=photo.id, eye=eye.name)


def together(photo: str, found: Sequence[Diagnosis]) -> Diagnosis:
    """The last word is the diagnosis; what the offline eye recognised surely and read in the picture stays with it.

    Eyes that see different articles have seen nothing: a person looks.
    """
    if not found:
        return Diagnosis(photo=photo)
    first = next((one for one in found if one.recognised >= SURELY_OTHER), None)
    last = next((one for one in found if one.verdict is not Verdict.CANNOT_TELL), first or found[0])
    if last is found[0]:
        return last
    seen = last.seen or found[0].seen
    last = replace(last, seen=seen, batch=last.batch or found[0].batch, eye=_named(found[0], last))
    if first is None or last is first:
        return last
    if last.sku and last.sku != first.sku:
        return replace(first, verdict=Verdict.CANNOT_TELL, defect=None, confidence=0.0, severity=None, reason=Unclear.UNSURE, seen=seen)
    return replace(last, sku=first.sku, recognised=first.recognised, among=first.among)


def _named(first: Diagnosis, last: Diagnosis) -> str:
    """Who said what, where two eyes had a part in it."""
    return f"{first.eye}; {last.eye}" if first.among is not Source.NONE or first.seen else last.eye


@lru_cache(maxsize=2)
def shared_extractor(models: Path) -> Extractor:
    """One a process: the eye and the editors' page look with the same network."""
    return Extractor(models)


def make_eye(
    settings: Settings, engine: AsyncEngine, catalogue: Catalogue, models: Models | None = None, photos: Photos | None = None
) -> Eye:
    """Nothing is loaded before the first photo."""
    photos = photos or StoredPhotos(engine)
    extractor = shared_extractor(settings.models)
    local = LocalEye(photos, extractor, Recogniser(engine, extractor), LabelReader(), StoredClassifiers(engine), catalogue)
    order: list[Named] = [local]
    if models and models.has("vision"):
        order.append(VisionModelEye(models, photos))
    if settings.vision_model:
        order.append(ClipEye(settings.vision_model, photos))
    return Eyes(tuple(order))
