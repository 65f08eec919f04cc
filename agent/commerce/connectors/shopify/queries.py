"""What is asked of the Admin API, version 2026-10. Page sizes keep each query far below the 1,000 points that one may cost."""

VERSION = "2026-10"

_MONEY = "{ presentmentMoney { amount currencyCode } shopMoney { amount currencyCode } }"

_SEEN = "{ presentmentMoney { amount currencyCode } }"
_LINE = f"""id sku title variantTitle quantity currentQuantity discountedUnitPriceAfterAllDiscountsSet {_SEEN}
    variant {{ id selectedOptions {{ name value }} }} product {{ id productType }}"""

#: Two such orders cost less than one query may, even counted without any rebate.
ORDER_FIELDS = f"""
fragment OrderFields on Order {{
  id name email test createdAt processedAt updatedAt cancelledAt cancellation {{ staffNote }} customerLocale
  displayFinancialStatus displayFulfillmentStatus presentmentCurrencyCode
  totalPriceSet {_MONEY}
  totalRefundedSet {_SEEN}
  shippingAddress {{ name firstName lastName address1 address2 city zip provinceCode countryCodeV2 phone }}
  customer {{ id displayName locale createdAt tags amountSpent {{ amount currencyCode }}
    defaultEmailAddress {{ emailAddress }} defaultPhoneNumber {{ phoneNumber }} }}
  lineItems(first: 25) {{ pageInfo {{ hasNextPage endCursor }} nodes {{ {_LINE} }} }}
  fulfillments(first: 5) {{
    id status displayStatus createdAt inTransitAt deliveredAt estimatedDeliveryAt location {{ name }}
    trackingInfo(first: 3) {{ company number url }}
    events(first: 8, sortKey: HAPPENED_AT, reverse: true) {{ nodes {{ happenedAt status city country }} }}
    fulfillmentLineItems(first: 8) {{ nodes {{ quantity lineItem {{ sku }} }} }} }}
  transactions(first: 10) {{ id kind status gateway processedAt amountSet {_SEEN} parentTransaction {{ id }} }}
  refunds(first: 5) {{ id createdAt note totalRefundedSet {_SEEN}
    transactions(first: 3) {{ nodes {{ id kind status processedAt amountSet {_SEEN} parentTransaction {{ id }} }} }} }}
  returns(first: 4, reverse: true) {{ nodes {{ id name status createdAt
    returnLineItems(first: 4) {{ nodes {{ quantity returnReasonNote
      ... on ReturnLineItem {{ fulfillmentLineItem {{ lineItem {{ sku }} }} }} }} }} }} }}
}}"""

ORDERS = f"""
query Orders($query: String!, $first: Int!, $after: String) {{
  orders(first: $first, after: $after, query: $query, sortKey: CREATED_AT, reverse: true) {{
    pageInfo {{ hasNextPage endCursor }} nodes {{ ...OrderFields }} }}
}}{ORDER_FIELDS}"""

LINES = f"""
query Lines($id: ID!, $after: String) {{
  order(id: $id) {{ lineItems(first: 100, after: $after) {{ pageInfo {{ hasNextPage endCursor }} nodes {{ {_LINE} }} }} }}
}}"""

CUSTOMER = """
query Customers($query: String!) {
  customers(first: 2, query: $query) { nodes { id displayName locale createdAt tags amountSpent { amount currencyCode }
    defaultEmailAddress { emailAddress } defaultPhoneNumber { phoneNumber } defaultAddress { countryCodeV2 } } }
}"""

STOCK = """
query Stock($query: String!, $first: Int!) {
  productVariants(first: $first, query: $query) { nodes { id sku inventoryItem { id tracked
    inventoryLevels(first: 10) { nodes { location { name address { city countryCode } }
      quantities(names: ["available", "on_hand", "committed", "incoming"]) { name quantity } } } } } }
}"""

PRODUCTS = """
query Products($query: String, $first: Int!, $after: String) {
  shop { currencyCode }
  productVariants(first: $first, after: $after, query: $query) { pageInfo { hasNextPage endCursor } nodes {
    id sku title price selectedOptions { name value }
    inventoryItem { measurement { weight { value unit } } }
    product { id title productType description(truncateAt: 600) options(first: 3) { name values } } } }
}"""

#: An order with the mark that one effect of ours left on it.
MARKED = f"""
query Marked($query: String!, $namespace: String!, $key: String!) {{
  orders(first: 2, query: $query) {{ nodes {{ ...OrderFields metafield(namespace: $namespace, key: $key) {{ id value }} }} }}
}}{ORDER_FIELDS}"""

SUGGESTED_REFUND = f"""
query SuggestedRefund($id: ID!) {{
  order(id: $id) {{ suggestedRefund(suggestFullRefund: true, refundShipping: true) {{
    maximumRefundableSet {_SEEN}
    suggestedTransactions {{ gateway kind amountSet {_SEEN} maximumRefundableSet {_SEEN} parentTransaction {{ id }} }} }} }}
}}"""

RETURNABLE = """
query Returnable($id: ID!) {
  returnableFulfillments(orderId: $id, first: 10) { nodes { returnableFulfillmentLineItems(first: 20) { nodes {
    quantity fulfillmentLineItem { id lineItem { sku } } } } } }
  returnReasonDefinitions(first: 200) { nodes { id handle deleted } }
}"""

VARIANTS = """
query Variants($query: String!, $first: Int!) {
  productVariants(first: $first, query: $query) { nodes { id sku } }
}"""

COUPON_MADE = """
query CouponMade($code: String!, $title: String!) {
  codeDiscountNodeByCode(code: $code) { id codeDiscount { ... on DiscountCodeBasic { title endsAt } } }
  discountNodes(first: 2, query: $title) { nodes { id discount { ... on DiscountCodeBasic {
    title endsAt codes(first: 1) { nodes { code } } } } } }
}"""

DRAFT_MADE = """
query DraftMade($id: ID!) { draftOrder(id: $id) { id status order { id name } } }"""

CANCELLED = """
query Cancelled($id: ID!) { order(id: $id) { id cancelledAt cancellation { staffNote } } }"""

MOST_REFUNDS = 50
REFUNDS_MADE = f"""
query RefundsMade($id: ID!) {{
  order(id: $id) {{ refunds(first: {MOST_REFUNDS}) {{ id note transactions(first: 3) {{ nodes {{ kind status amountSet {_SEEN} }} }} }} }}
}}"""

#: Our note is on every line of a return of ours: one line is enough.
RETURNS_MADE = """
query ReturnsMade($id: ID!) {
  order(id: $id) { returns(first: 100, reverse: true) { nodes { id name status returnLineItems(first: 1) { nodes { returnReasonNote } } } } }
}"""

NUMBER = """
query Number($id: ID!) { order(id: $id) { name } }"""
