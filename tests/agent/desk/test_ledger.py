"""The ledger: each wish once, never more than was paid on an order, never more than a role may grant, whoever plans at the same time."""

import asyncio
import time

import pytest
from sqlalchemy import text

from agent.desk import ledger
from agent.desk.granting import Need, Standing, by_limits
from agent.desk.ledger import plan_effects
from agent.domain.authority import Role
from agent.domain.decision import RemedyKind
from agent.domain.effect import EffectState, PlannedEffect
from agent.domain.money import Money

PAID = Money(9000, "EUR")


def money_back(minor, key="", currency="EUR", order="1042", kind="refund", paid=PAID):
    amount = None if minor is None else Money(minor, currency)
    payload = {"reason": "damaged"} | ({"minor": minor, "currency": currency} if amount else {})
    return PlannedEffect(key=key or f"{kind}-{minor}-{currency}-{order}", kind=kind, order=order, payload=payload, amount=amount, paid=paid)


def finance(who="fay", **more):
    return Standing(who=who, role=Role.FINANCE, **more)


def operator(who="mia", **more):
    return Standing(who=who, role=Role.OPERATOR, **more)


@pytest.fixture
async def thread(scene):
    return (await scene.receive("My lamp is broken")).conversation


@pytest.fixture
def plan(scene, thread):
    """Plan in a transaction of its own: (states, errors) as they came."""

    async def planned(*effects, standing=None, engine=None):
        on = standing or finance()
        async with (engine or scene.engine).begin() as connection:
            entries = await plan_effects(connection, thread, f"{thread}:1", effects, on.who, on)
        return [(entry.state.value, entry.error) for entry in entries]

    return planned


async def rows(scene, what="state, error"):
    return await scene.rows(f"select {what} from effect order by created_at, key")


async def test_the_amount_is_kept_and_the_same_wish_is_one_row(scene, plan):
    assert await plan(money_back(4000)) == [("planned", "")]
    assert await plan(money_back(4000)) == [("planned", "")]
    assert await rows(scene, "kind, amount, currency, authority, state, procedure") == [
        {"kind": "refund", "amount": 4000, "currency": "EUR", "authority": "fay", "state": "planned", "procedure": "refund-4000-EUR-1042"}
    ]
    assert await scene.rows("select order_number, paid, currency from order_account") == [
        {"order_number": "1042", "paid": 9000, "currency": "EUR"}
    ]


@pytest.mark.parametrize(
    ("effect", "error"),
    [
        (money_back(9001), "over_paid"),
        (money_back(0), "amount"),
        (money_back(-100), "amount"),
        (money_back(2**40), "over_paid"),
        (money_back(-(2**40)), "amount"),
        (money_back(100, currency="USD"), "currency"),
        (money_back(100, paid=None), "over_paid"),
        (money_back(100, paid=Money(0, "EUR")), "over_paid"),
        (money_back(9001, kind="reship"), "over_paid"),
    ],
    ids=lambda value: value if isinstance(value, str) else value.key,
)
async def test_what_may_not_be_is_written_as_failed_and_begins_nothing(scene, plan, effect, error):
    assert await plan(effect) == [("failed", error)]
    assert await rows(scene) == [{"state": "failed", "error": error}]
    assert await scene.rows("select 1 from procedure") == await scene.rows("select 1 from approval") == []
    (line,) = await scene.rows("select action, detail ->> 'error' as error from audit")
    assert line == {"action": "effect.refused", "error": error}


async def test_all_money_of_an_order_together_is_never_more_than_was_paid(scene, plan):
    for minor, expected in ((4000, "planned"), (3000, "planned"), (2001, "failed"), (2000, "planned"), (1, "failed")):
        assert (await plan(money_back(minor)))[0][0] == expected
    for state in ("sent", "confirmed", "unknown", "waiting"):
        await scene.run(f"update effect set state = '{state}' where amount = 4000")
        assert await plan(money_back(50, key=f"more-{state}")) == [("failed", "over_paid")]
    await scene.run("update effect set state = 'failed' where amount = 4000")
    assert await plan(money_back(4000, key="again")) == [("planned", "")]
    assert await plan(money_back(9000, order="1043")) == [("planned", "")]


