"""What is changed through the Admin API, version 2026-10: one root field each, and its errors asked for by code.

Only refundCreate takes Shopify's own @idempotent directive; it must, since 2026-04. All others are guarded by our mark on the order.
"""

CLAIM = """
mutation Claim($metafields: [MetafieldsSetInput!]!) {
  metafieldsSet(metafields: $metafields) { metafields { id } userErrors { field code } }
}"""

RELEASE = """
mutation Release($metafields: [MetafieldIdentifierInput!]!) {
  metafieldsDelete(metafields: $metafields) { deletedMetafields { key } userErrors { field } }
}"""

CANCEL = """
mutation Cancel($orderId: ID!, $staffNote: String, $refundMethod: OrderCancelRefundMethodInput!) {
  orderCancel(orderId: $orderId, reason: CUSTOMER, restock: true, notifyCustomer: true, staffNote: $staffNote, refundMethod: $refundMethod) {
    job { id done } orderCancelUserErrors { field code }
  }
}"""

REFUND = """
mutation Refund($input: RefundInput!, $key: String!) {
  refundCreate(input: $input) @idempotent(key: $key) {
    refund { id createdAt note totalRefundedSet { presentmentMoney { amount currencyCode } }
      transactions(first: 5) { nodes { id kind status amountSet { presentmentMoney { amount currencyCode } } } } }
    userErrors { field }
  }
}"""

RETURN = """
mutation Return($input: ReturnInput!) {
  returnCreate(returnInput: $input) { return { id name status } userErrors { field code } }
}"""

DRAFT = """
mutation Draft($input: DraftOrderInput!) {
  draftOrderCreate(input: $input) { draftOrder { id status totalPriceSet { presentmentMoney { amount currencyCode } } } userErrors { field } }
}"""

COMPLETE = """
mutation Complete($id: ID!) {
  draftOrderComplete(id: $id) { draftOrder { id status order { id name } } userErrors { field } }
}"""

DISCARD = """
mutation Discard($input: DraftOrderDeleteInput!) {
  draftOrderDelete(input: $input) { deletedId userErrors { field } }
}"""

COUPON = """
mutation Coupon($basicCodeDiscount: DiscountCodeBasicInput!) {
  discountCodeBasicCreate(basicCodeDiscount: $basicCodeDiscount) { codeDiscountNode { id } userErrors { field code } }
}"""

ADDRESS = """
mutation Address($input: OrderInput!) {
  orderUpdate(input: $input) { order { id } userErrors { field } }
}"""

TRACKING = """
mutation Tracking($fulfillmentId: ID!, $trackingInfoInput: FulfillmentTrackingInput!) {
  fulfillmentTrackingInfoUpdate(fulfillmentId: $fulfillmentId, trackingInfoInput: $trackingInfoInput, notifyCustomer: true) {
    fulfillment { id } userErrors { field }
  }
}"""
