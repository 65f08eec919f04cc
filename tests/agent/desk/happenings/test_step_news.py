"""The customer hears of the steps that matter, in few messages."""

from datetime import UTC, datetime, timedelta

from agent.desk import happenings, step_news
from agent.desk.following import follow_all
from agent.desk.settle import carry_out
from agent.domain.commerce import OrderState
from agent.domain.decision import RemedyKind
from agent.domain.effect import PlannedEffect
from agent.domain.money import Money


async def test_the_customer_hears_once_an_hour_and_then_of_everything(floor):
    await floor.begun()
    following = floor.on(generous=True)
    await happenings.tell(following, [floor.told("received")])
    assert await floor.news() == ["News of RL-ABC123 for order #1042: Arrived at our warehouse."]
    await happenings.tell(following, [floor.inspected("A")])
    (row,) = await floor.scene.rows("select key from effect where kind = 'refund'")
    await carry_out(floor.scene.engine, floor.source, row["key"])
    await follow_all(following)
    assert len(await floor.news()) == 1
    following.clock.ahead = timedelta(minutes=61)
    await follow_all(following)
    _, second = await floor.news()
    assert second.startswith("News of RL-ABC123 for order #1042: Checked. We have ordered the refund of €73.00 for order #1042")
    (message,) = await floor.scene.rows("select sources, external_id from message where text = :text", text=second)
    assert [source["kind"] for source in message["sources"]] == ["effect", "effect"]
    assert message["external_id"].startswith(f"steps:{floor.RETURN.key}:")


async def test_while_a_person_writes_the_agent_says_nothing_and_afterwards_all_of_it(floor):
    await floor.begun()
    await floor.scene.run("update conversation set owner = 'mia'")
    await happenings.tell(floor.on(), [floor.told("received"), floor.inspected("C")])
    assert await floor.news() == []
    await floor.scene.run("update conversation set owner = 'bot'")
    await follow_all(floor.on())
    assert await floor.news() == ["News of RL-ABC123 for order #1042: Arrived at our warehouse; Checked."]


async def test_old_steps_are_no_news(floor):
    await floor.begun()
    await floor.scene.run("update conversation set owner = 'mia'")
    await happenings.tell(floor.on(), [floor.told("received")])
    await floor.scene.run("update conversation set owner = 'bot'")
    await floor.scene.run("update procedure_step set at = now() - interval '2 days'")
    following = floor.on()
    assert not await step_news.tell(
        following.engine, following.queue, following.phrases, following.shop.orders, floor.RETURN.key, datetime.now(UTC)
    )


async def test_a_new_parcel_is_told_with_its_tracking(floor, make):
    floor.source.order = make.order(OrderState.IN_TRANSIT)
    paid = Money(7990, "EUR")
    await floor.begun(PlannedEffect(key="k", kind="reship", order="1042", payload={}, amount=paid, paid=paid))
    await happenings.tell(floor.on(), [floor.told("shipped", kind=RemedyKind.RESHIP, reference="1072", new_order="1072", tracking="PH1")])
    (text,) = await floor.news()
    tracking = floor.source.order.shipments[-1].tracking
    assert text.startswith(f"News of order #1042: On its way. Tracking number {tracking}: http")
    assert await floor.step("k") == "shipped"


async def test_without_the_shop_the_step_alone_is_told(floor):
    paid = Money(7990, "EUR")
    await floor.begun(PlannedEffect(key="k", kind="reship", order="1042", payload={}, amount=paid, paid=paid))
    floor.source.down = True
    await happenings.tell(floor.on(), [floor.told("shipped", kind=RemedyKind.RESHIP, reference="1072", new_order="1072")])
    assert await floor.news() == ["News of order #1042: On its way."]