async def test_a_refund_and_a_new_parcel_count_together(plan):
    assert await plan(money_back(5000), money_back(5000, kind="reship")) in (
        [("planned", ""), ("failed", "over_paid")],
        [("failed", "over_paid"), ("planned", "")],
    )


async def test_a_refund_without_an_amount_is_all_that_is_left(scene, plan):
    await plan(money_back(2500))
    assert await plan(money_back(None, key="rest")) == [("planned", "")]
    (row,) = await scene.rows("select amount, payload from effect where key = 'rest'")
    assert (row["amount"], row["payload"]["minor"], row["payload"]["currency"]) == (6500, 6500, "EUR")
    assert await plan(money_back(None, key="more")) == [("failed", "over_paid")]


async def test_what_others_paid_back_in_the_shop_counts_and_ours_does_not_count_twice(scene, plan):
    shop = finance(refunded={"1042": Money(6000, "EUR")})
    assert await plan(money_back(3001), standing=shop) == [("failed", "over_paid")]
    assert await plan(money_back(3000), standing=shop) == [("planned", "")]
    await scene.run("update effect set state = 'confirmed' where amount = 3000")
    both = finance(refunded={"1042": Money(7000, "EUR")})  # 3,000 of ours and 4,000 of somebody else's
    assert await plan(money_back(2001), standing=both) == [("failed", "over_paid")]
    assert await plan(money_back(2000), standing=both) == [("planned", "")]


async def test_a_cancelled_order_has_nothing_left_to_give_back(plan):
    cancel = PlannedEffect(key="cancel-1042", kind="cancel", order="1042", payload={"reason": "cancel_order"})
    assert await plan(cancel) == [("planned", "")]
    assert await plan(money_back(1)) == [("failed", "over_paid")]


async def test_a_newer_reading_of_what_was_paid_replaces_the_older(scene, plan):
    assert await plan(money_back(100, paid=Money(0, "EUR"))) == [("failed", "over_paid")]
    assert await plan(money_back(100, key="b", paid=Money(5000, "EUR"))) == [("planned", "")]
    assert await scene.rows("select paid from order_account") == [{"paid": 5000}]
    assert await plan(money_back(100, key="c", paid=Money(5000, "USD"))) == [("failed", "currency")]


async def test_an_order_earns_one_code(plan):
    codes = [PlannedEffect(key=f"k{n}", kind=kind, order="1042", payload={}) for n, kind in enumerate(("coupon", "wait", "coupon"))]
    assert await plan(*codes) == [("planned", ""), ("failed", "once"), ("failed", "once")]


async def test_the_agent_never_plans_what_it_may_not_grant(scene, thread):
    async with scene.engine.begin() as connection:
        entries = await plan_effects(connection, thread, "t", (money_back(1), money_back(1, kind="exchange")), "bot")
    assert [(entry.state, entry.error) for entry in entries] == [(EffectState.FAILED, "over_limit")] * 2
    assert await scene.rows("select 1 from effect where authority = 'bot' and state <> 'failed'") == []


async def test_what_is_beyond_a_role_waits_for_the_next_one(scene, plan):
    large = Money(90_000, "EUR")
    assert await plan(money_back(10_000, paid=large), standing=operator(case="c1")) == [("planned", "")]
    assert await plan(money_back(10_001, order="1043", paid=large), standing=operator(case="c1")) == [("waiting", "")]
    assert await plan(money_back(60_000, order="1044", paid=large), standing=operator(case="c1")) == [("waiting", "")]
    found = await scene.rows("select needs, requested_by, support_case, state, why from approval order by created_at")
    assert [(row["needs"], row["requested_by"], row["support_case"], row["state"]) for row in found] == [
        ("lead", "mia", "c1", "waiting"),
        ("finance", "mia", "c1", "waiting"),
    ]
    assert "lumen-and-loom" in found[0]["why"]
    assert [row["step"] for row in await scene.rows("select step from procedure")] == ["requested"] * 3


async def test_one_refund_in_many_small_ones_does_not_evade_the_limit(scene, plan):
    states = [(await plan(money_back(3000, key=f"part-{n}", paid=Money(90_000, "EUR")), standing=operator()))[0][0] for n in range(5)]
    assert states == ["planned"] * 3 + ["waiting"] * 2
    assert await plan(money_back(3000, key="tom", paid=Money(90_000, "EUR")), standing=operator("tom")) == [("waiting", "")]


