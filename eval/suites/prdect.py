"""prdect_id_reviews: real reviews of an Indonesian marketplace, a language that is not served."""

from eval.suites.sentiment import Opinion, foreign
from eval.suites.source import Source
from eval.suites.suite import Found


async def measure(source: Source) -> Found:
    return await foreign(source.sample(source.rows(Opinion), lambda row: row.sentiment), source)
