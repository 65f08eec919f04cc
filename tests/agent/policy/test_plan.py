"""Idempotency keys name the wish; the payload holds what the shop needs and nothing more."""

from hypothesis import given
from hypothesis import strategies as st

from agent.commerce.remedies.carry_out import REMEDIES
from agent.domain.commerce import Piece
from agent.domain.decision import Remedy, RemedyKind
from agent.domain.intents import Intent
from agent.domain.money import Money
from agent.policy.plan import ALONE, COSTLY, EFFECTIVE, ONCE_AN_ORDER, effects, key


def remedy(kind: RemedyKind, order: str | None = "1042", **detail: str) -> Remedy:
    return Remedy(kind=kind, intent=Intent.CANCEL_ORDER, order=order, detail=tuple(detail.items()))


@given(st.sampled_from(sorted(EFFECTIVE)), st.text(max_size=20), st.sampled_from(list(Intent)))
def test_the_same_turn_plans_the_same_key(kind: RemedyKind, turn: str, intent: Intent) -> None:
    first, again = remedy(kind), Remedy(kind=kind, intent=intent, order="1042", detail=(("percent", "99"),))
    assert key(turn, first) == key(turn, again)


@given(st.sampled_from(sorted(EFFECTIVE)), st.text(max_size=20), st.text(max_size=20))
def test_another_turn_is_another_wish_except_once_an_order(kind: RemedyKind, turn: str, other: str) -> None:
    same = key(turn, remedy(kind)) == key(other, remedy(kind))
    assert same is (turn == other or kind in ONCE_AN_ORDER)


def test_keys_differ_by_kind_and_order() -> None:
    keys = {key("c:1", remedy(kind, order)) for kind in EFFECTIVE for order in ("1042", "104", "2")}
    assert len(keys) == 3 * (len(EFFECTIVE) - 1)  # a code for waiting and one for goodwill are the same gift


def test_only_what_changes_something_and_has_an_order_is_planned() -> None:
    every = tuple(remedy(kind, percent="10") for kind in RemedyKind)
    assert {effect.kind for effect in effects("c:1", every)} == EFFECTIVE
    assert effects("c:1", (remedy(RemedyKind.CANCEL, None),)) == ()


def test_the_shop_can_carry_out_everything_that_is_planned() -> None:
    assert set(REMEDIES) == EFFECTIVE


def test_nothing_costly_is_done_on_a_reading_alone() -> None:
    assert ALONE < EFFECTIVE
    assert not ALONE & COSTLY


def test_pieces_and_amounts_reach_the_shop_and_the_account() -> None:
    pieces, others = (Piece("EAR-130"),), (Piece("EAR-140", 2),)
    swap = Remedy(
        kind=RemedyKind.EXCHANGE, intent=Intent.EXCHANGE, order="1042", pieces=pieces, others=others, detail=(("warehouse", "RTM"),)
    )
    (planned,) = effects("c:1", (swap,))
    assert planned.payload == {
        "lines": [{"sku": "EAR-130", "quantity": 1}],
        "others": [{"sku": "EAR-140", "quantity": 2}],
        "warehouse": "RTM",
        "reason": "exchange",
    }
    back = Remedy(kind=RemedyKind.REFUND, intent=Intent.REFUND_REQUEST, order="1042", amount=Money(500, "EUR"))
    (planned,) = effects("c:1", (back,))
    assert (planned.amount, planned.payload["minor"], planned.payload["currency"]) == (Money(500, "EUR"), 500, "EUR")


def test_payloads() -> None:
    moved = remedy(RemedyKind.CHANGE_ADDRESS, name="Anna", street="Weg 1", postcode="1", city="Bonn", country="Deutschland")
    planned = effects("c:1", (remedy(RemedyKind.COUPON, percent="10"), moved))
    assert planned[0].payload == {"percent": 10, "reason": "cancel_order"}
    assert planned[1].payload == {"address": {"name": "Anna", "street": "Weg 1", "postcode": "1", "city": "Bonn", "country": "DE"}}
