"""A stage whose brain reads what it is told, cases and turns made by hand, and closed cases as the live tables give them."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from typing import Any

import pytest
from langgraph.checkpoint.memory import InMemorySaver

from agent.brains.unaided import Unaided
from agent.domain import entities
from agent.domain.commerce import Order
from agent.domain.decision import RemedyKind
from agent.domain.intents import Intent
from agent.domain.message import Turn
from agent.domain.reply import Translation
from agent.domain.triage import Flag, IntentScore, Sentiment, Triage, Urgency
from agent.graph import build
from agent.phrasing import Phrases
from agent.policy.thresholds import Threshold, Thresholds
from eval import world
from eval.case import Case
from eval.faults import NoKnowledge
from eval.live import Answered, LiveCase, Wrote
from eval.record import Record
from eval.scorers import Played
from eval.stage import Stage

ORDER = world.number("en", "transit", 0)
AT = datetime(2026, 11, 20, 9, tzinfo=UTC)
MAIL = world.orders()[ORDER].customer.email


def _endpoint() -> Any:
    """The scripted endpoint of the language-model brain's tests, loaded by its path: tests are no package."""
    file = Path(__file__).parents[1] / "agent" / "brains" / "conftest.py"
    spec = spec_from_file_location("scripted_endpoint", file)
    assert spec and spec.loader
    module = sys.modules["scripted_endpoint"] = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


endpoint = _endpoint().endpoint


class ToldBrain(Unaided):
    """Reads the wish that a message begins with: "cancel_order: ...". A message that begins with "crash" breaks it."""

    name = "told"

    async def triage(self, turn: Turn) -> Triage:
        return (await self.triage_texts([turn.text], [turn.language]))[0]

    async def triage_texts(self, texts: Sequence[str], hints: Sequence[str | None]) -> list[Triage]:
        return [self._read(text) for text in texts]

    def _read(self, text: str) -> Triage:
        if text.startswith("crash"):
            raise RuntimeError("told to")
        word = text.partition(":")[0]
        intent = Intent(word) if word in set(Intent) else Intent.GREETING
        return Triage(
            language="en",
            language_sure=True,
            intents=(IntentScore(intent, 0.95),),
            sentiment=Sentiment.NEUTRAL,
            sentiment_score=0.9,
            urgency=Urgency.NORMAL,
            entities=entities.find(text),
            flags=frozenset({Flag.SAFETY}) if intent is Intent.SAFETY else frozenset(),
        )

    async def translate(self, text: str, source: str, target: str) -> Translation:
        return Translation(language=target, text=text)


@pytest.fixture
def stage() -> Stage:
    return Stage(
        brain=ToldBrain(),
        knowledge=NoKnowledge(),
        thresholds=Thresholds("test", {kind: Threshold(0.5, 0, 1.0, certified=True) for kind in RemedyKind}),
        demo=False,
        graph=build(InMemorySaver()),
        phrases=Phrases(),
        brand="Lumen & Loom",
    )


@pytest.fixture
def case() -> Callable[..., Case]:
    """A case of one turn; `gold` labels it, other words replace fields of the case."""

    def make(text: str = "order_status: where is it", gold: dict[str, Any] | None = None, **changes: Any) -> Case:
        turns = changes.pop("turns", [{"text": text, "gold": gold or {}}])
        return Case.model_validate({"id": "en-1", "author": "x", "scenario": "s", "language": "en", "turns": turns, **changes})

    return make


@pytest.fixture
def played(case: Callable[..., Case]) -> Callable[..., Played]:
    """A turn that went as the record says; by default one that was resolved."""

    def make(gold: dict[str, Any], text: str = "hello", **fields: Any) -> Played:
        changes = {name: fields.pop(name) for name in ("channel", "customer", "final", "orders") if name in fields}
        if "spoken" in fields:
            changes["language"] = fields.pop("spoken")
        made = case(text, gold, **changes)
        record = Record(case=made.id, turn=0, **{"outcome": "resolve", "desk": "agent", "reply_language": "en", **fields})
        return Played(case=made, index=0, record=record)

    return make


@pytest.fixture
def own() -> tuple[str, str]:
    """Number and e-mail of an order on its way."""
    return ORDER, MAIL


@pytest.fixture
def answered() -> Callable[..., Answered]:
    """By default: approved as drafted, handed over for want of a threshold, one order's facts asked for."""

    def make(
        action: str = "approve",
        *,
        ordered: Sequence[str] = (),
        remedies: Sequence[dict[str, Any]] | None = None,
        intents: Sequence[tuple[str, float]] = (("order_status", 0.9),),
        facts: Sequence[dict[str, str]] = (),
        **given: Any,
    ) -> Answered:
        free = {"order": "1042", "blocked": None, "detail": []}
        offered = [free | item for item in (remedies or [{"kind": "order_facts", "intent": "order_status"}])]
        packet = {
            "action": {"action": action, "text": "", "operator": "op", "remedies": list(ordered)},
            "suggested": offered,
            "intents": [intent for intent, _ in intents],
            "language": "en",
            "facts": list(facts),
        }
        made = Answered(
            id="0123456789abcdef",
            conversation="c0ffee",
            turn="c0ffee:3:1f",
            status="rejected" if action == "reject" else "answered",
            desk="operator",
            reasons=("not_certified",),
            packet=packet,
            draft="It is on its way.",
            sent=None if action == "reject" else "It is on its way.",
            created_at=AT,
            closed_at=AT,
            read_reasons=("not_certified",),
            detail={"remedies": offered, "intents": [{"intent": intent, "score": score} for intent, score in intents]},
        )
        return replace(made, **given)

    return make


@pytest.fixture
def live(answered: Callable[..., Answered]) -> Callable[..., LiveCase]:
    """A conversation of these texts that ended in a closed case."""

    def make(*texts: str, orders: Sequence[Order] = (), **given: Any) -> LiveCase:
        fields: dict[str, Any] = {
            "answered": answered(),
            "channel": "web",
            "market": "GB",
            "signed_email": None,
            "turns": tuple(Wrote(text, 0) for text in texts),
            "operator": "Operator",
            "orders": tuple(orders),
        }
        return LiveCase(**fields | given)

    return make


@pytest.fixture
def real_order() -> Callable[..., Order]:
    """An order of a merchant's customer: like one of the world, under another name."""

    def make(like: str = "20041", number: str = "1042", **given: Any) -> Order:
        order = world.orders()[like]
        customer = replace(order.customer, name="Anna-Lena Schmidt", email="anna.schmidt@gmx.example", country="DE")
        address = replace(order.address, name="Anna-Lena Schmidt", street="Gartenweg 7", city="Bremen", postcode="28195", country="DE")
        return replace(order, **{"number": number, "customer": customer, "address": address} | given)

    return make
