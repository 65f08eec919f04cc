"""Every product has a picture, well-formed and its own."""

from datetime import date
from xml.etree import ElementTree

import pytest

from agent.commerce.demo.generate import generate
from agent.commerce.demo.pictures import picture
from agent.errors import NotFound

SKUS = [product.sku for product in generate(7, date(2026, 11, 21)).products]


@pytest.mark.parametrize("sku", SKUS)
def test_a_picture_is_plain_svg(sku: str) -> None:
    root = ElementTree.fromstring(picture(sku))
    assert root.tag == "{http://www.w3.org/2000/svg}svg"
    assert {element.tag.partition("}")[2] for element in root.iter()} <= {
        "svg",
        "title",
        "rect",
        "circle",
        "ellipse",
        "path",
        "g",
    }
    assert len(picture(sku)) < 6000


def test_no_two_look_alike() -> None:
    bodies = {picture(sku).partition("</title>")[2] for sku in SKUS}
    assert len(bodies) == len(SKUS)


def test_unknown() -> None:
    with pytest.raises(NotFound):
        picture("NO-SUCH")
