"""What is well written in a pack, but cannot be meant: rules that never decide, limits that fall with the rank. Pure."""

from collections.abc import Iterator
from itertools import pairwise

from agent.domain.authority import Role
from agent.policy.judge import GUARDS
from agent.policy.schema import Conditions, Limit, Pack, Rule

#: Conditions that cannot hold together when they name the same things.
_OPPOSITES = (("state_in", "state_not_in"), ("intent_in", "intent_not_in"), ("tier_in", "tier_not_in"), ("country_in", "country_not_in"))


def faults(pack: Pack) -> tuple[str, ...]:
    """One sentence each, with file and line."""
    return (*_dead(pack), *_offered(pack), *_limits(pack))


def _dead(pack: Pack) -> Iterator[str]:
    own = [rule for rule in pack.rule if not rule.ref.startswith(GUARDS)]
    for index, rule in enumerate(own):
        if not set(rule.remedy) & set(pack.remedies):
            yield f'{rule.place}: "{rule.id}" is never reached: the pack offers none of its remedies.'
        elif _never(rule.applies, pack):
            yield f'{rule.place}: "{rule.id}" is never reached: what it applies to cannot be.'
        elif hidden := next((other for other in own[:index] if _hides(other, rule)), None):
            yield f'{rule.place}: "{rule.id}" is never reached: "{hidden.id}" ({hidden.place}) decides before it.'


def _never(applies: Conditions, pack: Pack) -> bool:
    clash = any(name in applies and set(applies[name]) <= set(applies.get(other, ())) for name, other in _OPPOSITES)
    elsewhere = bool(pack.countries) and "country_in" in applies and not set(applies["country_in"]) & set(pack.countries)
    return clash or elsewhere


def _hides(earlier: Rule, rule: Rule) -> bool:
    """Whoever gets to the later rule has been stopped before, or asked the same."""
    wider = set(rule.remedy) <= set(earlier.remedy) and earlier.applies.items() <= rule.applies.items()
    binding = earlier.otherwise == "refuse" or (rule.otherwise == "person" and earlier.needs.rank >= rule.needs.rank)
    if not wider or not binding:
        return False
    return rule.require.items() <= earlier.require.items() or _shut_out(earlier, rule)


def _shut_out(earlier: Rule, rule: Rule) -> bool:
    allowed, wanted = earlier.require.get("state_in"), rule.applies.get("state_in")
    return allowed is not None and wanted is not None and not set(allowed) & set(wanted)


def _offered(pack: Pack) -> Iterator[str]:
    for right in pack.right:
        if not set(right.remedy) & set(pack.remedies):
            yield f'{right.place}: the right "{right.id}" is to remedies that the pack does not offer.'
    for item in pack.auto:
        if not set(item.remedy) <= set(pack.remedies):
            yield f'{item.place}: "{item.id}" grants a remedy that the pack does not offer.'


def _limits(pack: Pack) -> Iterator[str]:
    for low, high in pairwise(role for role in Role if role in pack.limits):
        for kind in _falling(pack.limits[low], pack.limits[high]):
            yield f"{pack.lines[f'limits.{high}'][1]}: {high} may grant less of {kind} than {low}; a limit rises with the role."


def _falling(low: Limit, high: Limit) -> list[str]:
    barred = [] if high.alone is None else [kind for kind in low.alone or () if kind not in high.alone]
    unbound = [kind for kind in high.amounts if kind not in low.amounts and (low.alone is None or kind in low.alone)]
    less = [kind for kind, amount in high.amounts.items() if kind in low.amounts and amount.minor < low.amounts[kind].minor]
    return [kind.value for kind in (*barred, *unbound, *less)]
