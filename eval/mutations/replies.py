"""Right replies: what the local brain writes in conversations that are played, with all that its check may look at."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any, cast

from agent.graph import Graph
from agent.state import Parts, TurnState
from eval.case import Case
from eval.stage import Scene, Stage, play


@dataclass(frozen=True, slots=True)
class Written:
    """A reply or a draft as the verify node saw it: in `state["reply"]`."""

    case: str
    state: TurnState
    parts: Parts


@dataclass
class _Listening:
    """The graph, with the final state of its runs kept."""

    graph: Graph
    states: list[TurnState] = field(default_factory=list[TurnState])

    async def ainvoke(self, *args: Any, **how: Any) -> Any:
        result: Any = await self.graph.ainvoke(*args, **how)
        self.states.append(cast(TurnState, result))
        return result

    def __getattr__(self, name: str) -> Any:
        return getattr(self.graph, name)


async def written(stage: Stage, cases: Sequence[Case]) -> list[Written]:
    """One a turn; a turn that crashed has none."""
    found: list[Written] = []
    for case in cases:
        listening, scenes = _Listening(stage.graph), list[Scene]()
        await play(replace(stage, graph=cast(Graph, listening)), case, scenes.append)
        found += [Written(case.id, state, scenes[0].parts) for state in listening.states if "reply" in state]
    return found
