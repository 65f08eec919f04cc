"""A WooCommerce order in our model."""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from agent.commerce.connectors.client import SourceDown
from agent.commerce.connectors.woocommerce.parcels import parcels
from agent.commerce.connectors.woocommerce.shop import WooShop, gmt, meta, money, record, records, text, whole
from agent.commerce.connectors.woocommerce.status import state_of
from agent.commerce.keys import order_number
from agent.domain.commerce import Address, Customer, Line, Order, OrderState, Payment, Refund, Tier
from agent.domain.money import Money

Body = Mapping[str, Any]
_METHODS = {"paypal": "paypal", "ppcp": "paypal", "gift": "gift_card", "store_credit": "store_credit", "bacs": "bank"}
_CARDS = ("stripe", "card", "woocommerce_payments", "square", "braintree", "adyen", "mollie_wc_gateway_creditcard")


def number_of(body: Body, shop: WooShop) -> str:
    """The order's number in digits; "" when it is none."""
    return order_number(text(body.get("number")).removeprefix(shop.prefix))


def email_of(body: Body) -> str:
    return text(record(body.get("billing")).get("email"))


def to_order(body: Body, refunds: Sequence[Body], categories: Mapping[int, str], shop: WooShop, at: datetime) -> Order:
    """Raises SourceDown for what cannot be read: half an order is worse than the last whole one."""
    try:
        return _order(body, refunds, categories, shop, at)
    except (ValueError, TypeError, ArithmeticError) as error:
        raise SourceDown(f"{shop.name} sent an order that cannot be read ({error}). Look at it there.") from error


def _order(body: Body, refunds: Sequence[Body], categories: Mapping[int, str], shop: WooShop, at: datetime) -> Order:
    currency = text(body.get("currency")) or shop.currency
    placed = gmt(body.get("date_created_gmt"))
    if placed is None:
        raise ValueError("no date")
    total = money(body.get("total"), currency)
    paid = gmt(body.get("date_paid_gmt"))
    back = tuple(_refund(each, body, currency, placed) for each in refunds)
    lines = _lines(body, refunds, categories, currency)
    sent = parcels(body, shop, placed)
    state, raw = state_of(text(body.get("status")), paid=paid is not None, parcels=bool(sent), total=total, refunds=back, told=shop.states)
    return Order(
        number=number_of(body, shop),
        customer=_customer(body, shop),
        state=OrderState.PART_RETURNED if state is OrderState.DELIVERED and any(line.returned for line in lines) else state,
        placed_at=placed,
        total=total,
        lines=lines,
        address=address_of(body),
        shipments=sent,
        payments=(Payment(id=payment_id(body), method=_method(body), amount=total, at=paid, succeeded=paid is not None),),
        refunds=back,
        raw_state=raw,
        source=shop.name,
        read_at=at,
    )


def payment_id(body: Body) -> str:
    """A manual payment has no transaction."""
    return text(body.get("transaction_id")) or f"{text(body.get('payment_method')) or 'manual'}-{text(body.get('id'))}"


def _method(body: Body) -> str:
    name = text(body.get("payment_method")).lower()
    if any(card in name for card in _CARDS) and "paypal" not in name:
        return "card"
    return next((method for part, method in _METHODS.items() if part in name), "other")


def _refund(refund: Body, body: Body, currency: str, placed: datetime) -> Refund:
    """`amount` is positive, `total` negative; `refunded_payment` says whether the gateway gave the money back."""
    amount = money(refund.get("amount") or refund.get("total") or "0", currency)
    return Refund(
        amount=Money(abs(amount.minor), currency),
        at=gmt(refund.get("date_created_gmt")) or placed,
        succeeded=refund.get("refunded_payment") is True,
        id=text(refund.get("id")),
        payment=payment_id(body),
    )


def _lines(body: Body, refunds: Sequence[Body], categories: Mapping[int, str], currency: str) -> tuple[Line, ...]:
    back: Counter[str] = Counter()
    for item in (item for refund in refunds for item in records(refund.get("line_items"))):
        back[text(meta(item).get("_refunded_item_id"))] += abs(whole(item.get("quantity")))
    items = [item for item in records(body.get("line_items")) if whole(item.get("quantity")) > 0]
    return tuple(_line(item, back, categories, currency) for item in items)


def _line(item: Body, back: Mapping[str, int], categories: Mapping[int, str], currency: str) -> Line:
    quantity, product = whole(item.get("quantity")), whole(item.get("product_id"))
    # What was paid, tax and discounts included; rounded down, so that the pieces never add up to more than the line.
    gross = money(item.get("total"), currency).minor + money(item.get("total_tax") or "0", currency).minor
    return Line(
        sku=text(item.get("sku")) or f"id-{whole(item.get('variation_id')) or product}",
        title=text(item.get("parent_name")) or text(item.get("name")),
        category=categories.get(product, ""),
        quantity=quantity,
        price=Money(gross // quantity, currency),
        returned=min(back.get(text(item.get("id")), 0), quantity),
        id=text(item.get("id")),
        product=str(product),
        options=_options(item),
    )


def _options(item: Body) -> tuple[tuple[str, str], ...]:
    """What the customer chose; a plugin's own notes start with "_"."""
    chosen = [
        (text(each.get("display_key") or each.get("key")).removeprefix("pa_").lower(), text(each.get("display_value") or each.get("value")))
        for each in records(item.get("meta_data"))
        if not text(each.get("key")).startswith("_")
    ]
    return tuple((name, value) for name, value in chosen if name and value)


def _customer(body: Body, shop: WooShop) -> Customer:
    billing, language = record(body.get("billing")), text(meta(body).get("wpml_language"))
    return Customer(
        id=text(body.get("customer_id")) if whole(body.get("customer_id")) else "guest",
        email=email_of(body),
        name=_name(billing),
        country=text(billing.get("country")).upper(),
        language=language or shop.language,
        tier=Tier.DRIFT,
        phone=text(billing.get("phone")),
    )


def address_of(body: Body) -> Address:
    """Where it goes; the shop leaves it empty when it is the billing address."""
    billing, shipping = record(body.get("billing")), record(body.get("shipping"))
    place = shipping if text(shipping.get("address_1")) or text(shipping.get("postcode")) else billing
    return Address(
        name=_name(place) or _name(billing),
        street=", ".join(part for key in ("address_1", "address_2") if (part := text(place.get(key)))),
        city=text(place.get("city")),
        postcode=text(place.get("postcode")),
        country=text(place.get("country")).upper(),
        phone=text(place.get("phone")) or text(billing.get("phone")),
        region=text(place.get("state")),
    )


def _name(person: Body) -> str:
    return f"{text(person.get('first_name'))} {text(person.get('last_name'))}".strip()
