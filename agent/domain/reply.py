"""What goes out: sentences, each resting on evidence."""

from dataclasses import dataclass
from itertools import groupby
from typing import Any

from agent.domain.languages import UNSPACED


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """What a claim rests on: `kind` passage | order | product | stock | effect | policy | photo, `ref` its id, `at` ISO time of reading."""

    id: str
    kind: str
    ref: str
    label: str
    at: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """One sentence of a reply. `pattern` is the phrase it was made from ("" for a quotation), `values` what code filled in, by `names`.

    Sentences of one `group` stand in one paragraph. A `free` one was written by a model: `rests_on` are the sentences and passages, word
    for word, that it says again.
    """

    text: str
    evidence: tuple[str, ...] = ()
    pattern: str = ""
    values: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    group: int = 0
    free: bool = False
    rests_on: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """The text is the claims joined; `effects` are keys whose confirmation releases it.

    `brain` wrote it, led by `prompts` (name, version and hash of each). `source`: the reply it was translated from.
    """

    language: str
    claims: tuple[Claim, ...]
    evidence: tuple[Evidence, ...] = ()
    quick_replies: tuple[str, ...] = ()
    effects: tuple[str, ...] = ()
    brain: str = "local"
    prompts: tuple[str, ...] = ()
    source: "Reply | None" = None

    @property
    def composed(self) -> bool:
        """Made of our own sentences and quotations alone."""
        return not any(claim.free for claim in self.claims)

    @property
    def text(self) -> str:
        space = "" if self.language in UNSPACED else " "
        paragraphs = groupby(self.claims, key=lambda claim: claim.group)
        return "\n\n".join(space.join(claim.text for claim in claims) for _, claims in paragraphs)


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """The verdict on a reply's final text; `faults` empty means it may be sent. `tries`: drafts looked at so far, this one included."""

    faults: tuple[str, ...] = ()
    tries: int = 1

    @property
    def passed(self) -> bool:
        return not self.faults


@dataclass(frozen=True, slots=True, kw_only=True)
class Translation:
    """The turn in the working language; `text` is None when no translator is configured. `bridged`: its engine speaks the way back too."""

    language: str
    text: str | None
    engine: str = "none"
    bridged: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class OperatorAction:
    """What an operator did with a case: approve | edit | reject (text is theirs, may be empty on reject)."""

    action: str
    text: str
    operator: str
    remedies: tuple[str, ...] = ()


def as_payload(evidence: tuple[Evidence, ...]) -> list[dict[str, Any]]:
    return [{"id": e.id, "kind": e.kind, "ref": e.ref, "label": e.label, "at": e.at} for e in evidence]
