"""bitext_intent: 27 customer-service intents in English. Ours are others, so each is mapped to what would serve it."""

from typing import Final

from agent.domain.intents import Intent
from eval.suites import brain
from eval.suites.measure import per_group
from eval.suites.source import Source, TextRow
from eval.suites.suite import Found

#: Any of them is right. Where their list is finer than ours, several of theirs share one; where it is coarser, one of theirs has several.
MEANS: Final[dict[str, frozenset[Intent]]] = {
    "cancel_order": frozenset({Intent.CANCEL_ORDER}),
    "change_order": frozenset({Intent.CHANGE_ITEMS}),
    "change_shipping_address": frozenset({Intent.CHANGE_ADDRESS}),
    "set_up_shipping_address": frozenset({Intent.CHANGE_ADDRESS, Intent.ACCOUNT}),
    "check_cancellation_fee": frozenset({Intent.CANCEL_ORDER, Intent.WITHDRAWAL}),
    "check_invoice": frozenset({Intent.INVOICE}),
    "get_invoice": frozenset({Intent.INVOICE}),
    "check_payment_methods": frozenset({Intent.PAYMENT}),
    "payment_issue": frozenset({Intent.PAYMENT}),
    "check_refund_policy": frozenset({Intent.REFUND_REQUEST, Intent.RETURN_REQUEST, Intent.REFUND_STATUS, Intent.WITHDRAWAL}),
    "get_refund": frozenset({Intent.REFUND_REQUEST}),
    "track_refund": frozenset({Intent.REFUND_STATUS}),
    "complaint": frozenset({Intent.COMPLAINT}),
    "review": frozenset({Intent.PRAISE, Intent.COMPLAINT}),
    "contact_customer_service": frozenset({Intent.HUMAN}),
    "contact_human_agent": frozenset({Intent.HUMAN}),
    "create_account": frozenset({Intent.ACCOUNT}),
    "delete_account": frozenset({Intent.ACCOUNT, Intent.PRIVACY}),
    "edit_account": frozenset({Intent.ACCOUNT}),
    "recover_password": frozenset({Intent.ACCOUNT}),
    "registration_problems": frozenset({Intent.ACCOUNT}),
    "switch_account": frozenset({Intent.ACCOUNT}),
    "newsletter_subscription": frozenset({Intent.ACCOUNT}),
    "delivery_options": frozenset({Intent.SHIPPING_INFO}),
    "delivery_period": frozenset({Intent.SHIPPING_INFO, Intent.ORDER_STATUS}),
    "place_order": frozenset({Intent.PAYMENT, Intent.PRODUCT_QUESTION, Intent.STOCK, Intent.CHANGE_ITEMS}),
    "track_order": frozenset({Intent.ORDER_STATUS}),
}


class Request(TextRow):
    intent: str


async def measure(source: Source) -> Found:
    chosen = source.sample(source.rows(Request), lambda row: row.intent)
    known = [row for row in chosen if row.intent in MEANS]
    read = await brain.read_texts([row.text for row in known], [row.lang for row in known], source.progress)
    hits = [(row.intent, item.main.intent in MEANS[row.intent]) for row, item in zip(known, read, strict=True)]
    return Found(n=len(known), measures=per_group("main intent right", hits))
