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
ask-photo-again =
    I cannot make out enough on this photo: { $why ->
        [too_dark] it is too dark
        [too_bright] it is too bright
        [blurred] it is blurred
       *[too_small] it is too small
    }. Please send me one more, by daylight and with a steady hand: the whole item, and what is wrong with it from close by.
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
order-part-shipped = Part of order #{ $order } is on its way: { $parcels ->
    [one] { $parcels } parcel left
   *[other] { $parcels } parcels left
} our warehouse on { $date }. The rest will follow.
order-unknown-state = The shop tells me something about order #{ $order } that I cannot interpret, so a colleague will look at it.
as-of = The shop's system does not answer right now; what I say about it is as of { $time }.
order-scan = Last scan: { $state }, { $place }, { $time }.
order-scan-nowhere = Last scan: { $state }, { $time }.
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
refund-ordered = We have ordered the refund of { $amount } for order #{ $order }; until you see it, your bank needs { $span }.
reship-done = Your new parcel for order #{ $order } is ordered under number #{ $number }. It leaves our warehouse in { $warehouse } with priority; until it is with you it needs { $span }.
exchange-done = Your exchange { $number } is registered: { $product } is reserved for you in { $warehouse } and leaves as soon as the old item has been checked. Print this label and send the old item back: { $label }
repair-done = The repair visit for { $product } is booked for { $date }, { $part }.
claim-done = We have opened inquiry { $number } with the carrier; its answer usually takes { $span }.
items-done = The items of order #{ $order } have been changed as you wished.
payment-done = The payment method of order #{ $order } has been changed.
shipping-done = Order #{ $order } now ships as follows: { $service }. It should be with you by { $date }.
wait-done = Thank you for your patience: the code { $code } gives you { $worth } off your next order until { $date }.
part-morning = in the morning
part-afternoon = in the afternoon
service-express = express shipping
service-green = greener shipping
service-standard = standard shipping

## Products and stock
product-price = { $product } costs { $price }.
stock-yes = { $product } is in stock and ships from { $warehouse }.
stock-restock = { $product } is sold out at the moment; we expect it back on { $date }.
stock-no = { $product } is sold out at the moment and has no date of return yet.

## Ways to put it right that the customer may choose from
span-days = { $fewest } to { $most ->
    [one] { $most } business day
   *[other] { $most } business days
}
span-within = up to { $most ->
    [one] { $most } business day
   *[other] { $most } business days
}
offers-intro = For order #{ $order } I can offer you:
offers-intro-one = For order #{ $order } I can offer you this:
offers-outro = Which one would you like? The number is enough.
offers-outro-one = Shall I do that?
offers-confirm = A colleague confirms what you choose before anything happens.
offer-reship = { $number }. A new parcel from { $warehouse }, free of charge; it needs { $span }.
offer-local = { $number }. A second parcel from { $warehouse }, our warehouse nearest to you; it needs { $span }. If the first one still arrives, please refuse it.
offer-refund = { $number }. A full refund of { $amount }; your bank needs { $span }.
offer-part-refund = { $number }. You keep the item and get { $amount } back; your bank needs { $span }.
offer-exchange = { $number }. An exchange: { $product } is reserved for you in { $warehouse }, you send the old item back with our label, and as soon as that has been checked the new one leaves and needs { $span }.
offer-repair = { $number }. A repair visit at your home for { $product } on { $date }, { $part }.
offer-claim = { $number }. You keep waiting while we open an inquiry with the carrier; its answer usually takes { $span }.
offer-wait = { $number }. You keep waiting and get a code for { $worth } off your next order.
offer-express = { $number }. Faster shipping for { $cost }: it needs { $span } and causes about { $weight } more CO₂.
offer-express-free = { $number }. Faster shipping at no extra cost: it needs { $span } and causes about { $weight } more CO₂.
offer-green = { $number }. Greener shipping at no extra cost: it needs { $span } and saves about { $weight } of CO₂.
offer-coupon = { $number }. You keep the item and get a code for { $worth } off your next order.
offer-return = { $number }. You send it back with our label; as soon as our warehouse has checked it, we order a refund of { $amount }.
offer-return-fee = { $number }. You send it back with our label; as soon as our warehouse has checked it, we order a refund of { $amount }. The label costs { $fee }, which is already deducted.
offer-cancel = { $number }. We cancel the order free of charge, and it is not sent.
label-reship = New parcel
label-local = Parcel from nearby
label-refund = Full refund
label-part-refund = Keep it, money back in part
label-exchange = Exchange
label-repair = Repair visit
label-claim = Inquiry with the carrier
label-wait = Keep waiting, with a code
label-express = Faster shipping
label-green = Greener shipping
label-coupon = Keep it, with a code
label-return = Send it back
label-cancel = Cancel the order
choice-noted = Thank you, I have noted your choice. A colleague confirms it before anything happens.
choice-unclear = I want to be sure which one you mean. Please send me just its number.
refund-waiting-approval = The refund of { $amount } still needs the approval of a second colleague; we will write to you as soon as it is given.

