"""banking77: questions to a bank. Some are a shop's too, in other words; the rest is near our trade and must not be acted on."""

from collections.abc import Sequence
from typing import Final

from agent.domain.intents import Intent
from eval.record import Record
from eval.suites import played
from eval.suites.measure import per_group, share
from eval.suites.played import Talk
from eval.suites.source import Source, TextRow, sample
from eval.suites.suite import Found, Measure

#: What a shop's customer would mean by it; any of them is right.
NEAR: Final[dict[str, frozenset[Intent]]] = {
    "refund_not_showing_up": frozenset({Intent.REFUND_STATUS}),
    "request_refund": frozenset({Intent.REFUND_REQUEST, Intent.RETURN_REQUEST, Intent.CANCEL_ORDER, Intent.WITHDRAWAL}),
    "reverted_card_payment?": frozenset({Intent.PAYMENT, Intent.REFUND_STATUS}),
    "transaction_charged_twice": frozenset({Intent.PAYMENT}),
    "declined_card_payment": frozenset({Intent.PAYMENT}),
    "pending_card_payment": frozenset({Intent.PAYMENT}),
    "visa_or_mastercard": frozenset({Intent.PAYMENT}),
    "apple_pay_or_google_pay": frozenset({Intent.PAYMENT}),
    "edit_personal_details": frozenset({Intent.ACCOUNT, Intent.CHANGE_ADDRESS}),
    "passcode_forgotten": frozenset({Intent.ACCOUNT}),
    "terminate_account": frozenset({Intent.ACCOUNT, Intent.PRIVACY}),
    "card_arrival": frozenset({Intent.ORDER_STATUS, Intent.DELIVERY_LATE, Intent.NOT_RECEIVED, Intent.PARCEL_LOST}),
    "card_delivery_estimate": frozenset({Intent.SHIPPING_INFO, Intent.ORDER_STATUS}),
}


class Question(TextRow):
    intent: str

    @property
    def near(self) -> frozenset[Intent] | None:
        return NEAR.get(self.intent.lower())


async def measure(source: Source) -> Found:
    rows = source.rows(Question)
    half = None if source.limit is None else source.limit // 2
    groups = [row for row in rows if row.near], [row for row in rows if not row.near]
    chosen = [row for group in groups if group for row in sample(group, half, lambda row: row.intent)]
    talks = [Talk(id=row.id, texts=[row.text], language=row.lang) for row in chosen]
    conversations = await played.play_all(talks, source.progress)
    crash, offenders = played.crashes(talks, conversations)
    effect, guilty = played.effects(talks, conversations)
    told = [(row, records[0]) for row, records in zip(chosen, conversations, strict=True) if not records[0].crash]
    return Found(n=len(chosen), measures=[*_measures(told), effect, crash], offenders=[*offenders, *guilty])


def _measures(told: Sequence[tuple[Question, Record]]) -> list[Measure]:
    heard = [(row.intent.lower(), _main(record) in {intent.value for intent in row.near}) for row, record in told if row.near]
    rest = [record for row, record in told if not row.near]
    return [
        *per_group("near our trade: main intent right", heard),
        share("banking alone: answered as a shop request", map(played.acted_on, rest)),
        *played.outcomes(rest, of="questions of banking alone"),
    ]


def _main(record: Record) -> str:
    return record.intents[0][0]
