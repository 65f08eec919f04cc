"""Catalogue pictures, drawn by us: one flat SVG illustration a product, in the product's colours."""

from collections.abc import Callable
from functools import lru_cache
from xml.sax.saxutils import escape

from agent.commerce.demo import shapes_home, shapes_worn
from agent.commerce.demo.catalogue import Look, looks, products
from agent.commerce.demo.shapes import Paint, tint
from agent.errors import NotFound

Draw = Callable[[Paint], str]
_SHAPES: dict[str, Draw] = {**shapes_home.SHAPES, **shapes_worn.SHAPES}


@lru_cache(maxsize=64)
def picture(sku: str) -> str:
    """SVG text, 400 x 400, without scripts or outside references. Raises NotFound for an unknown SKU."""
    look = looks().get(sku)
    if look is None:
        raise NotFound()
    title = escape(next(product.title for product in products() if product.sku == sku))
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 400 400" width="400" height="400" role="img">'
        f"<title>{title}</title>{_ground(look)}{_SHAPES[look.shape](_paint(look))}</svg>"
    )


def _paint(look: Look) -> Paint:
    return Paint(look.colour, tint(look.colour, -0.22), tint(look.colour, 0.35), look.accent)


def _ground(look: Look) -> str:
    soft = tint(look.accent, 0.82)
    return (
        f'<rect width="400" height="400" fill="{soft}"/>'
        f'<circle cx="200" cy="190" r="150" fill="{tint(look.accent, 0.66)}"/>'
        '<ellipse cx="200" cy="338" rx="118" ry="12" fill="#000" opacity=".10"/>'
    )
