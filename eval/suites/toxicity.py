"""toxicity_surge: comments on social media, half of them toxic. Mostly politics: their tone is what is measured, not their matter."""

from eval.suites import brain
from eval.suites.abuse import flagged, shares
from eval.suites.measure import macro_f1
from eval.suites.source import Source, TextRow
from eval.suites.suite import Found


class Comment(TextRow):
    toxic: bool


async def measure(source: Source) -> Found:
    chosen = source.sample(source.rows(Comment), lambda row: row.toxic)
    read = await brain.read_texts([row.text for row in chosen], [row.lang for row in chosen], source.progress)
    told = list(zip(chosen, read, strict=True))
    groups = {"toxic": [item for row, item in told if row.toxic], "harmless": [item for row, item in told if not row.toxic]}
    f1 = macro_f1("macro-F1 of the flag", [(str(row.toxic), str(flagged(item))) for row, item in told])
    return Found(n=len(chosen), measures=[*(m for name, own in groups.items() for m in shares(name, own)), f1])
