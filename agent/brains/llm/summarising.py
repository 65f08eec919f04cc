"""Two lines for the operator who takes over: a model says what is wanted and where it stands; figures stay code's own."""

from babel import Locale
from pydantic import BaseModel

from agent.brains.llm.models import Models
from agent.brains.local.text import clean
from agent.domain.brief import Summing
from agent.writing import marked

#: Characters of one line, of the message, and of one line of what was said before; lines of that.
LINE, MESSAGE, EARLIER, LINES = 280, 4000, 400, 8
#: The one source.
KNOWN = "s1"


class Summary(BaseModel):
    """What the customer wants, and where the matter stands."""

    wants: str
    stands: str


async def summarise(models: Models, summing: Summing) -> str | None:
    """Two lines in the language asked for; None when the model wrote a figure of its own, too much or nothing.

    Raises:
        ModelFailed: no usable answer.
    """
    shown, values = marked.figures(KNOWN, summing.composed)
    earlier = [clean(line).replace("\n", " ")[:EARLIER] for line in summing.history[-LINES:]]
    variables = {
        "language": f"{Locale(summing.language).get_language_name('en')} ({summing.language})",
        "known": shown,
        "history": "\n".join(earlier),
        "message": clean(summing.message)[:MESSAGE],
    }
    answer = await models.ask("summarise", Summary, variables)
    try:
        lines = [_line(text, values, summing.language) for text in (answer.value.wants, answer.value.stands)]
    except marked.Unfit:
        return None
    return "\n".join(lines)


def _line(text: str, values: dict[str, str], language: str) -> str:
    """Raises Unfit."""
    filled, _ = marked.fill(marked.clean(text), {KNOWN: values}, language)
    if not filled or len(filled) > LINE:
        raise marked.Unfit("it is empty, or too long")
    return filled
