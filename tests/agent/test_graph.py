"""The graph on stub parts: the way of a turn, the one repair, and the wait for an operator."""

import asyncio
from dataclasses import asdict, replace

import pytest
from langgraph.checkpoint.memory import InMemorySaver
from langgraph.types import Command

from agent.brains.unaided import Unaided
from agent.commerce.memory import MemoryShop
from agent.desk.commit import jsonable
from agent.desk.run import think
from agent.domain.decision import Decision, Desk, Outcome, Reason
from agent.domain.diagnosis import Diagnosis
from agent.domain.intents import Intent
from agent.domain.message import Identity
from agent.domain.reply import Check, Claim, OperatorAction, Reply, Translation
from agent.domain.triage import Flag
from agent.graph import PIPELINE, after_verify, build
from agent.phrasing import Phrases
from agent.policy import thresholds
from agent.policy.limits import LIMITS
from agent.policy.terms import TERMS
from agent.state import Parts

ANNA = Identity(signed_email="anna@example.com")


class Brain(Unaided):
    """Reads what it was told to read."""

    name = "stub"

    def __init__(self, triage):
        self.read = triage

    async def triage(self, turn):
        return self.read

    async def triage_texts(self, texts, hints):
        return [self.read for _ in texts]

    async def translate(self, text, source, target):
        return Translation(language=target, text=text)


class Eye:
    async def diagnose(self, photo, lines):
        return Diagnosis(photo=photo.id)


class Library:
    def __init__(self, found):
        self.found = found

    async def search(self, query, **how):
        return self.found


class NoHistory:
    async def look_back(self, order, email, subjects):
        return (0, 0)


class Slips(Phrases):
    """Writes a number that is in no source, the first `times` times."""

    def __init__(self, times):
        super().__init__()
        self.times = times

    def render(self, key, language, values=None):
        text = super().render(key, language, values)
        if key == "order-in-transit" and self.times:
            self.times -= 1
            return text + " 777"
        return text


@pytest.fixture
def parts(make):
    """A function from a reading to the graph's parts."""

    def made(triage, *, found=None, phrases=None):
        shop = MemoryShop.demo(today=make.today, now=lambda: make.now)
        return Parts(
            brain=Brain(triage),
            eye=Eye(),
            orders=shop,
            catalogue=shop,
            stock=shop,
            history=NoHistory(),
            knowledge=Library(found or make.found()),
            phrases=phrases or Phrases(),
            thresholds=thresholds.load(),
            terms=TERMS,
            limits=LIMITS,
            brand="Lumen & Loom",
            demo=True,
        )

    return made


@pytest.fixture
def graph():
    return build(InMemorySaver())


def state(outcome, *faults, free=False):
    decision = Decision(outcome=outcome, desk=Desk.AGENT, reasons=(Reason.ANSWERED,))
    reply = Reply(language="en", claims=(Claim(text="Hello.", free=free),))
    return {"decision": decision, "check": Check(faults=faults), "reply": reply}


@pytest.mark.parametrize(
    ("outcome", "faults", "free", "goes"),
    [
        (Outcome.RESOLVE, (), False, "__end__"),
        (Outcome.ASK, (), False, "__end__"),
        (Outcome.RESOLVE, (), True, "__end__"),
        (Outcome.RESOLVE, ("a fault",), True, "compose"),
        (Outcome.ASK, ("a fault",), True, "compose"),
        (Outcome.HANDOFF, ("a fault",), True, "compose"),
        (Outcome.RESOLVE, ("a fault",), False, "packet"),
        (Outcome.HANDOFF, (), False, "packet"),
        (Outcome.HANDOFF, (), True, "packet"),
        (Outcome.HANDOFF, ("a fault",), False, "packet"),
    ],
)
def test_a_models_reply_is_repaired_and_ours_is_sent_or_handed_over(outcome, faults, free, goes):
    assert after_verify(state(outcome, *faults, free=free)) == goes


async def test_a_clear_question_goes_through_every_node_once_and_leaves_no_case(make, parts, graph):
    outcome = await think(graph, parts(make.triage(Intent.ORDER_STATUS)), make.turn("Where is it?", identity=ANNA))
    assert outcome.decision.outcome is Outcome.RESOLVE
    assert outcome.case is None
    assert outcome.reply is not None
    assert "#1042" in outcome.reply.text
    assert list(outcome.detail["timings"]) == [node.__name__ for node, _ in PIPELINE]


class Writes(Brain):
    """Writes one draft after the other, each a sentence of its own making."""

    def __init__(self, triage, *texts):
        super().__init__(triage)
        self.texts = list(texts)
        self.briefs = []

    async def write(self, brief):
        self.briefs.append(brief)
        text = self.texts.pop(0)
        return replace(brief.composed, claims=(Claim(text=text, evidence=("e1",), free=True, rests_on=(brief.composed.text,)),), brain="m")


