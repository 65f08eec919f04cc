"""Our mark on an order: a metafield per effect, written before the change and only where there is none yet.

Shopify's own idempotency covers refunds alone. A metafield that is set under the condition that it does not exist covers all the rest, and is read
back without the delay of a search index.
"""

import hashlib
import json
import re
from contextlib import suppress
from datetime import datetime, timedelta
from typing import Any

from agent.commerce.connectors.client import SourceDown, SourceRefused
from agent.commerce.connectors.shopify import mutations
from agent.commerce.connectors.shopify.admin import Admin, Refusal
from agent.commerce.connectors.shopify.fields import Node, node, text, when
from agent.domain.effect import EffectResult, EffectState, PlannedEffect

NAMESPACE = "$app:portside"
#: A change that was sent may still be worked on for this long after its mark was made.
SETTLES = timedelta(seconds=60)
_FITS = re.compile(r"[A-Za-z0-9_-]{3,64}")


def field_key(key: str) -> str:
    return key if _FITS.fullmatch(key) else hashlib.sha256(key.encode()).hexdigest()[:40]


def read(order: Node) -> Node:
    """What the mark holds; {} when there is none. One that cannot be read still marks."""
    value = text(node(order, "metafield"), "value")
    if not value:
        return {}
    try:
        held: Any = json.loads(value)
    except ValueError:
        held = None
    return node({"held": held}, "held") or {"unreadable": True}


def outcome(mark: Node) -> EffectResult | None:
    """How it ended, when that was written down."""
    state = text(mark, "state")
    if state not in (EffectState.CONFIRMED, EffectState.FAILED):
        return None
    return EffectResult(state=EffectState(state), data=node(mark, "data"), error=text(mark, "error"))


def settled(mark: Node, now: datetime) -> bool:
    at = when(mark, "at")
    return at is None or now - at > SETTLES


async def make(admin: Admin, order: str, effect: PlannedEffect, plan: Node, now: datetime) -> bool:
    """Whether this call made it; False when it was there. Raises SourceDown, SourceRefused, Unanswered."""
    value = {"kind": effect.kind, "key": effect.key, "at": now.isoformat(), "plan": plan}
    try:
        await admin.mutate(mutations.CLAIM, metafields=[_metafield(order, effect.key, value) | {"compareDigest": None}])
    except Refusal as refusal:
        if "STALE_OBJECT" in refusal.codes:
            return False
        raise
    return True


async def close(admin: Admin, order: str, effect: PlannedEffect, plan: Node, result: EffectResult, now: datetime) -> None:
    """Write down how it ended. Left undone when the shop does not answer: what it shows of the change itself then has to do."""
    value: Node = {"kind": effect.kind, "key": effect.key, "at": now.isoformat(), "plan": plan}
    value |= {"state": result.state.value, "data": result.data, "error": result.error}
    with suppress(SourceDown, SourceRefused, Refusal):
        await admin.mutate(mutations.CLAIM, metafields=[_metafield(order, effect.key, value)])


async def remove(admin: Admin, order: str, key: str) -> None:
    """After a change that certainly never happened, so that it may be tried again."""
    with suppress(SourceDown, SourceRefused, Refusal):
        await admin.mutate(mutations.RELEASE, metafields=[{"ownerId": order, "namespace": NAMESPACE, "key": field_key(key)}])


def _metafield(order: str, key: str, value: Node) -> Node:
    return {"ownerId": order, "namespace": NAMESPACE, "key": field_key(key), "type": "json", "value": json.dumps(value)}
