"""One test on the demo shop in PostgreSQL and on its in-memory twin: they must be the same shop."""

import asyncio
import os
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from typing import Any, LiteralString

import psycopg
import pytest
from psycopg import sql
from sqlalchemy import text
from sqlalchemy.ext.asyncio import create_async_engine
from sqlalchemy.pool import NullPool

from agent.commerce.demo.generate import generate
from agent.commerce.demo.seed import seed
from agent.commerce.demo_effects import DemoEffects
from agent.commerce.demo_shop import DemoShop
from agent.commerce.memory import MemoryEffects, MemoryShop, untraced
from agent.commerce.tables import SCHEMA, metadata
from agent.domain.commerce import OrderState, Tier
from agent.domain.effect import EffectResult, EffectState, PlannedEffect
from agent.errors import NotFound

TODAY = date(2026, 5, 20)
NOW = datetime(2026, 5, 20, 12, tzinfo=UTC)


@dataclass
class Shop:
    reads: DemoShop | MemoryShop
    effects: DemoEffects | MemoryEffects

    async def do(self, kind: str, order: str, key: str = "", **payload: Any) -> EffectResult:
        return await self.effects.carry_out(PlannedEffect(key=key or f"{kind}:{order}", kind=kind, order=order, payload=payload))


async def _seeded(url: str) -> None:
    engine = create_async_engine(url, poolclass=NullPool)
    async with engine.begin() as connection:
        await connection.execute(text(f"CREATE SCHEMA {SCHEMA}"))
        await connection.run_sync(metadata.create_all)
    await seed(engine, today=TODAY)
    await engine.dispose()


def administer(server: str, command: LiteralString, *names: str) -> None:
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(sql.SQL(command).format(*(sql.Identifier(name) for name in names)))


@pytest.fixture(scope="module")
def template(pg_server: str) -> Iterator[str]:
    """Name of a seeded database to copy: ten times faster than seeding for each test."""
    name = f"demo_template_{os.getpid()}"
    administer(pg_server, "CREATE DATABASE {} TEMPLATE template0", name)
    asyncio.run(_seeded(url_of(pg_server, name)))
    yield name
    administer(pg_server, "DROP DATABASE {} WITH (FORCE)", name)


def url_of(server: str, name: str) -> str:
    return server.replace("postgresql://", "postgresql+psycopg://", 1).replace("/postgres?", f"/{name}?", 1)


@pytest.fixture
def copy(pg_server: str, template: str) -> Iterator[str]:
    """URL of a database of the test's own."""
    name = f"{template}_copy"
    administer(pg_server, "CREATE DATABASE {} TEMPLATE {} STRATEGY FILE_COPY", name, template)
    yield url_of(pg_server, name)
    administer(pg_server, "DROP DATABASE {} WITH (FORCE)", name)


@pytest.fixture(params=["memory", "postgres"])
def url(request: pytest.FixtureRequest) -> str | None:
    return None if request.param == "memory" else request.getfixturevalue("copy")


@pytest.fixture
async def shop(url: str | None) -> AsyncIterator[Shop]:
    if url is None:
        memory = MemoryShop.demo(today=TODAY, now=lambda: NOW)
        yield Shop(memory, MemoryEffects(memory))
        return
    engine = create_async_engine(url, pool_size=20, max_overflow=40)
    yield Shop(DemoShop(engine, now=lambda: NOW), DemoEffects(engine, now=lambda: NOW))
    await engine.dispose()


async def test_every_order_reads_as_it_was_generated(shop: Shop) -> None:
    for order in generate(7, TODAY).orders:
        assert await shop.reads.by_number(order.number) == replace(order, read_at=NOW, lines=tuple(map(untraced, order.lines)))


async def test_number_and_email_together_find_the_order(shop: Shop) -> None:
    for number in ("1042", "#1042", " 1042 ", "１０４２", "١٠٤٢"):
        order = await shop.reads.find(number, " Anna@Example.COM")
        assert order and order.number == "1042" and order.customer.name == "Anna Weber"


WRONG = [
    ("1042", "john@example.com"),
    ("1042", ""),
    ("1042", "anna@example.com\0"),
    ("1042", "\ud800"),
    ("1042", "%"),
    ("1042", "a" * 300),
    ("999999", "anna@example.com"),
    ("", "anna@example.com"),
    ("10\0 42", "anna@example.com"),
    ("1042' OR '1'='1", "anna@example.com"),
    ("9" * 40, "anna@example.com"),
]


