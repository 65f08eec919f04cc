"""Fixed book rates of the currencies the shop sells in, so that a limit in euro holds in every market."""

from decimal import ROUND_HALF_UP, Decimal

from agent.domain.money import Money, exponent

#: Units of the currency for one euro. Book rates on purpose: a limit must not move with the market.
RATES: dict[str, Decimal] = {
    "EUR": Decimal(1),
    "USD": Decimal("1.09"),
    "GBP": Decimal("0.86"),
    "JPY": Decimal(163),
    "CNY": Decimal("7.80"),
    "SAR": Decimal("4.10"),
    "BRL": Decimal("6.10"),
    "AUD": Decimal("1.65"),
}
_BY_COUNTRY = {"GB": "GBP", "US": "USD", "JP": "JPY", "CN": "CNY", "SA": "SAR", "BR": "BRL", "AU": "AUD", "KZ": "USD"}


def currency_of(country: str) -> str:
    """What a customer of this country pays in."""
    return _BY_COUNTRY.get(country, "EUR")


def in_euro(money: Money) -> Money | None:
    """The same worth in euro cents; None for a currency without a book rate, so that callers must refuse."""
    rate = RATES.get(money.currency)
    return None if rate is None else Money(_round(money.amount / rate * 100), "EUR")


def from_euro(euro: Money, currency: str) -> Money:
    """The same worth in another currency's minor units. Raises KeyError without a book rate."""
    return Money(_round(euro.amount * RATES[currency] * 10 ** exponent(currency)), currency)


def shelf_price(euro: Money, currency: str) -> Money:
    """A price as it stands on the shelf: the euro price itself, elsewhere ending on .90, yen on a full ten."""
    if currency == euro.currency:
        return euro
    minor = from_euro(euro, currency).minor
    return Money(minor // 10 * 10, currency) if not exponent(currency) else Money(max(minor // 100 * 100, 100) - 10, currency)


def _round(value: Decimal) -> int:
    return int(value.quantize(Decimal(1), rounding=ROUND_HALF_UP))
