"""nusax_sentiment: the same opinions in Indonesian, Javanese, Sundanese, Minangkabau and English. Only English is served."""

from agent.domain.languages import is_supported
from eval.suites.sentiment import Opinion, foreign, served
from eval.suites.source import Source
from eval.suites.suite import Found


async def measure(source: Source) -> Found:
    chosen = source.sample(source.rows(Opinion), lambda row: row.lang)
    known = [row for row in chosen if is_supported(row.lang)]
    found = await foreign([row for row in chosen if not is_supported(row.lang)], source)
    measures = [*(await served(known, source) if known else []), *found.measures]
    return Found(n=len(chosen), measures=measures, offenders=found.offenders)
