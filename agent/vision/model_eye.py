"""A vision model behind the Eye port: it describes, code checks. It chooses an article by number, never by name, and its confidence is capped."""

from collections.abc import Mapping, Sequence
from typing import Final

from pydantic import BaseModel

from agent.brains.llm.failure import ModelFailed
from agent.brains.llm.models import Models
from agent.domain import entities
from agent.domain.commerce import Line
from agent.domain.diagnosis import Defect, Diagnosis, Severity, Source, Unclear
from agent.domain.message import Photo
from agent.ports import Photos
from agent.vision.diagnose import verdict

#: A model says how sure it sounds, not how often it is right: nobody has calibrated it on this shop, so it stays below what counts as sure.
MOST_SURE: Final = 0.75
#: Articles a model is offered; more than that is a catalogue, not an order.
MOST_ARTICLES: Final = 20
#: Lines of text in the picture, and letters of one, that are read further.
MOST_LINES, LONGEST_LINE = 20, 120

MEANINGS: Final[Mapping[Defect, str]] = {
    Defect.CRACK: "a break that runs through hard material, or shattered glass",
    Defect.SCRATCH: "lines or rubbed places on a surface that is otherwise whole",
    Defect.DENT: "a surface pressed in or bent",
    Defect.STAIN: "a spot, spill or discolouration",
    Defect.TEAR: "cloth, leather or paper of the article itself torn, a hole, an open seam",
    Defect.TORN_PACKAGING: "the parcel or box is torn, crushed or wet; what is inside is not to be seen",
    Defect.MISSING_PART: "a piece that belongs to the article is broken off or not there",
    Defect.NONE: "the article is to be seen well and nothing is wrong with it",
}
DEGREES: Final[Mapping[Severity, str]] = {
    Severity.MINOR: "to be seen, but not in the way of using it",
    Severity.MAJOR: "in the way of using it",
    Severity.UNUSABLE: "it cannot be used any more",
}


class SeenInPhoto(BaseModel):
    """What the model says; nothing of it is believed before it is checked."""

    readable: bool
    article: int | None
    defect: str | None
    severity: str | None
    confidence: float
    text_lines: list[str]


class VisionModelEye:
    name = "vision model"

    def __init__(self, models: Models, photos: Photos) -> None:
        self._models, self._photos = models, photos

    async def diagnose(self, photo: Photo, lines: Sequence[Line]) -> Diagnosis:
        """One call; a model that fails is no reason to fail."""
        data = await self._photos.data(photo.id)
        if data is None:
            return Diagnosis(photo=photo.id, reason=Unclear.UNREADABLE, eye=self.name)
        offered = list({line.sku: line for line in lines}.values())[:MOST_ARTICLES]
        shown = {
            # One a line: a title comes from a shop, and must not add a line of its own.
            "articles": "\n".join(f"{number}. {' '.join(line.title.split())}" for number, line in enumerate(offered, start=1)),
            "defects": {defect.value: text for defect, text in MEANINGS.items()},
            "severities": {degree.value: text for degree, text in DEGREES.items()},
        }
        try:
            answer = await self._models.ask("diagnose", SeenInPhoto, shown, size="vision", images=[data])
        except ModelFailed as failed:
            return Diagnosis(photo=photo.id, reason=Unclear.NO_MODEL, eye=f"{self.name} (failed: {failed.reason})")
        return checked(photo.id, answer.value, [line.sku for line in offered], f"{answer.by}, not calibrated")


def checked(photo: str, said: SeenInPhoto, skus: Sequence[str], eye: str) -> Diagnosis:
    """What of it may stand: an article of the list, a defect of the list, words only as patterns find them."""
    seen = entities.find("\n".join(line[:LONGEST_LINE] for line in said.text_lines[:MOST_LINES]))
    sku = skus[said.article - 1] if said.article is not None and 1 <= said.article <= len(skus) else None
    defect = next((known for known in MEANINGS if said.readable and known.value == said.defect), None)
    severity = next((degree for degree in Severity if degree.value == said.severity), None)
    sure = min(max(said.confidence, 0.0), MOST_SURE) if said.confidence == said.confidence else 0.0
    return Diagnosis(
        photo=photo,
        verdict=verdict(defect),
        sku=sku,
        recognised=MOST_SURE if sku else 0.0,
        among=Source.ORDER if sku else Source.NONE,
        defect=defect,
        severity=severity if defect not in (None, Defect.NONE) else None,
        confidence=sure if defect else 0.0,
        reason=None if defect else (Unclear.UNSURE if said.readable else Unclear.UNREADABLE),
        seen=seen,
        eye=eye,
    )
