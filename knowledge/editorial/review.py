"""Who may publish what: the rules of the second reader. Pure judgement."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

Front = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody at work; `reviews`: may approve what others wrote."""

    id: str
    reviews: bool


def needs_second_reader(published: Iterable[Front], draft: Front, four_eyes_always: bool) -> str:
    """Why somebody else must agree, or nothing. Taking the mark off in the draft does not take the rule off.

    `published`: the front matter of what the draft replaces, and of the article's other languages.
    """
    if draft.get("second_reader"):
        return "This article is marked as one that a second person must read."
    before = list(published)
    if any(front.get("second_reader") for front in before):
        return "The published article is marked as one that a second person must read."
    if four_eyes_always and any(front.get("audience", "customer") == "customer" for front in (draft, *before)):
        return "Everything that customers read needs a second person here."
    return ""


def may_publish(person: Person, editors: Iterable[str], state: str, needs: str) -> str | None:
    """Why this person may not publish the draft now; None when they may."""
    if not needs:
        return None
    if person.id in editors:
        return f"{needs} You edited this draft yourself: ask a reviewer who did not."
    if not person.reviews:
        return f"{needs} Only a reviewer may publish it; you may send it to review."
    if state != "review":
        return f"{needs} It has not been sent to review yet: wait until its editors do."
    return None
