"""Who pays for a turn: its conversation, as a customer's when something is proven about the writer, else as a stranger's."""

from datetime import UTC, datetime
from typing import Any

import pytest
from sqlalchemy.exc import SQLAlchemyError

from agent.brains.llm.spending import current
from agent.desk.rehearsal import Rehearsal, opening
from agent.desk.run import answer
from agent.domain.message import Author, Identity, Message, Turn

NOW = datetime(2026, 3, 4, tzinfo=UTC)


class Away(SQLAlchemyError):
    """Ends the turn where the graph would begin."""


class Watching:
    """Stands where the graph does, and notes who would pay for its model calls."""

    checkpointer = None
    payer: tuple[str, bool] | None = None

    async def ainvoke(self, *given: Any, **more: Any) -> None:
        spent = current()
        self.payer = (spent.conversation, spent.known) if spent else None
        raise Away


@pytest.mark.parametrize(
    ("identity", "known"),
    [
        (Identity(), False),
        (Identity(signed_email="a@example.com"), True),
        (Identity(code_email="a@example.com"), True),
        (Identity(proven_orders=("#1001",)), True),
    ],
)
async def test_a_turn_is_paid_as_its_writer_has_shown_to_be(identity: Identity, known: bool) -> None:
    said = Message(seq=1, author=Author.CUSTOMER, text="Hello", at=NOW)
    turn = Turn(id="c1:1", conversation="c1", channel="chat", market="DE", messages=(said,), identity=identity, now=NOW)
    graph: Any = Watching()
    parts: Any = None
    with pytest.raises(Away):
        await answer(graph, parts, turn)
    assert graph.payer == ("c1", known)


async def test_a_rehearsal_is_staffs_and_no_strangers() -> None:
    graph: Any = Watching()
    parts: Any = None
    scene = Rehearsal(lambda clock: parts)
    scene._graph = graph  # pyright: ignore[reportPrivateUsage]
    turn = opening(("Hello", 0), customer=None, channel="web", market="DE", now=NOW)
    with pytest.raises(Away):
        await scene.think(parts, turn)
    assert graph.payer == (turn.conversation, True)
