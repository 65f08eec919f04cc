"""pii_presidio: personal data in sentences, with exact places. Of its kinds ours are e-mail and phone; the others are not looked for."""

from collections.abc import Iterator, Sequence
from typing import Final

from pydantic import BaseModel

from agent.domain.triage import Entity, EntityKind, Triage
from eval.suites import brain
from eval.suites.measure import share
from eval.suites.source import Source, TextRow
from eval.suites.suite import Found, Measure

KINDS: Final = {"EMAIL_ADDRESS": EntityKind.EMAIL, "PHONE_NUMBER": EntityKind.PHONE}


class Span(BaseModel):
    type: str
    start: int
    end: int


class Sentence(TextRow):
    spans: tuple[Span, ...]

    @property
    def kinds(self) -> frozenset[str]:
        return frozenset(span.type for span in self.spans) & KINDS.keys()


async def measure(source: Source) -> Found:
    """Rows with ours are half of the sample, so that there is enough to find."""
    chosen = source.sample(source.rows(Sentence), lambda row: bool(row.kinds))
    read = await brain.read_texts([row.text for row in chosen], [row.lang for row in chosen], source.progress)
    told = list(zip(chosen, read, strict=True))
    return Found(n=len(chosen), measures=[measure for kind in KINDS for measure in _of(kind, told)])


def _of(kind: str, told: Sequence[tuple[Sentence, Triage]]) -> list[Measure]:
    """Recall with exact places and with any overlap; precision of the exact ones."""
    exact: list[bool] = []
    touched: list[bool] = []
    precise: list[bool] = []
    for row, triage in told:
        found = list(_found(triage, KINDS[kind]))
        wanted = [span for span in row.spans if span.type == kind]
        places = {(span.start, span.end) for span in wanted}
        exact += [any((entity.start, entity.end) == place for entity in found) for place in places]
        touched += [any(entity.start < end and start < entity.end for entity in found) for start, end in places]
        precise += [(entity.start, entity.end) in places for entity in found]
    name = KINDS[kind].value
    return [
        share(f"{name}: recall, exact place", exact),
        share(f"{name}: recall, any overlap", touched),
        share(f"{name}: precision, exact place", precise),
    ]


def _found(triage: Triage, kind: EntityKind) -> Iterator[Entity]:
    return (entity for entity in triage.entities if entity.kind is kind)
