"""The knowledge base for operators: search it, sync it, roll it back."""

from dataclasses import asdict
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Query

from agent.desk import audit
from agent.domain.languages import FALLBACK
from agent.publishing import publish
from api.deps import App, Operator, Reviewer
from knowledge.alerts import alerts
from knowledge.snapshot import pointer, rollback, snapshots
from knowledge.sources.state import states

router = APIRouter(prefix="/api/knowledge", tags=["knowledge"])


@router.get("/search")
async def search(
    p: App,
    operator: Operator,
    q: Annotated[str, Query(min_length=1, max_length=1000)],
    language: str = FALLBACK,
    market: str | None = None,
    audience: Literal["customer", "operator"] = "operator",
    k: Annotated[int, Query(ge=1, le=20)] = 5,
) -> dict[str, Any]:
    today = p.clock.now().date()
    found = await p.parts.knowledge.search(q, language=language, market=market, audience=audience, k=k, today=today)
    results = [
        {"id": x.id, "article": x.article, "title": x.title, "language": x.language, "score": x.score, "text": x.text}
        for x in found.passages
    ]
    return {"results": results, "answerable": found.answerable, "snapshot": found.snapshot}


@router.post("/sync")
async def run_sync(p: App, reviewer: Reviewer, force: bool = False) -> dict[str, Any]:
    """`force`: also when most articles would go, and what was rolled back."""
    report = await publish(p.settings, p.engine, p.index, p.embedder, p.clock, p.probes, force=force)
    async with p.engine.begin() as connection:
        await audit.record(connection, reviewer.id, "knowledge.synced", snapshot=report.snapshot, changed=report.changed, force=force)
    return asdict(report) | {"problems": [str(problem) for problem in report.problems]}


@router.get("/health")
async def health(p: App, operator: Operator) -> dict[str, Any]:
    """What serves now, how its sources fared, and what somebody should look at."""
    async with p.engine.connect() as connection:
        sources, open_alerts, at = await states(connection), await alerts(connection), await pointer(connection)
    now = next((found for found in await snapshots(p.engine) if found.active), None)
    made = {name: getattr(now, name, None) for name in ("created_at", "articles", "passages", "report")}
    said = [asdict(source) | {"problems": list(source.problems)} for source in sources]
    made |= {"snapshot": now.id if now else None, "switched_at": at.switched_at if at else None}
    return {**made, "sources": said, "alerts": [asdict(alert) for alert in open_alerts]}


@router.get("/snapshots")
async def history(p: App, operator: Operator) -> dict[str, Any]:
    found = await snapshots(p.engine)
    shown = ("id", "created_at", "articles", "passages", "active")
    return {"snapshots": [{name: getattr(snapshot, name) for name in shown} for snapshot in found]}


@router.post("/rollback")
async def roll_back(p: App, reviewer: Reviewer, to: str | None = None) -> dict[str, str]:
    found = await rollback(p.engine, to)
    async with p.engine.begin() as connection:
        await audit.record(connection, reviewer.id, "knowledge.rolled_back", snapshot=found)
    return {"snapshot": found}
