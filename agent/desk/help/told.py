"""What help says, piece by piece."""

from dataclasses import asdict, dataclass
from typing import Any

from agent.domain.languages import UNSPACED
from agent.errors import PortsideError


class CannotHelp(PortsideError):
    """This cannot be done for this draft. The composed draft stands as it is."""

    status = 422
    code = "cannot_help"


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """`href` is a page of the desk, "" when there is none."""

    label: str
    href: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """One sentence of a text, or one line of a list. With `faults` it must not be sent as it is; `left_out`: it is no part of the text."""

    text: str
    group: int = 0
    sources: tuple[Source, ...] = ()
    faults: tuple[str, ...] = ()
    left_out: bool = False
    tag: str = ""  # one word on it, such as "kept"
    more: str = ""  # who, when and why, in small


@dataclass(frozen=True, slots=True, kw_only=True)
class Done:
    """The end of what was asked for. `text` may take the draft's place when there is one; `by`: "local", or the model and its prompt."""

    kind: str
    language: str = ""
    text: str = ""
    by: str = "local"
    prompt: str = ""
    note: str = ""


Told = Piece | Done


def event(told: Told) -> tuple[str, dict[str, Any]]:
    """As it goes over the line."""
    return ("done" if isinstance(told, Done) else "piece"), asdict(told)


def text_of(pieces: list[Piece], language: str) -> str:
    """The pieces as one text, by paragraphs."""
    kept = [piece for piece in pieces if not piece.left_out]
    space = "" if language in UNSPACED else " "
    groups = dict.fromkeys(piece.group for piece in kept)
    return "\n\n".join(space.join(piece.text for piece in kept if piece.group == group) for group in groups)
