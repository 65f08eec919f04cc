"""umsab_sentiment: tweets in the languages we serve. General talk with noisy labels: 65-72 is the state of the art."""

from typing import Final

from agent.domain.languages import is_supported
from eval.suites.sentiment import Opinion, served
from eval.suites.source import BadRows, Source
from eval.suites.suite import Found, Published

BARBIERI: Final = Published(
    value=0.69,
    source="Barbieri et al. 2022, LREC (XLM-T): macro-F1 of the model trained on all languages, mean of eight",
    differs="fine-tuned on these data's training rows, all eight languages with Hindi, their whole test set",
)


async def measure(source: Source) -> Found:
    rows = [row for row in source.rows(Opinion) if is_supported(row.lang)]
    if not rows:
        raise BadRows(
            f"{source.file.name}: lang: no row in a language that is served. Give rows in en, de, fr, es, it, pt, zh, ja, ar or ru."
        )
    chosen = source.sample(rows, lambda row: row.lang)
    return Found(n=len(chosen), measures=await served(chosen, source, BARBIERI))