async def test_whatever_is_wrong_the_answer_is_none(shop: Shop) -> None:
    assert [await shop.reads.find(number, email) for number, email in WRONG] == [None] * len(WRONG)


async def test_orders_of_a_customer_come_newest_first(shop: Shop) -> None:
    orders = generate(7, TODAY).orders
    email = max((o.customer.email for o in orders), key=lambda e: sum(o.customer.email == e for o in orders))
    found = await shop.reads.of_customer(email.upper(), limit=3)
    expected = sorted((o for o in orders if o.customer.email == email), key=lambda o: (o.placed_at, o.number), reverse=True)
    assert [o.number for o in found] == [o.number for o in expected[:3]]
    assert await shop.reads.of_customer(email, limit=0) == ()
    assert await shop.reads.of_customer("nobody@example.com") == ()


async def test_customer(shop: Shop) -> None:
    vip = await shop.reads.customer("VIP@example.com")
    assert vip and vip.tier is Tier.BEACON
    assert await shop.reads.customer("nobody@example.com") is None


async def test_products_come_in_the_order_asked_for_without_unknown_ones(shop: Shop) -> None:
    found = await shop.reads.products(["SNK-650", "NO-SUCH", "EAR-110", "SNK-650"])
    assert [product.sku for product in found] == ["SNK-650", "EAR-110"]
    assert found == tuple(p for sku in ("SNK-650", "EAR-110") for p in generate(7, TODAY).products if p.sku == sku)


async def test_match_is_the_same_on_both(shop: Shop) -> None:
    assert [p.sku for p in await shop.reads.match("is EAR-120 in stock?", limit=1)] == ["EAR-120"]
    assert await shop.reads.match("nothing of the kind") == ()


async def test_availability_tells_places_and_never_counts(shop: Shop) -> None:
    free, gone = await shop.reads.availability(["EAR-110", "CUR-460", "NO-SUCH"])
    assert free.available and free.warehouses and free.restock is None
    assert not gone.available and gone.warehouses == () and gone.restock and gone.restock > TODAY


async def test_levels_and_batches_for_staff(shop: Shop) -> None:
    levels = await shop.reads.levels(["EAR-110"])
    assert [level.warehouse for level in levels] == ["LAX", "RTM", "SIN", "SZX"]
    assert {level.read_at for level in levels} == {NOW}
    (bad,) = await shop.reads.batches(["VQ-26A", "NO-SUCH", "a\0b"])
    assert bad.sku == "EAR-110" and bad.complaint_rate > 0.1
    assert await shop.reads.levels([]) == () and await shop.reads.batches([]) == ()


async def test_cancel_gives_the_pieces_back(shop: Shop) -> None:
    before = await shop.reads.levels(["SER-510"])
    result = await shop.do("cancel", "1044")
    assert result.state is EffectState.CONFIRMED
    assert result.data == {"order": "1044", "state": "cancelled", "amount": {"minor": 5270, "currency": "EUR"}}
    order = await shop.reads.by_number("1044")
    assert order and order.state is OrderState.CANCELLED
    after = await shop.reads.levels(["SER-510"])
    assert sum(level.committed for level in before) - sum(level.committed for level in after) == 1


@pytest.mark.parametrize(
    ("kind", "number", "reason"),
    [
        ("cancel", "1048", "already_packed"),
        ("cancel", "1042", "already_packed"),
        ("change_address", "1048", "already_packed"),
        ("return", "1042", "not_delivered"),
        ("return", "1055", "not_delivered"),
        ("return", "1057", "window_closed"),
        ("resend_tracking", "1054", "not_shipped"),
        ("coupon", "1046", "bad_worth"),
        ("cancel", "999999", "order_unknown"),
        ("cancel", "x\0", "order_unknown"),
        ("answer", "1045", "unknown_kind"),
    ],
)
async def test_what_is_not_allowed_fails_with_a_reason_and_changes_nothing(shop: Shop, kind: str, number: str, reason: str) -> None:
    before = await shop.reads.by_number(number)
    result = await shop.do(kind, number)
    assert (result.state, result.error) == (EffectState.FAILED, reason)
    assert await shop.reads.by_number(number) == before


async def test_a_key_is_carried_out_once_and_answers_the_same(shop: Shop) -> None:
    first = await shop.do("cancel", "1044")
    assert await shop.do("cancel", "1044") == first
    again = await shop.do("cancel", "1044", key="another")
    assert again.error == "already_cancelled"
    assert await shop.do("cancel", "1044", key="another") == again
    other = await shop.do("cancel", "1054", key="another")
    assert other.error == "key_reused"


