"""Under which name an open case goes on when its customer writes again: the first matter's, with one line of what came since. Pure."""

from typing import Any, Final

from agent.domain.decision import Reason
from agent.domain.intents import COURTESY, Intent

#: What outweighs any matter that a case was opened for, by its wish. A wish alone may be a mere guess; the reason is given when it was heard.
GRAVE: Final = {
    Intent.SAFETY.value: Reason.SAFETY.value,
    Intent.LEGAL_THREAT.value: Reason.LEGAL.value,
    Intent.PRESS.value: Reason.PRESS.value,
    Intent.PRIVACY.value: Reason.PRIVACY.value,
}
#: Wishes that say nothing new about a case.
SMALL: Final = {intent.value for intent in COURTESY} | {Intent.OUT_OF_SCOPE.value}
#: Wishes that name no matter: a case that has only these takes the name of the first that does.
NAMELESS: Final = SMALL | {Intent.HUMAN.value}
#: How what came since begins, in the summary; and how many of it are shown, the latest.
SINCE: Final = "Since then: "
SHOWN: Final = 6
#: How a line of a case's earlier name begins.
BEFORE: Final = "Before: "


def renamed(old: dict[str, Any], new: dict[str, Any], wishes: list[str]) -> dict[str, Any] | None:
    """Intents and summary under the newer matter, if it is graver than the first or the first was none; else None."""
    if not _graver(old, new) and (set(old["intents"]) - NAMELESS or not set(wishes) - NAMELESS):
        return None
    summary = "\n".join([new.get("summary", ""), *_before(old.get("summary", ""))])
    return {"intents": list(dict.fromkeys([*wishes, *old["intents"]])), "summary": summary}


def _before(summary: str) -> list[str]:
    """What a case was called until now, newest first, a line each; with what had come since, no longer on a line of its own."""
    told, _, since = summary.partition(f"\n{SINCE}")
    first, *others = told.split("\n")
    earlier = [line for line in others if line.startswith(BEFORE)]
    named = f"{BEFORE}{first} {SINCE}{since}" if since else f"{BEFORE}{first}"
    return [named, *earlier] if first else earlier


def grave(packet: dict[str, Any]) -> set[str]:
    """Reasons of it that must not be missed."""
    return set(GRAVE.values()) & set(packet.get("reasons", ()))


def heard(packet: dict[str, Any]) -> list[str]:
    """Its wishes, without small talk and without grave ones that were too faint to be a reason."""
    found = grave(packet)
    return [wish for wish in packet["intents"] if wish not in SMALL and (wish not in GRAVE or GRAVE[wish] in found)]


def _graver(old: dict[str, Any], new: dict[str, Any]) -> bool:
    """The first grave matter; and danger to people, whatever the case was about."""
    known, now = grave(old), grave(new)
    return bool(now) and (not known or Reason.SAFETY.value in now - known)


def still_named(old: dict[str, Any], new: dict[str, Any], wishes: list[str]) -> dict[str, Any]:
    """Intents and summary of the first matter, with wishes and photos that came since."""
    fresh = [wish.replace("_", " ") for wish in wishes if wish not in old["intents"]] + _photos(old, new)
    first, _, earlier = old.get("summary", "").partition(f"\n{SINCE}")
    since = [*(item for item in earlier.removesuffix(".").split("; ") if item), *fresh][-SHOWN:]
    line = f"\n{SINCE}{'; '.join(since)}." if since else ""
    return {"intents": list(dict.fromkeys([*old["intents"], *wishes])) or new["intents"], "summary": f"{first}{line}"}


def _photos(old: dict[str, Any], new: dict[str, Any]) -> list[str]:
    """A photo each, with what it shows as far as anybody can tell."""
    seen = {found["photo"]: found for found in new.get("diagnoses", ())}
    return [_photo(seen.get(photo)) for photo in new["photos"] if photo not in old["photos"]]


def _photo(found: dict[str, Any] | None) -> str:
    if found is None:
        return "a photo that nobody has looked at"
    what = f"a photo of {found['sku']}" if found.get("sku") else "a photo"
    if not found.get("defect"):
        return f"{what}: cannot tell"
    defect = "nothing wrong to be seen" if found["defect"] == "none" else found["defect"].replace("_", " ")
    return f"{what}: {defect}" + (f", {found['severity']}" if found.get("severity") else "")
