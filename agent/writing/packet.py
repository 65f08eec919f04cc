"""The context an operator sees: facts with time and source, a two-line summary, what was tried."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from agent.domain.case import Fact
from agent.domain.commerce import Order
from agent.domain.context import Context
from agent.domain.decision import Decision
from agent.domain.diagnosis import Diagnosis
from agent.domain.reply import Check
from agent.domain.triage import Triage
from agent.phrasing import money
from agent.signals.photographed import Photographed

WORKING = "en"


def summary(triage: Triage, context: Context, decision: Decision) -> str:
    """Two lines in the working language, from fields alone."""
    wishes = ", ".join(item.intent.value.replace("_", " ") for item in triage.intents)
    who = context.customer.orders[0].customer if context.customer.orders else None
    name = f"{who.name} ({who.country}, {who.tier.value})" if who else "Unidentified customer"
    first = f"{name} writes in {triage.language}: {wishes}; {triage.sentiment.value}, urgency {triage.urgency.value}."
    about = "; ".join(f"#{order.number} {order.state.value.replace('_', ' ')}" for order in context.customer.orders[:3])
    reasons = ", ".join(reason.value.replace("_", " ") for reason in decision.reasons)
    return f"{first}\n{about or 'No order proven'}. Handed over: {reasons}."


def tried(decision: Decision, context: Context, check: Check) -> tuple[str, ...]:
    """What the agent did before it handed over."""
    steps = [f"looked up order #{order.number}" for order in context.customer.orders]
    if context.customer.mismatch:
        steps.append("order number and e-mail did not belong together")
    steps += [f"source not readable: {name}" for name in context.stale]
    steps += [
        f"would offer {remedy.kind.value}" + (f" (stopped by {remedy.blocked.value})" if remedy.blocked else "")
        for remedy in decision.remedies
    ]
    return tuple(steps + [f"text check: {fault}" for fault in check.faults])


def subjects(context: Context, diagnoses: Sequence[Diagnosis] = ()) -> tuple[str, ...]:
    """SKUs and batches the case is about: those that photos show first, then those of the order in question.

    Several orders say nothing about one article.
    """
    shown = [name for found in diagnoses for name in (found.sku, found.batch) if name]
    lines = [line.sku for order in context.customer.orders[:1] for line in order.lines]
    return tuple(dict.fromkeys(shown + lines + [line.batch for line in context.staff.lines if line.batch]))


def photo_facts(found: Iterable[Photographed]) -> Iterator[Fact]:
    """What photos of the last weeks show of the same goods, others' included."""
    for item in found:
        value = f"{item.defect.replace('_', ' ')} in {item.count} of {item.photos} photos of {item.days} days"
        yield Fact(label=f"Photos {item.subject}", value=value, source="photos", at=item.at.isoformat())


def facts(context: Context) -> tuple[Fact, ...]:
    batches = {line.sku: line.batch for line in context.staff.lines}
    lines = [
        fact for order in context.customer.orders[:3] for fact in _order(order, batches if order.number == context.staff.order else {})
    ]
    for level in context.staff.stock:
        pieces = f"{level.on_hand} on hand, {level.committed} committed, {level.incoming} incoming"
        lines.append(Fact(label=f"Stock {level.sku} {level.warehouse}", value=pieces, source="warehouse", at=level.read_at.isoformat()))
    read_at = context.customer.orders[0].read_at.isoformat() if context.customer.orders else ""
    for batch in context.staff.batches:
        rate = f"{batch.complaint_rate:.1%} of {batch.sold} sold complained; supplier {batch.supplier}; produced {batch.produced}"
        lines.append(Fact(label=f"Batch {batch.id} ({batch.sku})", value=rate, source="factory", at=read_at))
    history = f"{context.staff.past_cases} earlier cases of this customer; {context.staff.similar_open} open cases about the same goods"
    return (*lines, Fact(label="History", value=history, source="desk", at=read_at))


def _order(order: Order, batches: Mapping[str, str | None]) -> list[Fact]:
    read = order.read_at.isoformat()
    customer = order.customer
    items = "; ".join(f"{line.quantity} x {line.title} ({line.sku}, batch {batches.get(line.sku) or '-'})" for line in order.lines)
    found = [
        Fact(label="Customer", value=f"{customer.name}, {customer.country}, tier {customer.tier.value}", source=order.source, at=read),
        Fact(
            label=f"Order #{order.number}",
            value=f"{order.state.value}, {money(order.total, WORKING)}, {items}",
            source=order.source,
            at=read,
        ),
    ]
    if order.shipment:
        ship = order.shipment
        text = f"{ship.carrier} {ship.tracking} from {ship.warehouse}, promised {ship.promised}"
        found.append(Fact(label=f"Shipment #{order.number}", value=text, source=ship.carrier, at=read))
        found += [
            Fact(label="Scan", value=f"{c.state}, {c.place}", source=ship.carrier, at=c.at.isoformat()) for c in ship.checkpoints[-6:]
        ]
    return found
