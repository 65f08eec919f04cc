"""What operators do with cases, against customers and colleagues who do something at the same time."""

import asyncio
import json
from datetime import UTC, datetime

import pytest

from agent.desk import cases, operators, withdrawal
from agent.desk.turns import load
from agent.domain.decision import Desk
from agent.domain.reply import OperatorAction
from agent.errors import BadInput, Conflict, NotFound


def by(operator="mia", action="approve", text="", remedies=()):
    return OperatorAction(action=action, text=text, operator=operator, remedies=remedies)


@pytest.fixture
async def case(scene):
    """The open case of a conversation that was handed over."""
    received = await scene.receive("A person, please")
    await scene.commit(scene.handed_over(await scene.turn(received.conversation)))
    return (await scene.rows("select id, conversation, version from support_case"))[0]


async def close(scene, case, action):
    async with scene.engine.connect() as connection:
        row = await cases.get(connection, case["id"])
    await cases.answered(scene.engine, scene.queue, row, action, datetime.now(UTC))


async def test_an_answer_is_stored_and_wakes_the_graph(scene, case):
    await cases.act(scene.engine, scene.queue, case["id"], case["version"], by())
    (row,) = await scene.rows("select status, assignee, version, packet from support_case")
    assert (row["status"], row["assignee"], row["version"]) == ("answering", "mia", 2)
    assert row["packet"]["action"] == {"action": "approve", "text": "", "operator": "mia", "remedies": []}
    assert "resume" in await scene.jobs()


async def test_a_wrong_version_an_unknown_case_and_an_unknown_action_are_refused(scene, case):
    with pytest.raises(Conflict, match="Reload"):
        await cases.act(scene.engine, scene.queue, case["id"], 99, by())
    with pytest.raises(NotFound):
        await cases.act(scene.engine, scene.queue, "none", 1, by())
    with pytest.raises(BadInput, match="approve"):
        await cases.act(scene.engine, scene.queue, case["id"], 1, by(action="burn"))
    with pytest.raises(BadInput, match="empty"):
        await cases.act(scene.engine, scene.queue, case["id"], 1, by(action="edit", text=" \n"))
    assert await scene.rows("select status, version from support_case") == [{"status": "open", "version": 1}]
    (thread,) = await scene.rows("select owner from conversation")
    assert thread["owner"] == "desk"


async def test_a_case_another_operator_has_taken_is_theirs_to_answer(scene, case):
    await cases.take(scene.engine, case["conversation"], "tom")
    with pytest.raises(Conflict, match="Another operator"):
        await cases.act(scene.engine, scene.queue, case["id"], case["version"], by("mia"))
    await cases.act(scene.engine, scene.queue, case["id"], case["version"], by("tom"))


async def test_a_turn_under_way_does_not_refresh_a_case_that_is_being_answered(scene, case):
    await scene.receive("One more thing")
    turn = await scene.turn(case["conversation"])
    await cases.act(scene.engine, scene.queue, case["id"], case["version"], by())
    assert not await scene.commit(scene.handed_over(turn))
    assert await load(scene.engine, case["conversation"], datetime.now(UTC)) is None
    await close(scene, case, by())
    assert (await scene.turn(case["conversation"])).text == "One more thing"
    assert "handle" in await scene.jobs()


@pytest.mark.parametrize(
    ("action", "status", "sent", "distance"),
    [
        (by(), "answered", "A draft.", 0),
        (by(action="edit", text="A draft!!"), "answered", "A draft!!", 2),
        (by(action="reject"), "rejected", None, 8),
        (by(action="reject", text="No."), "rejected", "No.", 7),
    ],
    ids=["approve", "edit", "reject", "reject with words"],
)
async def test_what_was_sent_and_how_far_it_is_from_the_draft_is_kept(scene, case, action, status, sent, distance):
    await cases.act(scene.engine, scene.queue, case["id"], case["version"], action)
    await close(scene, case, action)
    await close(scene, case, action)
    (row,) = await scene.rows("select status, sent, edit_distance from support_case")
    assert (row["status"], row["sent"]) == (status, sent)
    assert row["edit_distance"] == distance
    written = await scene.rows("select text from message where author = 'operator'")
    assert [message["text"] for message in written] == ([sent] if sent else [])
    assert await scene.rows("select owner from conversation") == [{"owner": "bot"}]


