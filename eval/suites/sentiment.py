"""What the sentiment suites share: macro-F1 where we serve the language, and what happens where we do not."""

from collections.abc import Sequence

from agent.domain.languages import is_supported
from agent.domain.triage import Sentiment
from eval.record import Record
from eval.suites import brain, played
from eval.suites.measure import macro_f1, share
from eval.suites.played import Talk
from eval.suites.source import Source, TextRow
from eval.suites.suite import Found, Measure, Published

MOODS = frozenset(mood.value for mood in Sentiment)


class Opinion(TextRow):
    sentiment: str


async def served(rows: Sequence[Opinion], source: Source, published: Published | None = None) -> list[Measure]:
    """Macro-F1 in all and by language; the language is given, for this is about the mood."""
    read = await brain.read_texts([row.text for row in rows], [row.lang for row in rows], source.progress)
    pairs = [(row.lang, (row.sentiment, item.sentiment.value)) for row, item in zip(rows, read, strict=True)]
    by_language = {code: [pair for lang, pair in pairs if lang == code] for code in sorted({lang for lang, _ in pairs})}
    each = [macro_f1(f"macro-F1: {code}", own) for code, own in by_language.items()]
    average = sum(item.value for item in each) / len(each)
    whole = macro_f1("macro-F1, all rows", [pair for _, pair in pairs], published=published)
    mean = [Measure(name=f"macro-F1, mean of {len(each)} languages", value=average)] if len(each) > 1 else []
    return [whole, *mean, *each]


async def foreign(rows: Sequence[Opinion], source: Source) -> Found:
    """Played through the graph: is the language recognised as not served, and is a person called?"""
    talks = [Talk(id=row.id, texts=[row.text], language="en") for row in rows]
    conversations = await played.play_all(talks, source.progress)
    crash, offenders = played.crashes(talks, conversations)
    effect, guilty = played.effects(talks, conversations)
    told = [(row, records[0]) for row, records in zip(rows, conversations, strict=True) if not records[0].crash]
    measures = [measure for code in sorted({row.lang for row, _ in told}) for measure in _of(code, told)]
    return Found(n=len(rows), measures=[*measures, effect, crash], offenders=[*offenders, *guilty])


def _of(code: str, told: Sequence[tuple[Opinion, Record]]) -> list[Measure]:
    own = [(row, record) for row, record in told if row.lang == code]
    moods = [(row.sentiment, record.sentiment) for row, record in own if row.sentiment in MOODS]
    return [
        share(f"{code}: recognised as not served", (not is_supported(record.language) for _, record in own)),
        share(f"{code}: handed to a person", (played.handed_over(record) for _, record in own)),
        share(f"{code}: answered as a shop request", (played.acted_on(record) for _, record in own)),
        *([macro_f1(f"{code}: macro-F1 of the mood all the same", moods)] if moods else []),
    ]
