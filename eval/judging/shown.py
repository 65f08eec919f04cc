"""What the model is shown of a turn: the talk, the reply, the records it rests on, what was decided and done. Never the label."""

import json
from collections.abc import Iterator
from typing import Any

from agent.domain.commerce import Order, Shipment
from agent.domain.money import Money
from eval.record import Done, Record
from eval.scorers import Played
from eval.scorers.access import own_orders
from eval.scorers.support import passages

#: Characters of one message or reply, of one line of the talk before, and of one cited rule.
LONGEST, LINE, RULE = 4000, 600, 1500
CUT = " [cut]"


def shown(played: Played) -> dict[str, Any]:
    """The variables of prompts/judge.md."""
    record = played.record
    return {
        "today": played.case.now.date().isoformat(),
        "market": played.case.market,
        "outcome": record.outcome,
        "reasons": list(record.reasons),
        "talk": "\n".join(_talk(played)),
        "message": cut(played.turn.text, LONGEST) + _photos(played.turn.photos),
        "reply": cut(record.reply, LONGEST),
        "records": "\n".join([*map(order_line, own_orders(played)), *_cited(record)]),
        "done": "\n".join(map(_done, record.effects)),
    }


def cut(text: str, most: int) -> str:
    return text if len(text) <= most else text[:most] + CUT


def _talk(played: Played) -> Iterator[str]:
    for turn, record in zip(played.case.turns, played.earlier, strict=False):
        yield f"customer: {_line(turn.text)}{_photos(turn.photos)}"
        yield f"agent: {_line(record.reply) or '(nothing)'}"


def _line(text: str) -> str:
    # One line a message: a line break in it could forge a line of the agent.
    return cut(" ".join(text.split()), LINE)


def _photos(count: int) -> str:
    return f" [{count} photo(s), not shown]" if count else ""


def order_line(order: Order) -> str:
    """An order as far as its customer may know it."""
    items = ", ".join(f"{line.quantity} x {line.title} ({line.category}, {_money(line.price)})" for line in order.lines)
    parts = [f"order {order.number}: {order.state.value}", f"placed {order.placed_at:%Y-%m-%d}", items, f"total {_money(order.total)}"]
    parts.append(f"to {order.address.city}, {order.address.country}")
    if order.shipment:
        parts += _shipment(order.shipment)
    parts += [
        f"refund {_money(item.amount)} of {item.at:%Y-%m-%d} {'paid' if item.succeeded else 'not paid yet'}" for item in order.refunds
    ]
    return "; ".join([*parts, *(["a return is registered"] if order.open_return else [])])


def _shipment(found: Shipment) -> list[str]:
    arrived = f"delivered {found.delivered_at:%Y-%m-%d}" if found.delivered_at else f"promised for {found.promised}"
    last = [f"last seen {scan.at:%Y-%m-%d}: {scan.state}, {scan.place}" for scan in found.checkpoints[-1:]]
    return [f"shipped {found.shipped_at:%Y-%m-%d} by {found.carrier}, tracking {found.tracking}", arrived, *last]


def _money(money: Money) -> str:
    return f"{money.amount} {money.currency}"


def _cited(record: Record) -> list[str]:
    refs = dict.fromkeys(ref for sentence in record.said for kind, ref in sentence.sources if kind == "passage")
    return [f"rule {ref}: {cut(' '.join(text.split()), RULE)}" for ref in refs if (text := passages().get(ref))]


def _done(done: Done) -> str:
    data = json.dumps(done.data, ensure_ascii=False, default=str) if done.data else ""
    return cut(f"{done.kind} on order {done.order}: {done.state} {data}".rstrip(), LINE)