async def test_an_approved_draft_is_sent_with_its_own_sources(scene, case):
    own = {"id": "e1", "kind": "order", "ref": "1042", "label": "#1042", "at": ""}
    await scene.run(f"update support_case set packet = jsonb_set(packet, '{{draft,evidence}}', '[{json.dumps(own)}]')")
    await cases.act(scene.engine, scene.queue, case["id"], case["version"], by())
    await close(scene, case, by())
    (row,) = await scene.rows("select sources from message where author = 'operator'")
    assert [(source["kind"], source["ref"]) for source in row["sources"]] == [("order", "1042")]


async def test_what_is_noted_while_a_turn_is_written_down_stays_in_the_case(scene, case):
    await scene.receive("And another thing")
    turn = await scene.turn(case["conversation"])
    outcome = scene.handed_over(turn, intents=("invoice",))
    async with scene.engine.begin() as connection:
        assert await withdrawal.tell_desk(connection, case["conversation"], "refund #1042", "nobody knows")
        writing = asyncio.create_task(scene.commit(outcome))
        await asyncio.sleep(0.2)
        assert not writing.done()
    assert await writing
    (row,) = await scene.rows("select packet from support_case")
    assert [fact["label"] for fact in row["packet"]["facts"]] == ["refund #1042"]
    assert "invoice" in row["packet"]["intents"]


async def test_an_operator_writes_only_in_a_conversation_of_their_own(scene, case):
    with pytest.raises(Conflict, match="Take the conversation first"):
        await operators.write(scene.engine, scene.queue, case["conversation"], "mia", "hi", "1")
    await cases.take(scene.engine, case["conversation"], "mia")
    first = await operators.write(scene.engine, scene.queue, case["conversation"], "mia", "hi", "1")
    assert await operators.write(scene.engine, scene.queue, case["conversation"], "mia", "hi", "1") == first
    with pytest.raises(NotFound):
        await operators.write(scene.engine, scene.queue, "none", "mia", "hi", "1")


async def test_a_conversation_goes_back_to_the_agent_only_without_an_open_case_and_by_its_owner(scene, case):
    with pytest.raises(Conflict, match="open case"):
        await operators.to_bot(scene.engine, case["conversation"], "mia")
    with pytest.raises(NotFound):
        await operators.to_bot(scene.engine, "none", "mia")
    other = await scene.receive(thread="other")
    await cases.take(scene.engine, other.conversation, "tom")
    with pytest.raises(Conflict, match="Another operator"):
        await operators.to_bot(scene.engine, other.conversation, "mia")
    await operators.to_bot(scene.engine, other.conversation, "tom")
    assert (await operators.conversation_json(scene.engine, other.conversation))["owner"] == "bot"


async def test_a_taken_case_can_be_put_back_into_the_queue_by_who_has_it(scene, case):
    with pytest.raises(Conflict):
        await operators.to_queue(scene.engine, case["conversation"], "mia")
    await cases.take(scene.engine, case["conversation"], "mia")
    await operators.to_queue(scene.engine, case["conversation"], "mia")
    assert await scene.rows("select owner from conversation") == [{"owner": "desk"}]
    assert await scene.rows("select assignee from support_case") == [{"assignee": None}]


async def test_the_queue_shows_the_gravest_first(scene, case):
    for thread, urgency in (("b", "low"), ("c", "critical"), ("d", "high")):
        received = await scene.receive(thread=thread)
        await scene.commit(scene.handed_over(await scene.turn(received.conversation), Desk.OPERATOR, urgency))
    async with scene.engine.connect() as connection:
        rows = await cases.listing(connection)
    assert [row.urgency for row in rows] == ["critical", "high", "normal", "low"]
