"""Stock per location and the catalogue."""

from typing import Any

from agent.commerce.connectors.shopify import Shopify
from agent.domain.money import Money


def variant(sku: str, *levels: tuple[str, dict[str, int]], tracked: bool = True, **changes: Any) -> Any:
    rows = [
        {
            "location": {"name": name, "address": {"city": f"{name} City"}},
            "quantities": [{"name": key, "quantity": count} for key, count in counts.items()],
        }
        for name, counts in levels
    ]
    made = {
        "id": f"gid://shopify/ProductVariant/{sku}",
        "sku": sku,
        "title": "Sage / M",
        "price": "79.90",
        "selectedOptions": [{"name": "Colour", "value": "Sage"}, {"name": "Size", "value": "M"}],
        "inventoryItem": {
            "tracked": tracked,
            "inventoryLevels": {"nodes": rows},
            "measurement": {"weight": {"value": 0.45, "unit": "KILOGRAMS"}},
        },
        "product": {
            "id": "p1",
            "title": "Murmo Earbuds",
            "productType": "Audio",
            "description": "Small.",
            "options": [{"name": "Size", "values": ["S", "M"]}],
        },
    }
    return made | changes


async def test_what_may_be_promised_is_what_is_available(reads: Shopify, store: Any) -> None:
    # Ten on the shelf: four sold, three damaged, so three are free.
    store.variants.append(
        variant(
            "A",
            ("Rotterdam", {"available": 3, "on_hand": 10, "committed": 4, "incoming": 5}),
            ("Leipzig", {"available": -2, "on_hand": 0, "committed": 2, "incoming": 0}),
        )
    )
    here, there = await reads.levels(["A", "NOPE"])
    assert (here.warehouse, here.on_hand, here.free, here.incoming, here.source) == ("Rotterdam", 10, 3, 5, "harbour")
    assert (there.free, there.on_hand) == (0, 0)
    (known,) = await reads.availability(["A", "NOPE"])
    assert (known.available, known.warehouses) == (True, ("Rotterdam City",))


async def test_sold_out_uncounted_and_strange_records(reads: Shopify, store: Any) -> None:
    store.variants += [
        variant("OUT", ("R", {"available": 0, "on_hand": -4})),
        variant("DIGITAL", tracked=False),
        variant("BARE"),
        variant("ODD", inventoryItem=None),
    ]
    known = {each.sku: each.available for each in await reads.availability(["OUT", "DIGITAL", "BARE", "ODD"])}
    assert known == {"OUT": False, "DIGITAL": True}
    assert [each.free for each in await reads.levels(["OUT", "DIGITAL", "BARE", "ODD"])] == [0]


async def test_many_skus_are_asked_in_parts(reads: Shopify, store: Any) -> None:
    store.variants += [variant(f"S-{at}", ("R", {"available": 1, "on_hand": 1})) for at in range(45)]
    assert len(await reads.levels([f"S-{at}" for at in range(45)])) == 45
    assert store.count("Stock") == 5


async def test_products(reads: Shopify, store: Any) -> None:
    store.variants += [variant("A"), variant('B"', title="Default Title")]
    (product,) = await reads.products(["A", "A", "NOPE"])
    assert (product.title, product.price, product.sizes, product.weight, product.category) == (
        "Murmo Earbuds Sage / M",
        Money(7990, "EUR"),
        ("S", "M"),
        450,
        "audio",
    )
    assert await reads.products(['B"']) == ()


async def test_the_catalogue_is_read_once_in_pages(reads: Shopify, store: Any) -> None:
    store.variants += [variant(f"EAR-{at}") for at in range(120)]
    first = await reads.match("are the EAR-7 any good?")
    await reads.match("murmo")
    assert first[0].sku == "EAR-7"
    assert store.count("Products") == 3


async def test_batches_are_not_shopifys_business(reads: Shopify) -> None:
    assert await reads.batches(["B1"]) == () == await reads.traced("1042")
