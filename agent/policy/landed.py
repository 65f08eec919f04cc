"""What a way to put it right costs the shop: goods, shipping and duty. It ranks offers and is told to nobody.

The figures are the demo merchant's own book values, in euro cents and percent; a merchant puts theirs here.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from agent.commerce.currency import in_euro
from agent.commerce.routing import warehouse_of
from agent.domain.money import Money
from agent.policy.terms import EU

Service = Literal["standard", "express", "green"]

#: What a piece costs the shop, in percent of its shelf price, and what of that a returned one is still worth.
GOODS_PERCENT, RESALE_PERCENT = 45, 70
#: A visit of a technician; opening an inquiry; what a bulky piece costs more to send.
VISIT, INQUIRY, BULKY = 4500, 300, 1500
#: Codes that are given and really used, in percent.
REDEEMED = 60
#: An amount in a currency without a book rate is taken for dear, never for little.
DEAR = 10_000_000


@dataclass(frozen=True, slots=True)
class Lane:
    """A parcel from a warehouse: to the countries it serves, and to all others."""

    home: int
    abroad: int


LANES: Mapping[str, Lane] = {"RTM": Lane(520, 1650), "LAX": Lane(640, 1800), "SIN": Lane(890, 1550), "SZX": Lane(210, 1400)}


@dataclass(frozen=True, slots=True)
class Duty:
    """Percent of the goods' price that the shop pays on entry: its prices there include import taxes."""

    countries: frozenset[str]
    free_from: str  # the warehouse whose goods are in the country already, or cost no more to bring in
    percent: int


DUTIES = (
    Duty(EU, "RTM", 8),
    Duty(frozenset({"GB"}), "", 5),
    Duty(frozenset({"US"}), "LAX", 12),
    Duty(frozenset({"CN"}), "SZX", 9),
)  # elsewhere the recipient pays
#: Grams of CO2 of one parcel, by service: to the countries a warehouse serves, and to all others.
GRAMS: Mapping[bool, Mapping[Service, int]] = {
    True: {"standard": 600, "express": 1500, "green": 350},
    False: {"standard": 2400, "express": 6100, "green": 900},
}


def sent(price: Money, warehouse: str, country: str, *, bulky: bool = False) -> int:
    """Landed cost in euro cents of goods with this shelf price, sent from there."""
    euro = cents(price)
    return euro * GOODS_PERCENT // 100 + _lane(warehouse, country) + euro * _duty(warehouse, country) // 100 + (BULKY if bulky else 0)


def back(price: Money, country: str) -> int:
    """What a return costs: its label, less what the goods are still worth."""
    return _lane(warehouse_of(country), country) - cents(price) * GOODS_PERCENT * RESALE_PERCENT // 10_000


def code(worth: Money) -> int:
    return cents(worth) * REDEEMED // 100


def grams(warehouse: str, country: str, service: Service) -> int:
    return GRAMS[warehouse_of(country) == warehouse][service]


def cents(money: Money) -> int:
    euro = in_euro(money)
    return DEAR if euro is None else euro.minor


def _lane(warehouse: str, country: str) -> int:
    lane = LANES.get(warehouse)
    if lane is None:
        return max(each.abroad for each in LANES.values())
    return lane.home if warehouse_of(country) == warehouse else lane.abroad


def _duty(warehouse: str, country: str) -> int:
    return next((duty.percent for duty in DUTIES if country in duty.countries and warehouse != duty.free_from), 0)
