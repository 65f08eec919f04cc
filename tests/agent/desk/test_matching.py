"""Which conversations may be one customer's: suggested with reasons, decided by a person alone, and no proof goes with it."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from agent.commerce.memory import MemoryShop
from agent.desk import matching
from agent.domain.authority import Proof
from agent.domain.commerce import Address
from agent.domain.likeness import Likeness, likeness, person, phone
from agent.errors import Conflict, NotFound
from agent.nodes.gather import gather
from agent.signals.history import CaseHistory
from agent.store.engine import reading

TODAY = date(2026, 11, 22)
NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
ANNA, JOHN = "anna@example.com", "john@example.com"


@pytest.fixture
def shop() -> MemoryShop:
    return MemoryShop.demo(today=TODAY, now=lambda: NOW)


async def talk(scene: Any, name: str, **columns: Any) -> str:
    """A conversation, with columns as they stand after some turns."""
    received = await scene.receive("Hi", thread=columns.pop("thread", name))
    for column, value in columns.items():
        written = "array['" + "','".join(value) + "']" if isinstance(value, list) else f"'{value}'"
        await scene.run(f"update conversation set {column} = {written} where id = '{received.conversation}'")
    return received.conversation


async def found(scene: Any, shop: MemoryShop, conversation: str, now: datetime | None = None) -> dict[str, tuple[Likeness, ...]]:
    made = await matching.suggestions(scene.engine, shop, conversation, now or datetime.now(UTC))
    return {each.conversation: each.reasons for each in made}


def test_a_phone_is_known_by_its_last_digits_in_any_script() -> None:
    assert phone("+49 30 23125 042") == phone("0049 (0)30-23125042") == phone("٠٣٠ ٢٣١٢٥٠٤٢")[-9:] == "023125042"
    assert phone("web-7f3a9912aa00") == phone("1234567") == phone("") == ""


def test_people_are_alike_by_what_is_proven_alone(make: Any) -> None:
    order = make.order()
    anna = person([], [order])
    assert likeness(anna, person(["ANNA@example.com"], [])) == (Likeness.SAME_CUSTOMER,)
    assert likeness(person([ANNA], []), person([ANNA], [])) == (Likeness.SIGNED_EMAIL, Likeness.SAME_CUSTOMER)
    stranger = replace(order, number="9", customer=replace(order.customer, email="a.w@example.net"))
    turned = replace(stranger, address=replace(order.address, name="WEBER, Anná", postcode="10 435"))
    assert likeness(anna, person([], [stranger])) == (Likeness.NAME_AND_POSTCODE,)
    assert likeness(anna, person([], [turned])) == ()  # another postcode as written
    assert likeness(anna, person([], [replace(turned, address=replace(turned.address, postcode="10435"))])) == (Likeness.NAME_AND_POSTCODE,)
    abroad: Address = replace(order.address, country="AT")
    assert likeness(anna, person([], [replace(stranger, address=abroad)])) == ()
    assert likeness(person([], []), person([], [])) == ()


async def test_suggestions_give_their_reasons_strongest_first(scene: Any, shop: MemoryShop) -> None:
    me = await talk(scene, "me", proven_orders=["1042"])
    signed = await talk(scene, "signed", signed_email=ANNA)
    called = await talk(scene, "phone", thread="+493023125042")
    await talk(scene, "stranger", proven_orders=["1045"])
    await talk(scene, "nobody")
    both = await found(scene, shop, me)
    assert list(both) == [signed, called]
    assert both[called] == (Likeness.PHONE,)
    assert Likeness.SAME_CUSTOMER in both[signed]
    assert await found(scene, shop, signed) == {me: both[signed], called: (Likeness.PHONE,)}
    with pytest.raises(NotFound):
        await found(scene, shop, "no-such")


async def test_phones_count_for_some_months_and_e_mails_for_good(scene: Any, shop: MemoryShop) -> None:
    me = await talk(scene, "me", proven_orders=["1042"])
    old = await talk(scene, "signed", signed_email=ANNA)
    await talk(scene, "phone", thread="+493023125042")
    assert list(await found(scene, shop, me, datetime.now(UTC) + timedelta(days=200))) == [old]


async def test_nothing_is_suggested_for_who_has_proven_nothing(scene: Any, shop: MemoryShop) -> None:
    await talk(scene, "other", signed_email=ANNA)
    me = await talk(scene, "me")
    assert await found(scene, shop, me) == {}


async def decide(scene: Any, shop: MemoryShop, one: str, other: str, same: bool) -> None:
    await matching.decide(scene.engine, shop, one, other, same=same, operator="olga", now=NOW)


async def test_a_person_confirms_and_both_are_in_each_others_history(scene: Any, shop: MemoryShop) -> None:
    me = await talk(scene, "me", proven_orders=["1042"])
    called = await talk(scene, "phone", thread="+493023125042")
    await scene.commit(scene.handed_over(await scene.turn(called)))
    await scene.run("update support_case set closed_at = now(), status = 'answered'")
    history = CaseHistory(reading(scene.engine))
    assert await history.look_back("1042", ANNA, []) == (0, 0)

    await decide(scene, shop, me, called, True)
    assert await history.look_back("1042", ANNA, []) == (1, 0)
    (match,) = await matching.suggestions(scene.engine, shop, me, datetime.now(UTC))
    assert (match.confirmed, match.by, match.case is not None) == (True, "olga", True)
    (line,) = await scene.rows("select actor, action, detail from audit where action like 'customer.%'")
    assert (line["actor"], line["action"], line["detail"]["reasons"]) == ("olga", "customer.matched", ["phone"])

    await decide(scene, shop, me, called, False)
    assert await history.look_back("1042", ANNA, []) == (0, 0)
    assert await found(scene, shop, me) == {}


async def test_a_denial_outweighs_a_shared_address_and_only_for_that_one(scene: Any, shop: MemoryShop) -> None:
    me, one, two = [await talk(scene, name, signed_email=ANNA) for name in ("me", "one", "two")]
    for place in (one, two):
        await scene.commit(scene.handed_over(await scene.turn(place)))
    await scene.run("update support_case set closed_at = now(), status = 'answered'")
    await decide(scene, shop, me, one, False)
    assert list(await found(scene, shop, me)) == [two]
    assert await CaseHistory(reading(scene.engine)).look_back("1042", ANNA, []) == (1, 0)


async def test_what_is_not_suggested_cannot_be_confirmed(scene: Any, shop: MemoryShop) -> None:
    me = await talk(scene, "me", proven_orders=["1042"])
    stranger = await talk(scene, "stranger", proven_orders=["1045"])
    for other in (stranger, me, "no-such"):
        with pytest.raises(Conflict):
            await decide(scene, shop, me, other, True)
    assert await scene.rows("select * from customer_match") == []


async def test_neither_a_suggestion_nor_its_confirmation_lends_proof(scene: Any, shop: MemoryShop, make: Any) -> None:
    """The other writer sees and may order exactly what they could before."""
    me = await talk(scene, "me", proven_orders=["1042"], signed_email=ANNA)
    called = await talk(scene, "phone", thread="+493023125042")
    before = await scene.turn(called)
    await decide(scene, shop, me, called, True)
    after = await scene.turn(called)
    assert after.identity == before.identity
    assert (after.identity.email, after.identity.proven_orders) == (None, ())
    assert after.identity.proof(ANNA) < Proof.STRONG

    class Runtime:
        class context:
            orders = catalogue = stock = shop
            limits = make.view(after, make.triage()).limits

    asked = make.triage(text="Where is #1042?")
    seen = await gather({"turn": after, "triage": asked}, Runtime())  # pyright: ignore[reportArgumentType]
    assert seen["context"].customer.orders == ()
    assert not seen["context"].customer.identified
