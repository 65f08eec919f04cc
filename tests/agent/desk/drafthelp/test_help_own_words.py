"""What an operator wrote themselves is translated whole, or stands as it is."""

from datetime import UTC, datetime
from types import SimpleNamespace

import pytest

from agent.desk.help.answer import helped
from agent.desk.help.case_file import CaseFile
from agent.desk.help.told import CannotHelp
from agent.domain.reply import Claim, Reply, Translation

OWN = "Hello Sir, your parcel leaves our warehouse again this afternoon."
FRENCH = "Bonjour Monsieur, votre colis repart de notre entrepôt cet après-midi."


class Translates:
    def __init__(self, answer: str) -> None:
        self.answer = answer
        self.asked: list[tuple[str, str, str]] = []

    async def translate(self, text: str, source: str, target: str) -> Translation:
        self.asked.append((text, source, target))
        return Translation(language=target, text=self.answer, engine="model m")


async def told(answer: str, edited: str = OWN):
    brain = Translates(answer)
    desk = SimpleNamespace(parts=SimpleNamespace(brain=brain, working_language="en"), models=None)
    draft = Reply(language="en", claims=(Claim(text="The draft."),))
    rest = {"id": "c", "conversation": "t", "channel": "web", "market": "GB", "subjects": (), "packet": {}, "lines": ()}
    file = CaseFile(**rest, draft=draft, made_at=datetime(2026, 5, 20, tzinfo=UTC), edited=edited)
    return [each async for each in helped(desk, file, "in French")], brain.asked


async def test_they_are_translated_whole_and_the_draft_is_left_alone():
    (done,), asked = await told(FRENCH)
    assert (done.text, done.language, done.by) == (FRENCH, "fr", "model m")
    assert asked == [(OWN, "en", "fr")]


async def test_what_came_back_in_the_same_language_is_no_translation():
    with pytest.raises(CannotHelp, match="stands as it is"):
        await told(OWN)
