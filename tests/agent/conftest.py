"""Orders, turns, readings and views as the pure tests need them: every field has a plain default."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from agent.domain import entities
from agent.domain.commerce import (
    Address,
    Availability,
    Batch,
    Checkpoint,
    Customer,
    Line,
    Order,
    OrderState,
    Product,
    Refund,
    Shipment,
    Tier,
)
from agent.domain.context import Context, CustomerContext, StaffContext
from agent.domain.intents import Intent
from agent.domain.message import Author, Identity, Message, Turn
from agent.domain.money import Money
from agent.domain.triage import IntentScore, Sentiment, Triage, Urgency
from agent.policy import thresholds
from agent.policy.limits import LIMITS
from agent.policy.terms import TERMS
from agent.policy.view import View
from knowledge.search import Passage, SearchResult

ANNA = Customer(id="C1", email="anna@example.com", name="Anna Weber", country="DE", language="de", tier=Tier.SWELL)
SENT = {OrderState.IN_TRANSIT, OrderState.CUSTOMS_HOLD, OrderState.LATE, OrderState.LOST}
ARRIVED = {OrderState.DELIVERED, OrderState.PART_RETURNED, OrderState.REFUNDED}


class Make:
    """Factories; keyword arguments replace the defaults."""

    now = datetime(2026, 5, 20, 12, tzinfo=UTC)
    today = date(2026, 5, 20)

    def order(self, state: OrderState = OrderState.IN_TRANSIT, **changes: Any) -> Order:
        """#1042 of Anna: placed ten days ago; sent, arrived and refunded as its state says."""
        line = Line(sku="EAR-130", title="Murmo Earbuds Sage", category="audio", quantity=1, price=Money(7990, "EUR"))
        order = Order(
            number="1042",
            customer=ANNA,
            state=state,
            placed_at=self.now - timedelta(days=10),
            total=Money(7990, "EUR"),
            lines=(line,),
            address=Address(name="Anna Weber", street="Kastanienallee 12", city="Berlin", postcode="10435", country="DE"),
            shipments=(self.shipment(state),) if state in SENT | ARRIVED else (),
            refunds=(Refund(amount=Money(7990, "EUR"), at=self.now - timedelta(days=2), succeeded=True),)
            if state is OrderState.REFUNDED
            else (),
            read_at=self.now,
        )
        return replace(order, **changes)

    def shipment(self, state: OrderState) -> Shipment:
        late = -6 if state is OrderState.LATE else 2
        return Shipment(
            carrier="BlueLane Express",
            tracking="BL123456789NL",
            url="https://track.example/BL123456789NL",
            warehouse="RTM",
            shipped_at=self.now - timedelta(days=8),
            promised=self.today + timedelta(days=late),
            delivered_at=self.now - timedelta(days=5) if state in ARRIVED else None,
            checkpoints=(
                Checkpoint(at=self.now - timedelta(days=8), state="picked_up", place="Rotterdam"),
                Checkpoint(at=self.now - timedelta(days=4), state="in_transit", place="Duisburg"),
            ),
        )

    def batch(self, **changes: Any) -> Batch:
        """The batch of the order's article; harmless."""
        made = Batch(id="EAR-130-B07", sku="EAR-130", supplier="Hengda Acoustics", produced=date(2026, 1, 9), sold=100, complaints=1)
        return replace(made, **changes)

    def product(self) -> Product:
        text = "Small earbuds in sage green."
        return Product(sku="EAR-130", title="Murmo Earbuds Sage", category="audio", price=Money(7990, "EUR"), text=text)

    def stock(self, *, available: bool = True, restock: date | None = None) -> Availability:
        return Availability(sku="EAR-130", available=available, warehouses=("Rotterdam",) if available else (), restock=restock)

    def passage(self, *intents: Intent, text: str = "Parcels inside Europe take a few days.", **changes: Any) -> Passage:
        names = tuple(intent.value for intent in intents)
        made = Passage("p1", "shipping", "en", "Shipping", "", text, 0.9, names)
        return replace(made, **changes)

    def found(self, *passages: Passage, answerable: bool = True) -> SearchResult:
        return SearchResult(passages, answerable and bool(passages), "s1")

    def message(self, text: str, *, seq: int = 1, author: Author = Author.CUSTOMER, **changes: Any) -> Message:
        return replace(Message(seq=seq, author=author, text=text, at=self.now), **changes)

    def turn(self, *texts: str, history: tuple[Message, ...] = (), **changes: Any) -> Turn:
        """One message a text, after `history`."""
        after = len(history)
        messages = tuple(self.message(text, seq=after + index) for index, text in enumerate(texts or ("Hello",), 1))
        made = Turn(
            id=f"c:{messages[-1].seq}",
            conversation="c",
            channel="web",
            market="DE",
            messages=messages,
            history=history,
            identity=Identity(),
            first_contact=not history,
            now=self.now,
        )
        return replace(made, **changes)

    def triage(self, *wishes: Intent | tuple[Intent, float], text: str = "", **changes: Any) -> Triage:
        """A sure, calm reading of `text`, with the entities that are in it."""
        pairs = [wish if isinstance(wish, tuple) else (wish, 0.95) for wish in wishes or (Intent.GREETING,)]
        made = Triage(
            language="en",
            language_sure=True,
            intents=tuple(IntentScore(intent, score) for intent, score in pairs),
            sentiment=Sentiment.NEUTRAL,
            sentiment_score=0.9,
            urgency=Urgency.NORMAL,
            entities=entities.find(text),
        )
        return replace(made, **changes)

    def context(self, *orders: Order, **changes: Any) -> Context:
        """`changes` are fields of CustomerContext, StaffContext or Context."""
        customer = {key: value for key, value in changes.items() if key in CustomerContext.__dataclass_fields__}
        staff = {key: value for key, value in changes.items() if key in StaffContext.__dataclass_fields__}
        return Context(
            customer=CustomerContext(orders=orders, identified=bool(orders), **customer),
            staff=StaffContext(**staff),
            stale=changes.get("stale", ()),
        )

    def view(self, turn: Turn, triage: Triage, context: Context | None = None, found: SearchResult | None = None, **changes: Any) -> View:
        made = View(
            turn=turn,
            triage=triage,
            context=context or Context(),
            found=found or self.found(),
            thresholds=thresholds.load(),
            terms=TERMS,
            limits=LIMITS,
            demo=True,
        )
        return replace(made, **changes)


@pytest.fixture(scope="session")
def make() -> Make:
    return Make()
