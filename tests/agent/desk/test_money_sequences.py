"""Whatever people plan, agree to, refuse, and the shop does with it, in whatever order: money never exceeds what was paid or may be granted."""

import contextlib
import random
from collections import Counter

import pytest

from agent.desk import approvals
from agent.desk.granting import Standing, decided
from agent.desk.ledger import plan_effects
from agent.domain.authority import Role
from agent.domain.commerce import Order
from agent.domain.decision import Decision, Desk, Outcome, Reason, Remedy, RemedyKind
from agent.domain.effect import EffectState, PlannedEffect
from agent.domain.intents import Intent
from agent.domain.money import Money
from agent.errors import Conflict, Forbidden
from agent.policy.plan import effect

PEOPLE = {"mia": Role.OPERATOR, "tom": Role.OPERATOR, "lea": Role.LEAD, "fay": Role.FINANCE}
ORDERS = ("1", "2")
PAID = Money(60_000, "EUR")
#: Money alone, and money and goods together.
LIMIT = {Role.OPERATOR: (10_000, 15_000), Role.LEAD: (50_000, 75_000)}
SEQUENCES, STEPS = 12, 40


class World:
    """One conversation, two orders, four people, and a die."""

    def __init__(self, scene, thread, seed):
        self.scene, self.thread, self.die, self.count, self.seen = scene, thread, random.Random(seed), 0, Counter()

    async def plan(self):
        self.count += 1
        who = self.die.choice([*PEOPLE, "bot"])
        minor = self.die.choice((-5, 0, 1, 900, 5000, 9999, 10_001, 30_000, 60_001))
        amount, order = Money(minor, self.die.choice(("EUR",) * 9 + ("USD",))), self.die.choice(ORDERS)
        kind = self.die.choice(("refund", "refund", "reship"))
        one = PlannedEffect(key=f"{self.thread}-{self.count}", kind=kind, order=order, payload={}, amount=amount, paid=PAID)
        on = Standing(who=who, role=PEOPLE.get(who, Role.BOT))
        async with self.scene.engine.begin() as connection:
            (entry,) = await plan_effects(connection, self.thread, f"{self.thread}:1", (one,), who, on)
        self.seen[entry.state.value] += 1

    async def decide(self):
        rows = await self.scene.rows("select id from approval where state = 'waiting' order by id")
        if rows:
            who, chosen = self.die.choice(list(PEOPLE)), self.die.choice(rows)["id"]
            queue, engine = self.scene.queue, self.scene.engine
            with contextlib.suppress(Forbidden, Conflict):
                if self.die.random() < 0.7:
                    await approvals.approve(engine, queue, chosen, who, PEOPLE[who])
                    self.seen["approved"] += 1
                else:
                    await approvals.refuse(engine, queue, chosen, who, PEOPLE[who], "no")
                    self.seen["refused"] += 1

    async def happen(self):
        state = self.die.choice(("sent", "confirmed", "failed", "unknown"))
        chosen = "(select key from effect where state in ('planned', 'sent', 'unknown') order by md5(key) limit 1)"
        await self.scene.run(f"update effect set state = '{state}' where key = {chosen}")

    async def check(self):
        rows = await self.scene.rows("select * from effect where state <> 'failed'")
        for order in ORDERS:
            mine = [row for row in rows if row["order_number"] == order]
            assert sum(row["amount"] for row in mine) <= PAID.minor
            for who, role in PEOPLE.items():
                alone = [row for row in mine if row["authority"] == who and row["state"] != "waiting" and not row["approved_by"]]
                money, all_of_it = LIMIT.get(role, (PAID.minor, PAID.minor))
                assert sum(row["amount"] for row in alone if row["kind"] == "refund") <= money
                assert sum(row["amount"] for row in alone) <= all_of_it
        assert all(row["currency"] == "EUR" and row["amount"] > 0 for row in rows)
        assert not [row for row in rows if row["authority"] == "bot" or row["approved_by"] == row["authority"]]


async def test_no_sequence_gives_more_than_was_paid_or_may_be_granted(scene):
    seen = Counter()
    for seed in range(SEQUENCES):
        thread = (await scene.receive("money", thread=f"t{seed}")).conversation
        world = World(scene, thread, seed)
        for _ in range(STEPS):
            await world.die.choices((world.plan, world.decide, world.happen), (5, 3, 2))[0]()
            await world.check()
        seen += world.seen
        await scene.run("delete from procrastinate_jobs; delete from approval; delete from procedure_step")
        await scene.run("update effect set procedure = null; delete from procedure; delete from effect; delete from order_account")
    assert min(seen[name] for name in ("planned", "waiting", "failed", "approved", "refused")) > 5, seen


def chosen(remedy, **changes):
    made = Decision(outcome=Outcome.RESOLVE, desk=Desk.AGENT, reasons=(Reason.REMEDIED,), remedies=(remedy,), by="mia", role=Role.OPERATOR)
    return made if not changes else Decision(**{**{name: getattr(made, name) for name in made.__dataclass_fields__}, **changes})


@pytest.mark.parametrize(
    ("before", "seen", "state"),
    [(0, None, "planned"), (4000, 4000, "planned"), (4000, None, "planned"), (9000, None, "waiting")],
    ids=["first", "judged with it", "within the limit all the same", "planned by somebody else meanwhile"],
)
async def test_what_the_customer_chose_stands_on_who_offered_it(scene, make, before, seen, state):
    """The graph judged it with what it saw of the ledger; what came in between is judged under the account's lock."""
    order: Order = make.order(total=Money(50_000, "EUR"))
    thread = (await scene.receive("the second one, please")).conversation
    remedy = Remedy(kind=RemedyKind.REFUND, intent=Intent.DAMAGED, order=order.number, amount=Money(5000, "EUR"), rule="pack@1#r:1")
    decision = chosen(remedy)
    standing = decided("t:1", decision, [order], Money(seen, "EUR") if seen else None)
    async with scene.engine.begin() as connection:
        if before:
            earlier = PlannedEffect(
                key="before", kind="refund", order=order.number, payload={}, amount=Money(before, "EUR"), paid=order.paid
            )
            await plan_effects(connection, thread, "t:0", (earlier,), "tom", Standing(who="tom", role=Role.LEAD))
        (entry,) = await plan_effects(connection, thread, "t:1", (effect("t:1", remedy, order.paid),), decision.by, standing)
    assert (entry.state.value, entry.error) == (state, "")
    (row,) = await scene.rows("select authority from effect where key <> 'before'")
    assert row == {"authority": "mia"}


async def test_the_agents_own_word_is_worth_what_its_pack_says(scene, make):
    """A remedy that the pack lets it grant alone is planned; the next on the same order is not."""
    order = make.order()
    thread = (await scene.receive("yes")).conversation
    states = []
    for turn in ("t:1", "t:2"):
        remedy = Remedy(kind=RemedyKind.REFUND, intent=Intent.DAMAGED, order=order.number, amount=Money(1000, "EUR"), rule="pack@1#auto:1")
        standing = decided(turn, chosen(remedy, by="bot", role=Role.BOT), [order])
        async with scene.engine.begin() as connection:
            (entry,) = await plan_effects(connection, thread, turn, (effect(turn, remedy, order.paid),), "bot", standing)
        states.append((entry.state, entry.error))
    assert states == [(EffectState.PLANNED, ""), (EffectState.FAILED, "over_limit")]
