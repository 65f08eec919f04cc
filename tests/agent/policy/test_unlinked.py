"""Free text of the shop's records comes into replies: links that stand in it do not."""

from dataclasses import replace

import pytest

from agent.policy.unlinked import GONE, unlinked, unlinked_products, without_links
from tests.agent.attacks.oracle import SHOP

LINK = "https://attack.example/pay"


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("Night Cream", "Night Cream"),
        ("3/4 sleeve, 50 ml/1.7 fl.oz", "3/4 sleeve, 50 ml/1.7 fl.oz"),
        ("24.5/30 cm, U.S. size 7/8", "24.5/30 cm, U.S. size 7/8"),
        ("Dr. Martens x St.John", "Dr. Martens x St.John"),
        (f"Night Cream, see {LINK} now", f"Night Cream, see {GONE} now"),
        ("HTTPS://ATTACK.EXAMPLE/PAY", GONE),
        ("see www.attack.example", f"see {GONE}"),
        ("see attack.example/pay!", f"see {GONE}"),
        ("wa.me/4711", GONE),
        ("attack.example:8443/pay", GONE),
        ("192.0.2.7/pay 192.0.2.7:80/pay", f"{GONE} {GONE}"),
        ("a_b.attack.example/pay", GONE),
        ("bücher.example/pay, раздача.рф/x, attack.xn--p1ai/x", f"{GONE} {GONE} {GONE}"),
        ("20.5/30, 1.2.3/4, уп.шт/кор, Ver.标准/高级", "20.5/30, 1.2.3/4, уп.шт/кор, Ver.标准/高级"),
        ("Node.js", "Node.js"),
    ],
)
def test_links_go_and_names_of_goods_stay(text: str, left: str) -> None:
    assert without_links(text) == left


def test_every_free_text_of_an_order_is_looked_at() -> None:
    order = next(order for order in SHOP.orders.values() if order.shipment and order.shipment.checkpoints)
    ship = order.shipments[0]
    bad = replace(
        order,
        customer=replace(order.customer, name=f"Anna {LINK}"),
        address=replace(order.address, name=LINK, street=LINK, city=LINK),
        lines=tuple(replace(line, title=f"{line.title} {LINK}", options=(("colour", LINK),)) for line in order.lines),
        shipments=(
            replace(ship, carrier=f"DHL {LINK}", checkpoints=tuple(replace(point, place=LINK) for point in ship.checkpoints)),
            *order.shipments[1:],
        ),
    )
    assert "attack" not in repr(unlinked(bad))
    assert [parcel.url for parcel in unlinked(bad).shipments] == [parcel.url for parcel in order.shipments]
    assert unlinked(order) == order


def test_products_too() -> None:
    product = next(iter(SHOP.catalogue.values()))
    assert unlinked_products([product]) == (product,)
    assert "attack" not in repr(unlinked_products([replace(product, title=LINK, options=(("size", LINK),))]))
