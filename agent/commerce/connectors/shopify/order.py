"""An order of the Admin API -> ours, in the currency that the customer saw."""

from datetime import datetime

from agent.commerce.connectors.shopify import ledger
from agent.commerce.connectors.shopify.fields import Node, amount, money, node, nodes, number, text, when
from agent.commerce.connectors.shopify.parcels import shipments
from agent.commerce.connectors.shopify.shop import Shop, number_of
from agent.commerce.connectors.shopify.states import order_state
from agent.domain.commerce import Address, Customer, Line, Order, OrderState
from agent.domain.money import Money


def to_order(order: Node, shop: Shop, read_at: datetime) -> Order | None:
    """None for what lacks a number, a date or a price; UNKNOWN for states and sizes we cannot vouch for."""
    name, placed, total = text(order, "name"), when(order, "processedAt") or when(order, "createdAt"), money(order, "totalPriceSet")
    if not number_of(name) or placed is None or total is None:
        return None
    parcels, refunds = shipments(order, shop), ledger.refunds(order)
    state, raw = order_state(order, parcels, refunds, read_at.date())
    if node(order, "lineItems", "pageInfo").get("hasNextPage"):
        state, raw = OrderState.UNKNOWN, "more lines than are read"
    if order.get("test"):
        state, raw = OrderState.UNKNOWN, "test order"
    shop_total = money(order, "totalPriceSet", "shopMoney")
    return Order(
        number=number_of(name),
        customer=_buyer(order, shop),
        state=state,
        placed_at=placed,
        total=total,
        lines=tuple(_line(line, total.currency) for line in nodes(order, "lineItems")),
        address=to_address(node(order, "shippingAddress")),
        shipments=parcels,
        payments=ledger.payments(order),
        refunds=refunds,
        returns=ledger.returns(order),
        open_return=ledger.open_return(order),
        shop_total=shop_total if shop_total and shop_total.currency != total.currency else None,
        raw_state=raw,
        source=shop.name,
        read_at=read_at,
    )


def to_customer(customer: Node, shop: Shop, *, email: str = "", country: str = "", language: str = "") -> Customer:
    since = when(customer, "createdAt")
    tags = [tag for tag in customer.get("tags") or [] if isinstance(tag, str)]
    return Customer(
        id=text(customer, "id"),
        email=email or text(node(customer, "defaultEmailAddress"), "emailAddress"),
        name=text(customer, "displayName"),
        country=country or text(node(customer, "defaultAddress"), "countryCodeV2"),
        language=(language or text(customer, "locale")).partition("-")[0].lower(),
        tier=shop.tier(tags),
        phone=text(node(customer, "defaultPhoneNumber"), "phoneNumber"),
        since=since.date() if since else None,
        spent=amount(node(customer, "amountSpent")),
    )


def to_address(address: Node) -> Address:
    return Address(
        name=text(address, "name"),
        street=", ".join(filter(None, (text(address, "address1"), text(address, "address2")))),
        city=text(address, "city"),
        postcode=text(address, "zip"),
        country=text(address, "countryCodeV2"),
        phone=text(address, "phone"),
        region=text(address, "provinceCode"),
    )


def _buyer(order: Node, shop: Shop) -> Customer:
    """A guest has no customer record: then the address says who it is."""
    country = text(node(order, "shippingAddress"), "countryCodeV2")
    customer = node(order, "customer") or {"displayName": text(node(order, "shippingAddress"), "name")}
    return to_customer(customer, shop, email=text(order, "email"), country=country, language=text(order, "customerLocale"))


def _line(line: Node, currency: str) -> Line:
    variant = node(line, "variant")
    title = text(line, "variantTitle")
    quantity = number(line, "quantity")
    return Line(
        sku=text(line, "sku"),
        title=f"{text(line, 'title')} {title}".strip() if title != "Default Title" else text(line, "title"),
        category=text(node(line, "product"), "productType").lower(),
        quantity=quantity,
        price=money(line, "discountedUnitPriceAfterAllDiscountsSet") or Money(0, currency),
        returned=max(quantity - number(line, "currentQuantity"), 0) if "currentQuantity" in line else 0,
        id=text(line, "id"),
        product=text(node(line, "product"), "id"),
        options=options(variant),
    )


def options(variant: Node) -> tuple[tuple[str, str], ...]:
    found = [(text(each, "name").lower(), text(each, "value")) for each in nodes(variant, "selectedOptions")]
    return tuple((name, value) for name, value in found if (name, value) != ("title", "Default Title"))
