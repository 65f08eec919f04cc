"""Which sentence of our own is a promise, and the effect that makes it true. Pure data."""

#: A sentence that says something was done needs the planned effect whose confirmation will release it.
PROMISES = {
    "cancel-done": "cancel",
    "address-done": "change_address",
    "return-done": "return",
    "tracking-done": "resend_tracking",
    "coupon-done": "coupon",
    "wait-done": "wait",
    "refund-ordered": "refund",
    "reship-done": "reship",
    "exchange-done": "exchange",
    "repair-done": "repair",
    "claim-done": "claim",
    "items-done": "change_items",
    "payment-done": "change_payment",
    "shipping-done": "change_shipping",
    "ask-code": "proof_code",
}