## A code that proves who writes
ask-code = To protect your money, I have sent a code to { $email }, the address of your order. Please type it here.
code-wrong = That code is not right. Please check the newest e-mail from us and type the code once more.
code-expired = That code is no longer valid. Tell me your choice once more and I will send you a new one.
code-thanks = Thank you, the code is right.
mail-code-subject = Your confirmation code
mail-code = Your confirmation code is { $code }. Type it in the chat with us; it is valid for a quarter of an hour. Nobody from our team will ever ask you for it by phone. If you did not ask for a code, please ignore this message.

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
draft-photo-of = I have looked at your photo of { $product }. What can be seen: { $finding }.
draft-photo = I have looked at your photo. What can be seen: { $finding }.
draft-refund = We offer you a refund of { $amount } for order #{ $order }.
draft-reship = We can send you a new parcel for order #{ $order } from { $warehouse }.
draft-exchange = We can exchange { $product } for you.
draft-return = We can register a return for order #{ $order }.
draft-cancel = We will try to stop order #{ $order } for you.
draft-look = I am looking into this for you personally and will come back to you.
draft-privacy = Your request about your personal data has reached our privacy team.
draft-closing = Kind regards, { $brand }

## Steps of a remedy that is on its way, as a customer reads them in one line
remedy-return = Your return
remedy-exchange = Your exchange
remedy-reship = Your new parcel
remedy-refund = Your refund
remedy-repair = Your repair
remedy-claim = Inquiry with the carrier
remedy-other = Your request
step-return-requested = Requested
step-return-labelled = Label sent
step-return-received = Arrived at our warehouse
step-return-inspected = Checked
step-return-refunding = Refund in progress
step-return-exchanging = Exchange ordered
step-return-repairing = Being repaired
step-return-sent-back = On its way back to you
step-return-lapsed = Label expired
step-return-closed = Settled
step-exchange-requested = Requested
step-exchange-labelled = Label sent, new item reserved
step-exchange-received = Old item arrived at our warehouse
step-exchange-inspected = Old item checked
step-exchange-sent-back = Old item on its way back to you
step-exchange-lapsed = Reservation expired
step-exchange-packing = New item is being packed
step-exchange-shipped = New item on its way
step-exchange-closed = Exchanged
step-reship-requested = Requested
step-reship-packing = Being packed
step-reship-shipped = On its way
step-reship-closed = Delivered
step-refund-requested = Requested
step-refund-ordered = Ordered, on its way to your bank
step-refund-bounced = Sent back by the bank, a colleague will write to you
step-refund-closed = Paid back
step-repair-requested = Requested
step-repair-booked = Visit booked
step-repair-missed = Nobody met, a new day is needed
step-repair-beyond-repair = Cannot be repaired, a colleague will write to you
step-repair-replacing = Replacement or refund ordered
step-repair-closed = Settled
step-claim-requested = Requested
step-claim-filed = The carrier is looking for the parcel
step-claim-found = Parcel found, on its way again
step-claim-lost = Parcel lost, a colleague will write to you
step-claim-denied = The carrier has answered, a colleague will write to you
step-claim-settling = New parcel or refund ordered
step-claim-closed = Settled
step-other-requested = Requested
step-other-done = Done
step-other-handed-over = A colleague is looking at it

## News of a remedy under way
news-steps = News of { $number } for order #{ $order }: { $steps }.
news-steps-order = News of order #{ $order }: { $steps }.
news-between = { $first }; { $next }

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
state-pickup = ready to be collected
state-customs-cleared = cleared by customs
state-expired = no news from the carrier for a long time
state-returning = on its way back to the sender
state-returned = returned to the sender
state-damaged = damaged on the way
state-lost = lost by the carrier
seen-crack = a crack
seen-scratch = a scratch
seen-dent = a dent
seen-stain = a stain
seen-tear = a tear
seen-torn-packaging = damaged packaging
seen-missing-part = a missing part
seen-wrong-item = another item than the one you ordered
seen-wrong-colour = another colour than the one you ordered
seen-wrong-size = another size than the one you ordered
seen-none = no visible damage
warehouse-SZX = Shenzhen
warehouse-RTM = Rotterdam
warehouse-LAX = Los Angeles
warehouse-SIN = Singapore
