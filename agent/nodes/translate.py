"""What is needed now and no more: a language that is not served is translated so that it can be read; a served one only for a case."""

from dataclasses import replace
from typing import Any

from langgraph.runtime import Runtime

from agent.domain.languages import is_supported
from agent.domain.message import Turn
from agent.domain.reply import Translation
from agent.domain.triage import Flag, Sentiment, Triage, Urgency
from agent.policy.followup import carry_over
from agent.ports import Brain
from agent.state import Parts, TurnState


async def translate(state: TurnState, runtime: Runtime[Parts]) -> dict[str, Any]:
    parts, turn, triage = runtime.context, state["turn"], state["triage"]
    if triage.language == parts.working_language or is_supported(triage.language):
        own = turn.text if triage.language == parts.working_language else None
        return {"translation": Translation(language=parts.working_language, text=own)}
    found = triage.translation or await parts.brain.translate(turn.text, triage.language, parts.working_language)
    if found.text is None:
        return {"translation": found}
    if triage.reader == "local":  # a model has read the original, the local brain cannot
        triage = carry_over(turn, joined(triage, await _read(parts.brain, turn, found), found))
    return {"translation": found, "triage": replace(triage, bridged=found.bridged)}


async def _read(brain: Brain, turn: Turn, found: Translation) -> Triage:
    text = replace(turn.messages[-1], text=found.text or "")
    return await brain.triage(replace(turn, messages=(text,), language=found.language))


def joined(original: Triage, read: Triage, found: Translation) -> Triage:
    """Wishes and mood as the translation tells them; language, ids and every alarm of the original stay: a translator must not lose them."""
    angry = bool(original.flags & {Flag.ANGER, Flag.ABUSE})
    return replace(
        read,
        language=original.language,
        language_sure=original.language_sure,
        entities=original.entities,
        flags=original.flags | read.flags,
        sentiment=Sentiment.NEGATIVE if angry else read.sentiment,
        urgency=max(original.urgency, read.urgency, key=list(Urgency).index),
        brain=f"{read.brain}, on a translation by {found.engine}",
    )
