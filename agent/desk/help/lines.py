"""What a model streams, one sentence a line with its sources in front: lines as they become whole."""

import re
from collections.abc import AsyncIterator
from dataclasses import dataclass

from agent.signals.spoken_dates import plain_digits

#: A model that does not come to an end is cut off.
MOST_LINES, MOST_CHARACTERS = 40, 8000
_ID = r"[a-z]{0,5}\d{0,2}"
_CITED = re.compile(rf"^[\s*•-]*((?:\[\s*{_ID}(?:\s*,\s*{_ID})*\s*\]\s*)+)")


@dataclass(frozen=True, slots=True)
class Spoken:
    """A sentence and the ids of the sources it names; () when it names none."""

    text: str
    cited: tuple[str, ...]


async def spoken(deltas: AsyncIterator[str]) -> AsyncIterator[Spoken | None]:
    """Sentences; None stands for an empty line, where a paragraph ends."""
    rest, count, length = "", 0, 0
    async for delta in deltas:
        length += len(delta)
        *whole, rest = (rest + delta).split("\n")
        for line in whole:
            yield read(line)
        count += len(whole)
        if count >= MOST_LINES or length >= MOST_CHARACTERS:
            return
    if rest.strip():
        yield read(rest)


def read(line: str) -> Spoken | None:
    found = _CITED.match(line)
    text = line[found.end() :].strip() if found else line.strip()
    if not text:
        return None
    return Spoken(text, tuple(dict.fromkeys(re.findall(r"\w+", found[1]))) if found else ())


def figures(text: str) -> set[str]:
    """Groups of digits of any script, as ASCII."""
    return set(re.findall(r"\d+", plain_digits(text)))
