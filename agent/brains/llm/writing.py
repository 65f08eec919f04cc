"""A reply said better by a model: it gets sentences with marks and gives sentences with marks; code fills, binds and refuses."""

import re
import time

import structlog
from babel import Locale
from pydantic import BaseModel

from agent.brains.llm.models import Models
from agent.brains.local.text import clean
from agent.domain.brief import Brief
from agent.domain.decision import Outcome
from agent.domain.reply import Reply
from agent.writing.marked import PRIVATE, Material, material
from agent.writing.redraft import Redraft, Sentence, redraft
from agent.writing.slots import SLOT
from agent.writing.voice import Voice

log = structlog.get_logger()
#: Characters of the message, of an earlier attempt, and of what was wrong with it.
MESSAGE, TRIED, FAULTS = 3000, 4000, 2000
#: Seconds within which a first answer must have come for its form to be mended at once: the node has 12, a call may take 8.
QUICK = 3.5
KINDS = {Outcome.HANDOFF: "a draft, which an operator reads before it is sent,", Outcome.ASK: "a reply that ends in a question"}


class WrittenSentence(BaseModel):
    """One sentence with its marks, what it rests on, and its paragraph."""

    text: str
    sources: list[str]
    paragraph: int


class Written(BaseModel):
    """The reply."""

    sentences: list[WrittenSentence]


async def write(models: Models, brief: Brief, voice: Voice) -> Reply | None:
    """The composed reply in other words; None when nothing of it may be said otherwise, or the model's form was wrong twice.

    Raises:
        ModelFailed: no usable answer.
    """
    found = material(brief.composed, brief.passages, voice, brief.brand)
    if not found.open:
        return None
    began = time.monotonic()
    tried = (_tried(brief.tried), brief.faults) if brief.tried else ("", ())
    made = await _asked(models, brief, voice, found, tried)
    if made.faults and not brief.tried and time.monotonic() - began < QUICK:
        made = await _asked(models, brief, voice, found, ("", made.faults))
    if made.faults:
        log.info("writing.refused", faults=len(made.faults))  # never what was written
    return made.reply


async def _asked(models: Models, brief: Brief, voice: Voice, found: Material, tried: tuple[str, tuple[str, ...]]) -> Redraft:
    variables = {
        "kind": KINDS.get(brief.outcome, "a reply"),
        "language": f"{Locale(brief.language).get_language_name('en')} ({brief.language})",
        "mood": brief.sentiment.value,
        "voice": voice.lines(),
        "sources": "\n".join(found.lines),
        "message": clean(brief.message)[:MESSAGE],
        "tried": tried[0][:TRIED],
        "faults": "\n".join(tried[1])[:FAULTS],
    }
    answer = await models.ask("write", Written, variables)
    said = [Sentence(item.text, tuple(item.sources), item.paragraph) for item in answer.value.sentences]
    return redraft(found, said, brain=answer.by, prompt=answer.prompt)


def _tried(reply: Reply) -> str:
    """Without slots, and without the values that were not shown in the first place."""
    text = SLOT.sub("...", reply.text)
    pairs = [pair for claim in reply.claims for pair in zip(claim.names, claim.values, strict=True)]
    hidden = {value for name, value in pairs if name.rpartition(".")[2] in PRIVATE and value}
    return re.sub("|".join(map(re.escape, sorted(hidden, key=len, reverse=True))), "...", text) if hidden else text