async def test_a_day_has_a_limit_over_all_orders(plan):
    states = [(await plan(money_back(9000, order=f"20{n:02}"), standing=operator()))[0][0] for n in range(12)]
    assert states == ["planned"] * 11 + ["waiting"]
    assert await plan(money_back(9000, order="3000"), standing=operator("tom")) == [("planned", "")]


async def test_what_a_rule_refuses_nobody_plans(scene, plan):
    no = finance(judging={"k": lambda effect, given: Need(Role.FINANCE, "pack@1#rule:3", "It is forbidden.", refused=True)})
    assert await plan(money_back(10, key="k"), standing=no) == [("failed", "refused")]


@pytest.mark.parametrize(
    ("kind", "minor", "given", "role"),
    [
        ("refund", 1, 0, Role.OPERATOR),
        ("refund", 10_000, 0, Role.OPERATOR),
        ("refund", 10_000, 1, Role.LEAD),
        ("refund", 50_000, 0, Role.LEAD),
        ("refund", 50_000, 1, Role.FINANCE),
        ("reship", 15_000, 0, Role.OPERATOR),
        ("exchange", 15_001, 0, Role.LEAD),
    ],
)
def test_the_role_that_is_needed(kind, minor, given, role):
    from agent.desk.granting import Given

    assert by_limits(money_back(minor, kind=kind), Given(Money(given, "EUR"))).role is role


def test_a_currency_without_a_book_rate_needs_finance():
    from agent.desk.granting import Given

    assert by_limits(money_back(1, currency="XTS"), Given()).role is Role.FINANCE


async def test_another_try_of_a_person_is_another_key_and_the_same_wish_is_not(scene, plan):
    async def fresh(effect):
        async with scene.engine.begin() as connection:
            return (await ledger.fresh_key(connection, effect)).key

    wish = money_back(500, key="refund-1042-a")
    assert await fresh(wish) == "refund-1042-a"
    await plan(wish)
    assert await fresh(wish) == "refund-1042-a"
    assert await fresh(money_back(600, key="refund-1042-a")) == "refund-1042-a.2"
    await scene.run("update effect set state = 'failed'")
    assert await fresh(wish) == "refund-1042-a.2"


async def test_a_thousand_at_once_pay_once(scene, plan, record_property):
    gate, states = asyncio.Semaphore(10), []  # the pool's connections

    async def attempt(n):
        async with gate:
            states.extend(await plan(money_back(9000, key=f"refund-{n}")))

    began = time.perf_counter()
    await asyncio.gather(*(attempt(n) for n in range(1000)))
    seconds = time.perf_counter() - began
    record_property("seconds", seconds)
    assert sorted(states) == [("failed", "over_paid")] * 999 + [("planned", "")]
    assert await scene.rows("select sum(amount) as paid from effect where state <> 'failed'") == [{"paid": 9000}]


async def test_small_refunds_of_two_people_at_once_do_not_pass_the_limit_together(scene, plan):
    large = Money(90_000, "EUR")
    standings = [operator("mia"), operator("tom")] * 10
    await asyncio.gather(*(plan(money_back(2000, key=f"r{n}", paid=large), standing=on) for n, on in enumerate(standings)))
    (row,) = await scene.rows("select sum(amount) as total from effect where state = 'planned'")
    assert row["total"] == 10_000
    assert len(await scene.rows("select 1 from approval")) == 15


async def test_two_plans_on_the_same_orders_never_wait_for_each_other(scene, plan):
    orders = [f"40{n:02}" for n in range(6)]
    await asyncio.gather(
        *(plan(*(money_back(100, key=f"{n}-{o}", order=o) for o in (orders if n % 2 else orders[::-1]))) for n in range(20))
    )
    assert len(await scene.rows("select 1 from effect where state = 'planned'")) == 120


async def test_the_database_holds_no_negative_and_no_half_amount(scene, thread, plan):
    await plan(money_back(100))
    for change in ("amount = -1", "currency = null", "amount = null"):
        with pytest.raises(Exception, match="effect_amount"):
            async with scene.engine.begin() as connection:
                await connection.execute(text(f"update effect set {change}"))


def test_kinds_are_those_of_the_domain():
    from agent.desk.granting import COUNTED, LIMITED

    assert COUNTED < LIMITED < {kind.value for kind in RemedyKind}
