"""The wishes that a model serves: reading what is wished for, and answering questions from the case's own material."""

from collections.abc import AsyncIterator
from datetime import datetime

from babel import Locale
from pydantic import BaseModel

from agent.brains.llm.failure import ModelFailed
from agent.brains.llm.models import Models
from agent.brains.llm.spending import current
from agent.desk.help.case_file import CaseFile
from agent.desk.help.lines import figures, spoken
from agent.desk.help.material import articles, material
from agent.desk.help.told import Done, Piece, Told
from agent.desk.help.wish import LONGEST, Kind, Wish
from agent.state import Parts
from prompts import load


class ReadWish(BaseModel):
    """What an operator's words ask for."""

    kind: Kind
    language: str


async def wished(models: Models, words: str) -> Wish:
    """Raises ModelFailed."""
    found = (await models.ask("wish", ReadWish, {"wish": words[:LONGEST]})).value
    language = found.language.strip().lower()
    if found.kind is not Kind.LANGUAGE:
        return Wish(found.kind)
    known = len(language) == 2 and language in Locale.parse("en").languages
    return Wish(Kind.LANGUAGE, language if known else None)


async def answered(models: Models, parts: Parts, file: CaseFile, words: str, now: datetime) -> AsyncIterator[Told]:
    """Sentence by sentence; one that its source does not bear out is marked. Raises ModelFailed."""
    known = await material(parts, file, words, now)
    count = 0
    async for said in spoken(models.stream("help", {"wish": words[:LONGEST], "sources": known.shown()})):
        if said is None:
            continue
        count += 1
        places = [int(key) - 1 for key in said.cited if key.isdigit() and 0 < int(key) <= len(known.texts)]
        cited = tuple(dict.fromkeys(known.sources[place] for place in places))
        yield Piece(text=said.text, sources=cited, faults=_faults(said.text, [known.texts[place] for place in places]))
    if not count:
        raise ModelFailed("Empty")
    yield Done(kind=Kind.QUESTION, by=by_model(), prompt=load("help").label)


def _faults(said: str, sources: list[str]) -> tuple[str, ...]:
    if not sources:
        return ("no source",)
    unfounded = sorted(figures(said) - figures("\n".join(sources)))
    return tuple(f"not in its source: {figure}" for figure in unfounded)


async def looked_up(parts: Parts, file: CaseFile, words: str, now: datetime) -> AsyncIterator[Piece]:
    """What the knowledge base has on a question, word for word."""
    for text, source in await articles(parts, file, words, now):
        yield Piece(text=text, sources=(source,))


def by_model() -> str:
    """Which model answered last."""
    spent = current()
    return f"model {spent.calls[-1].model}" if spent and spent.calls else "model"
