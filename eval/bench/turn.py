"""A whole turn in this process: the message is stored, the graph runs, the reply is committed."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass, field

from agent.bootstrap import Portside
from agent.desk.inbox import Inbound, receive
from agent.desk.run import handle
from eval.bench.floor import Floor
from eval.bench.usage import Cpu, cpu_of

#: Runs of one kind before the other has its go, so that both see the same machine.
BLOCK = 10


@dataclass(frozen=True, slots=True)
class Costs:
    """Processor time, one entry a run."""

    floor: list[Cpu] = field(default_factory=list[Cpu])
    turn: list[Cpu] = field(default_factory=list[Cpu])


async def run_turn(p: Portside, text: str, thread: str | None = None) -> None:
    """From the customer's message to the committed reply. A new conversation unless `thread` names one."""
    key = uuid.uuid4().hex
    inbound = Inbound(channel="web", account="web", thread=thread or key, external_id=key, text=text, market="DE")
    received = await receive(p.engine, p.queue, inbound)
    await handle(p.engine, p.queue, p.graph, p.parts, p.clock, received.conversation)


async def compare(p: Portside, texts: Sequence[str]) -> Costs:
    """Floor and turn by turns, each on half of the texts."""
    floor, costs = Floor(p), Costs()
    for at in range(0, len(texts), 2 * BLOCK):
        for text in texts[at : at + BLOCK]:
            costs.floor.append(await cpu_of(lambda text=text: floor.run(text)))
        for text in texts[at + BLOCK : at + 2 * BLOCK]:
            costs.turn.append(await cpu_of(lambda text=text: run_turn(p, text)))
    return costs
