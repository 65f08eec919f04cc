"""What the fake shop keeps and does: one method an operation of the Admin API, by its name."""

import itertools
import re
from dataclasses import dataclass, field

from shopify_orders import Node, bag, cents, decimal

_NAME, _EMAIL, _SKU = re.compile(r'name:"([^"]*)"'), re.compile(r'email:"([^"]*)"'), re.compile(r'sku:"([^"]*)"')


@dataclass
class Books:
    orders: list[Node] = field(default_factory=list[Node])
    variants: list[Node] = field(default_factory=list[Node])
    metafields: dict[tuple[str, str, str], str] = field(default_factory=dict[tuple[str, str, str], str])
    coupons: list[Node] = field(default_factory=list[Node])
    drafts: dict[str, Node] = field(default_factory=dict[str, Node])
    mails: list[Node] = field(default_factory=list[Node])
    idempotent: dict[str, Node] = field(default_factory=dict[str, Node])
    refund_status: str = "SUCCESS"
    cancel_after: int = 0  # how often a cancelled order still looks open
    draft_total: str = "0.00"
    reasons: tuple[str, ...] = ("damaged-or-defective", "other-reason")

    def __post_init__(self) -> None:
        self._ids = itertools.count(1)

    # Reads

    def _Orders(self, asked: Node) -> Node:
        found = self._matching(asked["query"])
        start = int(asked.get("after") or 0)
        end = start + asked["first"]
        page = {"hasNextPage": end < len(found), "endCursor": str(end)}
        return {"orders": {"pageInfo": page, "nodes": found[start:end]}}

    def _Marked(self, asked: Node) -> Node:
        found = [dict(each) for each in self._matching(asked["query"])]
        for each in found:
            value = self.metafields.get((each["id"], asked["namespace"], asked["key"]))
            each["metafield"] = {"id": "gid://shopify/Metafield/1", "value": value} if value else None
        return {"orders": {"nodes": found[:2]}}

    def _Lines(self, asked: Node) -> Node:
        return {"order": {"lineItems": self._by_id(asked)["more"]}}

    def _Customers(self, asked: Node) -> Node:
        email = _EMAIL.findall(asked["query"])[0]
        return {"customers": {"nodes": [each["customer"] for each in self.orders if each["email"] == email][:2]}}

    def _Stock(self, asked: Node) -> Node:
        return {"productVariants": {"nodes": self._skus(asked)}}

    def _Variants(self, asked: Node) -> Node:
        return self._Stock(asked)

    def _Products(self, asked: Node) -> Node:
        found = self._skus(asked) if asked["query"] else self.variants
        start = int(asked["after"] or 0)
        end = start + asked["first"]
        page = {"hasNextPage": end < len(found), "endCursor": str(end)}
        return {"shop": {"currencyCode": "EUR"}, "productVariants": {"pageInfo": page, "nodes": found[start:end]}}

    def _SuggestedRefund(self, asked: Node) -> Node:
        mine = self._by_id(asked)
        left = cents(mine["totalPriceSet"]) - cents(mine["totalRefundedSet"])
        currency = mine["presentmentCurrencyCode"]
        rows = list[Node]()
        for part in mine["transactions"]:
            gone = sum(
                cents(back["amountSet"])
                for refund in mine["refunds"]
                for back in refund["transactions"]["nodes"]
                if back["parentTransaction"]["id"] == part["id"]
            )
            most = bag(decimal(cents(part["amountSet"]) - gone), currency)
            rows.append(
                {
                    "gateway": part["gateway"],
                    "kind": "SUGGESTED_REFUND",
                    "amountSet": most,
                    "maximumRefundableSet": most,
                    "parentTransaction": {"id": part["id"]},
                }
            )
        return {"order": {"suggestedRefund": {"maximumRefundableSet": bag(decimal(left), currency), "suggestedTransactions": rows}}}

    def _Returnable(self, asked: Node) -> Node:
        mine = self._by_id(asked)
        rows = [
            {
                "quantity": row["quantity"],
                "fulfillmentLineItem": {"id": f"{each['id']}/{row['lineItem']['sku']}", "lineItem": row["lineItem"]},
            }
            for each in mine["fulfillments"]
            for row in each["fulfillmentLineItems"]["nodes"]
        ]
        reasons = [{"id": f"gid://shopify/ReturnReasonDefinition/{handle}", "handle": handle, "deleted": False} for handle in self.reasons]
        return {
            "returnableFulfillments": {"nodes": [{"returnableFulfillmentLineItems": {"nodes": rows}}]},
            "returnReasonDefinitions": {"nodes": reasons},
        }

    def _CouponMade(self, asked: Node) -> Node:
        found = next((each for each in self.coupons if each["code"] == asked["code"]), None)
        return {"codeDiscountNodeByCode": {"id": "1", "codeDiscount": found} if found else None, "discountNodes": {"nodes": []}}

    def _DraftMade(self, asked: Node) -> Node:
        return {"draftOrder": self.drafts.get(asked["id"])}

    def _Cancelled(self, asked: Node) -> Node:
        mine = self._by_id(asked)
        if self.cancel_after > 0:
            self.cancel_after -= 1
            return {"order": {"id": mine["id"], "cancelledAt": None}}
        return {"order": mine}

    def _RefundsMade(self, asked: Node) -> Node:
        return {"order": self._by_id(asked)}

    def _ReturnsMade(self, asked: Node) -> Node:
        return {"order": self._by_id(asked)}

    def _Number(self, asked: Node) -> Node:
        found = next((each for each in self.orders if each["id"] == asked["id"]), None)
        return {"order": found}

    # Changes

    def _Claim(self, asked: Node) -> Node:
        for each in asked["metafields"]:
            key = (each["ownerId"], each["namespace"], each["key"])
            if "compareDigest" in each and each["compareDigest"] is None and key in self.metafields:
                return {"metafieldsSet": {"metafields": None, "userErrors": [{"field": ["metafields", "0"], "code": "STALE_OBJECT"}]}}
            self.metafields[key] = each["value"]
        return {"metafieldsSet": {"metafields": [{"id": "1"}], "userErrors": []}}

    def _Release(self, asked: Node) -> Node:
        for each in asked["metafields"]:
            self.metafields.pop((each["ownerId"], each["namespace"], each["key"]), None)
        return {"metafieldsDelete": {"deletedMetafields": [], "userErrors": []}}

    def _Cancel(self, asked: Node) -> Node:
        mine = self._by_id({"id": asked["orderId"]})
        if mine["cancelledAt"]:
            return {"orderCancel": {"job": None, "orderCancelUserErrors": [{"field": ["orderId"], "code": "INVALID"}]}}
        mine |= {"cancelledAt": "2026-05-20T12:00:00Z", "cancellation": {"staffNote": asked["staffNote"]}}
        return {"orderCancel": {"job": {"id": "gid://shopify/Job/1", "done": False}, "orderCancelUserErrors": []}}

    def _Refund(self, asked: Node) -> Node:
        if asked["key"] not in self.idempotent:
            self.idempotent[asked["key"]] = self._make_refund(asked["input"])
        return {"refundCreate": self.idempotent[asked["key"]]}

    def _make_refund(self, given: Node) -> Node:
        mine = self._by_id({"id": given["orderId"]})
        parts = [
            {
                "id": f"gid://shopify/OrderTransaction/r{next(self._ids)}",
                "kind": "REFUND",
                "status": self.refund_status,
                "processedAt": "2026-05-20T12:00:00Z",
                "amountSet": bag(each["amount"], given["currency"]),
                "parentTransaction": {"id": each["parentId"]},
            }
            for each in given["transactions"]
        ]
        amount = sum(cents(part["amountSet"]) for part in parts)
        gone = cents(mine["totalRefundedSet"]) + amount
        if gone > cents(mine["totalPriceSet"]):
            return {"refund": None, "userErrors": [{"field": ["transactions"]}]}
        mine["totalRefundedSet"] = bag(decimal(gone), given["currency"])
        refund = {
            "id": f"gid://shopify/Refund/{next(self._ids)}",
            "createdAt": "2026-05-20T12:00:00Z",
            "note": given["note"],
            "totalRefundedSet": bag(decimal(amount), given["currency"]),
            "transactions": {"nodes": parts},
        }
        mine["refunds"].append(refund)
        return {"refund": refund, "userErrors": []}

    def _Return(self, asked: Node) -> Node:
        given = asked["input"]
        mine = self._by_id({"id": given["orderId"]})
        made = {
            "id": f"gid://shopify/Return/{next(self._ids)}",
            "name": f"{mine['name']}-R{len(mine['returns']['nodes']) + 1}",
            "status": "OPEN",
            "createdAt": "2026-05-20T12:00:00Z",
            "returnLineItems": {
                "nodes": [
                    {
                        "quantity": each["quantity"],
                        "returnReasonNote": each["returnReasonNote"],
                        "fulfillmentLineItem": {"lineItem": {"sku": each["fulfillmentLineItemId"].rpartition("/")[2]}},
                    }
                    for each in given["returnLineItems"]
                ]
            },
        }
        mine["returns"]["nodes"].append(made)
        return {"returnCreate": {"return": made, "userErrors": []}}

    def _Draft(self, asked: Node) -> Node:
        given = asked["input"]
        draft = {
            "id": f"gid://shopify/DraftOrder/{next(self._ids)}",
            "status": "OPEN",
            "totalPriceSet": bag(self.draft_total),
            "order": None,
        }
        self.drafts[draft["id"]] = draft | {"input": given}
        return {"draftOrderCreate": {"draftOrder": draft, "userErrors": []}}

    def _Complete(self, asked: Node) -> Node:
        draft = self.drafts[asked["id"]]
        draft |= {"status": "COMPLETED", "order": {"id": "gid://shopify/Order/90010", "name": "#9001"}}
        return {"draftOrderComplete": {"draftOrder": draft, "userErrors": []}}

    def _Discard(self, asked: Node) -> Node:
        self.drafts.pop(asked["input"]["id"], None)
        return {"draftOrderDelete": {"deletedId": asked["input"]["id"], "userErrors": []}}

    def _Coupon(self, asked: Node) -> Node:
        given = asked["basicCodeDiscount"]
        if any(each["code"] == given["code"] for each in self.coupons):
            return {"discountCodeBasicCreate": {"codeDiscountNode": None, "userErrors": [{"field": ["code"], "code": "TAKEN"}]}}
        self.coupons.append(given)
        return {"discountCodeBasicCreate": {"codeDiscountNode": {"id": "1"}, "userErrors": []}}

    def _Address(self, asked: Node) -> Node:
        given = asked["input"]["shippingAddress"]
        mine = self._by_id(asked["input"])
        name = f"{given['firstName']} {given['lastName']}".strip()
        mine["shippingAddress"] = mine["shippingAddress"] | given | {"name": name, "countryCodeV2": given["countryCode"]}
        return {"orderUpdate": {"order": {"id": mine["id"]}, "userErrors": []}}

    def _Tracking(self, asked: Node) -> Node:
        self.mails.append(asked)
        return {"fulfillmentTrackingInfoUpdate": {"fulfillment": {"id": asked["fulfillmentId"]}, "userErrors": []}}

    # Inner workings

    def _matching(self, query: str) -> list[Node]:
        names, emails = _NAME.findall(query), _EMAIL.findall(query)
        rows = self.orders
        if names:
            rows = [each for each in rows if each["name"].strip("#").startswith(names[0].strip("#"))]  # as coarse as a search index
        if emails:
            rows = [each for each in rows if each["email"].lower() == emails[0]]
        return sorted(rows, key=lambda each: (each["name"] not in names, each["createdAt"]))

    def _skus(self, asked: Node) -> list[Node]:
        wanted = set(_SKU.findall(asked["query"]))
        return [each for each in self.variants if each["sku"] in wanted]

    def _by_id(self, asked: Node) -> Node:
        return next(each for each in self.orders if each["id"] == asked["id"])
