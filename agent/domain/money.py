"""Money in minor units, so that no cent is ever rounded away."""

from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class Money:
    """`minor` is an integer number of the currency's smallest unit (cents; yen have none)."""

    minor: int
    currency: str  # ISO 4217

    @property
    def amount(self) -> Decimal:
        return Decimal(self.minor).scaleb(-exponent(self.currency))


#: ISO 4217: currencies whose smallest unit is not a hundredth.
_WHOLE = frozenset(["BIF", "CLP", "DJF", "GNF", "ISK", "JPY", "KMF", "KRW", "PYG", "RWF", "UGX", "VND", "VUV", "XAF", "XOF", "XPF"])
_THOUSANDTHS = frozenset(["BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND"])


def exponent(currency: str) -> int:
    """Number of decimals of a currency."""
    return 0 if currency in _WHOLE else 3 if currency in _THOUSANDTHS else 2


def add(*amounts: Money) -> Money:
    """Their sum. Raises ValueError for amounts of different currencies: those are never added."""
    currencies = {each.currency for each in amounts}
    if len(currencies) != 1:
        raise ValueError(f"Cannot add amounts in {', '.join(sorted(currencies)) or 'no currency'}.")
    return Money(sum(each.minor for each in amounts), currencies.pop())
