"""Lanes, days of cover, purchases and what the desk remembers, on a real PostgreSQL with the demo shop."""

import time
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from statistics import quantiles
from typing import Any

import pytest
from sqlalchemy import insert, text
from sqlalchemy.ext.asyncio import AsyncEngine

from agent.commerce.demo.seed import seed
from agent.commerce.demo_shop import DemoShop
from agent.domain.context import Context, CustomerContext
from agent.domain.money import Money
from agent.nodes.gather import staff_view
from agent.signals.grants import LedgerGrants
from agent.signals.history import CaseHistory
from agent.signals.surroundings import ShopAndDesk
from agent.store import migrate
from agent.store.engine import make_engine, reading
from agent.store.tables import conversation, customer_match, effect, message, support_case
from agent.writing.card import as_json, card

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
EMAIL = "john@example.com"


@pytest.fixture
async def desk(database_url: str) -> AsyncIterator[AsyncEngine]:
    migrate.upgrade(database_url.replace("+psycopg", ""))
    made = make_engine(database_url.replace("+psycopg", ""))
    await seed(made, today=NOW.date())
    yield made
    await made.dispose()


async def talk(engine: AsyncEngine, name: str, at: datetime = NOW, **columns: Any) -> None:
    row = {"id": name, "channel": "web", "account": "web", "thread": name, "market": "GB", "language": "en", "updated_at": at} | columns
    async with engine.begin() as connection:
        await connection.execute(insert(conversation).values(row))


async def said(engine: AsyncEngine, place: str, words: str, seq: int = 1, author: str = "bot") -> None:
    row = {"id": f"{place}{seq}", "conversation": place, "seq": seq, "author": author, "channel": "web", "account": "web"}
    async with engine.begin() as connection:
        await connection.execute(
            insert(message).values(row | {"external_id": f"{place}{seq}", "text": words, "created_at": NOW - timedelta(days=1)})
        )


async def case(engine: AsyncEngine, place: str, closed: datetime | None, subjects: tuple[str, ...] = ("EAR-110",)) -> None:
    row = {
        "id": f"case-{place}",
        "conversation": place,
        "turn": "t",
        "desk": "operator",
        "urgency": "normal",
        "reasons": [],
        "subjects": list(subjects),
        "status": "answered" if closed else "open",
        "packet": {"summary": f"About {place}\nmore"},
        "draft": "",
        "due_at": NOW,
        "created_at": NOW - timedelta(days=2),
        "closed_at": closed,
    }
    async with engine.begin() as connection:
        await connection.execute(insert(support_case).values(row))


async def test_lanes_and_cover_are_counted_from_the_shop(desk: AsyncEngine) -> None:
    known = ShopAndDesk(reading(desk))
    lanes = await known.lanes("DE", NOW.date())
    assert lanes and all(lane.country == "DE" for lane in lanes)
    busiest = lanes[0]
    assert busiest.warehouse == "RTM" and busiest.parcels > 0 and busiest.now is not None and abs(busiest.now) < 30
    pace = await known.pace(["EAR-110"], NOW.date())
    assert {sku for sku, _ in pace} == {"EAR-110"}
    assert all(0 < pieces < 50 for pieces in pace.values())


async def test_spending_is_a_sum_a_currency_without_what_was_cancelled(desk: AsyncEngine) -> None:
    known = ShopAndDesk(reading(desk))
    before = await known.spent(EMAIL.upper())
    assert before.orders >= 1 and before.sums[0].currency == "GBP" and before.sums[0].minor > 0
    async with desk.begin() as connection:
        await connection.execute(text("UPDATE demo_shop.orders SET state = 'cancelled' WHERE email = :email"), {"email": EMAIL})
    assert await known.spent(EMAIL) == replace(before, orders=0, sums=())


async def test_the_desk_remembers_what_was_said_done_and_asked(desk: AsyncEngine) -> None:
    await talk(desk, "mine", proven_orders=["1045"])
    await talk(desk, "signed", signed_email=EMAIL)
    await talk(desk, "matched")
    await talk(desk, "denied")
    await talk(desk, "other")
    for place in ("mine", "signed", "matched", "denied", "other"):
        await said(desk, place, f"{place}: we pay £5.00 back.")
    await said(desk, "mine", "No figure here.", seq=2)
    await said(desk, "mine", "£9.99 please", seq=3, author="customer")
    for place in ("signed", "matched"):
        await case(desk, place, NOW)
    await case(desk, "other", None)
    await case(desk, "denied", None, ("SNK-650",))
    async with desk.begin() as connection:
        rows = [
            {"conversation": "matched", "email": EMAIL, "confirmed": True, "by": "olga"},
            {"conversation": "denied", "email": EMAIL, "confirmed": False, "by": "olga"},
        ]
        await connection.execute(insert(customer_match), rows)
        paid = {"key": "refund-1", "conversation": "other", "turn": "t", "kind": "refund", "order_number": "1045", "payload": {}}
        await connection.execute(
            insert(effect).values(paid | {"authority": "olga", "amount": 500, "currency": "GBP", "state": "confirmed"})
        )

    found = await ShopAndDesk(reading(desk)).recall("1045", EMAIL, ["EAR-110"], NOW)
    assert {each.conversation for each in found.said} == {"mine", "signed", "matched"}
    assert [(each.kind, each.state, each.amount) for each in found.done] == [("refund", "confirmed", Money(500, "GBP"))]
    assert [link.id for link in found.similar] == ["case-other"] and found.similar_count == 1
    assert {link.id for link in found.earlier} == {"case-signed", "case-matched"} and found.earlier_count == 2
    assert found.earlier[0].summary.startswith("About ")
    assert (await CaseHistory(reading(desk)).look_back("1045", EMAIL, ["EAR-110"]))[0] == 2


async def test_a_whole_card_of_the_demo_shop_is_quick(desk: AsyncEngine) -> None:
    """p95 of all that gather and card read for one order; 60 ms is the bound on a machine that does nothing else."""
    engine = reading(desk)
    shop, known = DemoShop(engine, now=lambda: NOW), ShopAndDesk(engine)
    await talk(desk, "mine", proven_orders=["1045"])
    for n in range(20):
        await said(desk, "mine", f"It should be with you by 2{n % 9} November 2026, and £{n}.00 come back.", seq=n + 1)

    class Parts:
        stock, history, grants = shop, CaseHistory(engine), LedgerGrants(engine)

    async def once() -> Any:
        order = await shop.find("1045", EMAIL)
        assert order
        customer = CustomerContext(orders=(order,))
        whole = Context(customer=customer, staff=await staff_view(customer, Parts()))  # pyright: ignore[reportArgumentType]
        return as_json(await card(whole, known, NOW))

    made = await once()
    assert made["batches"][0]["over"] or made["batches"][1]["over"]  # VQ-26A
    assert made["promises"] and made["shelves"] and made["lanes"] and made["customer"]["spending"]["orders"]
    assert all(age["answers"] for age in made["ages"])
    times = []
    for _ in range(40):
        start = time.process_time()
        await once()
        times.append((time.process_time() - start) * 1000)
    assert quantiles(times, n=20)[-1] < 120, times  # of a core, 24 were measured
    print(f"\ncard p50 {sorted(times)[20]:.1f} ms, p95 {quantiles(times, n=20)[-1]:.1f} ms")  # noqa: T201
