"""twitter_care_dialogs: what people really wrote to 25 companies. Few are shops; to the others nothing may be promised or done."""

from eval.suites.dialogues import Dialogue, ends, play
from eval.suites.measure import share
from eval.suites.played import acted_on
from eval.suites.source import Source
from eval.suites.suite import Found

#: Companies whose customers write as a shop's do.
SHOPS = frozenset({"AmazonHelp", "AskeBay", "HPSupport"})


class Chat(Dialogue):
    company: str


async def measure(source: Source) -> Found:
    chosen = source.sample([row for row in source.rows(Chat) if row.said()], lambda row: row.company in SHOPS)
    found, conversations = await play(chosen, source)
    shops = [records for row, records in zip(chosen, conversations, strict=True) if row.company in SHOPS]
    first = [records[0] for records in shops if not records[0].crash]
    careful = share("shops: first message handed over or asked about", (record.outcome != "resolve" for record in first))
    others = [records[0] for row, records in zip(chosen, conversations, strict=True) if row.company not in SHOPS and not records[0].crash]
    acted = share("other trades: first message answered as a shop request", map(acted_on, others))
    return Found(n=found.n, measures=[*found.measures, *ends(shops, "shop conversations"), careful, acted], offenders=found.offenders)
