"""One labelled message, and where the labelled messages lie."""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from pydantic import BaseModel, ConfigDict, ValidationError

from agent.domain.intents import Intent
from agent.domain.languages import Language
from agent.domain.triage import EntityKind, Sentiment

TRIAGE = Path(__file__).parent / "cases" / "triage"


class Labelled(BaseModel):
    """An entity a reader must find; `value` normalised as in agent.domain.entities."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    kind: EntityKind
    value: str


class Case(BaseModel):
    """A message and what a careful reader takes from it. None or an empty `intents` = not judged, because readers would differ."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: str
    text: str
    language: Language
    intents: tuple[Intent, ...] = ()
    sentiment: Sentiment | None = None
    escalate: bool | None = None
    injection: bool = False
    entities: tuple[Labelled, ...] = ()


@dataclass(frozen=True, slots=True)
class Cases:
    """`digest` changes with any letter of any case."""

    rows: tuple[Case, ...]
    digest: str


def load(folder: Path = TRIAGE, languages: Sequence[str] = ()) -> Cases:
    """All cases of `folder`, or those of some languages.

    Raises:
        ValueError: a line does not fit, named by file and number; or there is no case at all.
    """
    files = [file for file in sorted(folder.glob("*.jsonl")) if not languages or file.stem in languages]
    rows = [case for file in files for case in _read(file)]
    if not rows:
        raise ValueError(f"No cases in {folder} for {', '.join(languages) or 'any language'}. Give an existing language code.")
    digest = hashlib.sha256(b"".join(file.read_bytes() for file in files)).hexdigest()
    return Cases(tuple(rows), digest[:16])


def _read(file: Path) -> list[Case]:
    rows: list[Case] = []
    for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), start=1):
        try:
            rows.append(Case.model_validate(json.loads(line)))
        except (ValidationError, json.JSONDecodeError) as error:
            raise ValueError(f"{file}:{number}: {error}. Mend or remove that line.") from error
    return rows
