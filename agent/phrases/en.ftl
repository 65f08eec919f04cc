# Sentence patterns of replies. Figures, names and dates are filled in by code; a pattern holds no digit of its own.
# Every language has the same keys and the same variables (a test holds this).

## First contact, courtesy
disclosure = Hello, I am the AI assistant of { $brand }. You can ask for a person at any time.
greeting = How can I help you?
praise = Thank you, that is lovely to hear! I will pass it on to the team.
out-of-scope = I can only help with orders, products and policies of { $brand }. Is there anything about those I can do for you?

## One precise question
ask-order = To look this up I need two things: your order number and the e-mail address you ordered with.
ask-email = To protect your data, please also tell me the e-mail address that order #{ $order } was placed with.
ask-number = Thank you. What is the order number? It is in your confirmation e-mail and begins with #.
ask-mismatch = I cannot find an order with that number and that e-mail address together. Please check both and send them once more.
ask-which = Which of your orders is this about: { $orders }?
ask-address = Please send me the complete new address for order #{ $order }: name, street, postcode, city and country.
ask-photo = I am sorry about that. Please send me a photo of the item and one of the parcel with its label, so that a colleague can decide quickly.
ask-detail = Could you tell me in one sentence what you need, for example about an order, a return or a product?
ask-product = Which product do you mean? Its name or article number is enough.

## The state of an order
order-unpaid = Order #{ $order } of { $date } is still waiting for your payment.
order-paid = Order #{ $order } of { $date } is confirmed and not packed yet.
order-packed = Order #{ $order } is packed and waits for the carrier to collect it.
order-in-transit = Order #{ $order } left our warehouse in { $warehouse } on { $date } with { $carrier }.
order-customs = Order #{ $order } is being checked by customs; it left { $warehouse } on { $date } with { $carrier }.
order-late = Order #{ $order } was promised for { $promised } and is late by { $days ->
    [one] { $days } day
   *[other] { $days } days
}. I am sorry about that.
order-lost = Order #{ $order } has had no scan since { $date }. The carrier seems to have lost it, and I am sorry.
order-delivered = According to { $carrier }, order #{ $order } was delivered on { $date }.
order-part-returned = Part of order #{ $order } has been returned; { $carrier } had delivered it on { $date }.
order-refunded = Order #{ $order } has been refunded.
order-cancelled = Order #{ $order } is cancelled.
order-scan = Last scan: { $state }, { $place }, { $time }.
order-promised = It should be with you by { $date }.
order-tracking = Tracking number { $tracking }: { $url }

## Refunds
refund-done = { $amount } were paid back on { $date }.
refund-started = The refund of { $amount } was started on { $date }; the bank has not confirmed it yet.
refund-none = I see no refund for order #{ $order } so far.

## Remedies that have been carried out
cancel-done = Order #{ $order } is cancelled, and nothing more will be charged for it.
address-done = Order #{ $order } now goes to this address: { $address }.
return-done = Your return { $number } for order #{ $order } is registered. Print this label and send the parcel by { $date }: { $label }
tracking-done = I have sent the tracking link once more to the e-mail address of your order.
coupon-done = As an apology, the code { $code } gives you { $percent } off your next order until { $date }.

## Products and stock
product-price = { $product } costs { $price }.
stock-yes = { $product } is in stock and ships from { $warehouse }.
stock-restock = { $product } is sold out at the moment; we expect it back on { $date }.
stock-no = { $product } is sold out at the moment and has no date of return yet.

## Hand-off to a person
handoff = I am passing this on to a colleague, together with everything you have told me. You will have an answer within { $hours ->
    [one] { $hours } working hour
   *[other] { $hours } working hours
}.
handoff-safety = Your safety comes first: please stop using the product, and if anybody is hurt, get medical help now.
handoff-photos = Thank you, your photos are with the case.
handoff-sorry = I am sorry for the trouble this has caused you.

## Drafts that an operator checks before sending
draft-hello = Hello { $name },
draft-thanks = Thank you for your message.
draft-sorry = I am sorry that this went wrong.
draft-refund = We offer you a refund of { $amount } for order #{ $order }.
draft-reship = We can send you a new parcel for order #{ $order } from { $warehouse }.
draft-exchange = We can exchange { $product } for you.
draft-return = We can register a return for order #{ $order }.
draft-cancel = We will try to stop order #{ $order } for you.
draft-look = I am looking into this for you personally and will come back to you.
draft-privacy = Your request about your personal data has reached our privacy team.
draft-closing = Kind regards, { $brand }

## Labels
quick-human = Talk to a person
quick-track = Where is my order?
quick-return = Return an item
state-info = announced to the carrier
state-picked-up = picked up
state-departed = on its way
state-arrived = arrived at a depot
state-customs = at customs
state-out-for-delivery = out for delivery
state-attempted = delivery attempted
state-delivered = delivered
state-exception = stopped
warehouse-SZX = Shenzhen
warehouse-RTM = Rotterdam
warehouse-LAX = Los Angeles
warehouse-SIN = Singapore
