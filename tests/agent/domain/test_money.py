"""Minor units by currency: nothing is off by a power of ten, as read from a shop, as said, and in the export."""

from decimal import Decimal

import pytest

from agent.commerce.connectors.shopify.fields import minor as shopify
from agent.commerce.connectors.woocommerce.shop import money as read
from agent.desk.statement import decimal
from agent.domain.money import Money
from agent.phrasing import money


@pytest.mark.parametrize(
    ("text", "currency", "minor", "said"),
    [
        ("12.34", "EUR", 1234, "12.34"),
        ("1234", "JPY", 1234, "1,234"),
        ("1234", "KRW", 1234, "1,234"),
        ("150000", "VND", 150000, "150,000"),
        ("9990", "CLP", 9990, "9,990"),
        ("12.345", "KWD", 12345, "12.345"),
        ("1.5", "BHD", 1500, "1.500"),
    ],
)
def test_an_amount_is_the_same_as_read_as_said_and_as_exported(text: str, currency: str, minor: int, said: str) -> None:
    amount = read(text, currency)
    assert amount == shopify(text, currency) == Money(minor, currency)
    assert amount.amount == Decimal(text) == Decimal(decimal(amount))
    assert said in money(amount, "en")
