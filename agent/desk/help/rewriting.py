"""The draft in other words, by a model: it gets sentences with marks and streams sentences with marks; code fills, binds and judges each."""

from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass, replace

from agent.brains.llm.failure import ModelFailed
from agent.brains.llm.models import Models
from agent.brains.local.text import clean as plain
from agent.desk.help.asking import by_model
from agent.desk.help.case_file import CaseFile
from agent.desk.help.lines import Spoken, spoken
from agent.desk.help.told import Done, Piece, Told, text_of
from agent.desk.help.told import Source as Pointer
from agent.desk.help.wish import LONGEST, Kind
from agent.domain.context import Context
from agent.domain.entities import EMAIL
from agent.domain.reply import Claim, Evidence, Reply
from agent.policy.channel_rules import rules
from agent.policy.checks import faults
from agent.writing.marked import MARK, Material, Source, Unfit, clean, material
from agent.writing.redraft import bound, repeated
from agent.writing.voice import Voice
from prompts import load

#: Characters of the customer's words that are shown.
MESSAGE = 3000


@dataclass(frozen=True, slots=True)
class _Scene:
    """What every sentence is held against."""

    found: Material
    known: Mapping[str, Source]
    cited: Mapping[str, Evidence]
    channel: str
    voice: Voice


async def rewritten(models: Models, file: CaseFile, words: str, voice: Voice, brand: str) -> AsyncIterator[Told]:
    """Sentence by sentence; what does not pass is marked with why. Raises ModelFailed."""
    found = material(file.draft, (), voice, brand)
    scene = _Scene(found, {each.id: each for each in found.sources}, {each.id: each for each in found.evidence}, file.channel, voice)
    pieces: list[Piece] = []
    said: set[str] = set()
    group = 0
    async for line in spoken(models.stream("rewrite", _variables(file, words, voice, found))):
        if line is None:
            group += bool(pieces)
            continue
        piece, sources = _judged(line, scene, group)
        said |= sources
        pieces.append(piece)
        yield piece
    if all(piece.left_out for piece in pieces):
        raise ModelFailed("WrongSchema" if pieces else "Empty")
    yield Done(
        kind=Kind.REWRITE,
        language=file.draft.language,
        text=text_of(pieces, file.draft.language),
        by=by_model(),
        prompt=load("rewrite").label,
        note=_note(found, said, pieces),
    )


def _variables(file: CaseFile, words: str, voice: Voice, found: Material) -> dict[str, object]:
    return {
        "wish": plain(words)[:LONGEST],
        "language": file.draft.language,
        "voice": voice.lines(),
        "sources": "\n".join(found.lines),
        "message": plain(file.packet["original"])[:MESSAGE],
    }


def _judged(line: Spoken, scene: _Scene, group: int) -> tuple[Piece, set[str]]:
    """The sentence as the operator reads it, and the sources it says."""
    try:
        claim, sources = _claim(line, scene)
    except Unfit as error:
        return Piece(text=MARK.sub("…", line.text), group=group, faults=(str(error),), left_out=True), set()
    pointers = tuple(Pointer(label=scene.cited[each].label) for each in claim.evidence if each in scene.cited)
    return Piece(text=claim.text, group=group, sources=pointers, faults=_faults(claim, scene)), sources


def _claim(line: Spoken, scene: _Scene) -> tuple[Claim, set[str]]:
    """Raises Unfit."""
    text = clean(line.text)
    whole = repeated(text, scene.known)
    if whole and whole.claim:
        return whole.claim, {whole.id}
    cited = {key: scene.known[key] for key in line.cited if key in scene.known}
    if not cited:
        raise Unfit("it names no source")
    if fixed := [source.text for source in cited.values() if source.whole]:
        raise Unfit(f"this may only stand word for word: {fixed[0]}")
    return bound(text, cited, scene.found.composed.language), set(cited)


def _faults(claim: Claim, scene: _Scene) -> tuple[str, ...]:
    """As a reply of this one sentence would be judged. Quotations and patterns are code's own."""
    if not claim.free:
        return ()
    alone = Reply(language=scene.found.composed.language, claims=(replace(claim, group=0),), evidence=tuple(scene.cited.values()))
    own = frozenset(found.lower() for found in EMAIL.findall("\n".join(claim.rests_on)))
    return (*faults(alone, (), Context(), (), rules(scene.channel), own_emails=own), *scene.voice.faults(claim.text))


def _note(found: Material, said: set[str], pieces: list[Piece]) -> str:
    """What the draft says and this no longer does: the operator must know."""
    gone = [source.text for source in found.sources if source.id not in said and source.claim is not None]
    marked = sum(bool(piece.faults) for piece in pieces)
    notes = [f"Marked: {marked} of {len(pieces)} sentences; look before you use it."] if marked else []
    return " ".join([*notes, *([f"Not said any more: {' '.join(gone)}"] if gone else [])])
