# News of the supply chain. Figures, dates and names are filled in by code: no pattern holds a digit, and slots that a language would
# inflect stand behind a colon or in brackets. The keys `staff-*` are for operators, and stand in this file alone.

many-places = several countries

lane-title = Why is my parcel late? Delays to: { $places }
lane-delay = Parcels from { $brand } that leave our warehouse in { $warehouse } currently take { $count ->
    [one] { $days } day
   *[other] { $days } days
} longer than usual to these destinations: { $places }.
lane-reason = The cause is { $reason ->
    [weather] bad weather
    [strike] a strike
    [customs] longer checks at customs
    [peak] the large number of parcels in the peak season
   *[flights] a lack of cargo flights
}.
lane-carrier = This concerns parcels sent with { $carrier }.
lane-until = We expect normal delivery times again from { $date }.
lane-advice = Your tracking page shows the latest scan of your parcel.

stock-title = Is { $title } sold out, and when is it back in stock?
stock-out = { $title } ({ $sku }) is sold out at present.
stock-out-there = { $title } ({ $sku }) is sold out at present in the warehouses that deliver to: { $places }.
stock-restock = We expect it back in stock on { $date }.
stock-open = We cannot name a date for its return yet.

batch-title = Has the { $what ->
    [ingredient] list of ingredients
    [material] material
    [label] label
   *[battery] battery
} of { $title } changed?
batch-changed = { $title } ({ $sku }) now comes with a different { $what ->
    [ingredient] ingredient
    [material] material
    [label] label
   *[battery] battery
}: { $new } instead of { $old }.
batch-added = { $title } ({ $sku }) now comes with a new { $what ->
    [ingredient] ingredient
    [material] material
    [label] label
   *[battery] battery
}: { $new }.
batch-allergens = Possible allergens: { $allergens }.
batch-advice = For a while both versions may be delivered, so please go by what is printed on the packaging of your own item.

customs-title = Do I have to pay customs? New rules: { $country }
customs-starts = New customs rules apply to { $brand } parcels to this destination: { $country }, from { $date }.
customs-threshold = Parcels worth up to { $amount } are free of { $tax ->
    [duty] customs duty
   *[vat] import VAT
}.
customs-rate = The rate of { $tax ->
    [duty] customs duty
   *[vat] import VAT
} is { $rate }.
customs-shop = Our prices for this destination include it, so nothing is due on arrival.
customs-recipient = It is due on arrival and is paid by the recipient.

revision-title = What is new in { $title } { $new }?
revision-new = { $title } ({ $sku }) now comes in a new version: { $new } instead of { $old }.
revision-changes = What has changed: { $changes }.
revision-both = For a while both versions may be delivered.
revision-part = { $what ->
    [battery] battery
    [charging] charging
    [firmware] firmware
    [sound] sound
    [material] material
    [ingredients] ingredients
    [fit] fit
    [colour] colour
    [packaging] packaging
    [accessories] accessories
   *[care] care
}

staff-title = For operators: { $title }
staff-warehouses = { $sku } is out of stock in these warehouses: { $warehouses }.
staff-batch = The change concerns batch { $batch } of { $title } ({ $sku }); do not name batches to customers.
staff-from-batch = It holds from batch { $batch } on.
staff-note = The reporter adds: { $note }
