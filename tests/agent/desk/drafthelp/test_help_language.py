"""A language that a draft cannot be had in: which ones there are is said instead."""

from types import SimpleNamespace
from typing import Any

import pytest

from agent.desk.help.answer import helped
from agent.desk.help.told import CannotHelp
from agent.domain.reply import Claim, Reply, Translation


class Speechless:
    async def translate(self, text: str, source: str, target: str) -> Translation:
        return Translation(language=source, text=None)


class Nobody:
    """The model does not know it either, or takes it for one."""

    def __init__(self, language: str) -> None:
        self.language = language

    async def ask(self, prompt: str, schema: Any, variables: Any) -> Any:
        return SimpleNamespace(value=schema(kind="language", language=self.language))


async def refused(words: str, models: Any = None) -> str:
    clock = SimpleNamespace(now=lambda: SimpleNamespace(date=lambda: None))
    parts = SimpleNamespace(brain=Speechless(), working_language="en")
    desk: Any = SimpleNamespace(models=models, parts=parts, clock=clock, engine=None, embedder=SimpleNamespace(fingerprint="f"))
    draft = Reply(language="en", claims=(Claim(text="Hello."),))
    file: Any = SimpleNamespace(conversation="c1", rewritten=False, draft=draft)
    with pytest.raises(CannotHelp) as error:
        _ = [told async for told in helped(desk, file, words)]
    return str(error.value)


@pytest.mark.parametrize("models", [None, Nobody("tlh"), Nobody("xx"), Nobody("")])
async def test_no_language_of_that_name(models: Any) -> None:
    said = await refused("in Klingon", models)
    assert said.startswith("No language of that name is known. Replies are written in Arabic, Chinese, English,")
    assert "PORTSIDE_TRANSLATION_MODEL" in said


async def test_one_that_nobody_here_writes() -> None:
    said = await refused("in Finnish")
    assert "not composed in Finnish" in said and "Replies are written in Arabic" in said
