"""Who looks at photos. Without a vision model the honest verdict is: cannot tell."""

from collections.abc import Sequence

from agent.domain.commerce import Line
from agent.domain.diagnosis import Diagnosis, Unclear, Verdict
from agent.domain.message import Photo


class HonestEye:
    """Says cannot_tell of every photo; the photo itself goes to the operator."""

    async def diagnose(self, photo: Photo, lines: Sequence[Line]) -> Diagnosis:
        return Diagnosis(photo=photo.id, verdict=Verdict.CANNOT_TELL, reason=Unclear.NO_MODEL)