async def test_change_address_lays_the_wish_over_the_old_one(shop: Shop) -> None:
    result = await shop.do("change_address", "1054", address={"street": " 9  High\nStreet\u200f ", "phone": ""})
    assert result.state is EffectState.CONFIRMED
    order = await shop.reads.by_number("1054")
    assert order and order.address.street == "9 High Street" and order.address.city == "Bristol"
    assert result.data["address"]["street"] == "9 High Street"


async def test_another_country_is_a_persons_work(shop: Shop) -> None:
    assert (await shop.do("change_address", "1054", address={"country": "FR"})).error == "other_country"


async def test_return_gives_a_number_and_a_label(shop: Shop) -> None:
    result = await shop.do("return", "1045", lines=[{"sku": "EAR-110", "quantity": 1}])
    assert result.state is EffectState.CONFIRMED
    number = result.data["return"]
    assert number.startswith("RL-") and len(number) == 9
    assert result.data["fee"] == {"minor": 0, "currency": "GBP"} and result.data["city"] == "Rotterdam"
    label = await shop.effects.document(result.data["document"])
    assert label.startswith(b"%PDF-") and len(label) < 20_000
    order = await shop.reads.by_number("1045")
    assert order and order.open_return == number
    again = await shop.do("return", "1045", key="another")
    assert again.error == "return_open" and again.data["return"] == number


async def test_return_outside_the_free_countries_costs_the_fee(shop: Shop) -> None:
    result = await shop.do("return", "1050")
    assert result.data["fee"] == {"minor": 1125, "currency": "JPY"} and result.data["city"] == "Singapore"
    assert len(result.data["lines"]) == 2


async def test_what_came_back_cannot_come_back_again(shop: Shop) -> None:
    assert (await shop.do("return", "1056", lines=[{"sku": "SNK-660", "quantity": 1}])).error == "nothing_to_return"
    rest = await shop.do("return", "1056", key="rest")
    assert rest.data["lines"] == [{"sku": "EAR-120", "quantity": 1}]


async def test_resend_tracking(shop: Shop) -> None:
    order = await shop.reads.by_number("1042")
    assert order and order.shipment
    result = await shop.do("resend_tracking", "1042")
    assert (result.data["tracking"], result.data["url"]) == (order.shipment.tracking, order.shipment.url)
    assert order.shipment.url.startswith("https://track.lumenandloom.example/")


async def test_one_coupon_an_order(shop: Shop) -> None:
    result = await shop.do("coupon", "1046", percent=10)
    assert result.state is EffectState.CONFIRMED and result.data["percent"] == 10
    assert result.data["valid_until"] == (TODAY + timedelta(days=90)).isoformat()
    assert (await shop.do("coupon", "1046", key="more", percent=5)).error == "coupon_given"


async def test_a_coupon_over_an_amount(shop: Shop) -> None:
    result = await shop.do("coupon", "1045", minor=1290, currency="GBP")
    assert result.data["amount"] == {"minor": 1290, "currency": "GBP"}
    assert result.data["minimum"] == {"minor": 2580, "currency": "GBP"}


async def test_an_unknown_document(shop: Shop) -> None:
    for id in ("nothing", "", "a\0b"):
        with pytest.raises(NotFound):
            await shop.effects.document(id)


async def test_fifty_calls_with_one_key_are_one_effect(shop: Shop) -> None:
    results = await asyncio.gather(*(shop.do("return", "1045") for _ in range(50)))
    assert {result.state for result in results} == {EffectState.CONFIRMED}
    assert len({result.data["return"] for result in results}) == 1


async def test_of_many_keys_cancelling_one_order_one_succeeds(shop: Shop) -> None:
    results = await asyncio.gather(*(shop.do("cancel", "1044", key=f"key {index}") for index in range(10)))
    states = [result.state for result in results]
    assert states.count(EffectState.CONFIRMED) == 1 and states.count(EffectState.FAILED) == 9
    levels = await shop.reads.levels(["SER-510"])
    untouched = {(level.sku, level.warehouse): level.committed for level in generate(7, TODAY).stock}
    assert sum(untouched[level.sku, level.warehouse] - level.committed for level in levels) == 1


async def test_of_many_keys_returning_one_order_one_succeeds(shop: Shop) -> None:
    results = await asyncio.gather(*(shop.do("return", "1045", key=f"key {index}") for index in range(10)))
    assert sorted(result.error for result in results) == ["", *["return_open"] * 9]
