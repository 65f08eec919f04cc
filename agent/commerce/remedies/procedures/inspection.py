"""The written standard of the warehouse's inspection: five grades, and what each of them leads to."""

from dataclasses import dataclass
from enum import StrEnum


class Grade(StrEnum):
    AS_NEW = "A"
    OPENED = "B"
    WORN = "C"
    DAMAGED = "D"
    NOT_OURS = "E"


@dataclass(frozen=True, slots=True)
class Standard:
    """`events` are what may follow; `restock` says whether the piece is sold as new again."""

    look: str
    events: tuple[str, ...]
    restock: bool = False

    @property
    def accepted(self) -> bool:
        return "refund" in self.events


STANDARDS: dict[Grade, Standard] = {
    Grade.AS_NEW: Standard(
        "As new: sealed, or opened and unused, with every part and its packaging. Refund or exchange in full; back on the shelf.",
        ("refund", "exchange", "repair"),
        restock=True,
    ),
    Grade.OPENED: Standard(
        "Opened and tried on or switched on, no mark of use, every part there. Refund or exchange in full; not sold as new.",
        ("refund", "exchange", "repair"),
    ),
    Grade.WORN: Standard(
        "Marks of use beyond trying, or a part is missing. Refund at most what it is still worth, by a person; a fault is repaired first.",
        ("refund", "repair", "send_back"),
    ),
    Grade.DAMAGED: Standard(
        "Damaged by use, water or force after the delivery. No refund; photograph it and send it back, unless the guarantee covers the fault.",
        ("repair", "send_back"),
    ),
    Grade.NOT_OURS: Standard(
        "Not the article we sent, by number, batch or weight. Photograph it, tell the lead, and send it back.",
        ("send_back",),
    ),
}


def outcomes(grade: Grade) -> tuple[str, ...]:
    """Events that may follow an inspection with this grade."""
    return STANDARDS[grade].events
