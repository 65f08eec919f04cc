"""What the suites of support dialogues share: customers' turns played in order, to see what the agent would have done."""

from collections.abc import Sequence
from typing import Literal

from pydantic import BaseModel

from eval.record import Record
from eval.suites import played
from eval.suites.measure import share
from eval.suites.played import Talk
from eval.suites.source import Row, Source
from eval.suites.suite import Found, Measure


class Line(BaseModel):
    role: Literal["customer", "agent", "action"]
    text: str


class Dialogue(Row):
    turns: tuple[Line, ...]
    lang: str = "en"

    def said(self) -> list[str]:
        """One text a customer's turn: what stands between two words of the agent."""
        texts: list[str] = []
        earlier = "agent"
        for line in self.turns:
            if line.role == "customer" and earlier == "customer":
                texts[-1] = f"{texts[-1]}\n{line.text}"
            elif line.role == "customer":
                texts.append(line.text)
            earlier = line.role
        return [text for text in texts if text.strip()]


async def play(rows: Sequence[Dialogue], source: Source) -> tuple[Found, list[list[Record]]]:
    talks = [Talk(id=row.id, texts=row.said(), language=row.lang) for row in rows]
    conversations = await played.play_all(talks, source.progress)
    crash, offenders = played.crashes(talks, conversations)
    effect, guilty = played.effects(talks, conversations)
    every = [record for records in conversations for record in records if not record.crash]
    measures = [crash, effect, *played.outcomes(every), *ends(conversations)]
    return Found(n=len(rows), measures=measures, offenders=[*offenders, *guilty]), conversations


def ends(conversations: Sequence[Sequence[Record]], of: str = "conversations") -> list[Measure]:
    called = [any(played.handed_over(record) for record in records) for records in conversations]
    return [
        share(f"{of} in which a person is called", called),
        share(f"{of} in which something is answered as a shop request", (any(map(played.acted_on, records)) for records in conversations)),
    ]
