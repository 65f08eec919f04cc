"""An operator's text goes out in the customer's language, or not at all."""

from typing import Any, cast

import pytest

from agent.desk.translated import in_language
from agent.domain.reply import Translation

TEXT = "Your parcel has been found in Hamburg, and we are sending it to you again today without any charge."
POLISH = "Pana paczka została odnaleziona w Hamburgu i jeszcze dzisiaj wyślemy ją do Pana ponownie bez żadnych opłat."


class Brain:
    def __init__(self, said: str | None) -> None:
        self.said = said

    async def translate(self, text: str, source: str, target: str) -> Translation:
        return Translation(language=target, text=self.said, engine="model tiny", bridged=True)


@pytest.mark.parametrize(("said", "sent"), [(POLISH, POLISH), (TEXT, None), ("Pana paczka " * 90, None), (None, None)])
async def test_only_a_text_in_the_customers_language_is_one(said: str | None, sent: str | None) -> None:
    found = await in_language(cast(Any, Brain(said)), TEXT, "en", "pl")
    assert found.text == sent
    assert found.engine == "model tiny" or found.engine.startswith("none (model tiny: ")
