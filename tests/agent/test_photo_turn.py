"""Photos on their way through the graph: how many are looked at, and what labels in them may prove, cost and break."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from agent.desk.outcome import counters
from agent.desk.run import think
from agent.domain.decision import Reason
from agent.domain.diagnosis import Diagnosis
from agent.domain.intents import Intent
from agent.domain.message import Author, Message, Photo
from agent.domain.triage import Entity, EntityKind, Flag
from tests.agent.test_graph import ANNA, Eye, graph, parts

__all__ = ["graph", "parts"]
MOMENT = datetime(2026, 11, 22, 9, tzinfo=UTC)


async def test_at_most_four_photos_are_looked_at(make, parts, graph):
    looked = []

    class Counting(Eye):
        async def diagnose(self, photo, lines):
            looked.append(photo.id)
            return await super().diagnose(photo, lines)

    stage = replace(parts(make.triage(Intent.DAMAGED)), eye=Counting())
    turn = make.turn("Broken", identity=ANNA)
    photos = tuple(Photo(id=str(number), width=1, height=1) for number in range(6))
    turn = replace(turn, messages=(replace(turn.messages[0], photos=photos),))
    outcome = await think(graph, stage, turn)
    assert looked == ["0", "1", "2", "3"]
    assert outcome.case is not None
    assert outcome.case.photos == tuple("012345")


class Reads(Eye):
    """Sees a label in every photo."""

    def __init__(self, *numbers, batch=None):
        self.seen = tuple(Entity(EntityKind.ORDER, number, 0, 0) for number in numbers)
        self.batch = batch

    async def diagnose(self, photo, lines):
        return Diagnosis(photo=photo.id, seen=self.seen, batch=self.batch)


def photographed(make, text):
    turn = make.turn(text)
    return replace(turn, messages=(replace(turn.messages[0], photos=(Photo(id="p", width=1, height=1),)),))


async def test_an_order_number_in_a_photo_counts_as_typed_with_the_batch_beside_it(make, parts, graph):
    text = "It arrived broken, my e-mail is anna@example.com"
    read = make.triage(Intent.DAMAGED, text=text)
    stage = replace(parts(read), eye=Reads("1042", batch="B-2026-011"), stock=(stock := Batches(parts(read).stock)))
    outcome = await think(graph, stage, photographed(make, text))
    assert (outcome.newly_proven, outcome.mismatch) == (("1042",), False)
    assert stock.asked[-1] == ["B-2026-011"]


class Batches:
    """Tells which batches were asked for; or does not answer any more when photos' are."""

    def __init__(self, shop, down=False):
        self.shop, self.down, self.asked = shop, down, []

    def __getattr__(self, name):
        return getattr(self.shop, name)

    async def batches(self, ids):
        self.asked.append(list(ids))
        if self.down:
            raise ConnectionError
        return await self.shop.batches(ids)


async def test_order_numbers_painted_into_photos_count_as_guesses(make, parts, graph):
    """Nothing is said of them, for pictures are full of numbers."""
    text = "It arrived broken, my e-mail is anna@example.com"
    stage = replace(parts(make.triage(Intent.DAMAGED, text=text)), eye=Reads("1054"))
    outcome = await think(graph, stage, photographed(make, text))
    assert (outcome.newly_proven, outcome.mismatch, counters(outcome)["mismatches"]) == ((), True, 1)
    assert Reason.IDENTITY_MISMATCH not in (outcome.decision.question, *outcome.decision.reasons)


async def test_a_source_that_fails_while_photos_are_read_costs_no_turn(make, parts, graph):
    read = make.triage(Intent.DAMAGED, text="broken")
    stage = replace(parts(read), eye=Reads(batch="B-2026-011"), stock=Batches(parts(read).stock, down=True))
    outcome = await think(graph, stage, photographed(make, "broken"))
    assert [found.batch for found in outcome.diagnoses] == ["B-2026-011"]


THANKS = "Thank you, your photos are with the case."


def said(seq, author, text):
    return Message(seq=seq, author=author, text=text, at=MOMENT)


def waiting(make, *history, owner="desk", photo=True):
    """A message, with a photo, while the case waits."""
    turn = make.turn("Here it is", identity=ANNA, owner=owner)
    photos = (Photo(id="p", width=1, height=1),) if photo else ()
    return replace(turn, messages=(replace(turn.messages[0], photos=photos),), history=history, first_contact=False)


HANDED = said(1, Author.BOT, "I am passing this on to a colleague.")


async def test_a_photo_after_the_hand_off_is_acknowledged_and_no_more_is_said(make, parts, graph):
    outcome = await think(graph, parts(make.triage(Intent.DAMAGED)), waiting(make, HANDED))
    assert outcome.reply is not None and outcome.reply.text == THANKS and outcome.reply.quick_replies == ()
    assert outcome.case is not None and outcome.case.photos == ("p",)
    assert [found.photo for found in outcome.diagnoses] == ["p"]


async def test_the_next_photo_of_the_same_hand_off_is_not_acknowledged_again_and_that_of_the_next_is(make, parts, graph):
    stage, customer = parts(make.triage(Intent.DAMAGED)), said(3, Author.CUSTOMER, "One more")
    told = (HANDED, said(2, Author.BOT, THANKS), customer)
    assert (await think(graph, stage, waiting(make, *told))).reply is None
    in_german = (HANDED, said(2, Author.BOT, "Vielen Dank, Ihre Fotos liegen dem Fall bei."))
    assert (await think(graph, stage, waiting(make, *in_german))).reply is None
    again = (*told, said(4, Author.OPERATOR, "I have sent you a new one."), replace(HANDED, seq=5))
    outcome = await think(graph, stage, waiting(make, *again))
    assert outcome.reply is not None and outcome.reply.text == THANKS


async def test_beside_an_operator_and_without_a_photo_nothing_is_said(make, parts, graph):
    stage = parts(make.triage(Intent.DAMAGED))
    assert (await think(graph, stage, waiting(make, HANDED, owner="mia"))).reply is None
    assert (await think(graph, stage, waiting(make, HANDED, photo=False))).reply is None


HANDLED = "I am passing this on to a colleague, together with everything you have told me. You will have an answer within 4 working hours."
SAFETY = "Your safety comes first: please stop using the product, and if anybody is hurt, get medical help now."


@pytest.mark.parametrize("photo", [False, True])
async def test_danger_is_warned_of_once_while_the_case_waits(make, parts, graph, photo):
    stage = parts(make.triage(Intent.DEFECTIVE, flags={Flag.SAFETY}))
    first = await think(graph, stage, waiting(make, HANDED, photo=photo))
    assert first.reply is not None and first.reply.text == (f"{SAFETY} {HANDLED} {THANKS}" if photo else f"{SAFETY} {HANDLED}")
    assert first.case is not None and SAFETY in first.case.draft.text and "BlueLane" not in first.case.draft.text
    warned = replace(HANDED, text=f"{SAFETY} I am passing this on to a colleague.")
    again = await think(graph, stage, waiting(make, warned, photo=photo))
    assert (again.reply.text if again.reply else None) == (THANKS if photo else None)
    assert (await think(graph, stage, waiting(make, HANDED, owner="mia", photo=photo))).reply is None
