"""The least a turn could cost: one query embedding, one vector query, an empty graph with the saver, one commit."""

import uuid
from typing import Any, TypedDict

from langgraph.graph import END, START, StateGraph

from agent.bootstrap import Portside
from agent.desk import audit
from agent.graph import PIPELINE
from knowledge.search import FETCH


class Nothing(TypedDict, total=False):
    text: str


async def _nothing(state: Nothing) -> Nothing:
    return {}


class Floor:
    """Calls the libraries the turn calls, with none of our own work between them."""

    def __init__(self, p: Portside) -> None:
        self._p = p
        self._graph = empty_graph(p.graph.checkpointer)

    async def run(self, text: str) -> None:
        p = self._p
        vector = (await p.embedder.queries([text]))[0]
        await p.index.query(vector, FETCH)
        thread: Any = {"configurable": {"thread_id": uuid.uuid4().hex}}
        await self._graph.ainvoke({"text": text}, thread, durability="exit")
        async with p.engine.begin() as connection:
            await audit.record(connection, "bench", "floor")


def empty_graph(saver: Any) -> Any:
    """As many nodes in a row as the pipeline has."""
    builder = StateGraph(Nothing)
    names = [f"node{at}" for at in range(len(PIPELINE))]
    for name in names:
        builder.add_node(name, _nothing)
    for left, right in zip([START, *names], [*names, END], strict=True):
        builder.add_edge(left, right)
    return builder.compile(checkpointer=saver)
