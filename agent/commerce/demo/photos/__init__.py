"""The demo shop's catalogue pictures as photos: our SVGs as JPEG, one a product, in this folder."""

import hashlib
from collections.abc import Sequence
from importlib.resources import files

from agent.commerce.demo.catalogue import products

#: Pixels of either side.
SIDE = 600
#: Who hung them, in `product_picture.by`.
BY = "demo"


def photo(sku: str) -> bytes:
    """JPEG, SIDE x SIDE. Raises FileNotFoundError for an unknown SKU."""
    return files(__name__).joinpath(f"{sku}.jpg").read_bytes()


def rows() -> Sequence[dict[str, object]]:
    """One row of `product_picture` a product."""
    found = ((product.sku, photo(product.sku)) for product in products())
    return [
        {"id": hashlib.sha256(data).hexdigest(), "sku": sku, "data": data, "width": SIDE, "height": SIDE, "by": BY} for sku, data in found
    ]
