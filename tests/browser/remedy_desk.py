"""What the desk's JSON routes give for one case with everything around it, made by the real parts and served to the real pages."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from playwright.sync_api import Page, Route

from agent.commerce.demo.generate import generate
from agent.commerce.remedies.procedures import PROCEDURES
from agent.domain.card import Around, CaseLink, DeskMemory, LaneDelay, Said, Spending
from agent.domain.context import Context, CustomerContext, StaffContext
from agent.domain.decision import RemedyKind
from agent.domain.money import Money
from agent.writing.card import as_json, build
from tests.browser.conftest import Visit

NOW = datetime.now(UTC)
CASE, ORDER = "made", "1045"
GBP = "GBP"


_SIGNED_IN: dict[str, Any] = {}


def at_desk(visit: Visit) -> Page:
    """The desk, signed in once a service: so many tests in a minute would be refused as guesses at the password."""
    known = _SIGNED_IN.get(visit.service.url)
    if known:
        return visit.page("/desk", width=1440, height=900, storage_state=known)
    page = visit.desk()
    _SIGNED_IN[visit.service.url] = page.context.storage_state()
    return page


def card() -> dict[str, Any]:
    """Of #1045, whose earbuds are of the bad batch; one warehouse has lost its record of them, another counts below zero."""
    data = generate(7, NOW.date())
    order = next(each for each in data.orders if each.number == ORDER)
    skus = {line.sku for line in order.lines}
    stock = [level for level in data.stock if level.sku in skus][:-1]
    batches = [batch for batch in data.batches if batch.sku in skus]
    link = CaseLink(id="alike", summary="Mia Brown (GB) writes in en: defective", status="open", at=NOW)
    told = Said(
        conversation="c", by="bot", text="We pay £12.50 back by 2 January 2020.", language="en", at=datetime(2019, 12, 20, tzinfo=UTC)
    )
    known = Around(
        lanes=(LaneDelay(warehouse="RTM", country="GB", now=2.5, usual=0.0, parcels=31),),
        pace={(level.sku, level.warehouse): 1.5 for level in stock},
        spending=Spending(orders=4, sums=(Money(48210, GBP),)),
        desk=DeskMemory(said=(told,), similar=(link,), similar_count=6, earlier_count=2),
        silent=("sales",),
    )
    staff = StaffContext(order=ORDER, stock=tuple(stock), batches=tuple(batches))
    return as_json(build(Context(customer=CustomerContext(orders=(order,)), staff=staff), known, NOW))


def remedy(kind: str, minor: int | None = None, **more: Any) -> dict[str, Any]:
    amount = {"minor": minor, "currency": GBP} if minor else None
    made = {"kind": kind, "intent": "defective", "order": ORDER, "amount": amount, "pieces": [], "others": [], "detail": []}
    return made | {"blocked": "over_limit", "rule": "lumen-and-loom-uk@2026-11#faulty:88"} | more


def offer(kind: str, minor: int | None, role: str, **more: Any) -> dict[str, Any]:
    made = {"key": f"offer-{kind}", "remedy": remedy("refund" if minor else kind, minor), "days": [3, 6], "cost": None, "grams": None}
    return made | {"role": role} | more


def case(**packet: Any) -> dict[str, Any]:
    summary = "John Carter (GB, drift) writes in en: defective; negative, urgency normal.\n#1045 delivered. Handed over: bad batch."
    whole = {
        "summary": summary,
        "language": "en",
        "working": None,
        "sentiment": "negative",
        "photos": [],
        "draft": {"claims": []},
        "evidence": [],
        "facts": [],
        "tried": [],
        "suggested": [remedy("refund"), remedy("reship"), remedy("change_address")],
        "offers": [offer("reship", None, "operator"), offer("part-refund", 3000, "operator"), offer("refund", 60000, "lead")],
        "told": False,
        "chosen": None,
        "card": card(),
    }
    row = {"id": CASE, "conversation": "c1", "desk": "operator", "urgency": "normal", "reasons": ["bad_batch"], "status": "open"}
    row |= {"assignee": None, "version": 3, "channel": "web", "market": "GB", "owner": "desk", "intents": ["defective"], "summary": summary}
    row |= {"language": "en", "due_at": (NOW + timedelta(hours=3)).isoformat(), "created_at": NOW.isoformat(), "draft": "I am sorry."}
    return row | {"sent": None, "edit_distance": None, "messages": [], "packet": whole | packet}


