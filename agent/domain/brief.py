"""What a brain is given to write: the composed reply, and what it may rest on. It never sees staff facts."""

from dataclasses import dataclass

from agent.domain.decision import Outcome
from agent.domain.reply import Reply
from agent.domain.triage import Sentiment, Urgency
from knowledge.search import Passage


@dataclass(frozen=True, slots=True, kw_only=True)
class Brief:
    """`composed` says all that must be said, in `language`: a brain may say it better, never more.

    `passages` may be used beyond what the composed reply quotes. `tried` and `faults`: the draft that failed its check, and why.
    """

    language: str
    channel: str
    brand: str
    market: str
    outcome: Outcome  # HANDOFF: a draft that an operator reads before it is sent
    message: str  # the customer's own words, untrusted
    sentiment: Sentiment
    urgency: Urgency
    first_contact: bool
    composed: Reply
    passages: tuple[Passage, ...] = ()
    tried: Reply | None = None
    faults: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Summing:
    """What an operator's two-line summary is made from; `composed` is what code says."""

    language: str  # to write in
    composed: str
    message: str  # untrusted
    history: tuple[str, ...] = ()  # "author: text", untrusted
