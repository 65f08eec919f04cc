"""Sentences of our own: what stands there must be the pattern with its values, and the values must be true. Pure."""

from functools import lru_cache

from agent.domain.reply import Claim, Reply
from agent.phrasing import Phrases
from agent.policy.checks.grounds import Grounds, right

#: Variables that a pattern counts with: rendered from an integer, for the plural of their nouns.
COUNTED = frozenset({"days", "parcels", "hours", "fewest", "most"})


def composed(claim: Claim, reply: Reply, grounds: Grounds) -> list[str]:
    if len(claim.names) != len(claim.values):
        return [f"values without their names: {claim.pattern}"]
    given = dict(zip(claim.names, claim.values, strict=True))
    expected = _rendered(grounds.phrases, claim.pattern, reply.language, tuple(given.items()))
    found = [] if claim.text in expected else [f"not what its pattern says: {claim.pattern}"]
    true = right(claim, reply, grounds) if given else None
    if true is not None and given not in true:
        found.append(f"values that the data do not hold: {claim.pattern}")
    return found


@lru_cache(maxsize=4096)
def _rendered(phrases: Phrases, pattern: str, language: str, values: tuple[tuple[str, str], ...]) -> tuple[str, ...]:
    """As it is within a paragraph, and as it opens one."""
    counted = {name: int(value) if name in COUNTED and value.isdecimal() else value for name, value in values}
    try:
        text = phrases.render(pattern, language, counted)
    except (KeyError, LookupError, ValueError):
        return ()
    return text, text[:1].upper() + text[1:]
