"""Numbers, ids, promises, language, leaks and channel rules of the final text. One repair by the model, then code's own text, then a person."""

import asyncio
from typing import Any

import structlog
from langgraph.runtime import Runtime

from agent.brains.local.language import detect
from agent.domain.languages import is_supported
from agent.domain.reply import Check, Claim, Reply
from agent.nodes.decide import view
from agent.policy.channel_rules import rules
from agent.policy.checks import Grounds, faults
from agent.ports import Entails
from agent.state import Parts, TurnState

log = structlog.get_logger()
#: Seconds that the entailment model has, and how likely it must find each sentence.
PATIENCE, ENTAILED = 1.2, 0.5
#: A model's sentence from this length on is long enough to tell its language.
TELLING = 40
#: Too alike in one sentence: Japanese without its own letters looks Chinese.
ALIKE = {"zh", "ja"}


async def verify(state: TurnState, runtime: Runtime[Parts]) -> dict[str, Any]:
    found = look(state, runtime.context)
    # A reply that was carried over rests on sentences of another language, which such a model rarely reads.
    if not found and runtime.context.entails and state["reply"].source is None:
        found = await _second_opinion(state["reply"], runtime.context.entails)
    return {"check": Check(faults=tuple(found), tries=state["check"].tries + 1 if "check" in state else 1)}


def look(state: TurnState, parts: Parts) -> list[str]:
    """Why the reply must not be sent, as far as code can tell. Pure."""
    reply, context = state["reply"], state["context"]
    own = frozenset(order.customer.email.lower() for order in context.customer.orders)
    grounds = Grounds(phrases=parts.phrases, view=view(state, parts), decision=state["decision"], brand=parts.brand)
    found = faults(reply, state["found"].passages, context, state["plan"], rules(state["turn"].channel), own_emails=own, grounds=grounds)
    if _wrong_language(state):
        found.append("not in the customer's language")
    if parts.voices:
        voice = parts.voices.of(parts.brand, state["turn"].channel, reply.language)
        found += [fault for claim in reply.claims if claim.free for fault in voice.faults(claim.text)]
    return found


async def _second_opinion(reply: Reply, model: Entails) -> list[str]:
    """What a model wrote is read by another one. When that gives no answer, the composed reply is sent: nothing unread goes out."""
    claims = [claim for claim in reply.claims if claim.free and claim.rests_on]
    if not claims:
        return []
    try:
        async with asyncio.timeout(PATIENCE):
            scores = await model.entails([(" ".join(claim.rests_on), claim.text) for claim in claims])
    except Exception as error:  # a model of any make
        log.warning("verify.entailment_silent", error=type(error).__name__)
        return ["not read by the entailment model"]
    pairs = zip(claims, scores, strict=True)
    return [f"its sources do not say this: {claim.text[:80]}" for claim, score in pairs if score < ENTAILED]


def _wrong_language(state: TurnState) -> bool:
    """Our own sentences are rendered again in their language. Of the rest each sentence is read: a foreign one hides among many."""
    expected, reply = state["triage"].language, state["reply"]
    if not is_supported(expected):
        return False
    if reply.composed:
        return reply.language != expected
    spoken, sure = detect(reply.text)
    if sure and spoken != expected:
        return True
    read = [detect(claim.text) for claim in reply.claims if _is_telling(claim)]
    return any(sure and spoken != expected and {spoken, expected} != ALIKE for spoken, sure in read)


def _is_telling(claim: Claim) -> bool:
    return claim.free and len(claim.text) >= TELLING
