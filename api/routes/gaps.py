"""What the knowledge base lacks: gaps and proposals, listed, struck out, taken back, and turned into drafts."""

from typing import Annotated, Any

from fastapi import APIRouter, Path

from agent.desk import audit
from agent.signals.turns import intents_of
from api.deps import App, Editor, Operator
from knowledge.gaps import deciding, listing
from knowledge.gaps.tables import gap, proposal

router = APIRouter(prefix="/api/knowledge", tags=["knowledge"])

Id = Annotated[str, Path(pattern=r"^[A-Za-z0-9-]{1,64}$")]


@router.get("/gaps")
async def list_gaps(p: App, operator: Operator, status: listing.Status = "open") -> dict[str, Any]:
    """Those of the most customers first. `answered`: closed by itself, because `article` answers it now."""
    async with p.engine.connect() as connection:
        found = await listing.gaps(connection, status)
    return {"gaps": await listing.with_nearest(p.parts.knowledge, found, p.clock.now().date())}


@router.get("/proposals")
async def list_proposals(p: App, operator: Operator, status: listing.Decided = "open") -> dict[str, Any]:
    """What operators wrote most often first."""
    async with p.engine.connect() as connection:
        return {"proposals": await listing.proposals(connection, status)}


@router.post("/gaps/{id_}/draft")
async def draft_gap(p: App, editor: Editor, id_: Id) -> dict[str, str]:
    async with p.engine.begin() as connection:
        intents = await intents_of(connection, await deciding.questions_of(connection, id_))
        article, language = await deciding.draft_gap(connection, id_, intents, editor.id)
        await audit.record(connection, editor.id, "gap.drafted", gap=id_, article=article, language=language)
    return {"article": article, "language": language}


@router.post("/gaps/{id_}/dismiss", status_code=204)
async def dismiss_gap(p: App, editor: Editor, id_: Id) -> None:
    """Customers who ask the same later are counted, but it stays out of sight."""
    async with p.engine.begin() as connection:
        await deciding.dismiss(connection, gap, id_)
        await audit.record(connection, editor.id, "gap.dismissed", gap=id_)


@router.post("/gaps/{id_}/reopen", status_code=204)
async def reopen_gap(p: App, editor: Editor, id_: Id) -> None:
    async with p.engine.begin() as connection:
        await deciding.reopen(connection, gap, id_)
        await audit.record(connection, editor.id, "gap.reopened", gap=id_)


@router.post("/proposals/{id_}/draft")
async def draft_proposal(p: App, editor: Editor, id_: Id) -> dict[str, str]:
    async with p.engine.begin() as connection:
        article, language = await deciding.draft_proposal(connection, id_, editor.id)
        await audit.record(connection, editor.id, "proposal.drafted", proposal=id_, article=article, language=language)
    return {"article": article, "language": language}


@router.post("/proposals/{id_}/dismiss", status_code=204)
async def dismiss_proposal(p: App, editor: Editor, id_: Id) -> None:
    async with p.engine.begin() as connection:
        await deciding.dismiss(connection, proposal, id_)
        await audit.record(connection, editor.id, "proposal.dismissed", proposal=id_)


@router.post("/proposals/{id_}/reopen", status_code=204)
async def reopen_proposal(p: App, editor: Editor, id_: Id) -> None:
    async with p.engine.begin() as connection:
        await deciding.reopen(connection, proposal, id_)
        await audit.record(connection, editor.id, "proposal.reopened", proposal=id_)
