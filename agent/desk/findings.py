"""What photos show, kept for the signals: one row a photo of a conversation."""

from typing import Any

from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from agent.desk.outcome import TurnOutcome
from agent.domain.diagnosis import Diagnosis
from agent.store.photo_tables import photo_finding


async def keep(connection: AsyncConnection, outcome: TurnOutcome) -> None:
    """Inside the turn's transaction; a photo that is looked at again is read anew."""
    if not outcome.diagnoses:
        return
    rows = {found.photo: _row(outcome, found) for found in outcome.diagnoses}
    query = insert(photo_finding).values(list(rows.values()))
    keys = ("conversation", "photo")
    renewed = {column.name: query.excluded[column.name] for column in photo_finding.columns if column.name not in (*keys, "at")}
    await connection.execute(query.on_conflict_do_update(index_elements=keys, set_=renewed))


def _row(outcome: TurnOutcome, found: Diagnosis) -> dict[str, Any]:
    order = next((order.number for order in outcome.orders for line in order.lines if line.sku == found.sku), None)
    return {
        "conversation": outcome.turn.conversation,
        "photo": found.photo,
        "turn": outcome.turn.id,
        "verdict": found.verdict.value,
        "order_number": order,
        "sku": found.sku,
        "batch": found.batch or outcome.batches.get(found.sku or ""),
        "defect": found.defect and found.defect.value,
        "severity": found.severity and found.severity.value,
        "confidence": found.confidence,
        "eye": found.eye,
        "reason": found.reason and found.reason.value,
    }
