"""An operator's own text in the customer's language: both are kept, and what did not come out in that language is none."""

from dataclasses import replace

from agent.brains.translation.faithful import unlike
from agent.domain.reply import Translation
from agent.ports import Brain


async def in_language(brain: Brain, text: str, source: str, target: str) -> Translation:
    """`text` of the translation is None when no engine speaks the pair, or it failed; `engine` says why."""
    found = await brain.translate(text, source, target)
    why = "" if found.text is None else unlike(text, found.text, target)
    return replace(found, text=None, engine=f"none ({found.engine}: {why})") if why else found
