"""A turn becomes a reply, or a case for a human. Read this first: it is the table of contents."""

import time
from itertools import pairwise
from typing import Any, Literal, Protocol

from langgraph.checkpoint.base import BaseCheckpointSaver
from langgraph.graph import END, START, StateGraph
from langgraph.graph.state import CompiledStateGraph
from langgraph.runtime import Runtime
from langgraph.types import TimeoutPolicy

from agent.domain.decision import Outcome
from agent.nodes.act import act
from agent.nodes.compose import compose
from agent.nodes.decide import decide
from agent.nodes.diagnose import diagnose
from agent.nodes.gather import gather
from agent.nodes.handoff import handoff
from agent.nodes.packet import packet
from agent.nodes.retrieve import retrieve
from agent.nodes.translate import translate
from agent.nodes.triage import triage
from agent.nodes.verify import verify
from agent.state import Parts, TurnInput, TurnState


class Node(Protocol):
    __name__: str

    async def __call__(self, state: TurnState, runtime: Runtime[Parts]) -> dict[str, Any]: ...


Graph = CompiledStateGraph[TurnState, Parts, TurnInput, TurnState]

#: Reading first, then judging, then writing. Seconds are the bound on each node.
PIPELINE: tuple[tuple[Node, float], ...] = (
    (triage, 12.0),
    (translate, 12.0),
    (gather, 12.0),
    (diagnose, 12.0),
    (retrieve, 5.0),
    (decide, 1.0),
    (act, 1.0),
    (compose, 12.0),
    (verify, 2.0),
)


def after_verify(state: TurnState) -> Literal["compose", "packet", "__end__"]:
    """A model's faulty text is written once more, then composed by code; what is still faulty is handed over."""
    passed = state["check"].passed
    if not passed and not state["reply"].composed:
        return "compose"
    return "__end__" if passed and state["decision"].outcome is not Outcome.HANDOFF else "packet"


def build(saver: BaseCheckpointSaver[str] | None = None) -> Graph:
    """The compiled graph. With a saver, a hand-off waits in `interrupt()` until the operator acts."""
    builder = StateGraph(TurnState, context_schema=Parts, input_schema=TurnInput)
    for node, seconds in PIPELINE:
        builder.add_node(node.__name__, timed(node), timeout=TimeoutPolicy(run_timeout=seconds))
    builder.add_node("packet", timed(packet), timeout=TimeoutPolicy(run_timeout=12.0))
    builder.add_node("handoff", timed(handoff))
    names = [node.__name__ for node, _ in PIPELINE]
    builder.add_edge(START, names[0])
    for left, right in pairwise(names):
        builder.add_edge(left, right)
    builder.add_conditional_edges("verify", after_verify)
    builder.add_edge("packet", "handoff")
    builder.add_edge("handoff", END)
    return builder.compile(checkpointer=saver)


def timed(node: Node) -> Node:
    """The node, with its milliseconds in `timings`."""

    async def run(state: TurnState, runtime: Runtime[Parts]) -> dict[str, Any]:
        started = time.perf_counter()
        changes = await node(state, runtime)
        return {**changes, "timings": {node.__name__: round((time.perf_counter() - started) * 1000, 2)}}

    return run
