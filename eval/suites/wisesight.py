"""wisesight_th: what Thais write to and about brands, a language that is not served. Its class "question" is no mood."""

from eval.suites.sentiment import Opinion, foreign
from eval.suites.source import Source
from eval.suites.suite import Found


async def measure(source: Source) -> Found:
    return await foreign(source.sample(source.rows(Opinion), lambda row: row.sentiment), source)
