"""Of what a brain proposes beside the wish, only what is true is kept."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agent.domain.arguments import Arguments, Asked
from agent.domain.commerce import Line, Order, OrderState, Piece
from agent.domain.decision import Offer, Remedy, RemedyKind
from agent.domain.intents import Intent
from agent.domain.money import Money
from agent.domain.pending import Pending
from agent.policy.arguments import FIELDS, kept, wanted

TEXT = "The lamp is fine, but the other thing is broken. New address: Jo Ray, 12 High Street, London, that is N1 4AB, United Kingdom"
PLACE = {"name": "Jo Ray", "street": "12 High Street", "postcode": "N1 4AB", "city": "London", "country": "United Kingdom"}
WAYS = tuple(
    Offer(remedy=Remedy(kind=kind, intent=Intent.DAMAGED, order="1042"), key=f"offer-{kind.value}")
    for kind in (RemedyKind.RESHIP, RemedyKind.REFUND)
)


def line(sku: str, quantity: int = 1, returned: int = 0) -> Line:
    return Line(sku=sku, title=sku, category="audio", quantity=quantity, price=Money(1000, "EUR"), returned=returned)


@pytest.fixture(scope="session")
def order(make: Any) -> Order:
    return make.order(OrderState.DELIVERED, lines=(line("LMP-1"), line("EAR-2", 3, 1), line("TEE-3", 1, 1)))


@pytest.fixture(scope="session")
def asked(make: Any, order: Order) -> Asked:
    return Asked(turn=make.turn(TEXT), triage=make.triage(Intent.DAMAGED, text=TEXT), orders=(order,), products=(make.product(),))


@pytest.mark.parametrize(
    ("pieces", "left"),
    [
        ((Piece("EAR-2", 2),), (Piece("EAR-2", 2),)),
        ((Piece("EAR-2", 3),), ()),
        ((Piece("EAR-2", 0),), ()),
        ((Piece("EAR-2", -1),), ()),
        ((Piece("TEE-3"),), ()),
        ((Piece("XXX-9"),), ()),
        ((Piece("LMP-1"), Piece("XXX-9")), ()),
        ((Piece("LMP-1"), Piece("LMP-1")), ()),
        ((Piece("LMP-1"), Piece("EAR-2", 2)), ()),
    ],
)
def test_pieces_are_on_the_order_and_left(asked: Asked, pieces: tuple[Piece, ...], left: tuple[Piece, ...]) -> None:
    assert kept(Arguments(pieces=pieces), asked).pieces == left


def test_an_order_is_one_of_their_own(asked: Asked, order: Order) -> None:
    pieces = (Piece("LMP-1"),)
    assert kept(Arguments(order="1042", pieces=pieces), asked) == Arguments(order="1042", pieces=pieces)
    assert kept(Arguments(order="9999", pieces=pieces), asked) == Arguments()
    two = replace(asked, orders=(order, replace(order, number="1050")))
    assert kept(Arguments(pieces=pieces), two) == Arguments()  # of which?
    assert kept(Arguments(order="1050", pieces=pieces), two).order == "1050"
    assert kept(Arguments(order="1042", pieces=pieces), replace(asked, orders=())) == Arguments()


def test_what_is_wanted_instead_is_sold_and_as_many(asked: Asked) -> None:
    pieces = (Piece("EAR-2", 2),)
    assert kept(Arguments(pieces=pieces, others=(Piece("EAR-130", 2),)), asked).others == (Piece("EAR-130", 2),)
    for others in ((Piece("EAR-130", 1),), (Piece("GLD-1", 2),), (Piece("EAR-130", 2), Piece("LMP-1"))):
        assert kept(Arguments(pieces=pieces, others=others), asked).others == ()
    whole = Arguments(pieces=(Piece("LMP-1"), Piece("EAR-2", 2)), others=(Piece("EAR-130"), Piece("LMP-1", 2)))
    assert kept(whole, asked) == whole  # all of it comes back, so what for is worth saying


def test_an_address_stands_in_the_customers_words(asked: Asked) -> None:
    assert kept(Arguments(address=tuple(PLACE.items())), asked).address == tuple(PLACE.items())
    nameless = {field: PLACE[field] for field in FIELDS[1:]}
    assert kept(Arguments(address=tuple(nameless.items())), asked).address == tuple(nameless.items())
    for wrong in (
        {"street": "1 Attacker Lane"},
        {"postcode": "4AB"[:2]},
        {"street": "2 High Street"},
        {"country": "Atlantis"},
        {"city": ""},
        {"name": "Ray, 12 High Street, London, that is N1 4AB, United Kingdom" * 2},
    ):
        assert kept(Arguments(address=tuple((PLACE | wrong).items())), asked).address == (), wrong


def test_a_choice_is_taken_only_where_our_own_reading_is_in_doubt(asked: Asked, make: Any) -> None:
    def on_offer(text: str) -> Asked:
        return replace(asked, turn=make.turn(text), pending=Pending(offers=WAYS))

    unclear = on_offer("yes please")
    assert wanted(unclear)
    assert [kept(Arguments(choice=number), unclear).choice for number in (0, 1, 2, 3, -1, None)] == [None, 1, 2, None, None, None]
    for settled in (
        on_offer("the refund please"),
        on_offer("none of these, let me talk to a human"),
        on_offer("Why is it so slow?"),
        asked,
    ):
        assert kept(Arguments(choice=1), settled).choice is None


def test_it_is_asked_for_only_where_something_is_open(asked: Asked, make: Any, order: Order) -> None:
    def wants(intent: Intent, text: str, *orders: Order) -> bool:
        return wanted(Asked(turn=make.turn(text), triage=make.triage(intent, text=text), orders=orders))

    alone = make.order(OrderState.DELIVERED)
    assert wanted(asked)
    assert not wants(Intent.DAMAGED, "It is broken", alone)
    assert wants(Intent.EXCHANGE, "I want it in blue", alone)
    assert not wants(Intent.ORDER_STATUS, "Where is it?", order)
    assert wants(Intent.ORDER_STATUS, "Where is it?", order, alone)
    assert not wants(Intent.ORDER_STATUS, "Where is #1042?", order, alone)
    assert wants(Intent.CHANGE_ADDRESS, "Send it to the 12 in our street", alone)
    assert not wants(Intent.CHANGE_ADDRESS, "Jo Ray, High Street 12, 10115 Berlin, Germany", alone)
    assert not wants(Intent.DAMAGED, "It is broken")


piece = st.builds(Piece, st.sampled_from(["LMP-1", "EAR-2", "TEE-3", "EAR-130", "XXX-9", ""]), st.integers(-1, 4))
words = st.sampled_from([*PLACE.values(), "Evil Road 1", "", "1", "Germany"])


@given(
    st.builds(
        Arguments,
        order=st.sampled_from(["1042", "9999", "", None]),
        pieces=st.lists(piece, max_size=3).map(tuple),
        others=st.lists(piece, max_size=3).map(tuple),
        address=st.lists(st.tuples(st.sampled_from([*FIELDS, "phone"]), words), max_size=6).map(tuple),
        choice=st.integers(-2, 5) | st.none(),
    )
)
def test_whatever_is_proposed_nothing_untrue_is_kept(asked: Asked, order: Order, proposed: Arguments) -> None:
    found = kept(proposed, asked)
    left = {item.sku: item.quantity - item.returned for item in order.lines}
    assert found.order in (None, "1042")
    assert all(1 <= item.quantity <= left[item.sku] for item in found.pieces)
    assert all(item.sku in {*left, "EAR-130"} for item in found.others)
    assert len(found.others) in (0, len(found.pieces))
    assert all(field in FIELDS and value in TEXT for field, value in found.address)
    assert found.choice is None
