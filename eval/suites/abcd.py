"""abcd: sample chats of a clothes shop. They name orders of that shop, which ours has not: it may ask and hand over, never act."""

from eval.suites.dialogues import Dialogue, play
from eval.suites.source import Source
from eval.suites.suite import Found


class Chat(Dialogue):
    flow: str


async def measure(source: Source) -> Found:
    chosen = source.sample([row for row in source.rows(Chat) if row.said()], lambda row: row.flow)
    return (await play(chosen, source))[0]
