"""The ledger at the desk: what was done on an order or for a case, where the shop says otherwise, and the accountants' file."""

import io
from datetime import date, timedelta
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Query, Response

from agent.desk import reconcile, statement
from agent.domain.authority import Role
from agent.errors import BadInput, Forbidden
from api.deps import App, Operator

router = APIRouter(prefix="/api/desk/ledger", tags=["desk"])
Short = Annotated[str, Query(max_length=64)]
#: A longer span is for the command line.
MOST_DAYS = 92


@router.get("")
async def ledger(p: App, operator: Operator, order: Short = "", case: Short = "") -> dict[str, Any]:
    """Newest first; `accounts` says what was paid on these orders and what is left. Amounts are minor units."""
    async with p.engine.connect() as connection:
        return await statement.listing(connection, order=order.strip().lstrip("#"), case=case)


@router.get("/differences")
async def differences(p: App, operator: Operator, days: Annotated[int, Query(ge=1, le=31)] = 1) -> dict[str, Any]:
    """Asked of the shop now: what the ledger says and the shop does not, of the last days."""
    now = p.clock.now()
    found = await reconcile.differences(p.engine, p.effects, now - timedelta(days=days), now)
    return {"at": now.isoformat(), "days": days, "differences": [reconcile.as_json(each) for each in found]}


@router.get("/export")
async def export(
    p: App,
    operator: Operator,
    first: Annotated[date, Query(alias="from")],
    last: Annotated[date, Query(alias="to")],
    format: Literal["csv", "jsonl"] = "csv",  # noqa: A002
) -> Response:
    """As `portside ledger export`; for lead and finance. UTC days, both included."""
    if operator.authority.rank < Role.LEAD.rank:
        raise Forbidden(f"The export needs the authority lead; yours is {operator.authority.value}. Ask a lead or finance for it.")
    if not timedelta() <= last - first <= timedelta(days=MOST_DAYS):
        raise BadInput(f"Choose a span of at most {MOST_DAYS} days, its first day first. `portside ledger export` takes longer ones.")
    lines = [line async for line in statement.export(p.engine, first, last)]
    out = io.StringIO(newline="")
    (statement.write_csv if format == "csv" else statement.write_jsonl)(lines, out)
    name = f'attachment; filename="ledger-{first}-{last}.{format}"'
    kind = "text/csv; charset=utf-8" if format == "csv" else "application/jsonl"
    return Response(out.getvalue(), media_type=kind, headers={"content-disposition": name})
