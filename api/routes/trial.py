"""Try it: what the agent would find and say before and after a draft, and which known questions the draft changes."""

import asyncio
import time
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Request
from limits import parse
from pydantic import BaseModel, ConfigDict, Field

from agent.bootstrap import Portside
from agent.desk.outcome import TurnOutcome
from agent.desk.rehearsal import Overheard, Rehearsal, opening
from agent.errors import PortsideError
from agent.store.engine import reading
from api.deps import App, Limits, Operator
from knowledge.article import Article
from knowledge.editorial.errors import NotFit
from knowledge.editorial.form import Value, read, typed
from knowledge.impact import Change, Impact, Standing
from knowledge.search import Knowledge, SearchResult
from knowledge.sources.source import Key
from knowledge.trial import Trials

router = APIRouter(prefix="/api/knowledge", tags=["knowledge"])

TRIALS = parse("30/minute")
IMPACTS = parse("20/minute")
#: Seconds for one answer; a customer's own turn has as many.
PATIENCE = 10.0
#: Where the shop of the demo is at home: the widget's default too.
MARKET = "DE"


class TookTooLong(PortsideError):
    """This took longer than 10 seconds. Try again: what was worked out is kept. A very long draft is better split into several articles."""

    status = 504
    code = "took_too_long"


class Draft(BaseModel):
    """A draft as its editor sees it, saved or not; `retire`: the article is taken out instead."""

    model_config = ConfigDict(extra="forbid")
    front: dict[str, Value] = Field(max_length=50)
    body: str = ""
    retire: bool = False

    def read(self) -> tuple[Key, Article | None]:
        """Raises NotFit, TooLarge."""
        text = typed(self.front, self.body)
        key = str(text.front.get("id") or ""), str(text.front.get("language") or "")
        if self.retire:
            return key, None
        article, faults = read(key, text)
        if article is None:
            shown = [{"field": fault.field, "line": fault.line, "message": fault.message} for fault in faults]
            first = f"{faults[0].field}: {faults[0].message}"
            raise NotFit(f"The draft can not be tried as it is. {first}", problems=shown)
        return key, article


class Try(BaseModel):
    model_config = ConfigDict(extra="forbid")
    question: str = Field(min_length=1, max_length=2000)
    language: str = Field(default="en", pattern=r"^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$")
    market: str | None = Field(default=None, pattern="^[A-Z]{2}$")
    draft: Draft | None = None


@dataclass(frozen=True, slots=True)
class Bench:
    """What trying needs, made at the first request and kept while the service runs."""

    trials: Trials
    impact: Impact
    scene: Rehearsal


async def bench(request: Request, p: App) -> Bench:
    state = request.app.state
    if getattr(state, "bench", None) is None:
        engine = reading(p.engine)
        impact = Impact(engine, p.embedder.fingerprint, p.probes)
        state.bench = Bench(Trials(engine, p.index, p.embedder, reranker=p.reranker), impact, Rehearsal(lambda clock: p.parts))
    return state.bench


Tools = Annotated[Bench, Depends(bench)]


@router.post("/try")
async def try_it(p: App, operator: Operator, limits: Limits, tools: Tools, body: Try) -> dict[str, Any]:
    """A dry run of the whole agent: nothing is stored or sent."""
    await limits.check(TRIALS, "try", operator.id)
    started = time.monotonic()
    async with _patience():
        if body.draft is None:
            before, after = await _heard(p, tools.scene, await tools.trials.now(), body, MARKET), None
        else:
            key, article = body.draft.read()
            trial = await tools.trials.of(key, article)
            market = article.markets[0] if article and article.markets and MARKET not in article.markets else MARKET
            both = (_heard(p, tools.scene, knowledge, body, market) for knowledge in (trial.before, trial.after))
            before, after = await asyncio.gather(*both)
    return {"before": before, "after": after, "ms": round((time.monotonic() - started) * 1000)}


@router.post("/impact")
async def impact(p: App, operator: Operator, limits: Limits, tools: Tools, body: Draft) -> dict[str, Any]:
    """The known questions that come out otherwise. `asked` may be fewer than `total` while the questions are being prepared."""
    await limits.check(IMPACTS, "impact", operator.id)
    async with _patience():
        report = await tools.impact.of(await tools.trials.of(*body.read()), p.clock.now().date())
    return {"asked": report.asked, "total": report.total, "changed": [_change(change) for change in report.changes]}


@asynccontextmanager
async def _patience() -> AsyncGenerator[None]:
    try:
        async with asyncio.timeout(PATIENCE):
            yield
    except TimeoutError as error:
        raise TookTooLong from error


async def _heard(p: Portside, scene: Rehearsal, knowledge: Knowledge, body: Try, market: str) -> dict[str, Any]:
    """What the agent finds there, and what it would do."""
    heard = Overheard(knowledge)
    turn = opening(
        (body.question, 0), customer=None, channel="web", market=body.market or market, now=p.clock.now(), language=body.language
    )
    outcome = await scene.think(replace(p.parts, knowledge=heard), turn)
    return {**_found(heard.found), **_done(outcome)}


def _found(result: SearchResult) -> dict[str, Any]:
    names = ("id", "article", "title", "heading", "language", "score", "text")
    return {"answerable": result.answerable, "passages": [{name: getattr(x, name) for name in names} for x in result.passages]}


def _done(outcome: TurnOutcome) -> dict[str, Any]:
    """`draft` is what an operator would get on a hand-off."""
    return {
        "decision": outcome.decision.outcome.value,
        "reply": outcome.reply.text if outcome.reply else "",
        "draft": outcome.case.draft.text if outcome.case else None,
        "reasons": [reason.value for reason in outcome.decision.reasons],
        "sources": outcome.detail["sources"],
    }


def _change(change: Change) -> dict[str, Any]:
    return {
        "case": change.probe.id,
        "text": change.probe.text,
        "language": change.probe.language,
        "expected": list(change.probe.expected),
        "before": _standing(change.before),
        "after": _standing(change.after),
        "verdict": change.verdict,
    }


def _standing(standing: Standing) -> dict[str, Any]:
    return {"article": standing.article, "score": standing.score, "answerable": standing.answerable}
