"""A model translates; what must not change stands behind marks meanwhile, and what comes back is checked."""

from pydantic import BaseModel

from agent.brains.llm.models import Models
from agent.brains.local.text import clean
from agent.brains.translation.faithful import unlike
from agent.brains.translation.glossary import Glossary
from agent.brains.translation.marks import in_form, mask, unmask
from agent.domain.reply import Translation

#: Characters of a text that a model is given.
LONGEST = 6000


class Translated(BaseModel):
    """A text in another language."""

    translation: str


async def translate(models: Models, text: str, source: str, target: str, glossary: Glossary) -> Translation:
    """The text in `target`, its figures, addresses, links and names byte for byte; `text` is None when the model lost or made up one.

    Raises:
        ModelFailed
    """
    if source == target or not text.strip():
        return Translation(language=target, text=text)
    if len(text) > LONGEST:
        return Translation(language=target, text=None, engine=f"none (longer than {LONGEST} characters)")
    masked, kept = mask(clean(text), glossary, target)
    variables = {"source": source, "target": target, "terms": _terms(kept, glossary, target), "message": masked}
    answer = await models.ask("translate", Translated, variables)
    found = answer.value.translation.strip()
    back = unmask(found, kept)
    if not back:
        return Translation(language=target, text=None, engine=f"none ({answer.by}: changed numbers, addresses or names)")
    if why := unlike(masked, found, target):
        return Translation(language=target, text=None, engine=f"none ({answer.by}: did not translate, by {why})")
    return Translation(language=target, text=back, engine=answer.by, bridged=True)


def faithful(text: str, found: str, target: str, glossary: Glossary, by: str) -> Translation | None:
    """What a model made of a text that it saw without marks; None unless every figure, address, link and name stands in it, byte for byte."""
    masked, kept = mask(clean(text), glossary, target)
    again, still = mask(clean(found.strip()), glossary, target)
    if not again or in_form(still) != in_form(kept) or unlike(masked, again, target):
        return None
    return Translation(language=target, text=found.strip(), engine=by, bridged=True)


def _terms(kept: list[str], glossary: Glossary, target: str) -> list[str]:
    """Words that marks stand for, so that the grammar around them fits. Never a figure or an address: those tell a stranger's data."""
    words = {*glossary.keep, *glossary.terms.get(target, {}).values()}
    return [f"⟦{number}⟧ = {word}" for number, word in enumerate(kept, start=1) if word in words]