def procedure(kind: RemedyKind, step: str, *been: str) -> dict[str, Any]:
    found = PROCEDURES[kind]
    steps = [
        {"name": each.name, "actor": each.actor.value, "standard": each.standard, "shown": each.shown, "days": each.days}
        | {"state": "now" if each.name == step else "done" if each.name in been else "next"}
        for each in found.steps
    ]
    history = [
        {"event": "e", "before": "", "after": each, "actor": "warehouse", "at": NOW.isoformat(), "detail": {}} for each in (*been, step)
    ]
    row = {"id": f"{kind.value}-1", "kind": kind.value, "order": ORDER, "conversation": "c1", "step": step, "version": 1, "detail": {}}
    row |= {"due_at": (NOW + timedelta(days=2)).isoformat(), "closed_at": None, "steps": steps, "history": history}
    return row | {"events": [move.event for move in found.open_moves(step)]}


def entry(**changes: Any) -> dict[str, Any]:
    """A row of the ledger."""
    row = {"key": "refund-1045-9f2c", "kind": "refund", "order": ORDER, "amount": {"minor": 25000, "currency": GBP}, "state": "waiting"}
    row |= {"authority": "olga@example.com", "approved_by": None, "at": NOW.isoformat(), "error": "", "case": CASE, "conversation": "c1"}
    return row | changes


def approval(id_: str, needs: str, requested_by: str, **changes: Any) -> dict[str, Any]:
    def gbp(minor: int) -> dict[str, Any]:
        return {"minor": minor, "currency": GBP}

    row = {"id": id_, "needs": needs, "requested_by": requested_by, "effect": "refund-1045-9f2c", "kind": "refund", "order": ORDER}
    row |= {"conversation": "c1", "case": CASE, "why": "lumen-and-loom-uk@2026-11#limits.operator:82", "state": "waiting", "note": ""}
    row |= {"payload": {"lines": [{"sku": "EAR-110", "quantity": 1}], "reason": "defective"}, "effect_state": "waiting", "decided_by": None}
    row |= {"amount": gbp(25000), "paid": gbp(34000), "given": gbp(11000), "refunded": gbp(9000), "created_at": NOW.isoformat()}
    return row | {"expires_at": (NOW + timedelta(hours=70)).isoformat(), "decided_at": None, "mine": False, "may": False} | changes


def match(**changes: Any) -> dict[str, Any]:
    row = {"conversation": "c9", "channel": "whatsapp", "market": "GB", "language": "en", "updated_at": NOW.isoformat(), "orders": [ORDER]}
    return row | {"email": "john@example.com", "reasons": ["phone"], "confirmed": None, "by": "", "case": None} | changes


class Answers:
    """Serves rows for paths of the JSON routes, and keeps what is posted to them."""

    def __init__(self, page: Page, **served: Any) -> None:
        self.served = served
        self.posted: list[tuple[str, Any]] = []
        page.route("**/api/desk/**", self._answer)

    def _answer(self, route: Route) -> None:
        path = route.request.url.partition("/api/desk/")[2].partition("?")[0]
        if path == "events" or path.startswith("log"):
            return route.fallback()
        if route.request.method == "POST":
            self.posted.append((path, route.request.post_data_json))
            return route.fulfill(json={})
        name = path.split("/")[-1] if path.startswith(("conversations", "ledger")) else path.split("/")[0]
        body = self.served.get(name)
        return route.fulfill(json=body if body is not None else {name: []})
