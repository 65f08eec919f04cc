"""Products and stock of a WooCommerce shop."""

from __future__ import annotations

from types import ModuleType
from typing import Any

from agent.domain.money import Money


async def test_products_and_variations_by_sku_in_the_order_asked(shop: Any, connected: Any, fakes: ModuleType) -> None:
    shop.products.append(
        fakes.product(503, "TEE-L", type="variation", parent_id=502, attributes=[{"name": "Size", "option": "L"}], price="")
    )
    tee, mug = await connected.goods.products(["TEE-L", "NONE", "MUG-1", "TEE-L"])
    assert (mug.title, mug.price, mug.category, mug.weight, mug.sizes) == ("Harbor mug", Money(3000, "EUR"), "kitchen", 350, ("S", "M"))
    assert mug.text == "Holds 300 ml"
    assert (tee.product, tee.options, tee.price.minor) == ("502", (("size", "L"),), 0)


async def test_stock_that_is_not_counted_has_no_level_but_is_available(shop: Any, connected: Any, fakes: ModuleType) -> None:
    shop.products += [
        fakes.product(504, "UNCOUNTED", manage_stock=False, stock_quantity=None),
        fakes.product(505, "OWED", stock_quantity=-3, stock_status="onbackorder"),
    ]
    levels = await connected.goods.levels(["MUG-1", "UNCOUNTED", "OWED", "NONE"])
    assert [(level.sku, level.on_hand, level.free, level.warehouse) for level in levels] == [
        ("MUG-1", 5, 5, "store"),
        ("OWED", -3, 0, "store"),
    ]
    assert [each.available for each in await connected.goods.availability(["MUG-1", "UNCOUNTED", "OWED"])] == [True, True, False]


async def test_a_sku_cannot_ask_for_others(shop: Any, connected: Any) -> None:
    assert await connected.goods.levels(["MUG-1,TEE-M", ""]) == ()
    assert shop.seen == []


async def test_a_text_names_products_and_the_catalogue_is_read_once(shop: Any, connected: Any) -> None:
    found = await connected.goods.match("is the Harbor mug back?")
    assert "MUG-1" in {product.sku for product in found}
    before = len(shop.seen)
    await connected.goods.match("mug")
    assert len(shop.seen) == before


async def test_lines_are_traced_to_no_batch(connected: Any) -> None:
    assert [(line.sku, line.batch) for line in await connected.goods.traced("1042")] == [("MUG-1", None), ("TEE-M", None)]
    assert await connected.goods.traced("7") == ()
    assert await connected.goods.batches(["B1"]) == ()
