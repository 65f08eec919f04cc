"""The last look at a text before it may leave: numbers, foreign data, internal facts, promises, channel rules. Pure."""

import re
import unicodedata
from collections.abc import Iterable

from agent.domain.context import Context
from agent.domain.effect import PlannedEffect
from agent.domain.entities import EMAIL
from agent.domain.reply import Claim, Reply
from agent.policy.channel_rules import ChannelRules
from agent.writing.slots import SLOT
from knowledge.search import Passage

_NUMBER = re.compile(r"\d+")
_MARKUP = re.compile(r"<[a-zA-Z/][^>]*>|\*\*|\]\(")

#: A sentence that says something was done needs the planned effect whose confirmation will release it.
PROMISES = {
    "cancel-done": "cancel",
    "address-done": "change_address",
    "return-done": "return",
    "tracking-done": "resend_tracking",
    "coupon-done": "coupon",
    "wait-done": "wait",
    "refund-ordered": "refund",
    "reship-done": "reship",
    "exchange-done": "exchange",
    "repair-done": "repair",
    "claim-done": "claim",
    "items-done": "change_items",
    "payment-done": "change_payment",
    "shipping-done": "change_shipping",
    "ask-code": "proof_code",
}


def faults(
    reply: Reply,
    passages: Iterable[Passage],
    context: Context,
    plan: tuple[PlannedEffect, ...],
    rules: ChannelRules,
    *,
    own_emails: frozenset[str],
) -> list[str]:
    """Why the reply must not be sent; empty when it may."""
    texts = {item.id: item.text for passage in passages for item in (passage, passage.beside) if item}
    found = [fault for claim in reply.claims for fault in _claim(claim, reply, texts, plan)]
    text = reply.text
    found += [f"foreign e-mail: {email}" for email in EMAIL.findall(text) if email.lower() not in own_emails and not _quoted(email, texts)]
    found += [f"internal: {word}" for word in _internal(context) if word.casefold() in text.casefold()]
    if len(text) > rules.max_length:
        found.append(f"longer than the channel carries ({len(text)} > {rules.max_length})")
    if not text.strip():
        found.append("empty")
    if not rules.markup and _MARKUP.search(text):
        found.append("markup on a channel that shows none")
    return found


def _claim(claim: Claim, reply: Reply, texts: dict[str, str], plan: tuple[PlannedEffect, ...]) -> list[str]:
    cited = {item.id: item for item in reply.evidence}
    quoted = [texts[cited[e].ref] for e in claim.evidence if e in cited and cited[e].ref in texts]
    allowed = numbers(" ".join([*claim.values, *quoted, *claim.rests_on]))
    found = [f"number without evidence: {n}" for n in numbers(SLOT.sub("", claim.text)) - allowed]
    found += [f"unknown evidence: {e}" for e in claim.evidence if e not in cited]
    if not (claim.pattern or claim.free) and not any(_same(claim.text, text) for text in quoted):
        found.append("a sentence that is in no source")
    planned = {effect.key for effect in plan}
    found += [f"a slot of no effect: {slot['key']}" for slot in SLOT.finditer(claim.text) if slot["key"] not in planned]
    kind = PROMISES.get(claim.pattern)
    if kind and not any(effect.kind == kind for effect in plan):
        found.append(f"says that something was done without an effect: {kind}")
    return found


def numbers(text: str) -> set[str]:
    """Digit groups as ASCII, so that every script's digits compare."""
    plain = "".join(str(unicodedata.decimal(char)) if char.isdecimal() else char for char in text)
    return set(_NUMBER.findall(plain))


def _same(claim: str, source: str) -> bool:
    return "".join(claim.split()) in "".join(source.split())


def _quoted(email: str, texts: dict[str, str]) -> bool:
    return any(email in text for text in texts.values())


def _internal(context: Context) -> set[str]:
    """Batch ids and suppliers: never for a customer's eyes."""
    return {word for batch in context.staff.batches for word in (batch.id, batch.supplier) if word}
