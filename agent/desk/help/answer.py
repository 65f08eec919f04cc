"""An operator's wish becomes another draft, or what is known of the case: by rules first, by a model where rules end."""

from collections.abc import AsyncIterator, Callable, Sequence
from dataclasses import dataclass
from functools import partial

from babel import Locale
from sqlalchemy.ext.asyncio import AsyncEngine

from agent.brains.llm.failure import ModelFailed
from agent.brains.llm.models import Models
from agent.brains.llm.spending import spending
from agent.brains.local.language import detect
from agent.desk.help import asking, reworded, rewriting, wish
from agent.desk.help.case_file import CaseFile
from agent.desk.help.promised import promised
from agent.desk.help.quotations import Quotations
from agent.desk.help.recompose import recompose
from agent.desk.help.similar import similar
from agent.desk.help.told import CannotHelp, Done, Piece, Source, Told
from agent.desk.help.wish import Kind, Wish
from agent.desk.translated import in_language
from agent.domain.languages import SUPPORTED, is_supported
from agent.domain.reply import Claim, Reply
from agent.ports import Clock
from agent.state import Parts
from agent.writing.bridged import carried
from agent.writing.voice import Voice, Voices
from knowledge.embed import Embedder

#: Model calls for one wish, and the seconds from the first one's start to the last one's end.
CALLS, SECONDS = 3, 18.0
NO_MODEL = (
    "No language model is set up (PORTSIDE_MODEL_SMALL). Without one there is: shorter, friendlier, in a language, what did we promise,"
    " similar cases."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """What help may read. Nothing here can write, send or order."""

    engine: AsyncEngine
    embedder: Embedder
    parts: Parts
    clock: Clock
    voices: Voices
    models: Models | None = None

    def voice(self, file: CaseFile) -> Voice:
        return self.voices.of(self.parts.brand, file.channel, file.draft.language)


async def helped(desk: Desk, file: CaseFile, words: str) -> AsyncIterator[Told]:
    """Pieces, then one Done.

    Raises:
        CannotHelp: nothing honest can be said; the message says why, and what there is instead.
        ModelFailed: only a model could have done it.
    """
    with spending(file.conversation, known=True, most=CALLS, seconds=SECONDS):  # an operator asks, not the writer
        wished = await _wish(desk, words)
        async for told in _ANSWERS[wished.kind](desk, file, wished, words):
            yield told


async def _wish(desk: Desk, words: str) -> Wish:
    """By rules; what they are not sure of, by a model when there is one."""
    found = wish.read(words)
    if found.sure or desk.models is None:
        return found
    try:
        return await asking.wished(desk.models, words)
    except ModelFailed:
        return found


async def _promises(desk: Desk, file: CaseFile, wished: Wish, words: str) -> AsyncIterator[Told]:
    async for piece in promised(file, desk.parts.orders, desk.parts.surroundings, desk.clock.now()):
        yield piece
    yield Done(kind=wished.kind)


async def _similar(desk: Desk, file: CaseFile, wished: Wish, words: str) -> AsyncIterator[Told]:
    async for piece in similar(file, desk.engine, desk.embedder):
        yield piece
    yield Done(kind=wished.kind)


async def _question(desk: Desk, file: CaseFile, wished: Wish, words: str) -> AsyncIterator[Told]:
    """From the case's own material, by a model; without one, what the knowledge base has on it."""
    if desk.models is not None:
        try:
            async for told in asking.answered(desk.models, desk.parts, file, words, desk.clock.now()):
                yield told
            return
        except ModelFailed as error:
            note = f"The model failed ({error.reason}). This is what the knowledge base has."
    else:
        note = f"{NO_MODEL} This is what the knowledge base has."
    pieces = [piece async for piece in asking.looked_up(desk.parts, file, words, desk.clock.now())]
    if not pieces:
        raise CannotHelp(f"{note.partition(' This is')[0]} The knowledge base has nothing on it.")
    for piece in pieces:
        yield piece
    yield Done(kind=Kind.QUESTION, note=note)


async def _rewrite(desk: Desk, file: CaseFile, wished: Wish, words: str) -> AsyncIterator[Told]:
    if desk.models is None:
        raise CannotHelp(NO_MODEL)
    async for told in rewriting.rewritten(desk.models, file, words, desk.voice(file), desk.parts.brand):
        yield told


async def _reworded(desk: Desk, file: CaseFile, wished: Wish, words: str) -> AsyncIterator[Told]:
    """By a model; by code without one, or when it fails before it has said anything."""
    note, begun = "", False
    if desk.models is not None:
        try:
            async for told in rewriting.rewritten(desk.models, file, words, desk.voice(file), desk.parts.brand):
                begun |= not (isinstance(told, Piece) and told.left_out)  # what was left out is nothing to go on with
                yield told
            return
        except (ModelFailed, CannotHelp) as error:
            if begun:
                raise
            note = f"The model failed ({error.reason if isinstance(error, ModelFailed) else error}); this is made by rules. "
    made, more = _by_rules(desk, file, wished.kind)
    for told in _as_told(made, wished.kind, note=note + more):
        yield told


def _by_rules(desk: Desk, file: CaseFile, kind: Kind) -> tuple[Reply, str]:
    """Raises CannotHelp."""
    if kind is Kind.FRIENDLIER:
        return reworded.friendlier(file.draft, desk.parts.phrases), ""
    made = reworded.shorter(file.draft)
    return made.reply, f"Left out: {' '.join(made.left_out)}"


async def _in_language(desk: Desk, file: CaseFile, wished: Wish, words: str) -> AsyncIterator[Told]:
    """Composed again where code can, so that every figure is code's own; else translated sentence by sentence."""
    language = wished.language
    if language is None:
        raise CannotHelp(f"No language of that name is known. {_written()}")
    if file.rewritten:
        yield await _own_words(desk, file, language)
        return
    if language == file.draft.language:
        raise CannotHelp(f"The draft is in {named(language)} already.")
    today = desk.clock.now().date()
    twin = partial(Quotations(desk.engine, desk.embedder.fingerprint).twin, today=today)
    try:
        if not is_supported(language):
            raise CannotHelp(f"Replies are not composed in {named(language)}.")
        made = await recompose(file.draft, language, desk.parts.phrases, twin, file.made_at.date())
    except CannotHelp as why:
        async for told in _translated(desk, file, language, str(why)):
            yield told
        return
    for told in _as_told(made.reply, Kind.LANGUAGE, lost=made.lost, fault=f"the article has no text in {named(language)}"):
        yield told


async def _own_words(desk: Desk, file: CaseFile, language: str) -> Done:
    """What the operator wrote, translated whole; they read both before they send it."""
    source, _ = detect(file.edited, desk.parts.working_language)
    found = await in_language(desk.parts.brain, file.edited, source, language)
    if found.text is None:
        raise CannotHelp(f"Your own text could not be translated into {named(language)}: {found.engine}. It stands as it is.")
    return Done(
        kind=Kind.LANGUAGE,
        language=language,
        text=found.text,
        by=found.engine,
        note="Your own text, translated. Read it before you send it.",
    )


async def _translated(desk: Desk, file: CaseFile, language: str, why: str) -> AsyncIterator[Told]:
    """By the model or the translation folder; figures, names and links never pass through it."""
    made = await carried(file.draft, desk.parts.brain.translate, language)
    if made is None:
        raise CannotHelp(
            f"{why} No translator is set up that speaks {named(language)}, or it did not carry the draft over whole and in time. {_written()}"
        )
    for told in _as_told(made, Kind.LANGUAGE, note=f"{why} So it was translated by {made.brain.partition('carried by ')[2]}."):
        yield told


def _as_told(made: Reply, kind: Kind, *, note: str = "", lost: Sequence[Claim] = (), fault: str = "") -> list[Told]:
    pieces = [Piece(text=claim.text, group=claim.group, sources=_sources(made, claim)) for claim in made.claims]
    gone = [Piece(text=claim.text, faults=(fault,), left_out=True) for claim in lost]
    return [*pieces, *gone, Done(kind=kind, language=made.language, text=made.text, by=made.brain, note=note)]


def _sources(reply: Reply, claim: Claim) -> tuple[Source, ...]:
    cited = {item.id: item for item in reply.evidence}
    return tuple(Source(label=cited[each].label) for each in claim.evidence if each in cited)


def named(language: str) -> str:
    """As the desk's pages say it."""
    return str(Locale.parse("en").languages.get(language, language))


def _written() -> str:
    """The cure for a language that cannot be had."""
    return (
        f"Replies are written in {', '.join(sorted(map(named, SUPPORTED)))}; into others a model translates (PORTSIDE_MODEL_SMALL), or a folder"
        " (PORTSIDE_TRANSLATION_MODEL)."
    )


_ANSWERS: dict[Kind, Callable[[Desk, CaseFile, Wish, str], AsyncIterator[Told]]] = {
    Kind.SHORTER: _reworded,
    Kind.FRIENDLIER: _reworded,
    Kind.LANGUAGE: _in_language,
    Kind.PROMISES: _promises,
    Kind.SIMILAR: _similar,
    Kind.REWRITE: _rewrite,
    Kind.QUESTION: _question,
}
