"""What photos show is kept with its turn, and counted by article and batch."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from agent.domain.diagnosis import Defect, Diagnosis, Source, Unclear, Verdict
from agent.signals.photographed import Findings

CRACK = Diagnosis(
    photo="p1",
    verdict=Verdict.DEFECT,
    sku="EAR-130",
    among=Source.ORDER,
    recognised=0.97,
    defect=Defect.CRACK,
    confidence=0.93,
    reason=None,
)
BLURRED = Diagnosis(photo="p2", reason=Unclear.BLURRED)


@pytest.fixture
def found(scene):
    """found(diagnoses, thread): one conversation's turn with these photos, committed."""

    async def keep(*diagnoses: Diagnosis, thread: str = "t"):
        received = await scene.receive(thread=thread)
        made = scene.outcome(
            await scene.turn(received.conversation),
            diagnoses=diagnoses,
            orders=(scene.make.order(),),
            batches={"EAR-130": "EAR-130-B07"},
        )
        assert await scene.commit(made)
        return received.conversation

    return keep


async def test_a_finding_is_kept_with_its_order_and_batch(scene, found):
    await found(CRACK, BLURRED)
    rows = await scene.rows("select photo, verdict, order_number, sku, batch, defect, reason from photo_finding order by photo")
    assert [tuple(row.values()) for row in rows] == [
        ("p1", "defect", "1042", "EAR-130", "EAR-130-B07", "crack", None),
        ("p2", "cannot_tell", None, None, None, None, "blurred"),
    ]


async def test_the_batch_on_the_label_counts_before_that_of_the_order(scene, found):
    await found(replace(CRACK, batch="EAR-130-B09"))
    assert await scene.rows("select batch from photo_finding") == [{"batch": "EAR-130-B09"}]


async def test_a_photo_looked_at_again_is_one_finding(scene, found):
    conversation = await found(replace(CRACK, verdict=Verdict.CANNOT_TELL, defect=None))
    await scene.receive("look again")
    assert await scene.commit(scene.outcome(await scene.turn(conversation), diagnoses=(CRACK,)))
    assert await scene.rows("select verdict, defect from photo_finding") == [{"verdict": "defect", "defect": "crack"}]


async def test_defects_are_counted_by_batch_and_what_cannot_be_told_is_not(scene, found):
    for number in range(3):
        await found(replace(CRACK, photo=f"p{number}"), thread=f"t{number}")
    await found(replace(CRACK, photo="fine", verdict=Verdict.NO_DEFECT, defect=Defect.NONE), BLURRED, thread="u")
    now = datetime.now(UTC)
    (told,) = await Findings(scene.engine).photographed(["EAR-130", "EAR-130-B07"], now)
    assert (told.subject, told.defect, told.count, told.photos) == ("EAR-130-B07", "crack", 3, 4)
    assert await Findings(scene.engine).photographed(["EAR-130-B07"], now + timedelta(days=40)) == ()
    assert await Findings(scene.engine).photographed([], now) == ()
