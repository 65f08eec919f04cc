"""What a later message does to a case that is open already. Pure: columns of the case in, columns out."""

from collections.abc import Iterator
from typing import Any

from sqlalchemy import Row

from agent.desk.renaming import SMALL, grave, heard, renamed, still_named
from agent.domain.decision import Desk, Reason
from agent.domain.intents import Intent
from agent.domain.triage import Urgency
from agent.policy.limits import highest

#: Wishes that only press for what is on the case already, unless it is about something else or they lead to something.
_PRESSING = {Intent.ORDER_STATUS.value, Intent.DELIVERY_LATE.value, Intent.HUMAN.value}
#: Who writes facts into an open case, and the label of those whose source is a person.
_WRITERS, _APPROVAL = {"ledger", "procedure"}, "Approval"
#: Parts of the packet that a "hello?" must not replace.
_KEPT = ("draft", "suggested", "evidence", "facts", "tried", "offers", "told", "card")


def refreshed(before: Row[Any], now: dict[str, Any]) -> dict[str, Any]:
    """The newer columns with all that was written and wanted since the case opened; it becomes no less grave."""
    earlier, grave = _with_earlier(before, now), _gravest(before, now)
    packet = earlier.pop("packet") | grave
    return now | earlier | grave | {"packet": packet, "due_at": min(before.due_at, now["due_at"])}


def _gravest(before: Row[Any], now: dict[str, Any]) -> dict[str, Any]:
    return {
        "desk": highest([Desk(before.desk), Desk(now["desk"])]).value,
        "urgency": max(before.urgency, now["urgency"], key=[item.value for item in Urgency].index),
        "reasons": list(dict.fromkeys([*before.reasons, *(r for r in now["reasons"] if r != Reason.OPERATOR_OWNS)])),
    }


def _with_earlier(before: Row[Any], now: dict[str, Any]) -> dict[str, Any]:
    """Texts, wishes, photos and articles add up, under the name of the first matter; small talk leaves draft and suggestions as they were."""
    old, new = before.packet, now["packet"]
    wishes = heard(new)
    named = renamed(old, new, wishes) or still_named(old, new, wishes)
    subjects = list(dict.fromkeys([*before.subjects, *now["subjects"]]))
    merged = {
        "original": f"{old['original']}\n{new['original']}".strip(),
        "photos": list(dict.fromkeys([*old["photos"], *new["photos"]])),
        "diagnoses": _by_photo(old, new),
        "chosen": new["chosen"] or old.get("chosen"),
        "subjects": subjects,
        **named,
    }
    if wishes and not _only_presses(old, new, wishes):
        return {"packet": new | merged | _still_offered(old, new) | {"facts": _with_notes(old, new)}, "subjects": subjects}
    kept = {name: old[name] for name in _KEPT if name in old}
    return {"packet": new | kept | merged, "draft": before.draft, "subjects": subjects}


def _only_presses(old: dict[str, Any], new: dict[str, Any], wishes: list[str]) -> bool:
    """ "Please hurry" is read as a question about the parcel; the draft about what is broken must outlive it.

    Not when it was hurt by it, nor when the order or its parcel has changed: what the draft says of them is no longer so.
    """
    if new["offers"] or new["chosen"] or not set(wishes) <= _PRESSING or grave(new):
        return False
    other = set(old["intents"]) - SMALL - _PRESSING
    return bool(other) and set(_orders(new)) <= set(_orders(old))


def _orders(packet: dict[str, Any]) -> Iterator[tuple[str, Any]]:
    """What is known of orders and their parcels."""
    return ((fact["label"], fact.get("value")) for fact in packet.get("facts", ()) if fact["label"].startswith(("Order ", "Shipment ")))


def _with_notes(old: dict[str, Any], new: dict[str, Any]) -> list[dict[str, Any]]:
    """The newer facts, behind what ledger, procedures and approvers have written into the case: no turn reads that again."""
    notes = [fact for fact in old.get("facts", ()) if fact.get("source") in _WRITERS or fact["label"] == _APPROVAL]
    return [*notes, *new.get("facts", ())]


def _still_offered(old: dict[str, Any], new: dict[str, Any]) -> dict[str, Any]:
    """What was on offer stays so when the newer message leads to nothing: each is judged once more before it happens."""
    if new["offers"]:
        return {}
    return {name: old[name] for name in ("offers", "told") if name in old}


def _by_photo(old: dict[str, Any], new: dict[str, Any]) -> list[dict[str, Any]]:
    """What was seen in the photos of all messages; a photo that was looked at again counts as it was seen last."""
    every = [*old.get("diagnoses", ()), *new.get("diagnoses", ())]
    return list({found["photo"]: found for found in every}.values())
