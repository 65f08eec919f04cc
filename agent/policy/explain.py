"""Why was this granted, or not: every rule of a pack that is about a remedy, with what it asked and whether that held. Pure."""

from dataclasses import dataclass

from agent.policy.conditions import CONDITIONS, broken, hold
from agent.policy.judge import Verdict, judge
from agent.policy.request import Request
from agent.policy.schema import Pack


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """`fault`: the condition that did not hold, and what it means; both empty when the rule holds or is not about this case."""

    rule: str
    place: str
    says: str
    applies: bool
    fault: str = ""
    meaning: str = ""


@dataclass(frozen=True, slots=True)
class Explanation:
    verdict: Verdict
    steps: tuple[Step, ...]

    @property
    def text(self) -> str:
        """One line: the ruling, the sentence, where it stands."""
        verdict = self.verdict
        who = f" (needs {verdict.needs})" if verdict.ruling == "person" and verdict.needs != "bot" else ""
        return f"{verdict.ruling}{who}: {verdict.says} [{verdict.rule}] {verdict.place}".rstrip()


def explain(pack: Pack, request: Request) -> Explanation:
    about = (rule for rule in pack.rule if request.remedy.kind in rule.remedy)
    steps = tuple(
        _step(rule.ref, rule.place, rule.says, broken(rule.require, request, pack) if hold(rule.applies, request, pack) else "-")
        for rule in about
    )
    return Explanation(judge(pack, request), steps)


def _step(rule: str, place: str, says: str, fault: str | None) -> Step:
    """ "-" stands for a rule that is not about this case."""
    if fault == "-":
        return Step(rule=rule, place=place, says=says, applies=False)
    return Step(rule=rule, place=place, says=says, applies=True, fault=fault or "", meaning=CONDITIONS[fault].says if fault else "")
