"""The same reading of the same order is decided alike in every language: outcome, remedies, effects and amounts."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from agent.domain.commerce import OrderState
from agent.domain.decision import Outcome
from agent.domain.intents import Intent
from agent.domain.languages import SUPPORTED
from agent.policy.decide import decide
from agent.policy.plan import effects

LANGUAGES = (*sorted(SUPPORTED), "pl")
STATES = (OrderState.PAID, OrderState.IN_TRANSIT, OrderState.LATE, OrderState.LOST, OrderState.DELIVERED, OrderState.REFUNDED)


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("text", ["#1042", "#1042 2", "1"])
def test_a_language_decides_nothing(make: Any, state: OrderState, text: str) -> None:
    context = make.context(make.order(state), history=())
    for intent in Intent:
        ends: dict[str, Any] = {}
        for code in LANGUAGES:
            triage = make.triage(intent, text=text, language=code, bridged=code == "pl")
            decision = decide(make.view(make.turn(text), triage, context))
            plan = effects("c:1", decision.remedies, context.customer.orders) if decision.outcome is Outcome.RESOLVE else ()
            ends[code] = (replace(decision, confidence=round(decision.confidence, 9)), plan)
        assert all(end == ends["en"] for end in ends.values()), intent
