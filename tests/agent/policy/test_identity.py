"""Which orders a customer may hear of: number and e-mail together, over as many turns as it takes."""

from types import SimpleNamespace

import pytest

from agent.commerce.memory import MemoryShop
from agent.domain.context import CustomerContext
from agent.domain.decision import Outcome, Reason
from agent.domain.intents import Intent
from agent.domain.message import Author, Identity
from agent.nodes.gather import customer_view
from agent.policy.decide import decide
from agent.policy.identity import MAX_TRIES, offered
from agent.policy.limits import LIMITS


@pytest.fixture
def shop(make) -> MemoryShop:
    return MemoryShop.demo(today=make.today, now=lambda: make.now)


@pytest.fixture
def seen(make, shop):
    """seen(text, *earlier customer lines, identity fields): what gather lets the writer know."""

    async def look(text: str, *earlier: str, **identity) -> CustomerContext:
        history = tuple(make.message(line, seq=index) for index, line in enumerate(earlier, 1))
        turn = make.turn(text, history=history, identity=Identity(**identity))
        parts = SimpleNamespace(orders=shop, catalogue=shop, stock=shop, limits=LIMITS)
        return await customer_view(turn, make.triage(Intent.ORDER_STATUS, text=text), parts)

    return look


def numbers(context: CustomerContext) -> list[str]:
    return [order.number for order in context.orders]


@pytest.mark.parametrize(
    ("text", "earlier"),
    [
        ("Where is #1042? anna@example.com", ()),
        ("ANNA@Example.COM, order １０４２", ()),
        ("anna@example.com", ("Where is #1042?",)),
        ("It is #1042", ("I am anna@example.com, where is my parcel?",)),
        ("and now?", ("#1042", "anna@example.com", "thanks")),
    ],
)
async def test_number_and_email_prove_an_order_over_several_turns(seen, text: str, earlier) -> None:
    context = await seen(text, *earlier)
    assert numbers(context) == ["1042"]
    assert context.newly_proven == ("1042",)
    assert not context.mismatch


@pytest.mark.parametrize("text", ["#1042", "anna@example.com", "1042 is mine, I swear", "anna (at) example.com #1042"])
async def test_half_a_proof_is_none(seen, text: str) -> None:
    context = await seen(text)
    assert (context.orders, context.identified, context.mismatch) == ((), False, False)


async def test_an_order_of_another_customer_reads_like_an_unknown_one(seen, make) -> None:
    foreign, unknown = await seen("#1042 john@example.com"), await seen("#999999 john@example.com")
    assert foreign == unknown
    decision = decide(make.view(make.turn("x"), make.triage(Intent.ORDER_STATUS), make.context(mismatch=foreign.mismatch)))
    assert (decision.outcome, decision.question) == (Outcome.ASK, Reason.IDENTITY_MISMATCH)


async def test_one_foreign_number_among_own_ones_shows_only_the_own_and_asks(seen) -> None:
    context = await seen("#1042 and #1045, anna@example.com")
    assert numbers(context) == ["1042"]
    assert context.mismatch


async def test_what_was_proven_stays_proven_and_proves_nothing_else(seen) -> None:
    assert numbers(await seen("and when will it come?", proven_orders=("1042",))) == ["1042"]
    assert numbers(await seen("what about #1045?", proven_orders=("1042",))) == []


@pytest.mark.parametrize("text", ["thank you", "why do I need a code?"])
async def test_a_mailed_code_among_earlier_words_is_no_order_of_somebody_else(seen, text: str) -> None:
    context = await seen(text, "#1042 anna@example.com", "111111", proven_orders=("1042",))
    assert (numbers(context), context.mismatch) == (["1042"], False)


async def test_a_signed_customer_sees_the_own_orders_only(seen, shop) -> None:
    mine = await seen("Where is my order?", signed_email="anna@example.com")
    assert mine.identified
    assert {order.customer.email for order in mine.orders} == {"anna@example.com"}
    assert numbers(await seen("Where is #1045?", signed_email="anna@example.com")) == []
    typed = await seen("I am john@example.com, where is #1045?", signed_email="anna@example.com")
    assert set(numbers(typed)) <= {"1045"}  # number and e-mail are a proof of their own


async def test_guessing_is_limited_within_a_turn(make, seen) -> None:
    text = " ".join(f"#{number}" for number in range(1043, 1060)) + " #1042 anna@example.com"
    proof = offered(make.turn(text), make.triage(text=text))
    assert len(proof.numbers) == MAX_TRIES
    assert (await seen(text)).orders == ()


def test_only_the_customers_own_words_are_a_proof(make) -> None:
    """What the shop or an operator wrote must not complete a proof."""
    history = (
        make.message("Your order is #1042", author=Author.OPERATOR),
        make.message("Sent to anna@example.com", author=Author.BOT, seq=2),
    )
    proof = offered(make.turn("hello", history=history), make.triage())
    assert (proof.numbers, proof.email, proof.complete) == ((), None, False)


def test_the_newest_words_count(make) -> None:
    history = (make.message("#1111 a@example.com"), make.message("sorry, #2222", seq=2))
    proof = offered(make.turn("hello", history=history), make.triage())
    assert (proof.numbers, proof.email, proof.named_now) == (("2222",), "a@example.com", ())


def test_a_postcode_of_a_typed_address_is_no_order_number(make) -> None:
    history = (make.message("Anna Weber, Lindenweg 4, 10115 Berlin, Germany"),)
    assert offered(make.turn("anna@example.com", history=history), make.triage()).numbers == ()
