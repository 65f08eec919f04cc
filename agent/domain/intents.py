"""What a customer can want: the closed list."""

from enum import StrEnum


class Intent(StrEnum):
    ORDER_STATUS = "order_status"
    DELIVERY_LATE = "delivery_late"
    PARCEL_LOST = "parcel_lost"
    NOT_RECEIVED = "not_received"
    CUSTOMS = "customs"
    RETURN_REQUEST = "return_request"
    EXCHANGE = "exchange"
    REFUND_REQUEST = "refund_request"
    REFUND_STATUS = "refund_status"
    CANCEL_ORDER = "cancel_order"
    CHANGE_ITEMS = "change_items"
    CHANGE_ADDRESS = "change_address"
    DAMAGED = "damaged"
    DEFECTIVE = "defective"
    WRONG_ITEM = "wrong_item"
    MISSING_ITEM = "missing_item"
    PRODUCT_QUESTION = "product_question"
    SIZE_ADVICE = "size_advice"
    STOCK = "stock"
    SHIPPING_INFO = "shipping_info"
    PAYMENT = "payment"
    INVOICE = "invoice"
    COUPON = "coupon"
    ACCOUNT = "account"
    WARRANTY = "warranty"
    WITHDRAWAL = "withdrawal"
    COMPLAINT = "complaint"
    PRAISE = "praise"
    HUMAN = "human"
    PRIVACY = "privacy"
    SAFETY = "safety"
    LEGAL_THREAT = "legal_threat"
    PRESS = "press"
    GREETING = "greeting"
    OUT_OF_SCOPE = "out_of_scope"


#: Cannot be served without a proven order.
NEEDS_ORDER = frozenset(
    {
        Intent.ORDER_STATUS,
        Intent.DELIVERY_LATE,
        Intent.PARCEL_LOST,
        Intent.NOT_RECEIVED,
        Intent.RETURN_REQUEST,
        Intent.EXCHANGE,
        Intent.REFUND_REQUEST,
        Intent.REFUND_STATUS,
        Intent.CANCEL_ORDER,
        Intent.CHANGE_ITEMS,
        Intent.CHANGE_ADDRESS,
        Intent.DAMAGED,
        Intent.DEFECTIVE,
        Intent.WRONG_ITEM,
        Intent.MISSING_ITEM,
    }
)
#: Answered from the knowledge base, for anybody.
FROM_KNOWLEDGE = frozenset(
    {
        Intent.CUSTOMS,
        Intent.PRODUCT_QUESTION,
        Intent.SIZE_ADVICE,
        Intent.STOCK,
        Intent.SHIPPING_INFO,
        Intent.PAYMENT,
        Intent.INVOICE,
        Intent.COUPON,
        Intent.ACCOUNT,
        Intent.WARRANTY,
        Intent.WITHDRAWAL,
    }
)
#: Something arrived wrong: a photo helps and a person decides.
ARRIVED_WRONG = frozenset({Intent.DAMAGED, Intent.DEFECTIVE, Intent.WRONG_ITEM, Intent.MISSING_ITEM})
#: Ways to ask where a parcel is: one rule answers them all, so being torn between them is no doubt.
WHEREABOUTS = frozenset({Intent.ORDER_STATUS, Intent.DELIVERY_LATE, Intent.PARCEL_LOST})
#: Small talk that never outweighs a request in the same message.
COURTESY = frozenset({Intent.PRAISE, Intent.GREETING})
