"""What customers write in the benchmark: a fixed mix of wishes and languages, no two texts alike."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import count, cycle, islice, product

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncEngine

#: A tenth each. Names and places make every sentence new to the embedding cache, for it ignores numbers and addresses.
MIX = (
    "Where is the parcel for {who} in {where}, order #{number}, {email}?",
    "How many days does {who} in {where} have to send unworn sneakers back?",
    "Wo bleibt das Paket für {who} in {where}, Bestellung #{number}, {email}?",
    "Combien de temps prend la livraison pour {who} à {where} ?",
    "¿Dónde está el pedido #{number} de {who} en {where}, {email}?",
    "退款一般需要几天才能到{where}的{who}的账户？",
    "Please cancel order #{unpacked} for {who} in {where}, {unpacked_email}",
    "Le cuffie sono disponibili per {who} a {where}?",
    "{where}の{who}が注文した#{number}はいつ届きますか、{email}",
)
#: The tenth of the single turns: two wishes and a case for a human. In a running conversation it would end the bot's part.
HARD = "Die Kopfhörer von {who} aus Bestellung #{number} kamen in {where} defekt an. Für {who} in {where} bitte eine Erstattung, {email}"

_NAMES = (
    "Ada Bela Cleo Dora Edda Finn Gita Hugo Iris Jule Kaya Lena Milo Nora Otto Pia Quinn Rosa Sami Tara Ugo Vera Wim Xenia Yara Zoe "
    "Anton Boris Carl David Emil Felix Georg Hanna Igor Jonas Karl Lukas Marta Nils Olga Paul Rita Sofia Theo Uma Viktor Wanda Yann Zara"
)
_PLACES = (
    "Aarhus Basel Cadiz Delft Evora Faro Ghent Hull Inari Jena Kiel Lille Metz Namur Oulu Porto Reims Siena Turku Udine Varna Wuppertal "
    "York Zadar Arles Bergen Como Dover Essen Fulda Graz Halle Imola Jaen Kaunas Linz Malmo Nancy Olbia Parma Rouen Split Trento Ulm "
    "Vigo Worms Ypres Zagreb Bath Leeds"
)
NAMES, PLACES = _NAMES.split(), _PLACES.split()


@dataclass(frozen=True, slots=True)
class Orders:
    """(number, e-mail) of orders to ask about, and of those that can still be cancelled."""

    any: Sequence[tuple[str, str]]
    unpacked: Sequence[tuple[str, str]]


async def read_orders(engine: AsyncEngine) -> Orders:
    query = text("SELECT number, email, state FROM demo_shop.orders ORDER BY number")
    async with engine.connect() as connection:
        rows = (await connection.execute(query)).all()
    unpacked = [(row.number, row.email) for row in rows if row.state == "paid"]
    return Orders([(row.number, row.email) for row in rows if row.state == "in_transit"], unpacked)


class Texts:
    """An endless supply. Take every batch of one benchmark from one instance, or texts repeat."""

    def __init__(self, orders: Orders) -> None:
        self._orders = orders
        # Steps through all pairs with the place moving fastest, so that neighbours differ in both words of a pair.
        self._people = cycle((NAMES[(at + shift) % len(NAMES)], PLACES[at]) for shift, at in product(range(len(NAMES)), range(len(PLACES))))
        self._numbers = count()

    def take(self, number: int, *, hard: bool = True) -> list[str]:
        patterns = cycle((*MIX, HARD) if hard else MIX)
        return list(islice(self._filled(patterns), number))

    def _filled(self, patterns: Iterator[str]) -> Iterator[str]:
        for pattern in patterns:
            at = next(self._numbers)
            who, where = next(self._people)
            number, email = self._orders.any[at % len(self._orders.any)]
            unpacked, unpacked_email = self._orders.unpacked[at // len(MIX) % len(self._orders.unpacked)]
            yield pattern.format(who=who, where=where, number=number, email=email, unpacked=unpacked, unpacked_email=unpacked_email)
