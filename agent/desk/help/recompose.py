"""A composed draft said once more in another language: the same patterns, figures and articles, each in that language's own form."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import date

from agent.desk.help.relocalise import said_in
from agent.desk.help.told import CannotHelp
from agent.domain.reply import Claim, Evidence, Reply
from agent.phrasing import Phrases
from agent.writing.writer import Writer
from knowledge.search import Passage

#: (id of a quoted passage, language) -> the passage that says the same there.
Twin = Callable[[str, str], Awaitable[Passage | None]]


@dataclass(frozen=True, slots=True)
class Recomposed:
    """`lost`: quotations that this language has no text for; they are not in the reply."""

    reply: Reply
    lost: tuple[Claim, ...]


async def recompose(draft: Reply, language: str, phrases: Phrases, twin: Twin, near: date) -> Recomposed:
    """Raises CannotHelp: a model wrote the draft, or a figure in it cannot be read back for certain."""
    if not draft.composed:
        raise CannotHelp("A model wrote this draft, so only a model can say it in another language.")
    work = _Work(draft, Writer(phrases, language), near)
    lost: list[Claim] = []
    for place, claim in enumerate(draft.claims):
        if place and claim.group != draft.claims[place - 1].group:
            work.write.paragraph()
        if claim.pattern:
            work.say(claim)
        elif (passage := await _quoted(claim, work.cited, twin, language)) is not None:
            work.write.quote(passage)
        else:
            lost.append(claim)
    return Recomposed(work.write.reply(effects=draft.effects), tuple(lost))


@dataclass(slots=True)
class _Work:
    draft: Reply
    write: Writer
    near: date
    cited: dict[str, Evidence] = field(init=False)

    def __post_init__(self) -> None:
        self.cited = {item.id: item for item in self.draft.evidence}

    def say(self, claim: Claim) -> None:
        phrases, source = self.write.phrases, self.draft.language
        pairs = dict(zip(claim.names, claim.values, strict=True))
        own = {name: said_in(name, value, source, source, phrases, self.near) for name, value in pairs.items()}
        if phrases.render(claim.pattern, source, own).casefold() != claim.text.casefold():
            raise CannotHelp(f"The sentence {claim.text!r} was made by another version of its pattern. Translate it by hand.")
        values = {name: said_in(name, value, source, self.write.language, phrases, self.near) for name, value in pairs.items()}
        known = [self.cited[each] for each in claim.evidence if each in self.cited]
        self.write.say(claim.pattern, *(self.write.cite(item.kind, item.ref, item.label, item.at) for item in known), **values)


async def _quoted(claim: Claim, cited: dict[str, Evidence], twin: Twin, language: str) -> Passage | None:
    refs = [cited[each].ref for each in claim.evidence if each in cited and cited[each].kind == "passage"]
    return await twin(refs[0], language) if refs else None
