"""What a brain without a language model answers when it is asked to write or to argue: code's own work stands."""

from agent.domain.arguments import Arguments, Asked
from agent.domain.brief import Brief, Summing
from agent.domain.reply import Reply


class Unaided:
    async def argue(self, asked: Asked) -> Arguments:
        return Arguments()

    async def write(self, brief: Brief) -> Reply | None:
        return None

    async def summarise(self, summing: Summing) -> str | None:
        return None
