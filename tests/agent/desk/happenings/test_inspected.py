"""What warehouses report by themselves: a return is paid for when every piece was found in order, and what hangs is asked about once."""

from datetime import UTC, datetime, timedelta

import pytest

from agent.commerce.connectors.mapped import Inspection
from agent.commerce.remedies.procedures.inspection import Grade
from agent.desk import inspected
from agent.desk.following import follow_all

NOW = datetime.now(UTC)


def piece(grade, at=NOW, sku="EAR-130", quantity=1):
    known = Grade(grade) if grade in set(Grade) else None
    key = f"wms:{sku}:{grade}:{at.isoformat()}"
    return Inspection(
        key=key, source="wms", number="RL-ABC123", order="", sku=sku, quantity=quantity, grade=known, said=grade, note="", at=at
    )


@pytest.fixture
def told(floor):
    """The warehouse's list, read twice."""

    async def hear(*pieces):
        class Warehouse:
            async def inspections(self, since):
                return pieces

        for _ in range(2):
            await inspected.hear(floor.scene.engine, [Warehouse()], NOW)
            await follow_all(floor.on(generous=True))

    return hear


async def test_in_order_it_is_paid_for(floor, told):
    await floor.begun()
    await told(piece("A"))
    assert await floor.step() == "refunding"
    assert await floor.news() == ["News of RL-ABC123 for order #1042: Arrived at our warehouse; Checked."]


async def test_nothing_is_paid_before_every_piece_was_seen(floor, told):
    await floor.begun()
    await floor.scene.run("update procedure set detail = jsonb_set(detail, '{result,lines,0,quantity}', '2')")
    await told(piece("A"))
    assert (await floor.step(), await floor.cases()) == ("labelled", [])
    await told(piece("A", at=NOW - timedelta(days=2)))
    (case,) = await floor.cases()
    assert "only a part" in case["summary"]
    await told(piece("A"), piece("D", at=NOW + timedelta(seconds=1)))
    assert await floor.step() == "inspected"
    assert await floor.scene.rows("select 1 from effect where kind = 'refund'") == []


async def test_a_word_that_is_no_grade_is_for_a_person(floor, told):
    await floor.begun()
    await told(piece("as good as new"))
    assert await floor.step() == "labelled"
    (case,) = await floor.cases()
    assert "no grade of the written standard (EAR-130: as good as new)" in case["summary"]
