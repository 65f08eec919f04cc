"""Orders as the Admin API sends them, for the fake shop and its tests."""

from typing import Any

Node = dict[str, Any]


def bag(amount: str, currency: str = "EUR", shop: str = "", shop_currency: str = "EUR") -> Node:
    return {
        "presentmentMoney": {"amount": amount, "currencyCode": currency},
        "shopMoney": {"amount": shop or amount, "currencyCode": shop_currency},
    }


def _address() -> Node:
    return {
        "name": "Anna Weber",
        "firstName": "Anna",
        "lastName": "Weber",
        "address1": "Kastanienallee 12",
        "address2": None,
        "city": "Berlin",
        "zip": "10435",
        "provinceCode": None,
        "countryCodeV2": "DE",
        "phone": None,
    }


def _customer(email: str) -> Node:
    return {
        "id": "gid://shopify/Customer/1",
        "displayName": "Anna Weber",
        "locale": "de",
        "createdAt": "2024-01-05T00:00:00Z",
        "tags": ["VIP"],
        "amountSpent": {"amount": "310.00", "currencyCode": "EUR"},
        "defaultEmailAddress": {"emailAddress": email},
        "defaultPhoneNumber": None,
    }


def order(number: int = 1042, email: str = "anna@example.com", **changes: Any) -> Node:
    """Two pairs of earbuds for 79.90 each, paid by card, not sent yet."""
    gid = f"gid://shopify/Order/{number}0"
    line = {
        "id": f"gid://shopify/LineItem/{number}1",
        "sku": "EAR-130",
        "title": "Murmo Earbuds",
        "variantTitle": "Sage",
        "quantity": 2,
        "currentQuantity": 2,
        "discountedUnitPriceAfterAllDiscountsSet": bag("79.90"),
        "variant": {"id": "gid://shopify/ProductVariant/130", "selectedOptions": [{"name": "Colour", "value": "Sage"}]},
        "product": {"id": "gid://shopify/Product/13", "productType": "Audio"},
    }
    made: Node = {
        "id": gid,
        "name": f"#{number}",
        "email": email,
        "test": False,
        "createdAt": "2026-05-10T09:00:00Z",
        "processedAt": "2026-05-10T09:00:00Z",
        "updatedAt": "2026-05-10T09:01:00Z",
        "cancelledAt": None,
        "cancellation": None,
        "customerLocale": "de-DE",
        "displayFinancialStatus": "PAID",
        "displayFulfillmentStatus": "UNFULFILLED",
        "presentmentCurrencyCode": "EUR",
        "totalPriceSet": bag("159.80"),
        "totalRefundedSet": bag("0.00"),
        "shippingAddress": _address(),
        "customer": _customer(email),
        "lineItems": {"pageInfo": {"hasNextPage": False, "endCursor": None}, "nodes": [line]},
        "fulfillments": [],
        "transactions": [
            {
                "id": f"gid://shopify/OrderTransaction/{number}2",
                "kind": "SALE",
                "status": "SUCCESS",
                "gateway": "shopify_payments",
                "processedAt": "2026-05-10T09:00:30Z",
                "amountSet": bag("159.80"),
                "parentTransaction": None,
            }
        ],
        "refunds": [],
        "returns": {"nodes": []},
    }
    return made | changes


def sent(number: int = 1042, state: str = "IN_TRANSIT", **changes: Any) -> Node:
    """A fulfilment of one pair, on its way."""
    made: Node = {
        "id": f"gid://shopify/Fulfillment/{number}3",
        "status": "SUCCESS",
        "displayStatus": state,
        "createdAt": "2026-05-11T08:00:00Z",
        "inTransitAt": "2026-05-11T18:00:00Z",
        "deliveredAt": "2026-05-14T10:00:00Z" if state == "DELIVERED" else None,
        "estimatedDeliveryAt": "2026-05-22T20:00:00Z",
        "location": {"name": "Rotterdam"},
        "trackingInfo": [{"company": "DHL", "number": "JD014600", "url": "https://dhl.example/JD014600"}],
        "events": {"nodes": [{"happenedAt": "2026-05-11T18:00:00Z", "status": "IN_TRANSIT", "city": "Rotterdam", "country": "NL"}]},
        "fulfillmentLineItems": {"nodes": [{"quantity": 2, "lineItem": {"sku": "EAR-130"}}]},
    }
    return made | changes


def cents(money: Node) -> int:
    return round(float(money["presentmentMoney"]["amount"]) * 100)


def decimal(cents: int) -> str:
    return f"{cents / 100:.2f}"
