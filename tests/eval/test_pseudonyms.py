"""No trace of a customer is left in a case, and it still says what it said."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from agent.domain.commerce import Order
from agent.domain.entities import find
from agent.domain.triage import EntityKind
from eval import world
from eval.live import LiveCase
from eval.pseudonyms import Pseudonyms, pseudonyms
from eval.stand_in import StandIn, new_number, stand_in

Live = Callable[..., LiveCase]
Real = Callable[..., Order]


@pytest.fixture
def stand(real_order: Real) -> StandIn:
    order = real_order()
    return stand_in(order, order.state, world.NOW, "de")


def applied(live: Live, text: str, *stands: StandIn, **given: object) -> tuple[str, Pseudonyms]:
    made = pseudonyms(live(text, orders=[stand.real for stand in stands], **given), stands)
    return made.apply(text), made


def test_everything_the_shop_knows_of_the_customer_is_replaced(live: Live, stand: StandIn) -> None:
    shipment = stand.real.shipment
    assert shipment
    said = (
        f"Anna-Lena Schmidt hier (ANNA.SCHMIDT@gmx.example), Anna, frau schmidt für #1042 und PS-1042, Gartenweg 7, 28195 Bremen."
        f" {shipment.tracking.lower()} steht auf {shipment.url}"
    )
    text, made = applied(live, said, stand)
    left = text.lower()
    traces = ("anna", "schmidt", "gmx", "1042", "gartenweg", "28195", "bremen", shipment.tracking.lower())
    assert [trace for trace in traces if trace in left] == []
    assert f"#{stand.number} und PS-{stand.number}" in text
    assert stand.email in text and stand.like.customer.name in text
    assert {item.what for item in made.used.values()} >= {"e-mail", "name", "order number", "address", "tracking number"}


def test_what_nobody_knows_is_found_by_its_looks(live: Live) -> None:
    said = (
        "Call +49 151 2345678 or 0151/23456789, card 4111 1111 1111 1111, DE89 3704 0044 0532 0130 00, tracking KL914409129CN,"
        " see https://private.example/me?token=abc, my other order 77321, mail bob@web.example, since 2026-05-20 12:30, 20.05.2026"
    )
    text, _ = applied(live, said)
    traces = ("2345678", "4111", "0532", "914409129", "token", "77321", "bob@")
    assert [trace for trace in traces if trace in text] == []
    assert "since 2026-05-20 12:30, 20.05.2026" in text
    kinds = [entity.kind for entity in find(text)]
    assert {EntityKind.PHONE, EntityKind.TRACKING, EntityKind.EMAIL} <= set(kinds)


def test_a_number_is_replaced_alike_in_all_texts_and_in_its_own_digits(live: Live) -> None:
    made = pseudonyms(live("طلبي ١٠٤٢ وينه؟", "1042 please"), [])
    new = new_number("1042")
    assert made.apply("طلبي ١٠٤٢ وينه؟") == f"طلبي {new.translate({0x30 + n: 0x660 + n for n in range(10)})} وينه؟"
    assert made.apply("1042, 11042, 1042.50") == f"{new}, 11042, {new}.50"


def test_names_without_spaces_around_them_are_found(live: Live, real_order: Real) -> None:
    order = real_order()
    mine = order.customer
    named = real_order(customer=type(mine)(id="1", email="x@y.example", name="陈建国", country="CN", language="zh", tier=mine.tier))
    text, _ = applied(live, "我是陈建国，请问", stand_in(named, named.state, world.NOW, "zh"))
    assert "陈建国" not in text and text.startswith("我是")


def test_a_part_of_a_word_is_no_name(live: Live, stand: StandIn) -> None:
    text, _ = applied(live, "Annahme verweigert, die Schmidtbrücke, Lenas Paket", stand)
    assert text == "Annahme verweigert, die Schmidtbrücke, Lenas Paket"


def test_a_new_address_is_replaced_by_one_that_is_not_the_orders(live: Live, stand: StandIn) -> None:
    said = "Bitte ändern: Peter Klein, Bachstraße 12, 80331 München, Deutschland"
    text, _ = applied(live, said, stand)
    assert [trace for trace in ("Peter", "Klein", "Bachstraße", "80331", "München") if trace in text] == []
    assert text.endswith("Deutschland")
    assert stand.like.address.street not in text


def test_an_operator_is_a_person_too_unless_called_operator(live: Live) -> None:
    assert applied(live, "Regards, Mia", operator="Mia Torres")[0] == "Regards, Kim"
    assert applied(live, "Your operator", operator="Operator")[0] == "Your operator"


@pytest.mark.parametrize("said", ["", "Where is it?", "Two lamps (LMP-200) for 89.00 EUR, ordered in 2025"])
def test_a_text_without_persons_stays_as_it_is(live: Live, said: str) -> None:
    assert applied(live, said)[0] == said