@pytest.mark.parametrize(("texts", "brain"), [(("777",), "m"), (("777", "778"), "local")])
async def test_a_models_faulty_draft_is_repaired_once_then_composed(make, parts, graph, texts, brain):
    """The repair is right in the first case and wrong in the second."""
    triage = make.triage(Intent.ORDER_STATUS)
    good = "Your order #1042 is on its way."
    writer = Writes(triage, *texts, good) if brain == "m" else Writes(triage, *texts)
    outcome = await think(graph, replace(parts(triage), brain=writer), make.turn("Where is it?", identity=ANNA))
    assert outcome.reply is not None
    assert [outcome.reply.brain, len(writer.briefs), writer.texts] == [brain, 2, []]
    assert writer.briefs[0].faults == ()
    assert any("777" in fault for fault in writer.briefs[1].faults)
    assert "77" not in outcome.reply.text


async def test_a_reply_that_stays_faulty_goes_to_a_person_with_the_fault_named(make, parts, graph):
    outcome = await think(graph, parts(make.triage(Intent.ORDER_STATUS), phrases=Slips(99)), make.turn("Where is it?", identity=ANNA))
    assert outcome.case is not None
    assert outcome.reply is not None
    assert "777" not in outcome.reply.text
    assert outcome.case.reasons[0] == "check_failed"
    assert any("777" in step for step in outcome.case.tried)
    assert outcome.effects == ()


async def test_a_hand_off_waits_for_its_operator_and_goes_on_with_what_they_did(make, parts, graph):
    stage = parts(make.triage(Intent.HUMAN, flags=frozenset({Flag.HUMAN_REQUEST})))
    outcome = await think(graph, stage, make.turn("A person, please"))
    assert outcome.case is not None
    config = {"configurable": {"thread_id": outcome.thread}}
    assert (await graph.aget_state(config)).next == ("handoff",)
    action = OperatorAction(action="edit", text="Hello, this is Mia.", operator="mia")
    done = await graph.ainvoke(Command(resume=action), config, context=stage, durability="exit")
    assert done["action"].text == action.text
    assert jsonable(asdict(done["case"])) == jsonable(asdict(outcome.case))
    assert (await graph.aget_state(config)).next == ()


async def test_a_turn_run_again_starts_afresh(make, parts, graph):
    turn = make.turn("Where is it?", identity=ANNA)
    first = await think(graph, parts(make.triage(Intent.ORDER_STATUS), phrases=Slips(99)), turn)
    assert first.case is not None
    again = await think(graph, parts(make.triage(Intent.ORDER_STATUS), phrases=Slips(0)), turn)
    assert again.decision.outcome is Outcome.RESOLVE
    assert again.case is None


async def test_a_cancellation_is_planned_under_a_key_that_a_second_run_repeats(make, parts, graph):
    identity = Identity(signed_email="oliver@example.com")
    runs = [await think(graph, parts(make.triage(Intent.CANCEL_ORDER)), make.turn("Cancel #1054", identity=identity)) for _ in range(2)]
    assert [effect.kind for effect in runs[0].effects] == ["cancel"]
    assert runs[0].effects == runs[1].effects
    assert runs[0].reply is not None
    assert runs[0].reply.effects == (runs[0].effects[0].key,)


async def test_a_conversation_that_an_operator_owns_gets_a_case_and_no_reply(make, parts, graph):
    outcome = await think(graph, parts(make.triage(Intent.ORDER_STATUS)), make.turn("Where is it?", identity=ANNA, owner="mia"))
    assert outcome.case is not None
    assert (outcome.reply, outcome.effects) == (None, ())
    assert "#1042" in outcome.case.draft.text


async def test_a_shop_that_is_down_is_named_and_handed_over(make, parts, graph):
    class Down:
        async def of_customer(self, email, limit=5):
            raise ConnectionError

    stage = replace(parts(make.triage(Intent.ORDER_STATUS)), orders=Down())
    outcome = await think(graph, stage, make.turn("Where is it?", identity=ANNA))
    assert outcome.case is not None
    assert "source_down" in outcome.case.reasons
    assert "source not readable: shop" in outcome.case.tried


async def test_a_case_is_translated_and_summed_up_side_by_side(make, parts, graph):
    """One after the other would outlast the node when a model is slow."""

    class Waits(Brain):
        def __init__(self, triage):
            super().__init__(triage)
            self.translating = asyncio.Event()
            self.summing = asyncio.Event()

        async def translate(self, text, source, target):
            self.translating.set()
            await asyncio.wait_for(self.summing.wait(), 20)
            return Translation(language=target, text="A person, please")

        async def summarise(self, summing):
            self.summing.set()
            await asyncio.wait_for(self.translating.wait(), 20)
            return "Wants a person.\nNothing is known."

    triage = make.triage(Intent.HUMAN, flags=frozenset({Flag.HUMAN_REQUEST}), language="de")
    outcome = await think(graph, replace(parts(triage), brain=Waits(triage)), make.turn("Einen Menschen bitte"))
    assert (outcome.case.working, outcome.case.summary) == ("A person, please", "Wants a person.\nNothing is known.")
