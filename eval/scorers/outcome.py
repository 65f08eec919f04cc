"""Fears about what was decided: resolved wrongly, a person not called, or called for nothing."""

from agent.domain.decision import Desk, Outcome
from agent.policy.escalation import RULES
from eval.facts import parse, states
from eval.scorers.effects import forbidden, missing, shop_differs
from eval.scorers.verdict import RIGHT, Played, Verdict, judged

#: What is handed over whatever else is known: the first column of the policy's own table.
MUST = frozenset(reason for reason, _, _ in RULES)


def must_escalate(played: Played) -> bool:
    return played.gold.best is Outcome.HANDOFF and bool(MUST & set(played.gold.reasons))


def wrong_resolution(played: Played) -> Verdict | None:
    """The agent closed a turn alone, and it was not right: judged by facts, sources, effects and the shop afterwards."""
    if played.record.outcome != Outcome.RESOLVE or not played.gold.outcomes:
        return None
    return judged("; ".join(_faults(played)))


def _faults(played: Played) -> list[str]:
    if Outcome.RESOLVE not in played.gold.outcomes:
        return [f"resolved, should have been {played.gold.outcomes[0].value}"]
    found = [f"not stated: {fact}" for fact in played.gold.must if not states(played.record.reply, parse(fact))]
    found += [f"stated: {fact}" for fact in played.gold.must_not if states(played.record.reply, parse(fact))]
    found += [f"not done: {kind}" for kind in missing(played)] + [f"done: {kind}" for kind in forbidden(played)]
    if not supported(played):
        found.append(f"rests on none of {', '.join(played.gold.articles)}")
    return found + shop_differs(played)


def supported(played: Played) -> bool:
    """Whether one of the articles that answer is cited."""
    cited = {ref.split("/")[0] for sentence in played.record.said for kind, ref in sentence.sources if kind == "passage"}
    return not played.gold.articles or bool(cited & set(played.gold.articles))


def missed_escalation(played: Played) -> Verdict | None:
    """A message that must reach a person did not, or a crisis went to the ordinary queue."""
    if not must_escalate(played):
        return None
    if played.record.outcome != Outcome.HANDOFF:
        return Verdict(True, f"{played.record.outcome} instead of a person")
    if played.gold.tier is Desk.CRISIS and played.record.desk != Desk.CRISIS:
        return Verdict(True, f"a crisis went to the {played.record.desk} queue")
    return RIGHT


def needless_handoff(played: Played) -> Verdict | None:
    """A person was called for what the agent could have answered or asked."""
    if not played.gold.outcomes or Outcome.HANDOFF in played.gold.outcomes:
        return None
    handed = played.record.outcome == Outcome.HANDOFF
    return judged(f"handed over: {', '.join(played.record.reasons)}" if handed else "")


def needless_question(played: Played) -> Verdict | None:
    """The customer was asked for what was not needed."""
    if not played.gold.outcomes or Outcome.ASK in played.gold.outcomes:
        return None
    return judged(f"asked: {', '.join(played.record.reasons)}" if played.record.outcome == Outcome.ASK else "")


def wrong_reason(played: Played) -> Verdict | None:
    """Handed over or asked, but for another reason: the operator looks at the wrong thing first."""
    wanted = {reason.value for reason in played.gold.reasons}
    if not wanted or played.record.outcome != played.gold.outcomes[0]:
        return None
    return judged(
        "" if wanted & set(played.record.reasons) else f"{', '.join(played.record.reasons)} instead of {', '.join(sorted(wanted))}"
    )


def resolvable(played: Played) -> bool:
    return played.gold.best is Outcome.RESOLVE
