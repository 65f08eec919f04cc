"""clinc_oos: 150 intents of other trades, and questions outside all of them. For a shop nearly everything here is out of scope.

Left out: greetings and talk about the bot, which a shop answers too, and the two intents about orders.
"""

from collections.abc import Sequence
from typing import Final

from agent.domain.intents import Intent
from agent.domain.triage import Triage
from eval.record import Record
from eval.suites import bitext, brain, played
from eval.suites.measure import auroc, share
from eval.suites.played import Talk
from eval.suites.source import Source, TextRow
from eval.suites.suite import Found, Measure, Published

#: Domains and intents that a shop serves, or that are courtesy.
OURS: Final = frozenset({"small_talk", "meta"})
ORDERS: Final = frozenset({"order", "order_status"})
LARSON: Final = Published(
    value=0.403,
    source="Larson et al. 2019, EMNLP: out-of-scope recall of BERT, full data, trained with an out-of-scope class",
    differs="theirs was trained on the 150 intents and 100 out-of-scope rows of this set and tested on its test rows; ours knows a shop's intents",
)

Scores = Sequence[tuple[str, float]]


class Utterance(TextRow):
    intent: str
    domain: str
    is_oos: bool


async def measure(source: Source) -> Found:
    foreign = [row for row in source.rows(Utterance) if row.domain not in OURS and row.intent not in ORDERS]
    chosen = source.sample(foreign, lambda row: row.is_oos)
    talks = [Talk(id=row.id, texts=[row.text], language=row.lang) for row in chosen]
    conversations = await played.play_all(talks, source.progress)
    crash, offenders = played.crashes(talks, conversations)
    told = [(row, records[0]) for row, records in zip(chosen, conversations, strict=True) if not records[0].crash]
    measures = [*_separation(told, await _shop(source, len(told))), *_acted(told), *played.outcomes([record for _, record in told]), crash]
    return Found(n=len(chosen), measures=measures, offenders=offenders)


async def _shop(source: Source, n: int) -> list[float]:
    """How foreign the shop requests of bitext_intent look; empty where they are not at hand."""
    file = source.folder.parent / "bitext_intent" / "public.jsonl"
    if not file.is_file():
        return []
    rows = source.read(file, bitext.Request)
    chosen = rows if source.limit is None else source.sample(rows, lambda row: row.intent)[:n]
    return [
        foreignness(_scores(item)) for item in await brain.read_texts([row.text for row in chosen], ["en"] * len(chosen), source.progress)
    ]


def _scores(triage: Triage) -> Scores:
    return [(item.intent.value, item.score) for item in triage.intents]


def foreignness(intents: Scores) -> float:
    """Our probability of "out of scope", or how little any shop intent convinces."""
    outside = max((score for name, score in intents if name == Intent.OUT_OF_SCOPE), default=0.0)
    inside = max((score for name, score in intents if name != Intent.OUT_OF_SCOPE), default=0.0)
    return max(outside, 1 - inside)


def _separation(told: Sequence[tuple[Utterance, Record]], shop: Sequence[float]) -> list[Measure]:
    groups = {"out-of-scope rows": True, "other trades": False}
    measures: list[Measure] = []
    for name, outside in groups.items():
        scores = [foreignness(record.intents) for row, record in told if row.is_oos is outside]
        if scores and shop:
            measures.append(auroc(f"AUROC, {name} against shop requests", scores, shop))
    return measures


def _acted(told: Sequence[tuple[Utterance, Record]]) -> list[Measure]:
    outside = [(record, Intent.OUT_OF_SCOPE.value in {name for name, _ in record.intents[:1]}) for row, record in told if row.is_oos]
    return [
        share("out-of-scope rows read as out of scope", (heard for _, heard in outside), published=LARSON),
        share("out-of-scope rows answered as a shop request", (played.acted_on(record) for record, _ in outside)),
        share("other trades answered as a shop request", (played.acted_on(record) for row, record in told if not row.is_oos)),
        share("rows with an effect", (bool(record.effects) for _, record in told), at_most=0.0),
    ]
