"""Why a reply must not be sent: every sentence by what it is, then the whole text. Pure."""

import re
from collections.abc import Iterable
from dataclasses import replace

from agent.domain.context import Context
from agent.domain.effect import PlannedEffect
from agent.domain.entities import EMAIL
from agent.domain.reply import Claim, Reply
from agent.policy.channel_rules import ChannelRules
from agent.policy.checks.carried import carried
from agent.policy.checks.composed import composed
from agent.policy.checks.effects import PROMISES
from agent.policy.checks.figures import numbers
from agent.policy.checks.free import Free, free
from agent.policy.checks.grounds import Grounds, texts
from agent.policy.checks.quoted import is_quoted
from agent.policy.checks.sources import all_figures
from agent.writing.slots import SLOT
from knowledge.search import Passage

_MARKUP = re.compile(r"<[a-zA-Z/][^>]*>|\*\*|\]\(")


def faults(
    reply: Reply,
    passages: Iterable[Passage],
    context: Context,
    plan: tuple[PlannedEffect, ...],
    rules: ChannelRules,
    *,
    own_emails: frozenset[str],
    grounds: Grounds | None = None,
) -> list[str]:
    """Empty when the reply may be sent. With `grounds`, sentences of our own are rendered again and their values held against the data."""
    given = tuple(item for passage in passages for item in (passage, passage.beside) if item)
    found = _sentences(reply, given, plan, grounds)
    text = reply.text
    quotable = "\n".join(passage.text for passage in given)
    found += [f"foreign e-mail: {email}" for email in EMAIL.findall(text) if email.lower() not in own_emails and email not in quotable]
    found += [f"internal: {word}" for word in sorted(_internal(context)) if word.casefold() in text.casefold()]
    if len(text) > rules.max_length:
        found.append(f"longer than the channel carries ({len(text)} > {rules.max_length})")
    if not text.strip():
        found.append("empty")
    if not rules.markup and _MARKUP.search(text):
        found.append("markup on a channel that shows none")
    return found


def _sentences(reply: Reply, passages: tuple[Passage, ...], plan: tuple[PlannedEffect, ...], grounds: Grounds | None) -> list[str]:
    if reply.source:
        return [*_sentences(reply.source, passages, plan, grounds), *carried(reply, reply.source)]
    beside = Free(language=reply.language, passages=passages, plan=plan, told=reply.text)
    if grounds and not reply.composed:
        known = all_figures([*texts(grounds, reply.language), grounds.brand], reply.language)
        beside = replace(beside, known=known)
    return [fault for claim in reply.claims for fault in _claim(claim, reply, beside, grounds)]


def _claim(claim: Claim, reply: Reply, beside: Free, grounds: Grounds | None) -> list[str]:
    known = {item.id for item in reply.evidence}
    found = [f"unknown evidence: {item}" for item in claim.evidence if item not in known]
    planned = {effect.key for effect in beside.plan}
    found += [f"a slot of no effect: {slot['key']}" for slot in SLOT.finditer(claim.text) if slot["key"] not in planned]
    if claim.free:
        return found + free(claim, beside)
    if claim.pattern:
        return found + _own(claim, reply, beside, grounds)
    quoted = _cited(claim, reply, beside.passages)
    found += _strange_numbers(claim, quoted)
    return found if is_quoted(claim.text, quoted) else [*found, "a sentence that is in no source"]


def _own(claim: Claim, reply: Reply, beside: Free, grounds: Grounds | None) -> list[str]:
    kind = PROMISES.get(claim.pattern)
    found = _strange_numbers(claim, _cited(claim, reply, beside.passages))
    if kind and not any(effect.kind == kind for effect in beside.plan):
        found.append(f"says that something was done without an effect: {kind}")
    return found + (composed(claim, reply, grounds) if grounds else [])


def _cited(claim: Claim, reply: Reply, passages: tuple[Passage, ...]) -> list[Passage]:
    refs = {item.ref for item in reply.evidence if item.id in claim.evidence}
    return [passage for passage in passages if passage.id in refs]


def _strange_numbers(claim: Claim, quoted: list[Passage]) -> list[str]:
    """Digits alone, whatever stands around them: the last net under patterns and quotations."""
    allowed = numbers(" ".join([*claim.values, *(passage.text for passage in quoted)]))
    return [f"number without evidence: {n}" for n in numbers(SLOT.sub("", claim.text)) - allowed]


def _internal(context: Context) -> set[str]:
    """Batches and suppliers: never for a customer's eyes."""
    made = {word for batch in context.staff.batches for word in (batch.id, batch.supplier)}
    return (made | {line.batch or "" for line in context.staff.lines}) - {""}
